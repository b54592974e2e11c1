/** The first page: what waits for somebody, what goes out, what is near. */
import type { Announcement } from '../../conversations/announcement.ts';
import { stateName } from '../../conversations/announcement-acts.ts';
import { DAY, fullDate } from '../../conversations/hours.ts';
import { beginsAt as liveBegins } from '../../conversations/live.ts';
import { isOpen } from '../../conversations/survey-steps.ts';
import { beginsAt, comingVisits, endsAt, type Visit } from '../../conversations/visit.ts';
import { visitStateName } from '../../conversations/visit-acts.ts';
import { announcing } from '../runtime/announcing.ts';
import { came } from '../runtime/came.ts';
import type { Deps } from '../runtime/deps.ts';
import { first, State } from './list.tsx';
import { ROOT } from './navigation.ts';
import type { Asked, Page, Route } from './page.ts';
import { may, type Right } from './roles.ts';
import { at, counted, figure } from './said.ts';
import { sees as seesSurvey } from './surveys/standing.ts';
import { quartierName } from './visits/words.ts';

/** Among the last made: who writes more than this without having it approved has other troubles. */
const LOOKED_AT = 50;
const AHEAD = 14 * DAY;

interface Row {
  href: string;
  name: string;
  when?: string;
  state?: string;
}

async function show({ deps, agent, now }: Asked): Promise<Page> {
  const [{ waiting, ready }, visits, leaving, lately] = await Promise.all([
    lastWritten(deps, agent.id),
    visitsToApprove(deps, agent.id),
    goingOut(deps, now),
    came(deps, new Date(now.getTime() - DAY)),
  ]);
  const stopped = await stoppedLanes(deps);
  const sees = (right: Right): boolean => may(agent.role, right);
  return {
    title: 'Aujourd’hui',
    purpose: 'Ce qui attend quelqu’un, ce qui part, et ce qui approche.',
    body: (
      <>
        {stopped.map((lane) => (
          <p class="warning">
            L’envoi par « {lane} » est arrêté : le fournisseur refuse nos messages. Rien n’est perdu, tout
            attend ; prévenez le service informatique.
          </p>
        ))}
        {sees('residents.read') && (
          <>
            <h2>Depuis hier à la même heure</h2>
            <ul class="figures">
              <Figure value={lately.messages} one="message laissé" more="messages laissés" />
              <Figure value={lately.calls} one="rappel demandé" more="rappels demandés" />
              <Figure value={lately.failed} one="message non remis" more="messages non remis" />
            </ul>
            <p class="soft">
              Les messages se lisent pour l’instant sur la fiche de chaque habitant ; la liste des rappels, le
              service informatique l’exporte.
            </p>
          </>
        )}
        <h2>À faire et à venir</h2>
        <div class="cards">
          {sees('visits.read') && (
            <Card
              title="En retard"
              rows={(deps.world.visits ?? [])
                .filter((visit) => visit.state === 'open' && endsAt(visit) < now)
                .map((visit) => ({
                  href: `${ROOT}/visites/${visit.id}`,
                  name: `Compte rendu de la visite : ${quartierName(deps.world.city, visit.quartier)}`,
                  when: at(beginsAt(visit), now),
                }))}
              none="Rien n’est en retard."
            />
          )}
          {sees('announcements.approve') && (
            <Card
              title="À valider"
              rows={[
                ...waiting.map((each) => announcementRow(each, now)),
                ...visits.map((visit) => ({
                  href: `${ROOT}/visites/${visit.id}`,
                  name: `Visite : ${quartierName(deps.world.city, visit.quartier)}`,
                  when: at(beginsAt(visit), now),
                  state: visitStateName(visit.state),
                })),
              ]}
              none="Rien n’attend votre accord."
            />
          )}
          {sees('announcements.send') && (
            <Card
              title="À programmer"
              rows={ready.map((each) => announcementRow(each, now))}
              none="Aucune annonce validée n’attend son départ."
            />
          )}
          {sees('announcements.read') && (
            <Card
              title="Ce qui part"
              rows={leaving.map((each) => announcementRow(each, now))}
              none="Rien ne part dans les deux semaines."
            />
          )}
          {sees('visits.read') && (
            <Card
              title="Ce qui approche"
              rows={[
                ...comingVisits(deps.world.visits ?? [], now).map((visit) => ({
                  href: `${ROOT}/visites/${visit.id}`,
                  name: `Visite : ${quartierName(deps.world.city, visit.quartier)}`,
                  when: at(beginsAt(visit), now),
                })),
                ...(deps.world.lives ?? [])
                  .filter(({ live }) => liveBegins(live) > now)
                  .map(({ live }) => ({
                    href: `${ROOT}/visites`,
                    name: `Live : ${live.subject}`,
                    when: at(liveBegins(live), now),
                  })),
              ]}
              none="Ni visite ni live n’est annoncé."
            />
          )}
          {sees('surveys.read') && (
            <Card
              title="Sondages ouverts"
              rows={deps.world.surveys
                .all()
                .filter((survey) => isOpen(survey, now) && seesSurvey(agent, survey))
                .map((survey) => ({
                  href: `${ROOT}/resultats/${survey.key}`,
                  name: survey.topic.fr ?? survey.key,
                  ...(survey.closes && { when: `jusqu’au ${fullDate(survey.closes, 'fr')}` }),
                }))}
              none="Aucun sondage n’est ouvert."
            />
          )}
        </div>
      </>
    ),
  };
}

const Figure = ({ value, one, more }: { value: number; one: string; more: string }) => (
  <li>
    <p class="figure">{figure(value)}</p>
    <p>{counted(value, one, more).replace(/^[\d\s\u202f]+/, '')}</p>
  </li>
);

function Card({ title, rows, none }: { title: string; rows: Row[]; none: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="soft">{none}</p>
      ) : (
        <ul class="plain">
          {rows.map(({ href, name, when, state }) => (
            <li>
              <a href={href}>{name}</a>
              {state && <State tone="waits">{state}</State>}
              {when && <span class="soft">{when}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const announcementRow = ({ id, texts, base, begins, state }: Announcement, now: Date): Row => ({
  href: `${ROOT}/annonces/${id}`,
  name: shortened(texts[base] ?? texts.fr ?? id),
  state: stateName(state),
  ...(begins && { when: at(begins, now) }),
});

const shortened = (text: string): string => {
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : letters.join('');
};

/** Drafts that this agent did not write and has not approved yet; and what is approved and has no moment. */
async function lastWritten(
  deps: Deps,
  agent: string,
): Promise<{ waiting: Announcement[]; ready: Announcement[] }> {
  const [waiting, ready]: [Announcement[], Announcement[]] = [[], []];
  for (const { announcement } of await first(announcing(deps).announcements.latest(LOOKED_AT), LOOKED_AT)) {
    const { state, author, editors, approvals, writing } = announcement;
    const mine = author === agent || editors.includes(agent) || approvals.some(({ by }) => by === agent);
    if (state === 'draft' && !writing && !mine) waiting.push(announcement);
    if (state === 'approved') ready.push(announcement);
  }
  return { waiting, ready };
}

async function visitsToApprove({ visits }: Deps, agent: string): Promise<Visit[]> {
  const last = (await first(visits.latest(LOOKED_AT), LOOKED_AT)).map(({ thing }) => thing);
  return last.filter(
    ({ state, author, editors }) => state === 'draft' && author !== agent && !editors.includes(agent),
  );
}

const goingOut = async (deps: Deps, now: Date): Promise<Announcement[]> =>
  (await announcing(deps).announcements.goingOut(new Date(now.getTime() + AHEAD))).map(
    ({ announcement }) => announcement,
  );

async function stoppedLanes({ carriers, channels }: Deps): Promise<string[]> {
  const lanes = Object.entries(carriers).flatMap(([channel, providers]) =>
    providers.map((provider) => `${provider}-${channel}`),
  );
  const states = await Promise.all(lanes.map((lane) => channels.why(lane)));
  return lanes.filter((_, index) => states[index] !== undefined);
}

export const homeRoutes: Route[] = [{ method: 'GET', path: ROOT, right: 'home', make: show }];
