/** Two entries that are one person's, made one by staff: the person asks for it and shows that both are theirs. */
import type { World } from '../../../conversations/moment.ts';
import { local } from '../../../conversations/phrase.ts';
import { parseNumber } from '../../channels/numbers.ts';
import type { Answer } from '../../runtime/http.ts';
import { residentsAt } from '../../runtime/on-behalf.ts';
import { type Both, bothOf, tieResidents } from '../../runtime/tie.ts';
import type { TurnItem } from '../../store/turn-item.ts';
import { Button, Choices, FaultSummary, type Faults, Field, Form } from '../forms.tsx';
import { Table } from '../list.tsx';
import { type Asked, NotThere, type Page, type Route, seeOther } from '../page.ts';
import {
  addressOf,
  addressSaid,
  asked,
  languageOf,
  listName,
  NO_NUMBER,
  RESIDENTS,
  referenceOf,
} from './parts.ts';

/** How staff know that both are theirs; the log keeps which. */
const PROOFS = {
  telephones: 'présente, a écrit de chacun des deux devant nous',
  piece: 'présente, pièce d’identité vue',
  ecrit: 'demande écrite et signée',
};
type Proof = keyof typeof PROOFS;
const isProof = (text: string): text is Proof => Object.hasOwn(PROOFS, text);

const above = (hash: string) => ({ title: 'Fiche d’habitant', href: addressOf(hash) });

function searchPage(hash: string, { typed = '', fault = '' } = {}, found: TurnItem[] = []): Page {
  const faults: Faults = fault ? { qui: fault } : {};
  return {
    ...(fault && { status: 422 as const }),
    title: 'Réunir avec une autre fiche',
    purpose: 'Une personne qui écrit de deux numéros devient une seule : une voix, un seul STOP.',
    above: above(hash),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={addressOf(hash, 'reunir')} label="Chercher l’autre fiche">
          <Field
            name="qui"
            label="Son autre numéro de téléphone"
            hint="La personne peut aussi le faire seule, en écrivant WHATSAPP ou SMS puis le code reçu."
            value={typed}
            faults={faults}
            required
            attributes={{ autocomplete: 'off', inputmode: 'tel', maxlength: 40 }}
          />
          <div class="actions">
            <Button>Chercher</Button>
            <a href={addressOf(hash)}>Annuler</a>
          </div>
        </Form>
        {found.length > 0 && (
          <>
            <h2>Deux fiches pour ce numéro</h2>
            <ul class="plain">
              {found.map((item) => (
                <li>
                  <a href={addressOf(hash, `reunir/${item.hash}`)}>{addressSaid(item.address)}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  };
}

async function search(request: Asked): Promise<Page | Answer> {
  const { deps, form, note } = request;
  const { hash } = await asked(request);
  const typed = (form.get('qui') ?? '').trim();
  const parsed = parseNumber(typed, { region: 'FR', fiction: deps.world.city.example });
  if ('invalid' in parsed) return searchPage(hash, { typed, fault: NO_NUMBER });
  const at = await residentsAt(deps, parsed.e164);
  const found = at.filter((item) => item.hash !== hash);
  const [first, ...more] = found;
  await note('recherche d’habitant', first && referenceOf(deps, first));
  if (!first)
    return searchPage(hash, {
      typed,
      fault:
        at.length > 0
          ? 'Ce numéro est déjà sur cette fiche.'
          : 'Nous ne gardons rien de ce numéro. Vérifiez-le avec la personne.',
    });
  return more.length === 0
    ? seeOther(addressOf(hash, `reunir/${first.hash}`))
    : searchPage(hash, { typed }, found);
}

/** What staff have read before they confirm: where it is no more so, they read again. */
const standing = ({ to, from }: Both): string => `${to.session.consent}|${from.session.consent}`;

async function both({ deps, params }: Asked): Promise<Both> {
  const found = await bothOf(deps, params.id ?? '', params.autre ?? '');
  if (!found) throw new NotThere();
  return found;
}

async function confirmPage(
  request: Asked,
  typed = '',
  { faults = {}, status }: { faults?: Faults; status?: 409 | 422 } = {},
): Promise<Page> {
  const found = await both(request);
  const { deps, note } = request;
  const { to, from } = found;
  for (const item of [to, from]) await note('fiche d’habitant consultée', referenceOf(deps, item));
  const { world } = deps;
  const open = [to, from].map(({ session }) => session.survey?.key);
  return {
    ...(status && { status }),
    title: 'Réunir deux fiches',
    purpose: 'Les deux deviennent une seule personne. Cela ne se défait pas.',
    above: above(to.hash),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Table
          caption="Ce que porte chaque fiche"
          heads={[{ hidden: 'Renseignement' }, 'Cette fiche', 'L’autre']}
        >
          {factsOf(world, to).map(([name, value], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{factsOf(world, from)[index]?.[1]}</td>
            </tr>
          ))}
        </Table>
        <ul>
          {[to, from].some(({ session }) => session.consent === 'stopped') && (
            <li>
              <strong>Un STOP vaut pour les deux</strong> : plus aucun message, sur aucun numéro.
            </li>
          )}
          {open[0] && open[1] && open[0] !== open[1] && (
            <li>Le sondage en cours sur l’autre fiche s’arrête où il en est ; ses réponses sont gardées.</li>
          )}
          <li>Un sondage auquel les deux ont répondu ne compte qu’une fois.</li>
          <li>Ce que les deux disent autrement (langue, quartier, âge) reste comme sur cette fiche.</li>
          <li>Aucun message ne part : dites à la personne que c’est fait.</li>
        </ul>
        <Form action={addressOf(to.hash, `reunir/${from.hash}`)} label="Réunir deux fiches">
          <input type="hidden" name="avant" value={standing(found)} />
          <Choices
            name="preuve"
            label="Comment vous savez que les deux sont à cette personne"
            hint="Gardé au journal."
            required
            one
            values={[typed]}
            faults={faults}
            choices={Object.entries(PROOFS).map(([value, label]) => ({
              value,
              label: label.charAt(0).toUpperCase() + label.slice(1),
            }))}
          />
          <div class="actions">
            <Button danger>Réunir</Button>
            <a href={addressOf(to.hash)}>Annuler</a>
          </div>
        </Form>
      </>
    ),
  };
}

const CONSENTS = { given: 'inscrit', stopped: 'a dit STOP', none: 'pas inscrit' };

/** What each has, never what it holds: no answer, no message. */
function factsOf(world: World, { session, address, others }: TurnItem): [string, string][] {
  const { consent, language, quartier, age, lists, survey, ended, visits } = session;
  const topic = (key: string): string => {
    const found = world.surveys.latest(key);
    return found ? local(found.topic, 'fr') : key;
  };
  return [
    ['Inscription', CONSENTS[consent]],
    ['Canaux', [address, ...others.map((each) => each.address)].map(addressSaid).join(' ; ')],
    ['Langue', languageOf(language) ?? 'non dite'],
    ['Quartier', quartier === undefined ? 'non dit' : listName(world, quartier)],
    ['Âge', age ?? 'non dit'],
    ['Listes', lists.map((list) => listName(world, list)).join(', ') || 'aucune'],
    ['Sondage en cours', survey ? topic(survey.key) : 'aucun'],
    ['Sondages finis', Object.keys(ended).map(topic).join(', ') || 'aucun'],
    ['Visites', Object.keys(visits ?? {}).join(', ') || 'aucune'],
  ];
}

async function confirm(request: Asked): Promise<Page | Answer> {
  const { deps, form, params, note } = request;
  const proof = form.get('preuve') ?? '';
  if (!isProof(proof))
    return confirmPage(request, proof, {
      faults: { preuve: 'Choisissez comment vous le savez : sans cela, les fiches restent deux.' },
      status: 422,
    });
  const found = await both(request);
  const { to, from } = found;
  await note(`fiches réunies (${PROOFS[proof]})`, referenceOf(deps, to));
  await note('fiche réunie à une autre', referenceOf(deps, from));
  const hashes = { to: params.id ?? '', from: params.autre ?? '' };
  const done = await tieResidents(deps, hashes, (now) => standing(now) !== form.get('avant'));
  if (done === 'gone') throw new NotThere();
  if (done === 'refused')
    return confirmPage(request, proof, {
      faults: { '': 'Une des fiches a changé pendant que vous lisiez. Relisez, puis confirmez de nouveau.' },
      status: 409,
    });
  return seeOther(addressOf(to.hash), 'reuni');
}

const path = `${RESIDENTS}/:id/reunir`;
const right = 'residents.change';

export const tieRoutes: Route[] = [
  { method: 'GET', path, right, make: async (request) => searchPage((await asked(request)).hash) },
  { method: 'POST', path, right, make: search },
  { method: 'GET', path: `${path}/:autre`, right, make: (request) => confirmPage(request) },
  { method: 'POST', path: `${path}/:autre`, right, make: confirm },
];
