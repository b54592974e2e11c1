/** The minute's look at announcements: begins what is due, gives parts that nobody is at to workers, ends what is done. */
import { begin, finish } from '../../conversations/announcement-acts.ts';
import { nextPermitted } from '../../conversations/hours.ts';
import type { Kept } from '../store/announcements.ts';
import { CALL_OFF, CLOSE, isCallingOff, isClosing, type Part, partName } from '../store/parts.ts';
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
  if (kept.announcement.state === 'cancelled') return callOff(deps, kept);
  if (!mayGoOut(deps, kept.announcement)) return;
  const running = kept.announcement.state === 'scheduled' ? await start(deps, kept) : kept;
  if (running?.announcement.state !== 'running') return;
  const { announcement } = running;
  const { number } = announcement;
  const lists = await listsFor(deps, announcement.audience);
  const parts = await partsOf(deps, number, [...lists, CLOSE]);
  const telling = parts.filter(({ name, done }) => !done && !isClosing(name));
  const open = telling.length > 0 ? telling : parts.filter(({ done }) => !done);
  await giveOut(deps, number, open);
  if (open.length > 0) return;
  const ended = finish(announcement);
  if ('announcement' in ended) await write(deps, running, ended.announcement, 'terminer');
}

/** What it left in outboxes is taken out of them; then nothing more is to be done. */
async function callOff(deps: Deps, kept: Kept): Promise<void> {
  const { number } = kept.announcement;
  const open = (await partsOf(deps, number, [CALL_OFF])).filter(
    ({ name, done }) => isCallingOff(name) && !done,
  );
  await giveOut(deps, number, open);
  if (open.length > 0) return;
  const cleared = { ...kept.announcement, cleared: deps.now().toISOString() };
  await write(deps, kept, cleared, 'retirer des envois');
}

/** To workers, those that nobody is at. */
async function giveOut(deps: Deps, number: number, parts: Part[]): Promise<void> {
  const now = deps.now().toISOString();
  for (const { name, until } of parts)
    if (until <= now)
      await deps.broadcasting
        .send({ kind: 'broadcast', announcement: number, part: name })
        .catch((error) => deps.log.error('part-waits', describe(error)));
}

async function start(deps: Deps, kept: Kept): Promise<Kept | undefined> {
  const begun = begin(kept.announcement, { by: SERVICE, now: deps.now() });
  if ('refused' in begun) return undefined;
  return (await write(deps, kept, begun.announcement, 'commencer')) || undefined;
}

const write = (deps: Deps, kept: Kept, to: Kept['announcement'], what: string): Promise<Kept | false> =>
  announcing(deps).announcements.write(kept, to, { by: SERVICE, what, at: deps.now() });

/** All there are; those of these lists that a crash, or the first look, has still to make are made. */
async function partsOf(deps: Deps, number: number, lists: string[]): Promise<Part[]> {
  const names = lists.flatMap((list) => shards.map((shard) => partName(list, shard)));
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
    const parts = started ? await announcing(deps).parts.all(number) : [];
    const waiting = parts.filter(({ name, done }) => !done && isCallingOff(name) === (state === 'cancelled'));
    const first = waiting.map(({ until }) => until).sort()[0];
    const at = new Date(first || (begins as string));
    const mayNow = at <= now && (state === 'cancelled' || mayGoOut(deps, announcement));
    const from = at > now ? at : now;
    times.push(mayNow || kind === 'urgent' ? at : nextPermitted(from, deps.world.city.sending));
  }
  return times.sort((a, b) => a.getTime() - b.getTime())[0];
}
