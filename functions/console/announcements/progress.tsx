/** How far an announcement has come, counted from its ledger: on its page, and every few seconds while it goes out. */
import type { Announcement } from '../../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../../conversations/audience.ts';
import { FEW, guardedTable, type Shown } from '../../../conversations/small-counts.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Deps } from '../../runtime/deps.ts';
import { guardedProgress, outOf } from '../../runtime/guarded-progress.ts';
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

interface Told {
  announcement: Announcement;
  progress: Progress;
  agent: Agent;
}

/** Who sees no resident sees no count of few of them either. */
export const isGuarded = ({ role }: Agent): boolean => !may(role, 'residents.read');

/** For the words beside it: what is not shown is said as of several. */
const numberOf = (shown: Shown): number => (typeof shown === 'number' ? shown : FEW);

const told = (shown: Shown): string =>
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

function Figures(told: Told & { expected: number }) {
  return isGuarded(told.agent) ? <GuardedFigures {...told} /> : <AllFigures {...told} />;
}

/** `of`: how many are done with, one way or another. */
const Done = ({ of, expected }: { of: number; expected: number }) => (
  <p>
    <label for="part">
      Fait pour {counted(of, 'personne', 'personnes')} sur {figure(expected)}
    </label>{' '}
    <progress id="part" max={Math.max(1, expected)} value={of} />
  </p>
);

/** One table, and no other number that shares a total with it. */
function GuardedFigures({ announcement: { state }, progress, expected }: Told & { expected: number }) {
  const { delivered, unconfirmed, failed, held, rest, whole } = guardedProgress(progress);
  return (
    <>
      {state === 'running' && whole && <Done of={progress.planned - numberOf(rest)} expected={expected} />}
      <ul class="cards tally">
        <Figure name={behind(expected, 'prévues')} count={expected} />
        <Figure name={behind(numberOf(delivered), 'remises')} count={delivered} />
        <Figure name={behind(numberOf(unconfirmed), 'envoyées, sans accusé')} count={unconfirmed} />
        <Figure name="en échec" count={failed} />
        <Figure name={behind(numberOf(held), 'retenues')} count={held} />
      </ul>
      <dl class="facts">
        <After marks={progress.marks} guarded />
      </dl>
    </>
  );
}

function AllFigures({ announcement: { state, audience }, progress, expected }: Told & { expected: number }) {
  const { planned, states, held, failed, marks } = progress;
  const sent = outOf(progress);
  const { delivered = 0, held: kept = 0 } = states;
  const settled = planned - (states.claimed ?? 0) - (states.handed ?? 0) - (states.waiting ?? 0);
  return (
    <>
      {state === 'running' && <Done of={settled} expected={expected} />}
      <ul class="cards tally">
        <Figure name={behind(expected, 'prévues')} count={expected} />
        <Figure name={behind(sent, 'envoyées')} count={sent} />
        <Figure name={behind(delivered, 'remises')} count={delivered} />
        <Figure name="en échec" count={states.failed ?? 0} />
        <Figure name={behind(kept, 'retenues')} count={kept} />
      </ul>
      <dl class="facts">
        <Counts
          name="Où en sont les messages"
          of={Object.fromEntries(STATE_ORDER.flatMap((each) => (states[each] ? [[each, states[each]]] : [])))}
          word={stateWord}
        />
        <Counts name="Par canal" of={toldOf(progress.channels, filtersOf(audience))} word={channelWord} />
        <Counts name="Échecs" of={failed} word={failedWord} />
        <Counts name="Retenues" of={held} word={heldWord} />
        <After marks={marks} />
      </dl>
    </>
  );
}

/** They are no parts of any total: each stands for itself. */
function After({ marks, guarded = false }: { marks: Progress['marks']; guarded?: boolean }) {
  const [replied = 0, stopped = 0, done = 0] = [marks.replied, marks.stopped, marks.done].map((count) =>
    guarded ? guardedTable([count])[0] : count,
  );
  return (
    <>
      <dt>Ensuite</dt>
      <dd>
        {told(replied)} {replied === 1 ? 'a' : 'ont'} écrit, {told(stopped)} {stopped === 1 ? 'a' : 'ont'} dit
        STOP
        {marks.done > 0 && `, ${told(done)} ${done === 1 ? 'a' : 'ont'} fini le sondage`}.
      </dd>
    </>
  );
}

function Counts({
  name,
  of,
  word,
}: {
  name: string;
  of: Record<string, number>;
  word(each: string): string;
}) {
  const all = Object.entries(of);
  if (all.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {all.map(([each, count]) => `${figure(count)} ${typeset(behind(count, word(each)))}`).join(', ')}
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
