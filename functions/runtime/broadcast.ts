/**
 * A part of an announcement, page by page. Before each page the announcement's state, the hour and the lease are looked
 * at; a page that was begun and not finished is done again, and the ledger and the turns keep anyone from hearing it twice.
 */
import type { Announcement } from '../../conversations/announcement.ts';
import { MINUTE, nextPermitted } from '../../conversations/hours.ts';
import { isSettled, type Row } from '../store/ledger.ts';
import { isCallingOff, isClosing, type Part, partIn } from '../store/parts.ts';
import { membersOf } from './announced-to.ts';
import { announcing } from './announcing.ts';
import { type Found, findAll } from './broadcast-found.ts';
import { callOffRows } from './broadcast-off.ts';
import { giveUpOn, settleRow, type Told, tell } from './broadcast-one.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';

/** Members in a page, and rows in one that is being closed. */
export const PAGE = 100;
const ROWS = 1000;
/** Pages that one message takes. */
const PAGES = 10;
/** Residents handled side by side. */
const WIDTH = 16;
/** Longer than any page takes. */
const LEASE = 2 * MINUTE;
/** Seconds after which a page that failed is tried again, and how often. */
const AGAIN_AFTER = 60;
const MOST_TRIES = 5;
/** Seconds: SQS takes no longer delay. */
const MOST_DELAY = 900;
/** Seconds after which what is still in outboxes is looked at again. */
const CLOSE_AFTER = 300;

interface Step {
  cursor: string;
  done?: true;
  tries?: number;
  /** Seconds. */
  wait?: number;
}

export async function workOn(
  deps: Deps,
  message: { announcement: number; part: string; owner?: string | undefined },
): Promise<void> {
  const { announcement: number, part: name } = message;
  let { owner } = message;
  const goOn = (wait?: number): Promise<void> =>
    deps.broadcasting.send({ kind: 'broadcast', announcement: number, part: name, owner }, wait);
  for (let page = 0; page < PAGES; page += 1) {
    const announcement = (await announcing(deps).announcements.get(number))?.announcement;
    const now = deps.now();
    if (!announcement || !isDue(deps, announcement, name)) return;
    await knowSurvey(deps, announcement);
    const next = deps.freshId();
    const until = new Date(now.getTime() + LEASE);
    const part = await announcing(deps).parts.lease(number, name, { owner, next, now, until });
    if (!part) return;
    owner = next;
    const { cursor, done = false, tries = 0, wait = 0 } = await stepOf(deps, announcement, part);
    const free = new Date(deps.now().getTime() + (done ? 0 : LEASE + wait * 1000));
    if (!(await announcing(deps).parts.move(number, part, { cursor, done, tries, until: free })) || done)
      return;
    // What is longer than a queue holds a message is left to the minute's look.
    if (wait > MOST_DELAY) return;
    if (wait > 0) return goOn(wait);
  }
  await goOn();
}

/** What is urgent goes at any hour (L8). */
export const mayGoOut = (deps: Deps, { kind }: Pick<Announcement, 'kind'>): boolean =>
  kind === 'urgent' || nextPermitted(deps.now(), deps.world.city.sending) <= deps.now();

/** What is cancelled is taken back at any hour. */
const isDue = (deps: Deps, announcement: Announcement, part: string): boolean =>
  isCallingOff(part)
    ? announcement.state === 'cancelled'
    : announcement.state === 'running' && mayGoOut(deps, announcement);

/** Throws where its survey, as it was approved, is not known here even now: then the queue tries again. */
async function knowSurvey({ shelf }: Deps, { id, survey, revision }: Announcement): Promise<void> {
  if (survey === undefined || revision === undefined) return;
  const known = (): boolean => shelf.current().get(survey, revision) !== undefined;
  await shelf.ready();
  if (!known()) await shelf.refresh();
  if (!known())
    throw new Error(
      `announcement ${id} begins revision ${revision} of survey ${survey}, which this version cannot read: deploy the one that wrote it`,
    );
}

const stepOf = (deps: Deps, announcement: Announcement, part: Part): Promise<Step> =>
  isCallingOff(part.name)
    ? callOffRows(deps, announcement, part)
    : isClosing(part.name)
      ? close(deps, announcement, part)
      : tellPage(deps, announcement, part);

async function tellPage(deps: Deps, announcement: Announcement, part: Part): Promise<Step> {
  const { list, shard } = partIn(part.name);
  const hashes = await membersOf(deps, list, shard, { after: part.cursor, most: PAGE });
  let { cursor, tries } = part;
  for (let at = 0; at < hashes.length; at += WIDTH) {
    const some = hashes.slice(at, at + WIDTH);
    const found = await findAll(deps, announcement, some);
    const all = await Promise.all(some.map((hash) => attempt(deps, announcement, hash, found.get(hash))));
    for (const [index, told] of all.entries()) {
      const hash = some[index] as string;
      if (told === 'failed' && tries < MOST_TRIES) return { cursor, wait: AGAIN_AFTER, tries: tries + 1 };
      if (told === 'failed') await giveUpOn(deps, announcement, hash);
      else if (told.wait !== undefined) return { cursor, wait: told.wait, tries };
      cursor = hash;
      // Only who stands right behind the cursor has failed so often.
      tries = 0;
    }
  }
  return hashes.length < PAGE ? { cursor, done: true } : { cursor };
}

/** One resident's failure is not another's. */
const attempt = (
  deps: Deps,
  announcement: Announcement,
  hash: string,
  found: Found | undefined,
): Promise<Told | 'failed'> =>
  tell(deps, announcement, hash, { found }).catch((error) => {
    deps.log.error('tell-failed', describe(error));
    return 'failed' as const;
  });

/**
 * What a crash left half done is finished, what waits in outboxes is waited for: an announcement ends when all is. The
 * whole shard is gone through, again and again; `tries` says that something was left open on the way.
 */
async function close(deps: Deps, announcement: Announcement, part: Part): Promise<Step> {
  const { shard } = partIn(part.name);
  const begun = deps.now().getTime();
  let { cursor, tries } = part;
  let count = 0;
  const full = new Set<string | undefined>();
  for await (const row of announcing(deps).ledger.rows(announcement.number, shard, part.cursor)) {
    count += 1;
    if (count > ROWS || deps.now().getTime() - begun > LEASE / 2) return { cursor, tries };
    if (!isSettled(row) || row.state === 'unknown') {
      // Who waits for the same sender waits on; the others need not.
      const settled =
        row.state === 'waiting' && full.has(row.channel) ? 'waits' : await settle(deps, announcement, row);
      if (typeof settled === 'object') return { cursor, tries, wait: settled.wait };
      if (settled === 'waits') full.add(row.channel);
      if (settled !== true) tries = 1;
    }
    cursor = row.hash;
  }
  return tries === 0 ? { cursor, done: true } : { cursor: '', wait: CLOSE_AFTER };
}

const settle = (deps: Deps, announcement: Announcement, row: Row): ReturnType<typeof settleRow> =>
  settleRow(deps, announcement, row).catch((error) => {
    deps.log.error('close-failed', describe(error));
    return false;
  });
