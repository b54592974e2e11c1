/** Finding a resident by what they say at the counter: their number, the number of an erasure, the address of their copy. */
import { parseNumber } from '../../channels/numbers.ts';
import type { Deps } from '../../runtime/deps.ts';
import type { Answer } from '../../runtime/http.ts';
import { isSuppressedAt, residentOf, residentsAt } from '../../runtime/on-behalf.ts';
import type { TurnItem } from '../../store/turn-item.ts';
import { Button, FaultSummary, type Faults, Field, Form } from '../forms.tsx';
import { Empty, Facts } from '../list.tsx';
import { type Asked, doneOf, NotThere, type Page, type Route, seeOther } from '../page.ts';
import { at } from '../said.ts';
import { addressOf, NO_NUMBER, RESIDENTS, referenceOf } from './parts.ts';

const PROOF = /^E-?(\d{7})$/i;
const COPY = /\/d\/([\w-]{4,12})(?:\.json)?\/?$/;
const DONE = { efface: 'L’effacement est fait.' };

function show({
  typed = '',
  faults = {},
  found = [],
}: {
  typed?: string;
  faults?: Faults;
  found?: TurnItem[];
} = {}): Page {
  return {
    ...(faults.qui && { status: 422 as const }),
    title: 'Habitants',
    purpose: 'Retrouver une personne qui s’adresse à la mairie, pour lui répondre sur ses données.',
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={RESIDENTS} label="Chercher une personne">
          <Field
            name="qui"
            label="Numéro de téléphone"
            hint="Ou un numéro d’effacement (E-…), ou l’adresse reçue après MES DONNEES."
            value={typed}
            faults={faults}
            required
            attributes={{ autocomplete: 'off', inputmode: 'text', maxlength: 200 }}
          />
          <div class="actions">
            <Button>Chercher</Button>
          </div>
        </Form>
        {found.length > 0 ? (
          <>
            <h2>Deux fiches pour ce numéro</h2>
            <p>La personne écrit par SMS et par WhatsApp, et n’a pas relié les deux.</p>
            <ul class="plain">
              {found.map(({ hash, address }) => (
                <li>
                  <a href={addressOf(hash)}>{address.startsWith('sms:') ? 'Par SMS' : 'Par WhatsApp'}</a>
                </li>
              ))}
            </ul>
            {found[0] && found[1] && (
              <p>
                <a href={addressOf(found[0].hash, `reunir/${found[1].hash}`)}>Réunir les deux</a>, si elle le
                demande.
              </p>
            )}
          </>
        ) : (
          <Empty>
            <p>
              La recherche se fait par le numéro entier : la liste des habitants ne se parcourt pas. Chaque
              fiche ouverte est notée au journal.
            </p>
          </Empty>
        )}
      </>
    ),
  };
}

async function search({ deps, form, now, note }: Asked): Promise<Page | Answer> {
  const typed = (form.get('qui') ?? '').trim();
  const refused = (fault: string): Page => show({ typed, faults: { qui: fault } });
  const proof = PROOF.exec(typed)?.[1];
  if (proof !== undefined) {
    const number = `E-${proof}`;
    if (await deps.residents.erasedAt(number, now)) return seeOther(`${RESIDENTS}/effacement/${number}`);
    return refused('Aucun effacement ne porte ce numéro. Vérifiez les sept chiffres.');
  }
  const code = COPY.exec(typed)?.[1];
  if (code !== undefined) {
    const hash = await deps.residents.copyOf(code, now);
    const item = hash === undefined ? undefined : await residentOf(deps, hash);
    if (!item) return refused('Cette adresse n’ouvre plus rien : elle vaut un jour. Demandez le numéro.');
    return opened(deps, note, item);
  }
  const parsed = parseNumber(typed, { region: 'FR', fiction: deps.world.city.example });
  if ('invalid' in parsed) return refused(NO_NUMBER);
  const found = await residentsAt(deps, parsed.e164);
  const [first, ...others] = found;
  if (first && others.length === 0) return opened(deps, note, first);
  if (first) {
    await note('recherche d’habitant');
    return show({ typed, found });
  }
  await note('recherche d’habitant sans résultat');
  return refused(
    (await isSuppressedAt(deps, parsed.e164))
      ? 'Nous ne gardons rien de ce numéro, sinon une empreinte : il a dit STOP ou EFFACER, et n’est plus contacté.'
      : 'Nous ne gardons rien de ce numéro. Vérifiez-le avec la personne.',
  );
}

async function opened(deps: Deps, note: Asked['note'], item: TurnItem): Promise<Answer> {
  await note('recherche d’habitant', referenceOf(deps, item));
  return seeOther(addressOf(item.hash));
}

async function showErasure({ deps, params, query, now }: Asked): Promise<Page> {
  const proof = params.preuve ?? '';
  const when = await deps.residents.erasedAt(proof, now);
  if (when === undefined) throw new NotThere();
  return {
    title: `Effacement ${proof}`,
    purpose: 'La preuve qu’un effacement a été fait : c’est tout ce qui en reste.',
    above: { title: 'Habitants', href: RESIDENTS },
    done: doneOf(query, DONE),
    body: (
      <>
        <Facts
          facts={[
            ['Numéro', proof],
            ['Fait le', at(when, now)],
          ]}
        />
        <p>
          Donnez ce numéro à la personne. Nous ne pouvons plus dire de qui il s’agissait. Ses réponses aux
          sondages restent comptées, sans aucun mot d’elle ; son numéro ne sera plus contacté.
        </p>
      </>
    ),
  };
}

export const searchRoutes: Route[] = [
  { method: 'GET', path: RESIDENTS, right: 'residents.read', make: () => show() },
  { method: 'POST', path: RESIDENTS, right: 'residents.read', make: search },
  { method: 'GET', path: `${RESIDENTS}/effacement/:preuve`, right: 'residents.read', make: showErasure },
];
