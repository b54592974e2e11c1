/**
 * Things that staff make and act on: one item each with a version, and behind it one item an act that never changes.
 *
 * The item carries its last act; who acts next writes that one down first. So a writer that dies between the two items
 * loses nothing, and of two people at once one is told to look again.
 */
import type { Db, Item } from './db.ts';
import type { Key } from './table.ts';

export interface Act {
  by: string;
  /** In the words of the command: `valider`. */
  what: string;
  at: Date;
  /** What they said of it. */
  note?: string;
}

/** An act as it was done; `version` is how the thing stood after it, from 1. */
export interface Done {
  version: number;
  by: string;
  what: string;
  at: string;
  note?: string;
  /** The thing as it was written then, not read. */
  written: unknown;
}

export interface Entry<Thing> {
  thing: Thing;
  version: number;
}

export interface Journal<Thing> {
  /** Gives it the next number. `make` gets that number and makes the thing of it. */
  create(make: (number: number) => Thing, act: Act): Promise<Entry<Thing>>;
  get(number: number): Promise<Entry<Thing> | undefined>;
  /** False where another has acted since `before` was read: nothing was written. */
  write(number: number, before: Entry<Thing>, after: Thing, act: Act): Promise<Entry<Thing> | false>;
  /** In the order of their numbers. */
  list(): AsyncGenerator<Entry<Thing>>;
  /** The last made first; `before` leaves out the numbers from it on. */
  latest(most: number, before?: number): AsyncGenerator<Entry<Thing>>;
  /** Everything done to it, in order. */
  acts(number: number): Promise<Done[]>;
}

interface Where<Thing> {
  /** The partition of all of them. */
  all: string;
  key(number: number): Key;
  /** The partition of the acts on one, and the item of one act. */
  acts(number: number): string;
  act(number: number, version: number): Key;
  /** Throws where it was written by a version that knew more than we do. */
  read(data: unknown): Thing;
  /** The attribute that it stands under. */
  as?: string;
  /** Its entry in the index, while it has one. */
  listed?(thing: Thing): { lp: string; ls: string } | undefined;
}

/** More writers than this at one instant do not exist. */
const TRIES = 20;

export function createJournal<Thing>(db: Db, where: Where<Thing>): Journal<Thing> {
  const { as = 'thing' } = where;
  const fresh = { text: 'attribute_not_exists(pk)' };
  const read = async (number: number): Promise<(Entry<Thing> & { act: Item }) | undefined> => {
    const item = await db.get(where.key(number));
    return item && entryOf(item);
  };
  const entryOf = ({ pk: _, sk: __, lp: ___, ls: ____, version, ...act }: Item) => ({
    thing: where.read(JSON.parse(String(act[as]))),
    version: Number(version),
    act: act as Item,
  });
  const actOf = (thing: Thing, { by, what, at, note: said }: Act): Item => ({
    by,
    what,
    at: at.toISOString(),
    ...(said !== undefined && { note: said }),
    [as]: JSON.stringify(thing),
  });
  const headOf = (number: number, version: number, thing: Thing, act: Item): Item => ({
    ...act,
    ...where.key(number),
    version,
    ...where.listed?.(thing),
  });
  const note = (number: number, version: number, act: Item): Promise<boolean> =>
    db.put({ ...act, ...where.act(number, version) }, fresh);
  return {
    async create(make, act) {
      for (let round = 0; round < TRIES; round += 1) {
        let number = 1;
        for await (const { sk } of db.query(where.all)) number = Number(sk) + 1;
        const thing = make(number);
        const done = actOf(thing, act);
        if (await db.put(headOf(number, 1, thing, done), fresh)) {
          await note(number, 1, done);
          return { thing, version: 1 };
        }
      }
      throw new Error(`others made some ${TRIES} times meanwhile: nothing was saved, try again`);
    },
    async get(number) {
      const found = await read(number);
      return found && { thing: found.thing, version: found.version };
    },
    async write(number, before, after, act) {
      const now = await read(number);
      if (now?.version !== before.version) return false;
      await note(number, now.version, now.act);
      const version = now.version + 1;
      const done = actOf(after, act);
      const unchanged = {
        text: '#version = :before',
        names: { '#version': 'version' },
        values: { ':before': now.version },
      };
      if (!(await db.put(headOf(number, version, after, done), unchanged))) return false;
      await note(number, version, done);
      return { thing: after, version };
    },
    async *list() {
      for await (const item of db.query(where.all)) {
        const { thing, version } = entryOf(item);
        yield { thing, version };
      }
    },
    async *latest(most, before) {
      const from = before === undefined ? undefined : where.key(before).sk;
      for await (const item of db.latest(where.all, most, from)) {
        const { thing, version } = entryOf(item);
        yield { thing, version };
      }
    },
    async acts(number) {
      const all: Item[] = [];
      for await (const item of db.query(where.acts(number))) all.push(item);
      const head = await db.get(where.key(number));
      if (head && Number(all.at(-1)?.sk) !== Number(head.version)) all.push(head);
      return all.map(({ sk, version, by, what, at, note: said, [as]: written }) => ({
        version: Number(version ?? sk),
        by: String(by),
        what: String(what),
        at: String(at),
        ...(said !== undefined && { note: String(said) }),
        written: JSON.parse(String(written)),
      }));
    },
  };
}
