/**
 * Turns time that has passed into events for the same turn: reminders, ends, replies still owed by the API.
 * Run every minute; consent and hours hold because there is no second path.
 */
import { lookAfter } from './runtime/broadcast-tick.ts';
import type { Deps } from './runtime/deps.ts';
import { lookAfterVisits } from './runtime/follow-up.ts';
import { handOver } from './runtime/hand-over.ts';
import { scheduleLambda } from './runtime/lambda.ts';
import { lookAfterLives } from './runtime/live-follow-up.ts';
import { describe } from './runtime/log.ts';
import { move, settle } from './runtime/take-turn.ts';
import type { TurnItem } from './store/turn-item.ts';

/** Residents handled side by side. */
const WIDTH = 8;

/** Handles everyone whose time has come; returns how many. One resident's failure is not another's. */
export const create = (deps: Deps) => async (): Promise<number> => {
  await deps.settings.ready();
  let count = 0;
  const running = new Set<Promise<void>>();
  for await (const hash of deps.turns.due(deps.now())) {
    const work = wake(deps, hash)
      .catch((error) => deps.log.error('wake-failed', describe(error)))
      .finally(() => running.delete(work));
    running.add(work);
    count += 1;
    if (running.size >= WIDTH) await Promise.race(running);
  }
  await Promise.all(running);
  await lookAfterVisits(deps).catch((error) => deps.log.error('visits-failed', describe(error)));
  await lookAfterLives(deps).catch((error) => deps.log.error('lives-failed', describe(error)));
  await lookAfter(deps).catch((error) => deps.log.error('broadcasts-failed', describe(error)));
  return count;
};

async function wake(deps: Deps, hash: string): Promise<void> {
  const item = await deps.turns.find(hash);
  if (!item) return;
  if (item.pending) await settle(deps, item);
  const { reply, session } = item;
  if (item.outbox.length > 0 || (reply?.via === 'api' && !reply.taken && reply.text)) {
    await handOver(deps, item, false);
    return;
  }
  if (!session.due || session.due > deps.now().toISOString()) {
    await deps.turns.reindex(item);
    return;
  }
  const saved: TurnItem | false = await move(
    deps,
    item,
    { type: 'waited', id: `w${deps.hashes.event(`${hash}${item.version}`)}` },
    'api',
  );
  // Another turn came between: the next minute sees what it left.
  if (saved) await handOver(deps, saved, true);
}

export const handler = scheduleLambda(create);
