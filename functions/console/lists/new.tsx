/** A list of staff's own: once made it never changes, since people agree to what it says. */
import { BASES, defineList } from '../../runtime/city-lists.ts';
import type { Answer } from '../../runtime/http.ts';
import { StaffList } from '../../store/lists.ts';
import { Button, Choices, FaultSummary, type Faults, Field, Form, TextArea } from '../forms.tsx';
import { type Asked, type Page, type Route, seeOther } from '../page.ts';
import { typeset } from '../said.ts';
import { addressOf, LISTS } from './parts.ts';

const PATH = `${LISTS}/_nouvelle`;

/** What to change, by the field of a list; and how the form calls it. */
const FIELDS: Record<string, [name: string, fault: string]> = {
  id: ['mot', '2 à 30 lettres minuscules sans accent, chiffres ou tirets, une lettre en tête.'],
  name: ['nom', 'Écrivez un nom de 1 à 60 caractères.'],
  purpose: ['but', 'Dites à quoi sert la liste, en 1 à 300 caractères.'],
  basis: ['base', 'Choisissez l’une des deux.'],
  by: ['par', 'Nommez le service, en 1 à 60 caractères.'],
};

function show(typed: URLSearchParams, faults: Faults = {}): Page {
  const field = (name: string) => ({ name, value: typed.get(name) ?? '', faults, required: true });
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 as const }),
    title: 'Créer une liste',
    purpose: 'Pour écrire à un groupe qui n’est pas un quartier, avec l’accord de chaque personne.',
    above: { title: 'Listes', href: LISTS },
    body: (
      <>
        <FaultSummary faults={faults} />
        <p>Une liste ne change plus une fois créée : ce que les gens ont accepté est ce qu’elle dit.</p>
        <Form action={PATH} label="Créer une liste">
          <Field label="Nom" hint="Lu par les habitants, par exemple Délégués de classe." {...field('nom')} />
          <Field
            label="Identifiant"
            hint="Un mot court pour vos fichiers, par exemple delegues."
            {...field('mot')}
            attributes={{ autocapitalize: 'none', maxlength: 30 }}
          />
          <TextArea
            label="À quoi elle sert"
            hint="Ce que la personne accepte de recevoir."
            rows={3}
            {...field('but')}
          />
          <Choices
            name="base"
            label="Base légale"
            one
            required
            faults={faults}
            values={typed.getAll('base')}
            choices={[
              { value: 'consent', label: `${cap(BASES.consent)} : chaque personne a dit oui` },
              {
                value: 'interest',
                label: `${cap(BASES.interest)} : validé par votre délégué à la protection des données`,
              },
            ]}
          />
          <Field
            label="Service responsable"
            hint="Un service, jamais le nom d’une personne."
            {...field('par')}
          />
          <Choices
            name="simple"
            label="Façon d’écrire"
            values={typed.getAll('simple')}
            choices={[{ value: 'oui', label: 'Une question simple par message (aînés)' }]}
          />
          <div class="actions">
            <Button>Créer la liste</Button>
            <a href={LISTS}>Annuler</a>
          </div>
        </Form>
      </>
    ),
  };
}

const cap = (text: string): string => typeset(text.charAt(0).toUpperCase() + text.slice(1));

async function create({ deps, form, now, note }: Asked): Promise<Page | Answer> {
  const said = (name: string): string => (form.get(name) ?? '').trim();
  const read = StaffList.safeParse({
    id: said('mot'),
    name: said('nom'),
    purpose: said('but'),
    basis: said('base'),
    by: said('par'),
    ...(form.get('simple') === 'oui' && { plain: true }),
    at: now.toISOString(),
  });
  if (!read.success)
    return show(
      form,
      Object.fromEntries(read.error.issues.map(({ path }) => FIELDS[String(path[0])] ?? ['', 'À revoir.'])),
    );
  const { id } = read.data;
  if (!(await defineList(deps, read.data)))
    return show(form, { mot: `Il y a déjà une liste « ${id} ». Choisissez un autre identifiant.` });
  await note('liste créée', id);
  return seeOther(addressOf(id), 'creee');
}

export const newRoutes: Route[] = [
  { method: 'GET', path: PATH, right: 'lists.write', make: () => show(new URLSearchParams()) },
  { method: 'POST', path: PATH, right: 'lists.write', make: create },
];
