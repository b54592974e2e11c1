/** An announcement to one resident: claimed in the ledger, said by a turn, handed over, and what came of it noted. */
import { wasTold } from '../../conversations/announce.ts';
import { type Announcement, saidOf } from '../../conversations/announcement.ts';
import type { Event } from '../../conversations/events.ts';
import { DAY } from '../../conversations/hours.ts';
import { isMeant } from '../../conversations/reminder.ts';
import { channelOf } from '../channels/channel.ts';
import { purposeOf } from '../channels/templates.ts';
import { announcedId } from '../store/announced-id.ts';
import { isSettled, type Noted, type Row } from '../store/ledger.ts';
import { seenBefore, type TurnItem } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import type { Found } from './broadcast-found.ts';
import type { Deps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { routeOf } from './route.ts';
import { ConflictError, move, settle } from './take-turn.ts';
import { withheld } from './withheld.ts';

/** `wait`: seconds after which this resident is to be tried again; nothing was done. */
export interface Told {
  wait?: number;
  /** Their sender takes nobody for a while: its tier is full, or its lane is stopped. The ledger has them as `waiting`. */
  full?: true;
}

/** A claim that is older and of which nothing more is known is not taken up again: nobody hears yesterday's news twice. */
const STALE = DAY;
/** Within which a resident's item names every announcement that was said to them (`pushed`, a day less than its week). */
const REMEMBERED = 6 * DAY;
/** Two turns at one instant meet once. */
const CONFLICTS = 6;
/** Seconds: a sender's next second. */
const NEXT_SECOND = 1;

type Announced = Extract<Event, { type: 'announced' }>;

function eventOf(deps: Deps, announcement: Announcement, hash: string): Announced {
  const { id, number, kind } = announcement;
  const event = announcedId(kind, number, deps.hashes.event(`${id}\n${hash}`));
  return { type: 'announced', id: event, ...saidOf(announcement) };
}

/**
 * A member of one of its lists, by the hash in the index. Who is not meant, or is gone, is not in the ledger; `claimed`
 * is there already, and was meant when they were. `found`: they and their row as they were read just now; every write that
 * follows is conditional on them.
 */
export async function tell(
  deps: Deps,
  announcement: Announcement,
  member: string,
  { claimed = false, found }: { claimed?: boolean; found?: Found | undefined } = {},
): Promise<Told> {
  const item = found?.item ?? (await deps.turns.find(member));
  if (!item || item.session.id === '') return {};
  if (!claimed && !isMeant(announcement, item.session)) return {};
  const { hash } = item;
  const { number } = announcement;
  const before = found ? found.before : await announcing(deps).ledger.get(number, hash);
  if (before && isSettled(before)) return {};
  if (before?.state === 'handed') return {};
  const event = eventOf(deps, announcement, hash);
  const isSaid = seenBefore(item, event.id) !== undefined;
  if (
    before &&
    before.state !== 'waiting' &&
    isStale(deps, before) &&
    (isSaid || mayHaveHeard(deps, announcement, item, before))
  ) {
    await noteRow(deps, announcement, hash, { state: 'unknown' });
    return {};
  }
  const { wait, full } =
    isSaid || withheld(deps, announcement, item.session)
      ? ({} as Told)
      : await waitFor(deps, announcement, item);
  if (wait !== undefined) return { wait };
  const claim = {
    hash,
    event: event.id,
    at: deps.now().toISOString(),
    channel: channelOf(item.address),
    language: item.session.language ?? 'fr',
  };
  // Another worker has just claimed it, through another list: it is told by that one.
  if (!before && !(await announcing(deps).ledger.claim(number, claim))) return {};
  if (full !== undefined) {
    await noteRow(deps, announcement, hash, { state: 'waiting' });
    return { full };
  }
  await say(deps, announcement, item, event);
  return {};
}

const ageOf = (deps: Deps, row: Row): number => deps.now().getTime() - Date.parse(row.at);
const isStale = (deps: Deps, row: Row): boolean => ageOf(deps, row) > STALE;

/** A resident's own item says for some days what they were told: a worker may die on a Saturday evening. */
const mayHaveHeard = (deps: Deps, { id }: Announcement, { session }: TurnItem, row: Row): boolean =>
  wasTold(session, id) || ageOf(deps, row) > REMEMBERED;

/** Until the sender takes one more; nothing: now. Asked before the turn, so that outboxes do not fill up with it. */
async function waitFor(deps: Deps, { kind }: Announcement, item: TurnItem): Promise<Told> {
  const wanted = { text: '', purpose: purposeOf(kind), language: item.session.language ?? 'fr' };
  const { city } = deps.world;
  const way = routeOf(item, wanted, { now: deps.now(), city, carriers: deps.carriers });
  // It goes nowhere: the hand-over notes why.
  if ('refused' in way) return {};
  for (const provider of way.providers) {
    const lane = `${provider}-${channelOf(way.to)}`;
    if ((await deps.channels.state(lane)) === 'stopped') continue;
    if (!(await deps.limits.pace(lane, 'bulk'))) return { wait: NEXT_SECOND };
    return way.template && !(await deps.limits.begin(lane)) ? { full: true } : {};
  }
  return { full: true };
}

async function say(deps: Deps, announcement: Announcement, found: TurnItem, event: Announced): Promise<void> {
  const { hash } = found;
  let item: TurnItem | undefined = found;
  for (let round = 0; round < CONFLICTS; round += 1) {
    if (!item || item.session.id === '') {
      await noteRow(deps, announcement, hash, { state: 'failed', code: 'gone' });
      return;
    }
    const seen = seenBefore(item, event.id);
    if (seen === 'older') {
      await reconcile(deps, announcement, { hash, event: event.id, state: 'claimed' }, item);
      return;
    }
    // Claimed before a crash, or by way of a turn that came between: what they have done since counts.
    if (seen === undefined && !isMeant(announcement, item.session)) {
      const why = withheld(deps, announcement, item.session) ?? 'changed';
      await noteRow(deps, announcement, hash, { state: 'held', why });
      return;
    }
    if (seen === undefined && item.pending) await settle(deps, item);
    const taken: TurnItem | false = seen === 'last' ? item : await move(deps, item, event, 'api');
    if (taken) {
      await handOut(deps, announcement, taken, { event, first: seen === undefined });
      return;
    }
    item = await deps.turns.find(hash);
  }
  throw new ConflictError('the turn met other turns too often');
}

async function handOut(
  deps: Deps,
  announcement: Announcement,
  item: TurnItem,
  { event, first }: { event: Announced; first: boolean },
): Promise<void> {
  const { hash, reply } = item;
  if (!reply?.text) {
    await noteRow(deps, announcement, hash, {
      state: 'held',
      why: withheld(deps, announcement, item.session) ?? 'closed',
    });
    return;
  }
  const outcome = reply.taken ? 'done' : await handOver(deps, item, first);
  // Sent, the hand-over has noted it.
  if (outcome === 'later') await noteRow(deps, announcement, hash, { state: 'handed' });
  else if (!first) await reconcile(deps, announcement, { hash, event: event.id, state: 'claimed' }, item);
}

/** What is known of one that was said before: from the provider, from the outbox, from the resident's own STOP. */
export async function reconcile(
  deps: Deps,
  announcement: Announcement,
  { hash, event, state: before }: Pick<Row, 'hash' | 'event' | 'state'>,
  item: TurnItem | undefined,
): Promise<void> {
  const fate = await deps.deliveries.get(hash, event);
  if (fate && fate.state !== 'planned') {
    const { state, channel, code, cause } = fate;
    await noteRow(deps, announcement, hash, {
      state: state === 'read' ? 'delivered' : state,
      channel,
      ...(code !== undefined && { code }),
      ...(cause !== undefined && { cause }),
    });
  } else if (item && owes(item, event)) await noteRow(deps, announcement, hash, { state: 'handed' });
  else if (!item || item.session.id === '')
    await noteRow(deps, announcement, hash, { state: 'failed', code: 'gone' });
  else if (item.session.consent === 'stopped') {
    // What never came as far as the outbox may have gone out before whoever sent it died, and then came STOP.
    const isOut = before === 'claimed';
    await noteRow(deps, announcement, hash, isOut ? { state: 'unknown' } : { state: 'held', why: 'stopped' });
  }
}

export const owes = ({ reply, outbox }: TurnItem, event: string): boolean =>
  (reply?.id === event && reply.text !== '' && !reply.taken) || outbox.some(({ id }) => id === event);

/**
 * False where it is not over for this resident: something is in the outbox still, or a look must come again; `waits` for
 * as long as their sender takes nobody; `wait`: so many seconds, and then this one again.
 */
export async function settleRow(
  deps: Deps,
  announcement: Announcement,
  row: Row,
): Promise<boolean | 'waits' | { wait: number }> {
  const item = await deps.turns.find(row.hash);
  if (row.state === 'claimed' || row.state === 'waiting') {
    const { wait, full } = await tell(deps, announcement, row.hash, { claimed: true });
    if (full) return 'waits';
    if (wait !== undefined) return { wait };
  } else await reconcile(deps, announcement, row, item);
  const after = await announcing(deps).ledger.get(announcement.number, row.hash);
  // Nobody knows whether it is out, and a look at the provider is still to come: it may be sent yet.
  if (after?.state === 'unknown' && item && owes(item, row.event)) return false;
  if (!after || isSettled(after)) return true;
  if (after.state === 'waiting' || !isStale(deps, after) || (item && owes(item, row.event))) return false;
  await noteRow(deps, announcement, row.hash, { state: 'unknown' });
  return true;
}

/** Whoever fails again and again is listed, and does not stand in the way of those behind. */
export async function giveUpOn(deps: Deps, announcement: Announcement, hash: string): Promise<void> {
  const { id, number, kind } = announcement;
  const event = announcedId(kind, number, deps.hashes.event(`${id}\n${hash}`));
  await announcing(deps).ledger.claim(number, { hash, event, at: deps.now().toISOString() });
  await noteRow(deps, announcement, hash, { state: 'failed', code: 'error' });
}

export const noteRow = (
  deps: Deps,
  { number }: Announcement,
  hash: string,
  noted: Omit<Noted, 'at'>,
): Promise<boolean> => announcing(deps).ledger.note(number, hash, { ...noted, at: deps.now().toISOString() });
