/**
 * Announcements: one item each that says how it stands, with a version, and behind it one item an act that never
 * changes: who, what, when.
 *
 * The item carries its last act; who acts next writes that one down first. So a writer that dies between the two items
 * loses nothing, and of two people at once one is told to look again. All of them stand in one partition on purpose: a
 * worker reads its announcement once a page, and staff read them all once in a while.
 */
import { Announcement } from '../../conversations/announcement.ts';
import type { Db, Item } from './db.ts';
import { ANNOUNCEMENTS, announcementFacts, GOING_OUT, keys } from './table.ts';

export interface Act {
  by: string;
  /** In the words of the command: `valider`. */
  what: string;
  at: Date;
  /** What they said of it. */
  note?: string;
}

/** An act as it was done; `version` is how the announcement stood after it, from 1. */
export interface Fact {
  version: number;
  by: string;
  what: string;
  at: string;
  note?: string;
  announcement: Announcement;
}

export interface Kept {
  announcement: Announcement;
  version: number;
}

export interface AnnouncementStore {
  /** Gives it the next number. `make` gets that number and makes the announcement of it. */
  create(make: (number: number) => Announcement, act: Act): Promise<Kept>;
  get(number: number): Promise<Kept | undefined>;
  /** False where another has acted since `before` was read: nothing was written. */
  write(before: Kept, after: Announcement, act: Act): Promise<Kept | false>;
  /** In the order of their numbers. */
  list(): AsyncGenerator<Kept>;
  /** What is scheduled for up to `now`, running, paused after it began, or cancelled and not cleared. Read anew, so that each is as it stands. */
  goingOut(now: Date): Promise<Kept[]>;
  /** Everything done to it, in order. */
  facts(number: number): Promise<Fact[]>;
}

/** More writers than this at one instant do not exist. */
const TRIES = 20;

export function createAnnouncementStore(db: Db): AnnouncementStore {
  async function read(number: number): Promise<(Kept & { act: Item }) | undefined> {
    const item = await db.get(keys.announcement(number));
    return item && kept(item);
  }
  const writeFact = (number: number, version: number, act: Item): Promise<boolean> =>
    db.put({ ...act, ...keys.announcementFact(number, version) }, { text: 'attribute_not_exists(pk)' });
  return {
    async create(make, act) {
      for (let round = 0; round < TRIES; round += 1) {
        let number = 1;
        for await (const { sk } of db.query(ANNOUNCEMENTS)) number = Number(sk) + 1;
        const announcement = make(number);
        const fact = factOf(announcement, act);
        if (await db.put(headOf(announcement, 1, fact), { text: 'attribute_not_exists(pk)' })) {
          await writeFact(number, 1, fact);
          return { announcement, version: 1 };
        }
      }
      throw new Error(`others made announcements ${TRIES} times meanwhile: nothing was saved, try again`);
    },
    async get(number) {
      const found = await read(number);
      return found && { announcement: found.announcement, version: found.version };
    },
    async write(before, after, act) {
      const { number } = before.announcement;
      const now = await read(number);
      if (now?.version !== before.version) return false;
      await writeFact(number, now.version, now.act);
      const version = now.version + 1;
      const fact = factOf(after, act);
      const condition = {
        text: '#version = :before',
        names: { '#version': 'version' },
        values: { ':before': now.version },
      };
      if (!(await db.put(headOf(after, version, fact), condition))) return false;
      await writeFact(number, version, fact);
      return { announcement: after, version };
    },
    async *list() {
      for await (const item of db.query(ANNOUNCEMENTS)) {
        const { announcement, version } = kept(item);
        yield { announcement, version };
      }
    },
    async goingOut(now) {
      const found: Kept[] = [];
      for await (const { sk } of db.listed(GOING_OUT, `${now.toISOString()}#~`)) {
        const each = await read(Number(sk));
        // The index may be a moment behind.
        if (each && begunBy(each.announcement, now))
          found.push({ announcement: each.announcement, version: each.version });
      }
      return found;
    },
    async facts(number) {
      const found: Fact[] = [];
      for await (const item of db.query(announcementFacts(number))) found.push(factIn(Number(item.sk), item));
      const head = await read(number);
      if (head && found.at(-1)?.version !== head.version) found.push(factIn(head.version, head.act));
      return found;
    },
  };
}

const factOf = (announcement: Announcement, { by, what, at, note }: Act): Item => ({
  by,
  what,
  at: at.toISOString(),
  ...(note !== undefined && { note }),
  announcement: JSON.stringify(announcement),
});

/** In the index by when it begins, while it goes out or waits to. */
const headOf = (announcement: Announcement, version: number, act: Item): Item => ({
  ...act,
  ...keys.announcement(announcement.number),
  version,
  ...(isGoingOut(announcement) && {
    lp: GOING_OUT,
    ls: `${announcement.begins}#${keys.announcement(announcement.number).sk}`,
  }),
});

const isGoingOut = ({ state, begins, started, cleared }: Announcement): boolean =>
  begins !== undefined &&
  (state === 'scheduled' ||
    state === 'running' ||
    (state === 'paused' && started !== undefined) ||
    (state === 'cancelled' && started !== undefined && cleared === undefined));

const begunBy = (announcement: Announcement, now: Date): boolean =>
  isGoingOut(announcement) && (announcement.begins as string) <= now.toISOString();

function kept({ pk: _, sk, lp: __, ls: ___, version, ...act }: Item): Kept & { act: Item } {
  return { announcement: parsed(Number(sk), act), version: Number(version), act };
}

function factIn(version: number, item: Item): Fact {
  const { by, what, at, note } = item;
  return {
    version,
    by: String(by),
    what: String(what),
    at: String(at),
    ...(note !== undefined && { note: String(note) }),
    announcement: parsed(version, item),
  };
}

/** Throws where it was written by a version that knew more than we do: better not sent than sent half understood. */
function parsed(which: number, { announcement }: Item): Announcement {
  const read = Announcement.safeParse(JSON.parse(String(announcement)));
  if (read.success) return read.data;
  throw new Error(`announcement ${which} cannot be read by this version: deploy the one that wrote it`, {
    cause: read.error,
  });
}
