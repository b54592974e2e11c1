/** Visits: those ahead first, those behind us below; the lives beside them. */
import type { Child } from 'hono/jsx';
import { beginsAt as liveBegins, type OnStage } from '../../../conversations/live.ts';
import { liveStateName } from '../../../conversations/live-acts.ts';
import { taken, waiting } from '../../../conversations/seats.ts';
import { beginsAt, comingVisits, endsAt, type Visit } from '../../../conversations/visit.ts';
import { visitStateName } from '../../../conversations/visit-acts.ts';
import type { Deps } from '../../runtime/deps.ts';
import { Empty, Pager, pageOf, ROWS, State, Table } from '../list.tsx';
import type { Asked, Page, Route } from '../page.ts';
import { may } from '../roles.ts';
import { at, counted, figure, sentence } from '../said.ts';
import { addressOf, nameOf, PATH, quartierName, TONES } from './words.ts';

async function show({ deps, agent, query, now }: Asked): Promise<Page> {
  const cursor = /^\d{1,8}$/.exec(query.get('apres') ?? '')?.[0];
  const latest = deps.visits.latest(ROWS + 1, cursor === undefined ? undefined : Number(cursor));
  const { items, next } = await pageOf(latest, ({ thing }) => String(thing.number));
  const read = items.map(({ thing }) => thing);
  const isAhead = (visit: Visit): boolean => visit.state !== 'cancelled' && endsAt(visit) > now;
  const past = read.filter((visit) => !isAhead(visit)).sort(latestFirst);
  const ahead = cursor === undefined ? await aheadOf(deps, read.filter(isAhead), now) : [];
  const fresh = may(agent.role, 'visits.write') && (
    <a class="button main" href={`${PATH}/nouvelle`}>
      Préparer une visite
    </a>
  );
  const none = cursor === undefined && read.length === 0;
  return {
    title: 'Visites',
    purpose: 'Les rendez-vous où les habitants viennent : préparer, inviter, accueillir, rendre compte.',
    body: (
      <>
        <p class="actions">
          {!none && fresh}
          <a class="button quiet" href={`${PATH}/couverture`}>
            Quartiers visités dans l’année
          </a>
        </p>
        {none ? (
          <Empty>
            <p>Aucune visite pour l’instant.</p>
            {fresh && <p>{fresh}</p>}
          </Empty>
        ) : (
          <>
            {cursor === undefined && (
              <>
                <h2>À venir</h2>
                {ahead.length === 0 ? (
                  <p class="soft">Aucune visite n’est prévue.</p>
                ) : (
                  <Visits
                    caption="Visites à venir"
                    deps={deps}
                    visits={ahead}
                    now={now}
                    seats={await seatsOf(deps, ahead)}
                  />
                )}
              </>
            )}
            <h2>Passées et annulées</h2>
            {past.length === 0 ? (
              <p class="soft">Aucune encore.</p>
            ) : (
              <Visits caption="Visites passées" deps={deps} visits={past} now={now} />
            )}
          </>
        )}
        <Pager path={PATH} query={query} next={next} />
        {cursor === undefined && <Lives stages={deps.world.lives ?? []} now={now} />}
      </>
    ),
  };
}

const latestFirst = (a: Visit, b: Visit): number => beginsAt(b).getTime() - beginsAt(a).getTime();

/** What residents may hear of is known without reading; drafts are among the last written. */
async function aheadOf({ world }: Deps, read: Visit[], now: Date): Promise<Visit[]> {
  const all = new Map(comingVisits(world.visits ?? [], now).map((visit) => [visit.id, visit]));
  for (const visit of read) all.set(visit.id, visit);
  return [...all.values()].sort((a, b) => latestFirst(b, a));
}

/** One read each: those ahead are few. */
async function seatsOf({ seats }: Deps, visits: Visit[]): Promise<Map<string, string>> {
  const shown = await Promise.all(
    visits.map(async ({ id, number, capacity }): Promise<[string, string]> => {
      const all = await seats.read(number);
      const waits = all ? waiting(all).length : 0;
      return [
        id,
        `${figure(all ? taken(all) : 0)} sur ${figure(all?.capacity ?? capacity)}${waits > 0 ? `, ${counted(waits, 'demande en attente', 'demandes en attente')}` : ''}`,
      ];
    }),
  );
  return new Map(shown);
}

function Visits({
  caption,
  deps: { world },
  visits,
  now,
  seats,
}: {
  caption: string;
  deps: Deps;
  visits: Visit[];
  now: Date;
  seats?: Map<string, string>;
}) {
  return (
    <Table caption={caption} heads={['Visite', 'Quand', 'État', ...(seats ? ['Places'] : [])]}>
      {visits.map((visit) => (
        <tr>
          <td>
            <a href={addressOf(visit.id)}>{nameOf(visit)}</a>
            <span class="under">
              {quartierName(world.city, visit.quartier)} · {visit.id}
            </span>
          </td>
          <td>{at(beginsAt(visit), now)}</td>
          <td>
            <State tone={TONES[visit.state]}>{sentence(visitStateName(visit.state))}</State>
          </td>
          {seats && <td>{seats.get(visit.id)}</td>}
        </tr>
      ))}
    </Table>
  );
}

/** Only to be seen here: questions are moderated from the command line for now. */
function Lives({ stages, now }: { stages: readonly OnStage[]; now: Date }): Child {
  if (stages.length === 0) return null;
  return (
    <>
      <h2>Directs</h2>
      <Table
        caption="Directs"
        heads={['Direct', 'Quand', 'État', { name: 'Questions vues par l’équipe', number: true }]}
      >
        {stages.map(({ live, board }) => (
          <tr>
            <td>
              {live.subject.fr ?? live.id}
              <span class="under">
                {live.keyword} · {live.id}
              </span>
            </td>
            <td>{at(liveBegins(live), now)}</td>
            <td>{sentence(liveStateName(live.state))}</td>
            <td class="number">{figure(board.questions.length)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

export const listRoutes: Route[] = [{ method: 'GET', path: PATH, right: 'visits.read', make: show }];
