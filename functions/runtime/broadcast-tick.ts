/** The minute's look at announcements: begins what is due, gives parts that nobody is at to workers, ends what is done. */
import { begin, finish } from '../../conversations/announcement-acts.ts';
import { nextPermitted } from '../../conversations/hours.ts';
import type { Kept } from '../store/announcements.ts';
import { CLOSE, isClosing, partName } from '../store/parts.ts';
import { shards } from '../store/table.ts';
import { listsFor } from './announced-to.ts';
import { announcing } from './announcing.ts';
import { mayGoOut } from './broadcast.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';

/** Who begins and ends announcements in their journal. */
const SERVICE = 'porte-voix';

/** One announcement's failure is not another's. */
export async function lookAfter(deps: Deps): Promise<void> {
  for (const kept of await announcing(deps).announcements.goingOut(deps.now()))
    await look(deps, kept).catch((error) => deps.log.error('broadcast-failed', describe(error)));
}

async function look(deps: Deps, kept: Kept): Promise<void> {
  if (!mayGoOut(deps, kept.announcement)) return;
  const running = kept.announcement.state === 'scheduled' ? await start(deps, kept) : kept;
  if (running?.announcement.state !== 'running') return;
  const { announcement } = running;
  const { number } = announcement;
  const parts = await partsOf(deps, running);
  const telling = parts.filter(({ name, done }) => !done && !isClosing(name));
  const open = telling.length > 0 ? telling : parts.filter(({ done }) => !done);
  const now = deps.now().toISOString();
  for (const { name, until } of open)
    if (until <= now)
      await deps.broadcasting
        .send({ kind: 'broadcast', announcement: number, part: name })
        .catch((error) => deps.log.error('part-waits', describe(error)));
  if (open.length > 0) return;
  const ended = finish(announcement);
  if ('announcement' in ended) await write(deps, running, ended.announcement, 'terminer');
}

async function start(deps: Deps, kept: Kept): Promise<Kept | undefined> {
  const begun = begin(kept.announcement, { by: SERVICE, now: deps.now() });
  if ('refused' in begun) return undefined;
  return (await write(deps, kept, begun.announcement, 'commencer')) || undefined;
}

const write = (deps: Deps, kept: Kept, to: Kept['announcement'], what: string): Promise<Kept | false> =>
  announcing(deps).announcements.write(kept, to, { by: SERVICE, what, at: deps.now() });

/** All of them; those that a crash, or the first look, has still to make are made. */
async function partsOf(deps: Deps, { announcement }: Kept) {
  const { number } = announcement;
  const names = [...(await listsFor(deps, announcement.audience)), CLOSE].flatMap((list) =>
    shards.map((shard) => partName(list, shard)),
  );
  const there = await announcing(deps).parts.all(number);
  const missing = names.filter((name) => !there.some((part) => part.name === name));
  if (missing.length === 0) return there;
  await announcing(deps).parts.make(number, missing);
  return announcing(deps).parts.all(number);
}

/** When there is something to do next: for a clock that is turned forward. What waits for a worker now is in the past. */
export async function nextBroadcast(deps: Deps, upTo: Date): Promise<Date | undefined> {
  const now = deps.now();
  const times: Date[] = [];
  for (const { announcement } of await announcing(deps).announcements.goingOut(upTo)) {
    const { state, begins, started, number, kind } = announcement;
    if (state === 'paused') continue;
    const waiting = started ? (await announcing(deps).parts.all(number)).filter(({ done }) => !done) : [];
    const first = waiting.map(({ until }) => until).sort()[0];
    const at = new Date(first || (begins as string));
    const mayNow = at <= now && mayGoOut(deps, announcement);
    const from = at > now ? at : now;
    times.push(mayNow || kind === 'urgent' ? at : nextPermitted(from, deps.world.city.sending));
  }
  return times.sort((a, b) => a.getTime() - b.getTime())[0];
}
