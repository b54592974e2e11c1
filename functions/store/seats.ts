/**
 * Who comes to each visit: one item with a version, changed by a conditional write over the pure decision
 * (`conversations/seats.ts`; docs/decisions/0009). Two at once meet once: the later one decides anew on what is there.
 */
import {
  type Asking,
  decide,
  newSeats,
  type Party,
  type Seats,
  type Standing,
} from '../../conversations/seats.ts';
import type { Db, Item } from './db.ts';
import { LeaseBusy } from './leases.ts';
import { keys } from './table.ts';

export interface SeatStore {
  read(visit: number): Promise<Seats | undefined>;
  /**
   * Decides what a resident asks: the same again for the same event. Throws `LeaseBusy` where too many ask at once:
   * nothing is lost, it can be asked again.
   */
  decide(visit: SeatedVisit, asking: Asking, open: boolean): Promise<Standing>;
  /** Any other change; undefined from `make` changes nothing, and is the answer. */
  change(visit: SeatedVisit, make: (seats: Seats) => Seats | undefined): Promise<Seats | undefined>;
}

export interface SeatedVisit {
  number: number;
  /** Where nobody has asked yet. */
  capacity: number;
  /** Seconds since 1970: up to then the list is kept. */
  until: number;
}

/** A town says OUI a few times a second; each round is one other who came first. */
const ROUNDS = 16;

export function createSeatStore(db: Db): SeatStore {
  const change: SeatStore['change'] = async ({ number, capacity, until }, make) => {
    const key = keys.seats(number);
    for (let round = 0; round < ROUNDS; round += 1) {
      const item = await db.get(key);
      const before = item ? seatsIn(item) : newSeats(capacity);
      const after = make(before);
      if (!after || after === before) return after;
      const version = Number(item?.version ?? 0);
      const changed = { ...key, version: version + 1, seats: written(after), ttl: until };
      const unchanged =
        version === 0
          ? { text: 'attribute_not_exists(pk)' }
          : { text: '#version = :before', names: { '#version': 'version' }, values: { ':before': version } };
      if (await db.put(changed, unchanged)) return after;
    }
    throw new LeaseBusy(`the places of visit ${number} were asked for too often`);
  };
  return {
    async read(visit) {
      const item = await db.get(keys.seats(visit));
      return item && seatsIn(item);
    },
    async decide(visit, asking, open) {
      let standing: Standing = { state: 'none' };
      await change(visit, (seats) => {
        const made = decide(seats, asking, open);
        standing = made.standing;
        return made.seats;
      });
      return standing;
    },
    change,
  };
}

const STATES = { coming: 'c', waiting: 'w', left: 'l' } as const;
type Letter = (typeof STATES)[Party['state']];
/** Two thousand parties by their names would not fit in an item. */
type Row = [
  resident: string,
  hash: string,
  people: number,
  number: number,
  state: Letter,
  events: string,
  moved: 0 | 1,
  here: number,
];

const written = ({ capacity, next, parties }: Seats): string =>
  JSON.stringify([
    capacity,
    next,
    parties.map(
      ({ resident, hash, people, number, state, events, moved, here }): Row => [
        resident,
        hash,
        people,
        number,
        STATES[state],
        events.join(' '),
        moved ? 1 : 0,
        here ?? 0,
      ],
    ),
  ]);

function seatsIn({ seats }: Item): Seats {
  const [capacity, next, rows] = JSON.parse(String(seats)) as [number, number, Row[]];
  return { capacity, next, parties: rows.map(partyIn) };
}

const NAMES = Object.fromEntries(Object.entries(STATES).map(([name, letter]) => [letter, name])) as Record<
  Letter,
  Party['state']
>;

const partyIn = ([resident, hash, people, number, letter, events, moved, here]: Row): Party => ({
  resident,
  hash,
  people,
  number,
  state: NAMES[letter],
  events: events.split(' ').filter(Boolean),
  ...(moved === 1 && { moved: true as const }),
  ...(here > 0 && { here }),
});
