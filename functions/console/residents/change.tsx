/** What staff do for a resident who asked: correct, hand over a copy, stop, take off a list, erase. */

import { places } from '../../../conversations/city.ts';
import type { Event } from '../../../conversations/events.ts';
import { AgeBand } from '../../../conversations/events.ts';
import { inParis } from '../../../conversations/hours.ts';
import { erasureProof } from '../../../conversations/on-behalf.ts';
import type { Session } from '../../../conversations/session.ts';
import { removeResident } from '../../runtime/enrol.ts';
import type { Answer } from '../../runtime/http.ts';
import { actFor } from '../../runtime/on-behalf.ts';
import { Button, FaultSummary, type Faults, Field, Form, Select } from '../forms.tsx';
import { Facts } from '../list.tsx';
import { type Asked, NotThere, type Page, type Route, seeOther } from '../page.ts';
import { addressOf, asked, languageOf, listName, RESIDENTS, referenceOf } from './parts.ts';

const above = (hash: string) => ({ title: 'Fiche d’habitant', href: addressOf(hash) });

/** What was on the page when the form was filled in: whoever corrected meanwhile is not overwritten. */
const standing = ({ language, quartier, age }: Session): string =>
  [language, quartier, age].map((each) => each ?? '').join('|');

interface Profile {
  langue: string;
  quartier: string;
  age: string;
  avant: string;
}

function correctPage(
  { deps: { world } }: Asked,
  hash: string,
  { langue, quartier, age, avant }: Profile,
  { faults = {}, status }: { faults?: Faults; status?: 409 | 422 } = {},
): Page {
  const { city } = world;
  const unsaid = { value: '', label: 'Non dit' };
  return {
    ...(status && { status }),
    title: 'Corriger la fiche',
    purpose: 'Ce que la personne dit d’elle-même remplace ce qui était noté. Elle ne reçoit pas de message.',
    above: above(hash),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Form action={addressOf(hash, 'corriger')} label="Corriger la fiche">
          <input type="hidden" name="avant" value={avant} />
          <Select
            name="langue"
            label="Langue"
            hint="Les prochains messages partent dans cette langue."
            value={langue}
            faults={faults}
            required
            choices={[
              ...(langue === '' ? [unsaid] : []),
              ...city.languages.map((code) => ({ value: code, label: languageOf(code) ?? code })),
            ]}
          />
          <Select
            name="quartier"
            label="Quartier"
            hint="Où la personne habite. Ses listes ne changent pas."
            value={quartier}
            faults={faults}
            required
            choices={[unsaid, ...places(city).map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <Select
            name="age"
            label="Tranche d’âge"
            value={age}
            faults={faults}
            required
            choices={[unsaid, ...AgeBand.options.map((band) => ({ value: band, label: band }))]}
          />
          <div class="actions">
            <Button>Enregistrer</Button>
            <a href={addressOf(hash)}>Annuler</a>
          </div>
        </Form>
      </>
    ),
  };
}

/** What the form shows is a look at what is held. */
async function looked(request: Asked): ReturnType<typeof asked> {
  const item = await asked(request);
  await request.note('fiche d’habitant consultée', referenceOf(request.deps, item));
  return item;
}

async function showCorrect(request: Asked): Promise<Page> {
  const { hash, session } = await looked(request);
  const { language = '', quartier = '', age = '' } = session;
  return correctPage(request, hash, { langue: language, quartier, age, avant: standing(session) });
}

async function correct(request: Asked): Promise<Page | Answer> {
  const { deps, form, note } = request;
  const item = await asked(request);
  const typed = {
    langue: form.get('langue') ?? '',
    quartier: form.get('quartier') ?? '',
    age: form.get('age') ?? '',
    avant: form.get('avant') ?? '',
  };
  const { city } = deps.world;
  const band = AgeBand.safeParse(typed.age);
  const faults: Faults = {
    ...(typed.langue !== '' &&
      !city.languages.some((code) => code === typed.langue) && {
        langue: 'Choisissez une langue de la liste.',
      }),
    ...(typed.quartier !== '' &&
      !places(city).some(({ id }) => id === typed.quartier) && {
        quartier: 'Choisissez un quartier de la liste.',
      }),
    ...(typed.age !== '' && !band.success && { age: 'Choisissez une tranche d’âge de la liste.' }),
  };
  if (Object.keys(faults).length > 0) return correctPage(request, item.hash, typed, { faults, status: 422 });
  await note('fiche d’habitant corrigée', referenceOf(deps, item));
  let moved = false;
  const saved = await actFor(deps, item.hash, ({ session }, id): Event | undefined => {
    moved = standing(session) !== typed.avant;
    if (moved) return undefined;
    return {
      type: 'corrected',
      id,
      ...(typed.langue !== '' && { language: typed.langue }),
      quartier: typed.quartier === '' ? null : typed.quartier,
      age: band.success ? band.data : null,
    };
  });
  if (moved) {
    const { session } = await asked(request);
    const fault = 'La fiche a changé pendant que vous écriviez. Relisez, puis enregistrez de nouveau.';
    const again = { ...typed, avant: standing(session) };
    return correctPage(request, item.hash, again, { faults: { '': fault }, status: 409 });
  }
  if (!saved) throw new NotThere();
  return seeOther(addressOf(item.hash), 'corrige');
}

async function showStop(request: Asked): Promise<Page> {
  const { hash } = await asked(request);
  return {
    title: 'Arrêter les messages',
    purpose: 'Comme si la personne avait écrit STOP : plus aucun message, sur aucun canal.',
    above: above(hash),
    body: (
      <Form action={addressOf(hash, 'stop')} label="Arrêter les messages">
        <p>
          Un sondage en cours s’arrête, et sa place sur une liste d’attente se libère. Il n’y a que la
          personne qui puisse revenir, en écrivant REPRENDRE. Aucun message ne part : dites-lui que c’est
          fait.
        </p>
        <div class="actions">
          <Button danger>Arrêter les messages</Button>
          <a href={addressOf(hash)}>Annuler</a>
        </div>
      </Form>
    ),
  };
}

async function stop(request: Asked): Promise<Answer> {
  const { deps, note } = request;
  const item = await asked(request);
  await note('STOP pour un habitant', referenceOf(deps, item));
  await actFor(deps, item.hash, ({ session }, id) =>
    session.consent === 'stopped' ? undefined : { type: 'requested', id, what: 'stop' },
  );
  return seeOther(addressOf(item.hash), 'stop');
}

async function leaveList(request: Asked): Promise<Answer> {
  const { deps, form, now, note } = request;
  const item = await asked(request);
  const list = form.get('liste') ?? '';
  const why = form.get('pourquoi') === 'staff' ? 'staff' : 'asked';
  if (!item.session.lists.includes(list)) throw new NotThere();
  await note(`habitant retiré de la liste ${list}`, referenceOf(deps, item));
  await removeResident(deps, item.hash, { list, why, on: inParis(now).date });
  return seeOther(addressOf(item.hash), 'retire');
}

async function showCopy(request: Asked): Promise<Page> {
  const { hash } = await asked(request);
  return {
    title: 'Remettre ses données',
    purpose: 'La copie de tout ce que la ville garde d’une personne, à lui remettre (droit d’accès).',
    above: above(hash),
    body: (
      <Form action={addressOf(hash, 'copie')} label="Préparer la copie">
        <p>
          Vérifiez d’abord que c’est bien la personne : par exemple qu’elle tient le téléphone en main. Elle
          peut aussi écrire elle-même MES DONNEES.
        </p>
        <div class="actions">
          <Button>Préparer la copie</Button>
          <a href={addressOf(hash)}>Annuler</a>
        </div>
      </Form>
    ),
  };
}

async function copy(request: Asked): Promise<Page> {
  const { deps, note } = request;
  const item = await asked(request);
  await note('copie des données préparée', referenceOf(deps, item));
  let code = '';
  const saved = await actFor(deps, item.hash, (_, id) => {
    code = id;
    return { type: 'requested', id, what: 'copy' };
  });
  if (!saved) throw new NotThere();
  const address = `${deps.publicUrl}/d/${code}`;
  return {
    title: 'La copie est prête',
    purpose: 'À imprimer ou à remettre en fichier, à la personne et à elle seule.',
    above: above(item.hash),
    body: (
      <>
        <p>Qui a cette adresse lit tout. Elle s’ouvre pendant un jour, puis ne mène plus à rien.</p>
        <Facts
          facts={[
            ['À lire et à imprimer', <a href={address}>{address}</a>],
            ['Fichier (JSON)', <a href={`${address}.json`}>{`${address}.json`}</a>],
          ]}
        />
      </>
    ),
  };
}

const WORD = 'EFFACER';

function erasePage(
  { deps: { world } }: Asked,
  { hash, session }: { hash: string; session: Session },
  { typed = '', faults = {} }: { typed?: string; faults?: Faults } = {},
): Page {
  return {
    ...(Object.keys(faults).length > 0 && { status: 422 as const }),
    title: 'Effacer cette personne',
    purpose: 'Comme si la personne avait écrit EFFACER puis OUI. Cela ne se défait pas.',
    above: above(hash),
    body: (
      <>
        <FaultSummary faults={faults} />
        <Facts
          facts={[
            [
              'Disparaissent',
              'son numéro, son profil, ses accords, ses messages et fichiers, ses inscriptions',
            ],
            ['Listes quittées', session.lists.map((list) => listName(world, list)).join(', ') || 'aucune'],
            ['Restent', 'ses réponses aux sondages sans un mot d’elle, et un numéro d’effacement'],
            ['Ensuite', 'son numéro n’est plus contacté, même par un import'],
          ]}
        />
        <Form action={addressOf(hash, 'effacer')} label="Effacer cette personne">
          <Field
            name="mot"
            label={`Pour confirmer, écrivez ${WORD}`}
            value={typed}
            faults={faults}
            required
            attributes={{ autocomplete: 'off', autocapitalize: 'characters' }}
          />
          <div class="actions">
            <Button danger>Effacer pour toujours</Button>
            <a href={addressOf(hash)}>Annuler</a>
          </div>
        </Form>
      </>
    ),
  };
}

async function erase(request: Asked): Promise<Page | Answer> {
  const { deps, form, note } = request;
  const item = await asked(request);
  const typed = (form.get('mot') ?? '').trim();
  if (typed !== WORD)
    return erasePage(request, item, {
      typed,
      faults: { mot: `Écrivez ${WORD}, en capitales, pour confirmer.` },
    });
  await note('effacement d’un habitant demandé');
  let proof = '';
  const saved = await actFor(deps, item.hash, (_, id) => {
    proof = erasureProof(id);
    return { type: 'requested', id, what: 'erase' };
  });
  if (!saved) throw new NotThere();
  await note('habitant effacé', proof);
  return seeOther(`${RESIDENTS}/effacement/${proof}`, 'efface');
}

const change = { right: 'residents.change' } as const;
const at = (act: string): string => `${RESIDENTS}/:id/${act}`;

export const changeRoutes: Route[] = [
  { method: 'GET', path: at('corriger'), ...change, make: showCorrect },
  { method: 'POST', path: at('corriger'), ...change, make: correct },
  { method: 'GET', path: at('stop'), ...change, make: showStop },
  { method: 'POST', path: at('stop'), ...change, make: stop },
  { method: 'POST', path: at('retirer'), ...change, make: leaveList },
  { method: 'GET', path: at('copie'), ...change, make: showCopy },
  { method: 'POST', path: at('copie'), ...change, make: copy },
  {
    method: 'GET',
    path: at('effacer'),
    ...change,
    make: async (request) => erasePage(request, await looked(request)),
  },
  { method: 'POST', path: at('effacer'), ...change, make: erase },
];
