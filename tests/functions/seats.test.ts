/** Places over the store: many at once, crashes, copies; and how large the item gets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, MOST_PARTIES, newSeats, taken, waiting } from '../../conversations/seats.ts';
import { createSeatStore } from '../../functions/store/seats.ts';
import { createVisitStore } from '../../functions/store/visits.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { openVisit } from '../support/visits.ts';

const VISIT = { number: 3, capacity: 10, until: 2_000_000_000 };
const asking = (who: number, event: string, people?: number) => ({
  resident: `r${who}`,
  hash: `h${who}`,
  event,
  people,
});

describe('who comes to a visit', () => {
  it('whatever is asked at once, with copies and crashes, nobody is lost and there is room for all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.nat(9), people: fc.integer({ min: 0, max: 4 }), dies: fc.nat(5) }), {
          minLength: 1,
          maxLength: 10,
        }),
        async (asked) => {
          const db = createMemoryDb();
          const store = createSeatStore(db);
          const once = async ({ who, people, dies }: (typeof asked)[number], at: number) => {
            let left = dies;
            const dying = createSeatStore({
              ...db,
              put: async (item, condition) => {
                const put = await db.put(item, condition);
                // Written, and the writer does not live to hear of it.
                if (left-- === 0) throw new Error('gone');
                return put;
              },
            });
            const given = asking(who, `e${at}`, people);
            const first = await dying.decide(VISIT, given, true).catch(() => undefined);
            const again = await store.decide(VISIT, given, true);
            return { first, again };
          };
          await Promise.all(asked.map(once));
          const seats = await store.read(3);
          expect(seats ? taken(seats) : 0).toBeLessThanOrEqual(10);
          const last = new Map(asked.map((each) => [each.who, each]));
          const single = [...last.keys()].filter(
            (who) => asked.filter((each) => each.who === who).length === 1,
          );
          for (const who of single) {
            const party = seats?.parties.find(({ resident }) => resident === `r${who}`);
            const { people } = last.get(who) as { people: number };
            if (people > 0) expect(party).toMatchObject({ people });
            else expect(party).toBeUndefined();
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('two thousand parties fit into one item with half of it to spare', async () => {
    const id = 'x'.repeat(16);
    let seats = newSeats(1000);
    for (let at = 0; at < MOST_PARTIES + 5; at += 1)
      seats = decide(
        seats,
        {
          resident: `${id}${at}`.slice(-16),
          hash: `${'h'.repeat(22)}${at}`.slice(-22),
          event: `m${'e'.repeat(9)}`,
          people: 1,
        },
        true,
      ).seats;
    const db = createMemoryDb();
    await createSeatStore(db).change(VISIT, () => seats);
    const [item] = db.items.values();
    expect(seats.parties).toHaveLength(MOST_PARTIES);
    expect(String(item?.seats).length).toBeLessThan(200_000);
    expect(await createSeatStore(db).read(3)).toEqual(seats);
    expect(waiting(seats)).toHaveLength(1000);
  });

  it('a visit is kept with its journal, and shown while residents may speak of it', async () => {
    const store = createVisitStore(createMemoryDb());
    const act = { by: 'agent@exemple', what: 'nouvelle', at: new Date('2026-11-23T09:00:00Z') };
    const { thing, version } = await store.create((number) => openVisit({}, number), act);
    expect(thing.id).toBe('V-2026-001');
    const other = await store.create(
      (number) => ({ ...openVisit({}, number), state: 'draft' as const }),
      act,
    );
    expect(other.thing.number).toBe(2);
    const before = { thing, version };
    const moved = { ...thing, day: '2026-12-19' };
    expect(await store.write(1, before, moved, { ...act, what: 'deplacer' })).toBeTruthy();
    expect(await store.write(1, before, thing, act)).toBe(false);
    expect((await store.acts(1)).map(({ what }) => what)).toEqual(['nouvelle', 'deplacer']);
    expect(await store.shown(act.at)).toEqual([moved]);
    expect(await store.shown(new Date('2027-06-01T09:00:00Z'))).toEqual([]);
  });
});
