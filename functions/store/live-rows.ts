/**
 * What residents do with lives: questions, first names, votes, who wants the link, whether an answer was of use. Each
 * stands in its resident's partition, under a key of what was done: to do it again changes nothing, to erase the
 * resident is to erase it, and two addresses that become one have one vote. The index lists them by live.
 */
import { liveNumber } from '../../conversations/live.ts';
import type { LiveDone } from '../../conversations/live-done.ts';
import type { Db, Item } from './db.ts';
import { expiresAt, hashIn, keys, type LiveRow, liveShard, shardOf, shards } from './table.ts';
import type { Pending } from './turn-item.ts';

export interface AskedQuestion {
  number: number;
  /** Whose it is. */
  hash: string;
  text: string;
  at: string;
  language: string;
  /** As it may be said, and when that was said; none where it may not. */
  name?: string;
  namedAt?: string;
}

export interface LiveRowStore {
  /** Notes what a turn decided. `until`: seconds since 1970 up to which a first name is kept. */
  note(hash: string, live: string, does: LiveDone, until: number, turn: Pending): Promise<void>;
  /** In the order of their numbers; who was erased or has been kept long enough is not among them. */
  questions(live: number, now: Date): Promise<AskedQuestion[]>;
  /** Whose each question is. */
  askers(live: number): AsyncGenerator<{ question: number; hash: string }>;
  votes(live: number): AsyncGenerator<{ question: number; voter: string }>;
  /** What the askers of each question said of its answer. */
  useful(live: number): AsyncGenerator<{ question: number; voter: string; useful: boolean }>;
  /** Hashes of those who want the link, in their order, behind `after`; at most so many. */
  followers(live: number, after: string, most: number): Promise<string[]>;
}

const SECONDS_A_DAY = 86_400;
const NEWER = 'attribute_not_exists(pk) OR n < :n';

/** `messageDays`: how long what residents write is kept for staff. */
export function createLiveRows(db: Db, messageDays: number): LiveRowStore {
  const put = (item: Item, n: number): Promise<boolean> =>
    db.put({ ...item, n }, { text: NEWER, values: { ':n': n } });
  async function* listed(live: number, row: LiveRow): AsyncGenerator<Item> {
    for (const shard of shards) yield* db.listed(liveShard(live, row, shard));
  }
  const questionIn = (sk: unknown): number => Number(String(sk).split('#').at(-1));
  return {
    async note(hash, id, does, until, turn) {
      const live = liveNumber(id);
      if (live === undefined) throw new Error(`"${id}" is no id of a live`);
      const ttl = expiresAt(new Date(turn.at), messageDays * SECONDS_A_DAY);
      const row = (kind: LiveRow): Item => ({ lp: liveShard(live, kind, shardOf(hash)), ls: hash, ttl });
      switch (does.do) {
        case 'ask': {
          const { question, text } = does;
          const { at, language, event } = turn;
          const key = keys.question(hash, live, question);
          await put({ ...key, ...row('asked'), text, at, language, event }, turn.version);
          return;
        }
        case 'name': {
          const key = keys.firstName(hash, live, does.question);
          await put(
            { ...key, at: turn.at, ttl: until, ...(does.name !== undefined && { name: does.name }) },
            turn.version,
          );
          return;
        }
        case 'vote':
          await put({ ...keys.vote(hash, live, does.question), ...row('votes') }, turn.version);
          return;
        case 'unvote':
          // As with `leave`.
          await put({ ...keys.vote(hash, live, does.question), ttl }, turn.version);
          return;
        case 'follow':
          await put({ ...keys.follows(hash, live), ...row('follows') }, turn.version);
          return;
        case 'leave':
          // No longer listed; what is left keeps a late copy of the turn that wanted it from bringing it back.
          await put({ ...keys.follows(hash, live), ttl }, turn.version);
          return;
        case 'useful':
          await put(
            { ...keys.useful(hash, live, does.question), ...row('useful'), useful: does.useful ? 1 : 0 },
            turn.version,
          );
      }
    },
    async questions(live, now) {
      const found: AskedQuestion[] = [];
      const isKept = (item: Item | undefined): item is Item =>
        item !== undefined && Number(item.ttl) * 1000 > now.getTime();
      for await (const { pk, sk } of listed(live, 'asked')) {
        const hash = hashIn(String(pk));
        const number = questionIn(sk);
        const [item, named] = await db.getMany([
          keys.question(hash, live, number),
          keys.firstName(hash, live, number),
        ]);
        if (!isKept(item)) continue;
        found.push({
          number,
          hash,
          text: String(item.text),
          at: String(item.at),
          language: String(item.language),
          ...(isKept(named) &&
            named.name !== undefined && { name: String(named.name), namedAt: String(named.at) }),
        });
      }
      return found.sort((a, b) => a.number - b.number);
    },
    async *askers(live) {
      for await (const { pk, sk } of listed(live, 'asked'))
        yield { question: questionIn(sk), hash: hashIn(String(pk)) };
    },
    async *votes(live) {
      for await (const { pk, sk } of listed(live, 'votes'))
        yield { question: questionIn(sk), voter: hashIn(String(pk)) };
    },
    async *useful(live) {
      for await (const { pk, sk } of listed(live, 'useful')) {
        const item = await db.get({ pk: String(pk), sk: String(sk) });
        if (item)
          yield { question: questionIn(sk), voter: hashIn(String(pk)), useful: Number(item.useful) === 1 };
      }
    },
    async followers(live, after, most) {
      const found: string[] = [];
      const from = after === '' ? 0 : shards.indexOf(shardOf(after));
      for (const [index, shard] of shards.slice(from).entries()) {
        const within = index === 0 && after !== '';
        const lp = liveShard(live, 'follows', shard);
        for await (const { pk } of within ? db.listedAfter(lp, after) : db.listed(lp)) {
          found.push(hashIn(String(pk)));
          if (found.length >= most) return found;
        }
      }
      return found;
    },
  };
}

const IS_LIVE = /^(question|first-name|vote|follows|useful)#/;
export const isLiveRow = (sk: string): boolean => IS_LIVE.test(sk);

/** Another address of the person's has it from now on; what it says of the same there stands. */
export async function adoptRow(db: Db, item: Item, to: string): Promise<void> {
  const listed = item.lp !== undefined && {
    lp: String(item.lp).replace(/[^#]+$/, shardOf(to)),
    ls: to,
  };
  // The versions of two residents do not follow each other: whatever is said from now on is newer.
  await db.put({ ...item, ...listed, pk: keys.resident(to), n: 0 }, { text: 'attribute_not_exists(pk)' });
}
