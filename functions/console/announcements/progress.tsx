/** How far an announcement has come, counted from its ledger: on its page, and every few seconds while it goes out. */
import type { Announcement } from '../../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../../conversations/audience.ts';
import { FEW, guardedTable, type Shown } from '../../../conversations/small-counts.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Deps } from '../../runtime/deps.ts';
import {
  behind,
  channelWord,
  failedWord,
  heldWord,
  STATE_ORDER,
  stateWord,
  toldOf,
} from '../../runtime/progress-words.ts';
import type { Progress } from '../../store/ledger.ts';
import type { Agent } from '../agent.ts';
import type { Asked, Fragment, Route } from '../page.ts';
import { may } from '../roles.ts';
import { counted, figure, typeset } from '../said.ts';
import { Figure } from '../things.tsx';
import { found } from './found.ts';
import { addressOf, PATH } from './words.ts';

/** Seconds. Counting reads the whole ledger: of many it takes longer, and less of it changes. */
const EVERY = 5;
const EVERY_OF_MANY = 30;
const MANY = 5000;

/** Whether more may still go out, or be taken back. */
export const isMoving = ({ state, started, cleared }: Announcement): boolean =>
  state === 'running' || (started !== undefined && state === 'cancelled' && cleared === undefined);

export const progressOf = (deps: Pick<Deps, 'db' | 'world'>, { number }: Announcement): Promise<Progress> =>
  announcing(deps).ledger.progress(number);

const out = ({ states }: Progress): number =>
  (states.accepted ?? 0) + (states.sent ?? 0) + (states.delivered ?? 0) + (states.unknown ?? 0);

interface Told {
  announcement: Announcement;
  progress: Progress;
  agent: Agent;
}

/** Who sees no resident sees no count of few of them either. */
export const guarded = ({ role }: Agent, counts: number[]): Shown[] =>
  may(role, 'residents.read') ? counts : guardedTable(counts);

/** For the words beside it: what is not shown is said as of several. */
const numberOf = (shown: Shown): number => (typeof shown === 'number' ? shown : FEW);

export const told = (shown: Shown): string =>
  typeof shown === 'number' ? figure(shown) : shown === 'few' ? `moins de ${FEW}` : 'non montré';

export function ProgressNow({ announcement, progress, agent }: Told) {
  const { id, state, estimate, audience } = announcement;
  const { planned } = progress;
  const moving = isMoving(announcement);
  const expected = Math.max(estimate?.people ?? 0, planned);
  return (
    <section
      id="avancement"
      aria-label="Avancement"
      {...(moving && {
        'hx-get': `${addressOf(id)}/avancement?etat=${state}`,
        'hx-trigger': `every ${planned > MANY ? EVERY_OF_MANY : EVERY}s`,
        'hx-swap': 'outerHTML',
      })}
    >
      <h2>Avancement</h2>
      {isOfFew(planned, audience) || isOfFew(expected, audience) ? (
        <p>Moins de {FEW} personnes : les nombres ne sont pas montrés.</p>
      ) : (
        <Figures {...{ announcement, progress, agent, expected }} />
      )}
      <p>
        <a href={addressOf(id)}>Actualiser</a> · <a href={`${addressOf(id)}/bilan`}>Bilan</a>
      </p>
    </section>
  );
}

function Figures({
  announcement: { state, audience },
  progress,
  agent,
  expected,
}: Told & { expected: number }) {
  const { planned, states, held, failed, marks } = progress;
  const [sent = 0, lost = 0, kept = 0] = guarded(agent, [
    out(progress),
    states.failed ?? 0,
    states.held ?? 0,
    planned - out(progress) - (states.failed ?? 0) - (states.held ?? 0),
  ]);
  const [delivered = 0] = guarded(agent, [states.delivered ?? 0, out(progress) - (states.delivered ?? 0)]);
  const [replied = 0] = guarded(agent, [marks.replied]);
  const [stopped = 0] = guarded(agent, [marks.stopped]);
  const [done = 0] = guarded(agent, [marks.done]);
  const settled = planned - (states.claimed ?? 0) - (states.handed ?? 0) - (states.waiting ?? 0);
  return (
    <>
      {state === 'running' && (
        <p>
          <label for="part">
            Fait pour {counted(settled, 'personne', 'personnes')} sur {figure(expected)}
          </label>{' '}
          <progress id="part" max={Math.max(1, expected)} value={settled} />
        </p>
      )}
      <ul class="cards tally">
        <Figure name={behind(expected, 'prévues')} count={expected} />
        <Figure name={behind(numberOf(sent), 'envoyées')} count={sent} />
        <Figure name={behind(numberOf(delivered), 'remises')} count={delivered} />
        <Figure name="en échec" count={lost} />
        <Figure name={behind(numberOf(kept), 'retenues')} count={kept} />
      </ul>
      <dl class="facts">
        <Counts
          agent={agent}
          name="Où en sont les messages"
          of={Object.fromEntries(STATE_ORDER.flatMap((each) => (states[each] ? [[each, states[each]]] : [])))}
          word={stateWord}
        />
        <Counts
          agent={agent}
          name="Par canal"
          of={toldOf(progress.channels, filtersOf(audience))}
          word={channelWord}
        />
        <Counts agent={agent} name="Échecs" of={failed} word={failedWord} />
        <Counts agent={agent} name="Retenues" of={held} word={heldWord} />
        <dt>Ensuite</dt>
        <dd>
          {told(replied)} {replied === 1 ? 'a' : 'ont'} écrit, {told(stopped)} {stopped === 1 ? 'a' : 'ont'}{' '}
          dit STOP
          {marks.done > 0 && `, ${told(done)} ${done === 1 ? 'a' : 'ont'} fini le sondage`}.
        </dd>
      </dl>
    </>
  );
}

function Counts({
  name,
  of,
  agent,
  word,
}: {
  name: string;
  agent: Agent;
  of: Record<string, number>;
  word(each: string): string;
}) {
  const all = Object.entries(of);
  if (all.length === 0) return null;
  const shown = guarded(
    agent,
    all.map(([, count]) => count),
  );
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {all
          .map(([each], index) => {
            const count = shown[index] as Shown;
            return `${told(count)} ${typeset(behind(numberOf(count), word(each)))}`;
          })
          .join(', ')}
      </dd>
    </>
  );
}

async function part(asked: Asked): Promise<Fragment> {
  const { announcement } = await found(asked);
  const before = asked.query.get('etat') ?? announcement.state;
  const progress = await progressOf(asked.deps, announcement);
  return {
    fragment: <ProgressNow announcement={announcement} progress={progress} agent={asked.agent} />,
    // What may be done with it has changed with its state.
    stale: before !== announcement.state,
  };
}

export const progressRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/:id/avancement`, right: 'announcements.read', make: part },
];
