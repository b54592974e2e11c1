/**
 * Announcements: one item each that says how it stands, with its journal (`journal.ts`). All of them stand in one
 * partition on purpose: a worker reads its announcement once a page, and staff read them all once in a while.
 */
import { Announcement } from '../../conversations/announcement.ts';
import type { Db } from './db.ts';
import { type Act, createJournal, type Done, type Entry } from './journal.ts';
import { ANNOUNCEMENTS, announcementFacts, GOING_OUT, keys } from './table.ts';

/** An act as it was done, and the announcement after it. */
export interface Fact extends Omit<Done, 'written'> {
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
  /** The last made first; `before` leaves out the numbers from it on. */
  latest(most: number, before?: number): AsyncGenerator<Kept>;
  /** What is scheduled for up to `now`, running, paused after it began, or cancelled and not cleared. Read anew, so that each is as it stands. */
  goingOut(now: Date): Promise<Kept[]>;
  /** Everything done to it, in order. */
  facts(number: number): Promise<Fact[]>;
}

export function createAnnouncementStore(db: Db): AnnouncementStore {
  const journal = createJournal<Announcement>(db, {
    all: ANNOUNCEMENTS,
    key: keys.announcement,
    acts: announcementFacts,
    act: keys.announcementFact,
    read: parsed,
    as: 'announcement',
    // By when it begins, while it goes out or waits to.
    listed: (announcement) =>
      isGoingOut(announcement)
        ? { lp: GOING_OUT, ls: `${announcement.begins}#${keys.announcement(announcement.number).sk}` }
        : undefined,
  });
  const get: AnnouncementStore['get'] = async (number) => {
    const found = await journal.get(number);
    return found && kept(found);
  };
  return {
    get,
    create: async (make, act) => kept(await journal.create(make, act)),
    async write({ announcement, version }, after, act) {
      const written = await journal.write(announcement.number, { thing: announcement, version }, after, act);
      return written && kept(written);
    },
    async *list() {
      for await (const entry of journal.list()) yield kept(entry);
    },
    async *latest(most, before) {
      for await (const entry of journal.latest(most, before)) yield kept(entry);
    },
    async goingOut(now) {
      const found: Kept[] = [];
      for await (const { sk } of db.listed(GOING_OUT, `${now.toISOString()}#~`)) {
        const each = await get(Number(sk));
        // The index may be a moment behind.
        if (each && begunBy(each.announcement, now)) found.push(each);
      }
      return found;
    },
    facts: async (number) =>
      (await journal.acts(number)).map(({ written, ...done }) => ({
        ...done,
        announcement: parsed(written),
      })),
  };
}

const kept = ({ thing: announcement, version }: Entry<Announcement>): Kept => ({ announcement, version });

const isGoingOut = ({ state, begins, started, cleared }: Announcement): boolean =>
  begins !== undefined &&
  (state === 'scheduled' ||
    state === 'running' ||
    (state === 'paused' && started !== undefined) ||
    (state === 'cancelled' && started !== undefined && cleared === undefined));

const begunBy = (announcement: Announcement, now: Date): boolean =>
  isGoingOut(announcement) && (announcement.begins as string) <= now.toISOString();

/** Throws where it was written by a version that knew more than we do: better not sent than sent half understood. */
function parsed(data: unknown): Announcement {
  const read = Announcement.safeParse(data);
  if (read.success) return read.data;
  const { id } = data as { id?: string };
  throw new Error(`announcement ${id} cannot be read by this version: deploy the one that wrote it`, {
    cause: read.error,
  });
}
