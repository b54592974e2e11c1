/** A new visit, and a draft that is changed. */
import { places } from '../../../conversations/city.ts';
import { parisTime } from '../../../conversations/hours.ts';
import { type Visit, visitId, visitNumber } from '../../../conversations/visit.ts';
import { changeVisit, repeated, visitOf } from '../../../conversations/visit-acts.ts';
import { lintVisit } from '../../../conversations/visit-lint.ts';
import { Button, Choices, FaultSummary, type Faults, Field, Form, Select, TextArea } from '../forms.tsx';
import { type Asked, doneOf, type Made, type Page, type Route, seeOther } from '../page.ts';
import { sentence } from '../said.ts';
import { fieldsOf, findingsByField, readForm } from './draft-form.ts';
import { aroundOf, found } from './found.ts';
import { PositionField } from './position.tsx';
import { TextsField } from './texts.tsx';
import { addressOf, PATH } from './words.ts';

const NEW = `${PATH}/nouvelle`;

interface Told {
  typed: URLSearchParams;
  faults?: Faults;
  known?: string[];
  version?: number;
  status?: 200 | 409 | 422;
  done?: string | undefined;
}

const newPage = (asked: Asked, { status = 200, done, ...told }: Told): Page => ({
  status,
  title: 'Préparer une visite',
  purpose: 'Où, quand, avec qui, pour combien. Une autre personne la valide, puis on invite.',
  above: { title: 'Visites', href: PATH },
  done,
  body: <VisitForm asked={asked} action={NEW} {...told} />,
});

const changePage = (asked: Asked, id: string, { status = 200, done, ...told }: Told): Page => ({
  status,
  title: `Modifier ${id}`,
  purpose: 'Tant qu’elle n’est pas validée. Ensuite, on la déplace ou on l’annule.',
  above: { title: `Visite ${id}`, href: addressOf(id) },
  done,
  body: <VisitForm asked={asked} action={`${addressOf(id)}/modifier`} {...told} />,
});

function VisitForm({
  asked: { deps },
  action,
  typed,
  faults = {},
  known = [],
  version,
}: Omit<Told, 'status' | 'done'> & { asked: Asked; action: string }) {
  const { city } = deps.world;
  const field = (name: string) => ({ name, faults, value: typed.get(name) ?? '' });
  return (
    <>
      <FaultSummary faults={faults} />
      {known.length > 0 && (
        <ul class="findings">
          {known.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
      )}
      <Form action={action}>
        {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
        <Select
          {...field('quartier')}
          label="Quartier"
          hint="Sa liste sera invitée."
          required
          choices={[
            { value: '', label: 'Choisir' },
            ...places(city).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <div class="row">
          <Field {...field('jour')} type="date" label="Jour" required />
          <Field {...field('heure')} type="time" label="Heure" required />
          <Field
            {...field('duree')}
            type="number"
            label="Durée en minutes"
            attributes={{ min: 15, max: 720, placeholder: 90 }}
          />
          <Field
            {...field('places')}
            type="number"
            label="Places"
            required
            attributes={{ min: 1, max: 2000 }}
          />
        </div>
        <Field
          {...field('lieu')}
          label="Lieu de rendez-vous"
          hint="Comme il est dit dans le SMS : « square du Chêne Pointu ». 40 caractères au plus."
          required
          attributes={{ maxlength: 40 }}
        />
        <PositionField {...field('position')} />
        <TextArea {...field('arrets')} label="Arrêts" hint="Un par ligne, dans l’ordre de la marche." />
        <Choices
          name="transport"
          label="Transport"
          values={typed.getAll('transport')}
          choices={[{ value: 'oui', label: 'Demander à chacun s’il faut venir le chercher' }]}
        />
        <h2>Les mots</h2>
        <TextsField
          {...{ city, typed, faults }}
          words={[
            {
              name: 'hote',
              label: 'Avec qui',
              hint: 'Après « avec » : « Mme la Maire ».',
              rows: 1,
              required: true,
            },
            { name: 'titre', label: 'Titre', hint: 'Vide : « visite de quartier ».', rows: 1 },
            { name: 'invitation', label: 'Invitation', hint: 'Vide : celle du service.' },
            { name: 'rappel', label: 'Rappel', hint: 'Vide : celui du service.' },
          ]}
        />
        <div class="actions">
          <Button>Enregistrer</Button>
        </div>
      </Form>
    </>
  );
}

/** `comme`: an earlier visit, to be done again; `quartier`: where it is wished. */
async function begin(asked: Asked): Promise<Page> {
  const { deps, query } = asked;
  const number = visitNumber(query.get('comme') ?? '');
  const earlier = number === undefined ? undefined : (await deps.visits.get(number))?.thing;
  const typed = earlier ? fieldsOf(repeated(earlier, '')) : new URLSearchParams();
  const quartier = query.get('quartier');
  if (quartier) typed.set('quartier', quartier);
  const ownWords = earlier && Object.keys(earlier.texts).length > 0;
  return newPage(asked, { typed, ...(ownWords && { known: [WORDS_LEFT] }) });
}

const WORDS_LEFT =
  'Les mots de l’invitation et du rappel ne sont pas repris : ils disent peut-être l’ancien jour. Récrivez-les, sinon ce sont ceux du service.';

async function create(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const read = readForm(form);
  if ('faults' in read) return newPage(asked, { typed: form, faults: read.faults, status: 422 });
  const { thing } = await deps.visits.create(
    (number) => visitOf(read.draft, visitId(number, parisTime(now)), number, agent.id),
    { by: agent.id, what: 'nouvelle', at: now },
  );
  await note('visite écrite', thing.id);
  return saved(asked, thing, 'ecrite');
}

/** Where something is to be corrected, its form again, which says so at the field. */
async function saved(asked: Asked, visit: Visit, done: string): Promise<Made> {
  const { faults } = findingsByField(lintVisit(visit, await aroundOf(asked)));
  return Object.keys(faults).length > 0
    ? seeOther(`${addressOf(visit.id)}/modifier`, 'brouillon')
    : seeOther(addressOf(visit.id), done);
}

const DONE = { brouillon: 'Enregistrée. Il reste des points à corriger avant de la faire valider.' };

async function edit(asked: Asked): Promise<Made> {
  const { thing: visit, version } = await found(asked);
  if (visit.state !== 'draft') return seeOther(addressOf(visit.id));
  return changePage(asked, visit.id, {
    typed: fieldsOf(repeated(visit, visit.day)),
    version,
    done: doneOf(asked.query, DONE),
    ...findingsByField(lintVisit(visit, await aroundOf(asked))),
  });
}

async function save(asked: Asked): Promise<Made> {
  const { deps, agent, now, form, note } = asked;
  const kept = await found(asked);
  const { id, number } = kept.thing;
  const again = (faults: Faults, status: 409 | 422): Page =>
    changePage(asked, id, { typed: form, faults, status, version: kept.version });
  const read = readForm(form);
  if ('faults' in read) return again(read.faults, 422);
  if (form.get('version') !== String(kept.version)) return again({ '': CONFLICT }, 409);
  const acted = changeVisit(kept.thing, read.draft, { by: agent.id, now });
  if ('refused' in acted) return again({ '': `${sentence(acted.refused)}.` }, 422);
  await note('visite modifiée', id);
  const act = { by: agent.id, what: 'modifier', at: now };
  if (!(await deps.visits.write(number, kept, acted.visit, act))) return again({ '': CONFLICT }, 409);
  return saved(asked, acted.visit, 'modifiee');
}

const CONFLICT =
  'Quelqu’un vient d’agir sur cette visite : rien n’a été enregistré. Ce que vous avez écrit est ci-dessous ; enregistrez de nouveau pour le mettre à la place.';

export const composeRoutes: Route[] = [
  { method: 'GET', path: NEW, right: 'visits.write', make: begin },
  { method: 'POST', path: NEW, right: 'visits.write', make: create },
  { method: 'GET', path: `${PATH}/:id/modifier`, right: 'visits.write', make: edit },
  { method: 'POST', path: `${PATH}/:id/modifier`, right: 'visits.write', make: save },
];
