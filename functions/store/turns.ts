/**
 * The turn item: one resident's session, the ids already seen, the reply not yet taken and the effects not yet
 * known to be carried out. Written by one conditional write a turn; everything else follows from it.
 */

import type { StoredEffect } from '../../conversations/events.ts';
import { MINUTE } from '../../conversations/hours.ts';
import { newSession, Session } from '../../conversations/session.ts';
import type { Db, Item } from './db.ts';
import { hasSeen, remember } from './seen.ts';
import { expiresAt, hashIn, keys, LIFETIME, openShard, shardOf, shards } from './table.ts';

/** A planned message that nobody has confirmed is looked at again after this long. */
const RESEND_AFTER = MINUTE;

/**
 * The reply of the last turn. `via` is who hands it over: the provider's own response (TwiML), or the API.
 * `attempt` counts the handings-over that were begun; `taken` says the provider has it.
 */
export interface Reply {
  id: string;
  text: string;
  at: string;
  via: 'response' | 'api';
  attempt: number;
  taken: boolean;
}

/** Effects of the last turn, with what they need once the session has moved on. */
export interface Pending {
  effects: StoredEffect[];
  /** The turn's version: what it wrote is never overwritten by an older turn. */
  version: number;
  event: string;
  at: string;
  resident: string;
  suppression: string;
  language: string;
}

export interface TurnItem {
  hash: string;
  address: string;
  version: number;
  session: Session;
  reply?: Reply;
  seen: string;
  pending?: Pending;
}

/** What a turn changes. */
export interface NextTurn {
  session: Session;
  event: string;
  reply?: { text: string; via: Reply['via'] };
  pending?: Omit<Pending, 'version'>;
  now: Date;
}

export interface TurnStore {
  /** The item of an address, or of the resident it is linked to (one more read). */
  load(hash: string, address: string, freshId: () => string): Promise<TurnItem>;
  /** False where another turn came between: load again. */
  save(before: TurnItem, next: NextTurn): Promise<TurnItem | false>;
  /** Begins another handing-over of the reply; false where someone else has, or it is taken. */
  claim(item: TurnItem, via: Reply['via']): Promise<boolean>;
  /** The provider has the reply. False where it was known, or the conversation has moved on. */
  taken(hash: string, reply: string): Promise<boolean>;
  /** The same from whoever sent it by the API: the index entry goes back to what the session waits for. */
  sent(item: TurnItem): Promise<boolean>;
  /** Makes the index entry what the item says it should be. */
  reindex(item: TurnItem): Promise<void>;
  /** Hashes of the residents whose time has come. */
  due(now: Date): AsyncGenerator<string>;
  /** Hashes of the residents with an open session of this survey. */
  open(survey: string): AsyncGenerator<string>;
  /** Hashes of everyone there is, from the whole table: for the daily sweep, and a local start. */
  everyone(): AsyncGenerator<string>;
  /** Deletes what has outlived its time, as DynamoDB does by itself within days. Returns how many items. */
  expire(now: Date): Promise<number>;
  /** When the first of all waiting sessions is due. */
  nextDue(): Promise<Date | undefined>;
  /** As `load`, for someone found in the index; undefined where they are gone. */
  find(hash: string): Promise<TurnItem | undefined>;
  /** Forgets the pending effects of a turn, once they are known to be carried out. */
  settled(item: TurnItem): Promise<void>;
}

export function createTurnStore(db: Db): TurnStore {
  const find = async (hash: string): Promise<TurnItem | undefined> => {
    let item = await db.get(keys.turn(hash));
    if (item && typeof item.to === 'string') item = await db.get(keys.turn(item.to));
    return item && read(item);
  };
  return {
    find,
    async load(hash, address, freshId) {
      const item = await find(hash);
      if (!item) return { hash, address, version: 0, session: newSession(freshId()), seen: '' };
      // An erased resident who writes again is someone new.
      if (item.session.id === '') return { ...item, address, session: newSession(freshId()) };
      return item;
    },
    async save(before, next) {
      const version = before.version + 1;
      const after: TurnItem = {
        hash: before.hash,
        address: before.address,
        version,
        session: next.session,
        seen: remember(before.seen, next.event, next.now),
        reply: {
          id: next.event,
          text: next.reply?.text ?? '',
          at: next.now.toISOString(),
          via: next.reply?.via ?? 'response',
          attempt: 1,
          taken: !next.reply,
        },
        ...(next.pending && { pending: { ...next.pending, version } }),
      };
      const saved = await db.put(write(after, next.now), {
        text: before.version === 0 ? 'attribute_not_exists(pk)' : 'n = :n',
        ...(before.version > 0 && { values: { ':n': before.version } }),
      });
      return saved && after;
    },
    claim: (item, via) =>
      db.update(keys.turn(item.hash), 'SET ra = :next, rv = :via', {
        text: 'rid = :rid AND ra = :attempt AND tk = :no',
        values: {
          ':rid': item.reply?.id ?? '',
          ':attempt': item.reply?.attempt ?? 0,
          ':next': (item.reply?.attempt ?? 0) + 1,
          ':via': via,
          ':no': 0,
        },
      }),
    taken: (hash, reply) =>
      db.update(keys.turn(hash), 'SET tk = :yes', {
        text: 'rid = :rid AND tk = :no',
        values: { ':rid': reply, ':yes': 1, ':no': 0 },
      }),
    sent(item) {
      const reply = item.reply as Reply;
      const due = dueEntry({ ...item, reply: { ...reply, taken: true } });
      return db.update(keys.turn(item.hash), `SET tk = :yes${setDue(due)}`, {
        text: 'rid = :rid AND n = :n',
        values: { ':rid': reply.id, ':n': item.version, ':yes': 1, ...dueValues(item.hash, due) },
      });
    },
    async reindex(item) {
      const due = dueEntry(item);
      const update = due ? 'SET lp = :lp, ls = :ls' : 'REMOVE lp, ls';
      const values = { ':n': item.version, ...dueValues(item.hash, due) };
      await db.update(keys.turn(item.hash), update, { text: 'n = :n', values });
    },
    async settled(item) {
      await db.update(keys.turn(item.hash), 'REMOVE p', { text: 'n = :n', values: { ':n': item.version } });
    },
    async *due(now) {
      for (const shard of shards)
        for await (const listed of db.listed(openShard(shard), `${now.toISOString()}~`))
          yield hashIn(String(listed.pk));
    },
    async nextDue() {
      let first: string | undefined;
      for (const shard of shards)
        for await (const { ls } of db.listed(openShard(shard))) {
          const time = String(ls).split('#')[0] as string;
          if (!first || time < first) first = time;
          break;
        }
      return first ? new Date(first) : undefined;
    },
    async expire(now) {
      let count = 0;
      for await (const { pk, sk, ttl } of db.scan()) {
        if (ttl === undefined || Number(ttl) * 1000 > now.getTime()) continue;
        await db.delete({ pk: String(pk), sk: String(sk) });
        count += 1;
      }
      return count;
    },
    async *everyone() {
      for await (const item of db.scan()) if (item.sk === 'turn') yield hashIn(String(item.pk));
    },
    async *open(survey) {
      for (const shard of shards)
        for await (const listed of db.listed(openShard(shard)))
          if (String(listed.ls).endsWith(`#${survey}`)) yield hashIn(String(listed.pk));
    },
  };
}

/** Whether this event has been handled, and whether it was the last. */
export const seenBefore = (item: TurnItem, event: string): 'last' | 'older' | undefined =>
  item.reply?.id === event ? 'last' : hasSeen(item.seen, event) ? 'older' : undefined;

/** The index entry: the next due time and the open survey. A message on its way by the API is looked at sooner. */
export function dueEntry(item: TurnItem): string | undefined {
  const { session, reply } = item;
  const resend =
    reply?.via === 'api' && !reply.taken
      ? new Date(Date.parse(reply.at) + RESEND_AFTER).toISOString()
      : undefined;
  const [first] = [session.due, resend].filter((time): time is string => time !== undefined).sort();
  return first && `${first}#${session.survey?.key ?? ''}`;
}

const setDue = (due: string | undefined): string => (due ? ', lp = :lp, ls = :ls' : ' REMOVE lp, ls');
const dueValues = (hash: string, due: string | undefined): Record<string, string> =>
  due ? { ':lp': openShard(shardOf(hash)), ':ls': due } : {};

function write(item: TurnItem, now: Date): Item {
  const { session, reply, pending } = item;
  const due = dueEntry(item);
  const erased = session.id === '';
  const stranger = session.consent === 'none' && Object.keys(session.ended).length === 0 && !session.survey;
  const lifetime = erased ? LIFETIME.tombstone : stranger ? LIFETIME.stranger : undefined;
  return {
    ...keys.turn(item.hash),
    n: item.version,
    s: JSON.stringify(session),
    seen: item.seen,
    ...(!erased && { a: item.address }),
    ...(reply && {
      rid: reply.id,
      rt: reply.text,
      rd: reply.at,
      rv: reply.via,
      ra: reply.attempt,
      tk: reply.taken ? 1 : 0,
    }),
    ...(pending && { p: JSON.stringify(pending) }),
    ...(due && { lp: openShard(shardOf(item.hash)), ls: due }),
    ...(lifetime && { ttl: expiresAt(now, lifetime) }),
  };
}

function read(item: Item): TurnItem {
  const session = Session.parse(JSON.parse(String(item.s)));
  return {
    hash: hashIn(String(item.pk)),
    address: String(item.a ?? ''),
    version: Number(item.n),
    session,
    seen: String(item.seen ?? ''),
    ...(item.rid !== undefined && {
      reply: {
        id: String(item.rid),
        text: String(item.rt),
        at: String(item.rd),
        via: item.rv === 'api' ? ('api' as const) : ('response' as const),
        attempt: Number(item.ra),
        taken: item.tk === 1,
      },
    }),
    ...(item.p !== undefined && { pending: JSON.parse(String(item.p)) as Pending }),
  };
}
