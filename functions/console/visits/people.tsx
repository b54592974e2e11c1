/** Who comes to a visit, by the code that each was told; who was there; the sheet to print; what they raise. */
import { languageName } from '../../../conversations/describe-audience.ts';
import { beginsAt } from '../../../conversations/visit.ts';
import type { Answer } from '../../runtime/http.ts';
import { channelWord } from '../../runtime/progress-words.ts';
import {
  type Counted,
  countHere,
  type Registered,
  raisedAt,
  registeredAt,
  sheetOf,
} from '../../runtime/visit-people.ts';
import { tagOf } from '../announcements/preview.tsx';
import { FONTS } from '../assets.ts';
import { Button, FaultSummary, type Faults, Form } from '../forms.tsx';
import { Empty, Table } from '../list.tsx';
import { type Asked, doneOf, type Made, type Page, type Route, seeOther } from '../page.ts';
import { printed } from '../printed.ts';
import { may } from '../roles.ts';
import { at, counted, sentence } from '../said.ts';
import { found } from './found.ts';
import { addressOf, PATH } from './words.ts';

const STATES: Record<Registered['state'], string> = { coming: 'vient', waiting: 'en attente', left: 'parti' };

const DONE = { presents: 'Présences enregistrées.' };

async function peoplePage(asked: Asked, faults: Faults = {}): Promise<Page> {
  const { deps, agent, now, query, form } = asked;
  const { thing: visit } = await found(asked);
  const registered = await registeredAt(deps, visit);
  const counts = may(agent.role, 'visits.write') && now >= beginsAt(visit) && visit.state !== 'cancelled';
  const table = (
    <Table
      caption="Inscrits"
      heads={['Code', 'État', { name: 'Personnes', number: true }, 'Langue', 'Canal', 'Sur place']}
    >
      {registered.map((each) => (
        <tr>
          <th scope="row">{each.code}</th>
          <td>
            {STATES[each.state]}
            {each.transport && <span class="under">à aller chercher</span>}
            {each.silent && <span class="under">ne reçoit plus de message</span>}
          </td>
          <td class="number">{each.people}</td>
          <td>{languageName(deps.world.city, each.language)}</td>
          <td>{each.channel ? channelWord(each.channel) : '–'}</td>
          <td>{counts ? <Here {...{ each, form, faults }} /> : (each.here ?? '')}</td>
        </tr>
      ))}
    </Table>
  );
  return {
    status: Object.keys(faults).length > 0 ? 422 : 200,
    title: `Inscrits à ${visit.id}`,
    purpose: 'Par le code que chacun a reçu, sans numéro ni nom.',
    above: { title: `Visite ${visit.id}`, href: addressOf(visit.id) },
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        {registered.length === 0 ? (
          <Empty>
            <p>Personne n’est inscrit.</p>
          </Empty>
        ) : counts ? (
          <Form action={`${addressOf(visit.id)}/presents`}>
            <p class="hint">Combien de personnes de chaque code étaient là. Vide ou 0 : personne.</p>
            {table}
            <Button>Enregistrer les présences</Button>
          </Form>
        ) : (
          table
        )}
      </>
    ),
  };
}

const fieldOf = (code: string): string => `ici-${code}`;

const Here = ({
  each: { code, here },
  form,
  faults,
}: {
  each: Registered;
  form: URLSearchParams;
  faults: Faults;
}) => (
  <input
    type="number"
    id={fieldOf(code)}
    name={fieldOf(code)}
    aria-label={`Sur place, ${code}`}
    min={0}
    max={99}
    value={form.get(fieldOf(code)) ?? (here === undefined ? '' : String(here))}
    {...(faults[fieldOf(code)] && { 'aria-invalid': 'true' as const })}
  />
);

async function present(asked: Asked): Promise<Made> {
  const { deps, now, form, note } = asked;
  const { thing: visit } = await found(asked);
  const faults: Faults = {};
  const noted: Counted[] = [];
  for (const [name, value] of form) {
    if (!name.startsWith('ici-')) continue;
    const code = name.slice('ici-'.length);
    const typed = value.trim() || '0';
    if (!/^\d{1,2}$/.test(typed)) faults[name] = `${code} : un nombre de 0 à 99, reçu « ${value} ».`;
    noted.push({ code, people: Number(typed) });
  }
  await note('présences à une visite notées', visit.id);
  if (Object.keys(faults).length > 0) return peoplePage(asked, faults);
  const made = await countHere(deps.seats, visit, noted, {
    now,
    messageDays: deps.world.city.notice.messageDays,
  });
  if ('refused' in made) return peoplePage(asked, { '': `${sentence(made.refused)}.` });
  return seeOther(`${addressOf(visit.id)}/inscrits`, 'presents');
}

async function sheet(asked: Asked): Promise<Answer> {
  const { thing: visit } = await found(asked);
  return printed(await sheetOf(asked.deps, visit, { fonts: FONTS, city: asked.deps.world.city.name }));
}

async function raised(asked: Asked): Promise<Page> {
  const { deps, now } = asked;
  const { thing: visit } = await found(asked);
  const kinds = await raisedAt(deps.rsvps, visit.id);
  return {
    title: `Sujets de ${visit.id}`,
    purpose: 'Ce que les habitants veulent y voir, y demander, y signaler, dans leurs mots.',
    above: { title: `Visite ${visit.id}`, href: addressOf(visit.id) },
    body:
      kinds.length === 0 ? (
        <Empty>
          <p>Rien encore.</p>
        </Empty>
      ) : (
        kinds.map(({ title, raised: all }) => (
          <>
            <h2>
              {sentence(title)} ({counted(all.length, 'message', 'messages')})
            </h2>
            <ul class="plain">
              {all.map(({ number, text, at: when, language }) => (
                <li>
                  <strong>{number}</strong>{' '}
                  <bdi dir="auto" lang={tagOf(language)}>
                    {text}
                  </bdi>
                  <span class="soft">
                    {at(when, now)}, {languageName(deps.world.city, language)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        ))
      ),
  };
}

const looking =
  (what: string) =>
  ({ params }: Asked) => ({ what, about: params.id ?? '' });

export const peopleRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/:id/inscrits`,
    right: 'attendance.read',
    audit: looking('inscrits à une visite consultés'),
    make: (asked) => peoplePage(asked),
  },
  { method: 'POST', path: `${PATH}/:id/presents`, right: 'visits.write', make: present },
  {
    method: 'GET',
    path: `${PATH}/:id/feuille`,
    right: 'attendance.read',
    audit: looking('feuille de présence consultée'),
    make: sheet,
  },
  {
    method: 'GET',
    path: `${PATH}/:id/sujets`,
    right: 'words.read',
    audit: looking('sujets d’une visite consultés'),
    make: raised,
  },
];
