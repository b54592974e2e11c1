/**
 * The store of turn items. Each is written by one conditional write a turn; everything else follows from it.
 */
import { newSession, type Session } from '../../conversations/session.ts';
import type { Address } from '../channels/channel.ts';
import type { Db, Expression, Item } from './db.ts';
import { remember } from './seen.ts';
import { hashIn, keys, openShard, shards } from './table.ts';
import {
  addressesAfter,
  dueEntry,
  dueValues,
  type Known,
  type Owed,
  outboxAfter,
  type Pending,
  type Reply,
  type Rich,
  read,
  setDue,
  type TurnItem,
  withoutAddress,
  write,
} from './turn-item.ts';

/** What a turn changes. */
export interface NextTurn {
  session: Session;
  event: string;
  /** A message that was taken back: should it come only now, it has been seen. */
  unsaid?: string;
  /** The address that was heard from, where one was. */
  heard?: Address;
  /** Addresses as they are from now on, where a turn changes them (linking, erasure). */
  addresses?: { address: Address; known: Omit<Known, 'address'>; others: Known[] };
  reply?: { text: string; via: Reply['via']; attempt?: number; rich?: Rich };
  pending?: Omit<Pending, 'version'>;
  now: Date;
}

export interface TurnStore {
  /** The item of an address, or of the resident it is linked to (one more read). */
  load(hash: string, address: string, freshId: () => string): Promise<TurnItem>;
  /** False where another turn came between: load again. */
  save(before: TurnItem, next: NextTurn): Promise<TurnItem | false>;
  /** Begins another handing-over of the reply; false where someone else has, or it is taken. */
  claim(item: TurnItem, via: Reply['via'], now: Date): Promise<boolean>;
  /** The reply is to be handed over again from `at` on: a provider asked to wait, or failed for a while. */
  postpone(item: TurnItem, at: Date): Promise<boolean>;
  /** Changes the earlier reply of this id that is owed. False where another has changed them. */
  changeOwed(item: TurnItem, to: Owed): Promise<TurnItem | false>;
  /** Drops one of them. False where another has changed them. */
  dropOwed(item: TurnItem, id: string): Promise<TurnItem | false>;
  /** What is known of the resident's addresses changes. False where another turn came between. */
  know(item: TurnItem, change: (known: Known) => Known): Promise<boolean>;
  /** An address is another resident's from now on: its item points there. False where it was written to meanwhile. */
  point(from: TurnItem, to: string): Promise<boolean>;
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
  /** Which turn it is at, without reading what it holds. */
  version(hash: string): Promise<number | undefined>;
  /** The session as it is to be kept from now on; no turn, and nobody's last word. False where one came between. */
  rewrite(item: TurnItem, session: Session): Promise<boolean>;
  /**
   * The items of those who are here under their own hash, in any order: not of who is gone, nor of addresses that point
   * to somebody else, who has a hash and lists of their own.
   */
  findMany(hashes: string[]): Promise<TurnItem[]>;
  /** Forgets the pending effects of a turn, once they are known to be carried out. */
  settled(item: TurnItem): Promise<void>;
}

/** More addresses than anyone ties one after the other. */
const MOST_STEPS = 8;

/**
 * Nobody has written since. What is owed is part of it, though it moves without a version of its own: who claims a
 * message between our reading and our writing must not find it unclaimed again.
 */
function unchanged({ version, gone, reply, outbox }: TurnItem): Expression {
  if (version === 0)
    return gone === undefined
      ? { text: 'attribute_not_exists(pk)' }
      : { text: '#to = :to', names: { '#to': 'to' }, values: { ':to': gone } };
  const owed = reply?.via === 'api' && !reply.taken && reply.text !== '';
  return {
    text: `n = :n${owed ? ' AND ra = :attempt AND tk = :no' : ''}${outbox.length > 0 ? ' AND ob = :owed' : ''}`,
    values: {
      ':n': version,
      ...(owed && { ':attempt': reply.attempt, ':no': 0 }),
      ...(outbox.length > 0 && { ':owed': JSON.stringify(outbox) }),
    },
  };
}

export function createTurnStore(db: Db): TurnStore {
  const setOwed = async (item: TurnItem, outbox: Owed[]): Promise<TurnItem | false> => {
    const after = { ...item, outbox };
    const due = dueEntry(after);
    const changed = await db.update(keys.turn(item.hash), `SET ob = :next${setDue(due)}`, {
      text: 'n = :n AND ob = :before',
      values: {
        ':n': item.version,
        ':before': JSON.stringify(item.outbox),
        ':next': JSON.stringify(outbox),
        ...dueValues(item.hash, due),
      },
    });
    return changed && after;
  };
  /** The item as it lies there, or whom the address points to where there is nobody any more. */
  const reach = async (hash: string): Promise<{ item?: Item; gone?: string }> => {
    let item = await db.get(keys.turn(hash));
    let gone: string | undefined;
    // Who was tied to somebody who was tied to somebody else later is theirs too.
    for (let step = 0; step < MOST_STEPS && item && typeof item.to === 'string'; step += 1) {
      gone ??= item.to;
      item = await db.get(keys.turn(item.to));
    }
    if (item && item.to === undefined) return { item };
    return gone === undefined ? {} : { gone };
  };
  const follow = async (hash: string): Promise<{ item?: TurnItem; gone?: string }> => {
    const { item, ...rest } = await reach(hash);
    return item ? { item: read(item) } : rest;
  };
  const find = async (hash: string): Promise<TurnItem | undefined> => (await follow(hash)).item;
  return {
    find,
    async version(hash) {
      const { item } = await reach(hash);
      return item && Number(item.n);
    },
    async findMany(hashes) {
      const items = await db.getMany(hashes.map(keys.turn));
      return items.flatMap((item) => (item && item.to === undefined ? [read(item)] : []));
    },
    async load(hash, address, freshId) {
      const { item, gone } = await follow(hash);
      if (!item)
        return {
          ...(gone !== undefined && { gone }),
          hash,
          address,
          known: {},
          others: [],
          version: 0,
          session: newSession(freshId()),
          outbox: [],
          seen: '',
        };
      // An erased resident who writes again is someone new; a goodbye that is still owed answers what they wrote.
      if (item.session.id === '') {
        const known = item.reply?.text ? addressesAfter(item, address, item.reply.at).known : {};
        return { ...item, address, known, others: [], session: newSession(freshId()), erased: true };
      }
      return item;
    },
    async save(before, next) {
      const version = before.version + 1;
      const at = next.now.toISOString();
      const erased = next.session.id === '';
      const attempt = next.reply?.attempt ?? 1;
      const after: TurnItem = {
        hash: before.hash,
        ...(next.addresses ?? addressesAfter(before, next.heard, at)),
        version,
        session: next.session,
        seen: remember(
          next.unsaid === undefined ? before.seen : remember(before.seen, next.unsaid, next.now),
          next.event,
          next.now,
        ),
        reply: {
          id: next.event,
          text: next.reply?.text ?? '',
          at,
          via: next.reply?.via ?? 'response',
          attempt,
          taken: !next.reply,
          ...(next.reply?.rich && { rich: next.reply.rich }),
          ...(attempt > 0 && next.reply?.via === 'api' && { claimed: at }),
        },
        // After STOP and EFFACER nothing said before is said any more.
        outbox: erased || next.session.consent === 'stopped' ? [] : outboxAfter(before),
        ...(next.pending && { pending: { ...next.pending, version } }),
      };
      return (await db.put(write(after, next.now), unchanged(before))) && after;
    },
    claim: (item, via, now) =>
      db.update(keys.turn(item.hash), 'SET ra = :next, rv = :via, rk = :now', {
        text: 'rid = :rid AND ra = :attempt AND tk = :no',
        values: {
          ':rid': item.reply?.id ?? '',
          ':attempt': item.reply?.attempt ?? 0,
          ':next': (item.reply?.attempt ?? 0) + 1,
          ':via': via,
          ':now': now.toISOString(),
          ':no': 0,
        },
      }),
    postpone(item, at) {
      const reply = {
        ...(item.reply as Reply),
        via: 'api' as const,
        taken: false,
        notBefore: at.toISOString(),
      };
      const due = dueEntry({ ...item, reply });
      // Of an erased resident nothing says any more where the goodbye goes.
      const where = item.erased ? ', a = :a, ak = :ak' : '';
      return db.update(keys.turn(item.hash), `SET tk = :no, rv = :api, rw = :at${where}${setDue(due)}`, {
        text: 'rid = :rid AND n = :n',
        values: {
          ...(item.erased && { ':a': item.address, ':ak': JSON.stringify(item.known) }),
          ':rid': reply.id,
          ':n': item.version,
          ':no': 0,
          ':api': 'api',
          ':at': at.toISOString(),
          ...dueValues(item.hash, due),
        },
      });
    },
    changeOwed: (item, to) =>
      setOwed(
        item,
        item.outbox.map((owed) => (owed.id === to.id ? to : owed)),
      ),
    dropOwed: (item, id) =>
      setOwed(
        item,
        item.outbox.filter((owed) => owed.id !== id),
      ),
    know(item, change) {
      const first = change({ address: item.address, ...item.known });
      const others = item.others.map(change);
      return db.update(keys.turn(item.hash), 'SET ak = :known, ao = :others', {
        text: 'n = :n',
        values: {
          ':n': item.version,
          ':known': JSON.stringify(withoutAddress(first)),
          ':others': JSON.stringify(others),
        },
      });
    },
    point: (from, to) =>
      db.put(
        { ...keys.turn(from.hash), to },
        from.version === 0
          ? { text: 'attribute_not_exists(pk)' }
          : { text: 'n = :n', values: { ':n': from.version } },
      ),
    taken: (hash, reply) =>
      db.update(keys.turn(hash), 'SET tk = :yes', {
        text: 'rid = :rid AND tk = :no',
        values: { ':rid': reply, ':yes': 1, ':no': 0 },
      }),
    sent(item) {
      const reply = item.reply as Reply;
      const due = dueEntry({ ...item, reply: { ...reply, taken: true } });
      // Of an erased resident the address was kept for this message alone.
      const update =
        item.session.id === '' || item.erased
          ? 'SET tk = :yes REMOVE lp, ls, a, ak'
          : `SET tk = :yes${setDue(due)}`;
      return db.update(keys.turn(item.hash), update, {
        text: 'rid = :rid AND n = :n',
        values: {
          ':rid': reply.id,
          ':n': item.version,
          ':yes': 1,
          ...(item.session.id !== '' && !item.erased && dueValues(item.hash, due)),
        },
      });
    },
    async reindex(item) {
      const due = dueEntry(item);
      const update = due ? 'SET lp = :lp, ls = :ls' : 'REMOVE lp, ls';
      const values = { ':n': item.version, ...dueValues(item.hash, due) };
      await db.update(keys.turn(item.hash), update, { text: 'n = :n', values });
    },
    rewrite: (item, session) =>
      db.update(keys.turn(item.hash), 'SET s = :s', {
        text: 'n = :n',
        values: { ':s': JSON.stringify(session), ':n': item.version },
      }),
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
