/** Who is on a list, taken away: for officers, who say what for. */
import say from '../../../locales/fr/contacts.json';
import { allLists } from '../../runtime/city-lists.ts';
import { PURPOSES } from '../../store/exports.ts';
import { Button, Choices, FaultSummary, type Faults, Form, Select } from '../forms.tsx';
import type { Asked, Made, Page, Route } from '../page.ts';
import { sentence } from '../said.ts';
import { askFor } from './ask.ts';
import { FormatField, formatIn, NO_FORMAT } from './format.tsx';
import { PATH } from './words.ts';

export const CONTACTS_PATH = `${PATH}/contacts`;

interface Typed {
  liste?: string | undefined;
  format?: string | undefined;
  but?: string | undefined;
}

async function page({ deps }: Asked, typed: Typed, faults: Faults = {}): Promise<Page> {
  const lists = await allLists(deps);
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 }),
    title: 'Exporter des contacts',
    purpose:
      'Emporter les numéros d’une liste, quand la console ne suffit pas. Le fichier est gardé un jour.',
    above: { title: 'Exports', href: PATH },
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={CONTACTS_PATH} label="Exporter des contacts">
          <Select
            name="liste"
            label="Liste"
            required
            value={typed.liste}
            faults={faults}
            choices={lists.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Choices
            name="but"
            label="Pour quoi faire"
            required
            one
            values={[typed.but ?? '']}
            faults={faults}
            hint="Gardé au journal pendant un an, avec votre nom."
            choices={PURPOSES.map((value) => ({ value, label: sentence(say.purposes[value]) }))}
          />
          <FormatField typed={typed.format} faults={faults} />
          <p>
            Y figurent le numéro, la langue, les listes et la preuve d’accord de chaque inscrit ; jamais qui a
            dit STOP, a quitté la liste ou s’est fait effacer. Pour écrire à la liste, faites plutôt une
            annonce : elle respecte d’elle-même les heures et les refus.
          </p>
          <div class="actions">
            <Button>Préparer l’export</Button>
            <a href={PATH}>Annuler</a>
          </div>
        </Form>
      </>
    ),
  };
}

async function ask(asked: Asked): Promise<Made> {
  const { deps, form } = asked;
  const typed = {
    liste: form.get('liste') ?? '',
    format: form.get('format') ?? '',
    but: form.get('but') ?? '',
  };
  const known = (await allLists(deps)).some(({ id }) => id === typed.liste);
  const format = formatIn(typed.format);
  const purpose = PURPOSES.find((each) => each === typed.but);
  if (known && format && purpose)
    return askFor(
      asked,
      { kind: 'contacts', list: typed.liste, format, purpose },
      { what: `export de contacts demandé (${say.purposes[purpose]})`, about: typed.liste },
    );
  return page(asked, typed, {
    ...(!known && { liste: 'Choisissez une liste de la ville.' }),
    ...(!purpose && { but: 'Dites pour quoi faire : choisissez dans la liste.' }),
    ...(!format && NO_FORMAT),
  });
}

const right = 'exports.contacts';

export const contactsRoutes: Route[] = [
  {
    method: 'GET',
    path: CONTACTS_PATH,
    right,
    make: (asked) => page(asked, { liste: asked.query.get('liste') ?? undefined }),
  },
  { method: 'POST', path: CONTACTS_PATH, right, make: ask },
];
