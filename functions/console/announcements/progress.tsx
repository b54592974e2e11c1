/** How far an announcement has come, counted from its ledger: on its page, and every few seconds while it goes out. */
import type { Announcement } from '../../../conversations/announcement.ts';
import { filtersOf, isOfFew } from '../../../conversations/audience.ts';
import { FEW } from '../../../conversations/small-counts.ts';
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
import type { Asked, Fragment, Route } from '../page.ts';
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

export function ProgressNow({ announcement, progress }: { announcement: Announcement; progress: Progress }) {
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
        <Figures {...{ announcement, progress, expected }} />
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
  expected,
}: {
  announcement: Announcement;
  progress: Progress;
  expected: number;
}) {
  const { planned, states, held, failed, marks } = progress;
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
        <Figure name={behind(out(progress), 'envoyées')} count={out(progress)} />
        <Figure name={behind(states.delivered ?? 0, 'remises')} count={states.delivered ?? 0} />
        <Figure name="en échec" count={states.failed ?? 0} />
        <Figure name={behind(states.held ?? 0, 'retenues')} count={states.held ?? 0} />
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
        <dt>Ensuite</dt>
        <dd>
          {counted(marks.replied, 'a écrit', 'ont écrit')}, {counted(marks.stopped, 'a dit', 'ont dit')} STOP
          {marks.done > 0 && `, ${counted(marks.done, 'a fini', 'ont fini')} le sondage`}.
        </dd>
      </dl>
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
    fragment: <ProgressNow announcement={announcement} progress={progress} />,
    // What may be done with it has changed with its state.
    stale: before !== announcement.state,
  };
}

export const progressRoutes: Route[] = [
  { method: 'GET', path: `${PATH}/:id/avancement`, right: 'announcements.read', make: part },
];
