/**
 * What is kept beside a resident's turn item: proofs of consent, list memberships, calls asked for, messages for
 * staff, the suppression hash. Ids are made from the event, so that writing them again changes nothing.
 */
import type { StoredEffect } from '../../conversations/events.ts';
import type { Db, Item } from './db.ts';
import { adoptRow, isLiveRow } from './live-rows.ts';
import {
  ANNOUNCEMENTS,
  callShard,
  expiresAt,
  hashIn,
  keptShard,
  keys,
  LIFETIME,
  listShard,
  RSVP,
  shardOf,
  shards,
} from './table.ts';
import type { Pending } from './turn-item.ts';

type Of<Type extends StoredEffect['type']> = Extract<StoredEffect, { type: Type }>;

/** Someone asked to be called; the address is in their turn item. */
export interface Call {
  hash: string;
  at: string;
  language: string;
  why: string;
}

/** Files of ours that nobody may have any more. */
export type Forget = (files: string[]) => Promise<void>;

export interface ResidentStore {
  consent(hash: string, effect: Of<'consent'>, turn: Pending): Promise<void>;
  subscribe(hash: string, list: string, turn: Pending): Promise<void>;
  unsubscribe(hash: string, list: string, turn: Pending): Promise<void>;
  call(hash: string, effect: Of<'call'>, turn: Pending): Promise<void>;
  keep(hash: string, effect: Of<'keep'>, turn: Pending): Promise<void>;
  /** Notes what came with a message, to be fetched from the provider. */
  attach(hash: string, effect: Of<'attach'>, turn: Pending): Promise<void>;
  /** A message was taken back: its text and the notes of its files go. The files are the caller's to delete. */
  unkeep(hash: string, event: string, forget: Forget): Promise<void>;
  mute(hash: string, effect: Of<'mute'> | Of<'unmute'>, turn: Pending): Promise<void>;
  /** A code under which the resident reads what is held about them. */
  copy(hash: string, code: string, turn: Pending): Promise<void>;
  /** Whose copy a code opens, while it is valid. */
  copyOf(code: string, now: Date): Promise<string | undefined>;
  /** Everything in the resident's partition but the turn item, as it is kept. */
  held(hash: string): AsyncGenerator<Item>;
  /** A later proof of consent outranks it: who reads it compares the times, so that joining costs one write less. */
  suppress(turn: Pending, on: boolean): Promise<void>;
  /** The proofs of consent alone. */
  proofs(hash: string): AsyncGenerator<Item>;
  /** Whether this address must not be written to, by its hash of that kind. */
  isSuppressed(suppression: string): Promise<boolean>;
  /** Empties the resident's partition but for the turn item, which is a tombstone by then; keeps the proof. */
  erase(hash: string, proof: string, turn: Pending, forget: Forget): Promise<void>;
  /** When the erasure of this proof was done; of this year and the four before. */
  erasedAt(proof: string, now: Date): Promise<string | undefined>;
  calls(): AsyncGenerator<Call>;
  /** Moves proofs, kept messages, calls, deliveries and answers to visits of one partition to another; memberships are made anew. */
  adopt(from: string, to: string): Promise<void>;
}

const SECONDS_A_DAY = 86_400;
/** Hardly anybody has agreed more often. */
const CONSENTS_A_PAGE = 10;
const NEWER = { text: 'attribute_not_exists(pk) OR n < :n' };

/** `messageDays`: how long messages are kept for staff, as the city's notice says. */
export function createResidentStore(db: Db, messageDays: number): ResidentStore {
  const all = async (hash: string, wanted: (sk: string) => boolean): Promise<Item[]> => {
    const items: Item[] = [];
    for await (const item of db.query(keys.resident(hash))) if (wanted(String(item.sk))) items.push(item);
    return items;
  };
  const empty = async (hash: string, forget: Forget): Promise<void> => {
    const held = await all(hash, (sk) => sk !== 'turn');
    // Files first: once their items are gone nobody knows their names.
    await forget(filesOf(held));
    for (const { pk, sk } of held) await db.delete({ pk: String(pk), sk: String(sk) });
  };
  /** What ledgers say of them: who was held back has nothing else that would tell in which. */
  const forgetTold = async (hashes: string[]): Promise<void> => {
    for await (const { sk } of db.query(ANNOUNCEMENTS))
      await Promise.all(hashes.map((hash) => db.delete(keys.ledger(Number(sk), hash))));
  };
  return {
    async consent(hash, effect, turn) {
      const { kind, text, version, list, source, on, by } = effect;
      await db.put({
        ...keys.consent(hash, turn.event),
        kind,
        text,
        version,
        at: turn.at,
        language: turn.language,
        ...(list && { list }),
        ...(source && { source }),
        ...(on && { on }),
        ...(by && { by }),
      });
    },
    async subscribe(hash, list, turn) {
      await db.put(
        {
          ...keys.membership(hash, list),
          n: turn.version,
          since: turn.at,
          lp: listShard(list, shardOf(hash)),
          ls: hash,
        },
        { ...NEWER, values: { ':n': turn.version } },
      );
    },
    async unsubscribe(hash, list, turn) {
      // What is left behind keeps a late copy of the joining turn from bringing the membership back.
      await db.put(
        { ...keys.membership(hash, list), n: turn.version, left: turn.at },
        { ...NEWER, values: { ':n': turn.version } },
      );
    },
    async call(hash, effect, turn) {
      await db.put({
        ...keys.call(hash, turn.event),
        at: turn.at,
        language: effect.language,
        why: effect.why,
        lp: callShard(shardOf(hash)),
        ls: `${turn.at}#${turn.event}`,
        ttl: expiresAt(new Date(turn.at), messageDays * SECONDS_A_DAY),
      });
    },
    async keep(hash, effect, turn) {
      await db.put({
        ...keys.kept(hash, turn.event),
        at: turn.at,
        text: effect.text,
        why: effect.why,
        ...(effect.alarm && { alarm: effect.alarm }),
        ...(effect.place && { place: `${effect.place.latitude},${effect.place.longitude}` }),
        language: turn.language,
        lp: keptShard(shardOf(hash)),
        ls: `${turn.at}#${turn.event}`,
        ttl: expiresAt(new Date(turn.at), messageDays * SECONDS_A_DAY),
      });
    },
    async attach(hash, { media, why, survey, question }, turn) {
      const ttl = expiresAt(new Date(turn.at), messageDays * SECONDS_A_DAY);
      // What has been fetched since is not waited for again.
      for (const [index, { kind, type, url }] of media.entries())
        await db.put(
          {
            ...keys.media(hash, turn.event, index),
            kind,
            type,
            url,
            why,
            ...(survey && { survey }),
            ...(question && { question }),
            at: turn.at,
            language: turn.language,
            ttl,
          },
          { text: 'attribute_not_exists(pk)' },
        );
    },
    async unkeep(hash, event, forget) {
      const media = await all(hash, (sk) => sk.startsWith(`media#${event}#`));
      await forget(filesOf(media));
      for (const { pk, sk } of media) await db.delete({ pk: String(pk), sk: String(sk) });
      await db.delete(keys.kept(hash, event));
      await db.delete(keys.raised(hash, event));
      // A question for a live, and the name it may be asked under.
      const asked = await all(hash, (sk) => sk.startsWith('question#'));
      for (const { sk } of asked.filter((each) => each.event === event))
        for (const each of [String(sk), String(sk).replace('question#', 'first-name#')])
          await db.delete({ ...keys.turn(hash), sk: each });
    },
    async mute(hash, { type, kind, text, version }, turn) {
      await db.put({
        ...keys.consent(hash, turn.event),
        kind: type === 'mute' ? 'muted' : 'unmuted',
        about: kind,
        text,
        version,
        at: turn.at,
        language: turn.language,
      });
    },
    async copy(hash, code, turn) {
      const ttl = expiresAt(new Date(turn.at), LIFETIME.copy);
      await db.put({ ...keys.copy(code), hash, ttl });
    },
    async copyOf(code, now) {
      const item = await db.get(keys.copy(code));
      // An item may outlive its time by two days before DynamoDB sweeps it.
      return item && Number(item.ttl) * 1000 > now.getTime() ? String(item.hash) : undefined;
    },
    async *held(hash) {
      for await (const item of db.query(keys.resident(hash))) if (item.sk !== 'turn') yield item;
    },
    async *proofs(hash) {
      const [before, all] = [keys.consent(hash, '').sk, CONSENTS_A_PAGE];
      for await (const item of db.query(keys.resident(hash), before, all)) {
        if (!String(item.sk).startsWith(before)) return;
        yield item;
      }
    },
    async suppress(turn, on) {
      const { version: n, at, also = [] } = turn;
      for (const suppression of [turn.suppression, ...also.map((each) => each.suppression)])
        await db.put(
          { ...keys.suppression(suppression), n, at, state: on ? 'on' : 'off' },
          {
            text: 'attribute_not_exists(pk) OR #at <= :at',
            names: { '#at': 'at' },
            values: { ':at': at },
          },
        );
    },
    async isSuppressed(suppression) {
      return (await db.get(keys.suppression(suppression)))?.state === 'on';
    },
    async erase(hash, proof, turn, forget) {
      await db.put({ ...keys.erasure(turn.at, proof), at: turn.at });
      await forgetTold([hash, ...(turn.also ?? []).map((other) => other.hash)]);
      await empty(hash, forget);
      // The other addresses pointed here: each is someone new from now on, but for a provider's late retry.
      const { lp: _lp, ls: _ls, a: _a, ak: _ak, ...tombstone } = (await db.get(keys.turn(hash))) ?? {};
      const also = (turn.also ?? []).filter((other) => other.hash !== hash);
      for (const other of also) {
        const theirs = await db.get(keys.turn(other.hash));
        const pointed = [hash, ...also.map((each) => each.hash)].includes(String(theirs?.to));
        // Carried out again, this must not meet whoever has come back since.
        if (theirs && !pointed && (theirs.to !== undefined || String(theirs.rd) > turn.at)) continue;
        if (tombstone.n !== turn.version) {
          if (pointed) await db.delete(keys.turn(other.hash));
          continue;
        }
        const put = await db.put(
          { ...tombstone, ...keys.turn(other.hash), tk: 1 },
          theirs?.n === undefined
            ? { text: 'attribute_not_exists(n)' }
            : { text: 'n = :n', values: { ':n': theirs.n } },
        );
        // What a turn that was slow has left there meanwhile.
        if (put) await empty(other.hash, forget);
      }
    },
    async erasedAt(proof, now) {
      const years = Array.from({ length: 5 }, (_, ago) => String(now.getUTCFullYear() - ago));
      const found = await db.getMany(years.map((year) => keys.erasure(year, proof)));
      const item = found.find((each) => each !== undefined);
      return item && String(item.at);
    },
    async adopt(from, to) {
      for await (const item of db.query(keys.resident(from))) {
        const sk = String(item.sk);
        if (sk === 'turn') continue;
        // Proofs made under two addresses keep the order of their times; ids of events never meet.
        if (isLiveRow(sk)) await adoptRow(db, item, to);
        else if (sk.startsWith(RSVP))
          // Their own answer stands, and any later one.
          await db.put(
            { ...item, pk: keys.resident(to), n: 0, ls: to },
            { text: 'attribute_not_exists(pk)' },
          );
        else if (!sk.startsWith('list#')) await db.put({ ...item, pk: keys.resident(to) });
        await db.delete({ pk: String(item.pk), sk });
      }
    },
    async *calls() {
      for (const shard of shards)
        for await (const listed of db.listed(callShard(shard))) {
          const item = await db.get({ pk: String(listed.pk), sk: String(listed.sk) });
          if (item)
            yield {
              hash: hashIn(String(item.pk)),
              at: String(item.at),
              language: String(item.language),
              why: String(item.why),
            };
        }
    },
  };
}

const filesOf = (items: Item[]): string[] =>
  items.flatMap(({ file }) => (file === undefined ? [] : [String(file)]));
