/** What the local host does of itself: drains its queues, wakes who is due, and runs through time that is turned. */
import { inParis, MINUTE } from '../../conversations/hours.ts';
import { create as createBroadcast } from '../../functions/broadcast.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createCount } from '../../functions/count.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { create as createExport } from '../../functions/export.ts';
import { create as createMedia } from '../../functions/media.ts';
import { create as createRemind } from '../../functions/remind.ts';
import { nextBroadcast } from '../../functions/runtime/broadcast-tick.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import type { Files } from '../../functions/runtime/fetch-media.ts';
import { nextFollowUp } from '../../functions/runtime/follow-up.ts';
import { nextLiveFollowUp } from '../../functions/runtime/live-follow-up.ts';
import { describe } from '../../functions/runtime/log.ts';
import { settleEveryone } from '../../functions/runtime/take-turn.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import type { Clock } from './clock.ts';
import type { LocalExports } from './export-files.ts';
import type { LocalQueue } from './queue.ts';

/** Milliseconds. */
const AS_GOOD_AS_NOW = 5;

/** What is due: the queue, the reminders, the carrier's callbacks; one at a time. */
export function createWork(
  deps: Deps,
  {
    queue,
    outbound,
    fetching,
    broadcasting,
    exporting,
  }: Record<'queue' | 'outbound' | 'fetching' | 'broadcasting' | 'exporting', LocalQueue>,
  { files, exported }: { files: Files; exported: LocalExports },
  clock: Clock,
  settleCarrier: () => Promise<void>,
) {
  const converse = createConverse(deps);
  const deliver = createDeliver(deps);
  const media = createMedia(deps, files);
  const broadcast = createBroadcast(deps);
  const exporter = createExport(deps, exported);
  const remind = createRemind(deps);
  let last: Promise<void> = Promise.resolve();
  const alone = (job: () => Promise<void>): Promise<void> => {
    const run = last.then(job);
    last = run.catch((error) => deps.log.error('work-failed', describe(error)));
    return run;
  };
  const sweep = createSweep(deps);
  const count = createCount(deps);
  let counted = 0;
  let day = inParis(clock.now()).date;
  const once = async (): Promise<void> => {
    const today = inParis(clock.now()).date;
    if (today !== day) {
      await sweep();
      await exported.forgetOld();
    }
    day = today;
    await queue.drain(converse);
    await outbound.drain(deliver);
    await fetching.drain(media);
    await remind();
    await broadcasting.drain(broadcast);
    await exporting.drain(exporter);
    await settleCarrier();
    const minute = Math.floor(clock.now().getTime() / MINUTE);
    if (minute !== counted) await count();
    counted = minute;
  };
  const nextDue = async (upTo: Date): Promise<Date | undefined> => {
    const times = [
      await queue.next(),
      await outbound.next(),
      await fetching.next(),
      await broadcasting.next(),
      await exporting.next(),
      await nextBroadcast(deps, upTo),
      await nextFollowUp(deps, upTo),
      await nextLiveFollowUp(deps, upTo),
      await deps.turns.nextDue(),
    ].filter((time) => time !== undefined);
    return times.sort((a, b) => a.getTime() - b.getTime())[0];
  };
  return {
    tick: () => alone(once).catch(() => undefined),
    idle: () => last,
    advanceTo: (target: Date): Promise<void> => {
      if (target < clock.now()) clock.turnTo(target);
      return alone(async () => {
        let before: string | undefined;
        for (;;) {
          const due = await nextDue(target);
          if (!due || due > target) break;
          // The clock runs meanwhile: a moment that is as good as now is not turned to.
          if (due.getTime() - clock.now().getTime() > AS_GOOD_AS_NOW) clock.turnTo(due);
          if (clock.now() > target) break;
          await once();
          // What stays due after its turn waits for something else than time.
          const state = `${due.toISOString()} ${(await nextDue(target))?.toISOString()}`;
          if (state === before) break;
          before = state;
        }
        if (target.getTime() - clock.now().getTime() > AS_GOOD_AS_NOW) clock.turnTo(target);
        await once();
      });
    },
    /** After a crash: what turns had decided and could not carry out. */
    settleAll: (): Promise<void> => alone(() => settleEveryone(deps)),
  };
}
