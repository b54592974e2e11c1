/**
 * What residents answer to visits and what they raise there, as staff read it. Kept beside their turn item, so that to
 * erase them is to empty it; listed by visit and by kind.
 */
import type { StoredEffect } from '../../conversations/events.ts';
import { forget, join, unqueue } from '../../conversations/seats.ts';
import { visitNumber } from '../../conversations/visit.ts';
import type { Db, Item } from './db.ts';
import type { SeatStore } from './seats.ts';
import { expiresAt, hashIn, keys, RSVP, raisedList, rsvpsOf } from './table.ts';
import type { Pending } from './turn-item.ts';
import { seatedVisit, type VisitStore } from './visits.ts';

type Of<Type extends StoredEffect['type']> = Extract<StoredEffect, { type: Type }>;

export interface Rsvp {
  hash: string;
  answer: string;
  people?: number;
  transport?: boolean;
  at: string;
}

export interface Raised {
  hash: string;
  kind: string;
  /** In its series: P-12, Q-77, D-0532. */
  number: number;
  text: string;
  visit?: string;
  at: string;
  language: string;
}

export interface RsvpStore {
  note(hash: string, effect: Of<'rsvp'>, turn: Pending): Promise<void>;
  raise(hash: string, effect: Of<'raise'>, turn: Pending): Promise<void>;
  /** Off the waiting list. */
  unseat(effect: Of<'unseat'>, turn: Pending): Promise<void>;
  /** Out of every visit that they ever answered to, before their answers go. */
  forget(hash: string, turn: Pending): Promise<void>;
  /** What another resident's id had is this one's. */
  reseat(hash: string, effect: Of<'reseat'>, turn: Pending): Promise<void>;
  /** Answers to one visit. */
  answers(visit: number): AsyncGenerator<Rsvp>;
  /** In the order of their numbers. */
  raised(kind: Raised['kind']): AsyncGenerator<Raised>;
}

const SECONDS_A_DAY = 86_400;

/** `messageDays`: how long messages are kept for staff, as the city's notice says. */
export function createRsvpStore(
  db: Db,
  { visits, seats, messageDays }: { visits: VisitStore; seats: SeatStore; messageDays: number },
): RsvpStore {
  const seatedAt = async (number: number | undefined) => {
    const visit = number === undefined ? undefined : (await visits.get(number))?.thing;
    return visit && seatedVisit(visit, messageDays);
  };
  const seated = (id: string) => seatedAt(visitNumber(id));
  const ttlOf = (turn: Pending): number => expiresAt(new Date(turn.at), messageDays * SECONDS_A_DAY);
  return {
    async note(hash, { visit, answer, people, transport }, turn) {
      const number = visitNumber(visit);
      if (number === undefined) return;
      await db.put(
        {
          ...keys.rsvp(hash, number),
          n: turn.version,
          answer,
          ...(people !== undefined && { people }),
          ...(transport !== undefined && { transport: transport ? 'yes' : 'no' }),
          at: turn.at,
          lp: rsvpsOf(number),
          ls: hash,
          ttl: ttlOf(turn),
        },
        { text: 'attribute_not_exists(pk) OR n < :n', values: { ':n': turn.version } },
      );
    },
    async raise(hash, { kind, number, text, visit }, turn) {
      await db.put({
        ...keys.raised(hash, turn.event),
        kind,
        number,
        text,
        ...(visit && { visit }),
        at: turn.at,
        language: turn.language,
        lp: raisedList(kind),
        ls: String(number).padStart(8, '0'),
        ttl: ttlOf(turn),
      });
    },
    async unseat({ visit: id }, turn) {
      const visit = await seated(id);
      if (!visit || !(await seats.read(visit.number))) return;
      await seats.change(visit, (all) => unqueue(all, turn.resident, turn.event));
    },
    async forget(hash, { resident, also = [] }) {
      const hashes = [hash, ...also.map((each) => each.hash)];
      for await (const { sk } of db.query(keys.resident(hash))) {
        const visit = await seatedAt(visitOf(String(sk)));
        if (visit && (await seats.read(visit.number)))
          await seats.change(visit, (all) => forget(all, resident, hashes));
      }
    },
    async reseat(hash, { visit: id, from }, turn) {
      const visit = await seated(id);
      if (!visit || !(await seats.read(visit.number))) return;
      await seats.change(visit, (all) => join(all, from, { resident: turn.resident, hash }));
    },
    async *answers(visit) {
      for await (const { pk, sk } of db.listed(rsvpsOf(visit))) {
        const item = await db.get({ pk: String(pk), sk: String(sk) });
        if (!item) continue;
        const { answer, people, transport, at } = item;
        yield {
          hash: hashIn(String(pk)),
          answer: String(answer),
          ...(people !== undefined && { people: Number(people) }),
          ...(transport !== undefined && { transport: transport === 'yes' }),
          at: String(at),
        };
      }
    },
    async *raised(kind) {
      for await (const { pk, sk } of db.listed(raisedList(kind))) {
        const item = await db.get({ pk: String(pk), sk: String(sk) });
        if (item) yield raisedIn(item);
      }
    },
  };
}

/** The number of the visit that an item of a resident's answers, if it does. */
const visitOf = (sk: string): number | undefined =>
  sk.startsWith(RSVP) ? Number(sk.slice(RSVP.length)) : undefined;

const raisedIn = ({ pk, kind, number, text, visit, at, language }: Item): Raised => ({
  hash: hashIn(String(pk)),
  kind: String(kind),
  number: Number(number),
  text: String(text),
  ...(visit !== undefined && { visit: String(visit) }),
  at: String(at),
  language: String(language),
});
