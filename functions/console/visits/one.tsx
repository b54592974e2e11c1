/** One visit: how it stands, who comes, what goes out about it, and what may be done now. */
import type { Child } from 'hono/jsx';
import { spoken } from '../../../conversations/announcement-acts.ts';
import { followUps } from '../../../conversations/follow-up.ts';
import { taken, waiting } from '../../../conversations/seats.ts';
import { sms } from '../../../conversations/shape.ts';
import { beginsAt, isAhead, type Visit } from '../../../conversations/visit.ts';
import { visitStateName } from '../../../conversations/visit-acts.ts';
import { lintVisit } from '../../../conversations/visit-lint.ts';
import { invitationBySms } from '../../../conversations/visit-words.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Deps } from '../../runtime/deps.ts';
import { hereIn } from '../../runtime/visit-people.ts';
import { FOLLOW_UPS, messageName } from '../../runtime/visit-told.ts';
import type { Entry } from '../../store/journal.ts';
import { weightOf } from '../announcements/preview.tsx';
import { addressOf as announcementAt } from '../announcements/words.ts';
import { FaultSummary, type Faults } from '../forms.tsx';
import { Facts, first, State } from '../list.tsx';
import { type Asked, doneOf, type Page, type Route } from '../page.ts';
import { counted, sentence } from '../said.ts';
import { Figure, Journal } from '../things.tsx';
import { People, Who } from '../who.tsx';
import { Acts } from './acts-panel.tsx';
import { spotOf } from './draft-form.ts';
import { aroundOf, found } from './found.ts';
import { didWord, nameOf, PATH, quartierName, TONES } from './words.ts';

const TOO_LATE = 'La ville ne peut plus leur écrire à temps : prévenez autrement ceux qui devaient venir.';
const DONE = {
  ecrite: 'Visite enregistrée. Une autre personne doit la valider.',
  modifiee: 'Visite modifiée. Une autre personne doit la valider.',
  approuver: 'Visite validée : les habitants peuvent s’inscrire. Il reste à les inviter.',
  'bilan-valide': 'Bilan validé : il part à ceux qui étaient là, deux jours après la visite au plus tôt.',
  places: 'Nombre de places changé.',
  deplacer: 'Visite déplacée : ceux qui viennent, et eux seuls, en sont prévenus.',
  'deplacer-tard': `Visite déplacée. ${TOO_LATE}`,
  annuler: 'Visite annulée : ceux qui venaient, et eux seuls, en sont prévenus.',
  'annuler-tard': `Visite annulée. ${TOO_LATE}`,
  'annuler-brouillon': 'Visite annulée : personne n’y était invité.',
  bilan: 'Bilan enregistré. Une autre personne doit le valider.',
};

/** `faults`, `typed`: of an act that was refused. */
export async function pageOf(
  asked: Asked,
  { thing: visit, version }: Entry<Visit>,
  {
    faults = {},
    status = 200,
    typed,
  }: { faults?: Faults; status?: 200 | 409 | 422; typed?: URLSearchParams } = {},
): Promise<Page> {
  const { deps, agent, now, query } = asked;
  const { city } = deps.world;
  const [around, seats, acts, invited] = await Promise.all([
    visit.state === 'draft' ? aroundOf(asked) : undefined,
    deps.seats.read(visit.number),
    deps.visits.acts(visit.number),
    invitationTo(deps, visit.id),
  ]);
  let no = 0;
  for await (const { answer } of deps.rsvps.answers(visit.number)) if (answer === 'no') no += 1;
  const findings = around ? lintVisit(visit, around) : [];
  const invitation = sms(invitationBySms(visit, 'fr', city));
  return {
    status,
    title: `Visite ${visit.id}`,
    purpose: 'Une visite, de son annonce à son bilan.',
    above: { title: 'Visites', href: PATH },
    done: doneOf(query, DONE),
    body: (
      <>
        <FaultSummary faults={faults} />
        <p>
          <State tone={TONES[visit.state]}>{sentence(visitStateName(visit.state))}</State>{' '}
          <strong>{nameOf(visit)}</strong>, {spoken(beginsAt(visit))}
        </p>
        <ul class="cards tally">
          <Figure
            name={`sur ${counted(seats?.capacity ?? visit.capacity, 'place prise', 'places prises')}`}
            count={seats ? taken(seats) : 0}
          />
          <Figure name="en attente" count={seats ? waiting(seats).length : 0} />
          <Figure name={no < 2 ? 'ne vient pas' : 'ne viennent pas'} count={no} />
          {now >= beginsAt(visit) && <Figure name="sur place" count={seats ? hereIn(seats) : 0} />}
        </ul>
        <div class="columns">
          <div>
            <h2>Fiche</h2>
            <Facts facts={factsOf(visit, quartierName(city, visit.quartier))} />
            <h2>L’invitation, par SMS</h2>
            <figure class="told sms">
              <p class="said" lang="fr">
                {invitation.text}
              </p>
              <p class="under">{weightOf(invitation)}</p>
            </figure>
          </div>
          <div>
            <Acts {...{ visit, version, agent, now, invitation: invited, findings, faults, typed }} />
          </div>
        </div>
        {findings.length > 0 && (
          <>
            <h2>À regarder</h2>
            <ul class="findings">
              {findings.map(({ severity, message }) => (
                <li class={severity}>
                  <strong>{severity === 'error' ? 'À corriger' : 'À savoir'}</strong> : {sentence(message)}
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>Ses messages</h2>
        <Messages visit={visit} sending={city.sending} now={now} />
        <h2>Journal</h2>
        <Journal acts={acts} didWord={didWord} now={now} />
      </>
    ),
  };
}

function factsOf(visit: Visit, quartier: string): [string, Child][] {
  const { meeting, stops, moves, report } = visit;
  return [
    ['Quartier', quartier],
    [
      'Lieu',
      spotOf(meeting)
        ? `${meeting.name} (${spotOf(meeting)})`
        : `${meeting.name} (sans position sur la carte)`,
    ],
    ['Avec', visit.host.fr],
    ['Durée', `${visit.minutes} minutes`],
    [
      'Arrêts',
      stops.length > 0 && (
        <ol>
          {stops.map((stop) => (
            <li>{stop}</li>
          ))}
        </ol>
      ),
    ],
    ['Transport', visit.transport && 'demandé à chacun'],
    [
      'Était prévue',
      moves.map((before) => `${spoken(beginsAt(before))}, ${before.meeting.name}`).join(' ; '),
    ],
    ['Annulée', visit.cancelled && (visit.cancelled.why?.fr ?? 'sans motif')],
    ['Bilan', report && `${report.texts.fr ?? ''}${report.approved ? '' : ' (à valider)'}`],
    ['Écrite par', <People ids={[visit.author, ...visit.editors]} />],
    ['Validée par', visit.approved && <Who id={visit.approved.by} />],
  ];
}

/** What goes out by itself, and what has been made of it. */
function Messages({
  visit,
  sending,
  now,
}: {
  visit: Visit;
  sending: Parameters<typeof followUps>[1];
  now: Date;
}) {
  const from = new Date(visit.moves.at(-1)?.at ?? visit.approved?.at ?? now);
  const wished =
    visit.state === 'draft' || isAhead(visit, now)
      ? followUps({ day: visit.day, begins: beginsAt(visit) }, sending, from)
      : [];
  const ahead = wished.filter(({ name }) => visit.planned[name] === undefined);
  const made = Object.entries(visit.planned);
  if (ahead.length + made.length === 0) return <p class="soft">Aucun.</p>;
  return (
    <ul class="plain">
      {made.map(([name, announcement]) => (
        <li>
          {sentence(messageName(name))} :{' '}
          {announcement === 'none' ? (
            'son moment était passé'
          ) : (
            <a href={announcementAt(announcement)}>{announcement}</a>
          )}
        </li>
      ))}
      {ahead.map(({ name, at: when }) => (
        <li>
          {sentence(FOLLOW_UPS[name])} : {when ? spoken(when) : 'aucun moment permis, rien ne part'}
        </li>
      ))}
    </ul>
  );
}

export const oneRoutes: Route[] = [
  {
    method: 'GET',
    path: `${PATH}/:id`,
    right: 'visits.read',
    make: async (asked) => pageOf(asked, await found(asked)),
  },
];

/** Among the last written: a visit is invited to in the weeks before it. */
const LOOKED_AT = 100;

async function invitationTo(deps: Deps, id: string): Promise<string | undefined> {
  const last = await first(announcing(deps).announcements.latest(LOOKED_AT), LOOKED_AT);
  return last
    .map(({ announcement }) => announcement)
    .find(
      ({ visit, about = 'invitation', state }) =>
        visit === id && about === 'invitation' && state !== 'cancelled',
    )?.id;
}
