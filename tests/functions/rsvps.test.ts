/** Answers to visits, and that a resident who is erased is in no list of who comes, however long ago it was. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../functions/store/db.ts';
import { createResidentStore } from '../../functions/store/residents.ts';
import { createRsvpStore, type RsvpStore } from '../../functions/store/rsvps.ts';
import { createSeatStore, type SeatStore } from '../../functions/store/seats.ts';
import type { Pending } from '../../functions/store/turn-item.ts';
import { createVisitStore, seatedVisit } from '../../functions/store/visits.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { openVisit } from '../support/visits.ts';

const AT = '2026-11-30T09:00:00.000Z';
let db: Db;
let seats: SeatStore;
let rsvps: RsvpStore;
const visit = openVisit({}, 1);
const SEATED = seatedVisit(visit, 90);

const turn = (resident: string, version: number, more: Partial<Pending> = {}): Pending => ({
  effects: [],
  version,
  event: `e-${resident}-${version}`,
  at: AT,
  resident,
  suppression: 's',
  language: 'fr',
  ...more,
});

beforeEach(async () => {
  db = createMemoryDb();
  const visits = createVisitStore(db);
  await visits.create(() => visit, { by: 'agent@exemple', what: 'nouvelle', at: new Date(AT) });
  seats = createSeatStore(db);
  rsvps = createRsvpStore(db, { visits, seats, messageDays: 90 });
});

async function comes(who: number, people: number): Promise<void> {
  const asking = { resident: `r${who}`, hash: `h${who}`, event: `come-${who}`, people };
  await seats.decide(SEATED, asking, true);
  await rsvps.note(`h${who}`, { type: 'rsvp', visit: visit.id, answer: 'yes', people }, turn(`r${who}`, 1));
}
const residents = async (): Promise<string[]> =>
  ((await seats.read(visit.number))?.parties ?? []).map(({ resident }) => resident);
const answers = async () => {
  const all = [];
  for await (const { hash, at: _, ...answer } of rsvps.answers(visit.number)) all.push({ hash, ...answer });
  return all;
};

describe('answers to a visit', () => {
  it('the latest counts, whatever comes late', async () => {
    await comes(1, 3);
    const no = { type: 'rsvp', visit: visit.id, answer: 'no' } as const;
    await rsvps.note('h1', no, turn('r1', 3));
    await rsvps.note('h1', { ...no, answer: 'yes', transport: true }, turn('r1', 2));
    expect(await answers()).toEqual([{ hash: 'h1', answer: 'no' }]);
    await rsvps.note('h1', { ...no, answer: 'yes', transport: true }, turn('r1', 4));
    expect(await answers()).toEqual([{ hash: 'h1', answer: 'yes', transport: true }]);
  });

  it('who is erased is in no list, also of a visit that their session has long forgotten', async () => {
    await comes(1, 3);
    await comes(2, 1);
    await rsvps.forget('h1', turn('r1', 9));
    expect(await residents()).toEqual(['r2']);
  });

  it('nor what they had under another address', async () => {
    await comes(1, 3);
    await comes(2, 1);
    await createResidentStore(db, 90).adopt('h2', 'h1');
    // Their own answer stands; of the other only the address is left in the list.
    expect(await answers()).toEqual([{ hash: 'h1', answer: 'yes', people: 3 }]);
    await rsvps.forget('h1', turn('r1', 9, { also: [{ hash: 'h2', suppression: 's2' }] }));
    expect(await residents()).toEqual([]);
  });

  it('an answer that only the other address had is theirs', async () => {
    await comes(2, 1);
    await createResidentStore(db, 90).adopt('h2', 'h1');
    expect(await answers()).toEqual([{ hash: 'h1', answer: 'yes', people: 1 }]);
    await rsvps.note('h1', { type: 'rsvp', visit: visit.id, answer: 'no' }, turn('r1', 1));
    expect(await answers()).toEqual([{ hash: 'h1', answer: 'no' }]);
  });
});
