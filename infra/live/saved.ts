/** Lives, their boards and what residents do with them, for a command. */
import { type Live, liveNumber } from '../../conversations/live.ts';
import type { LiveActed } from '../../conversations/live-acts.ts';
import type { BoardActed } from '../../conversations/live-board.ts';
import type { LiveAround } from '../../conversations/live-lint.ts';
import type { Entry } from '../../functions/store/journal.ts';
import { createLiveComments, type LiveCommentStore } from '../../functions/store/live-comments.ts';
import { createLiveRows, type LiveRowStore } from '../../functions/store/live-rows.ts';
import { createLiveStore, type KeptBoard, type LiveStore } from '../../functions/store/lives.ts';
import { type Saved, withAnnouncements } from '../announce/saved.ts';
import { Refused } from '../command/refused.ts';
import { type Act, findThing, writeThing } from '../command/things.ts';
import { liveLine } from './said.ts';

export interface SavedLives {
  /** What announcements are written and looked at with. */
  announcing: Saved;
  lives: LiveStore;
  rows: LiveRowStore;
  comments: LiveCommentStore;
  around: LiveAround;
  now: Date;
}

/** Throws `Refused` where the store cannot be reached. */
export const withLives = <Made>(work: (saved: SavedLives) => Promise<Made>): Promise<Made> =>
  withAnnouncements(async (announcing) => {
    const { db, city, now } = announcing;
    const lives = createLiveStore(db);
    const all: Live[] = [];
    for await (const { thing } of lives.list()) all.push(thing);
    const around = { city, now, surveys: announcing.around.surveys, lives: all };
    const { messageDays } = city.notice;
    const rows = createLiveRows(db, messageDays);
    return work({ announcing, lives, rows, comments: createLiveComments(db, messageDays), around, now });
  });

/** The live with this id. Throws `Refused` where there is none, with those that are. */
export const findLive = ({ lives, around }: SavedLives, id: string): Promise<Entry<Live>> =>
  findThing(
    {
      number: liveNumber,
      get: lives.get,
      id: ({ thing }) => thing.id,
      ids: () => around.lives.map((live) => live.id),
      words: {
        none: "il n'y a pas de direct",
        last: 'Derniers directs',
        empty: "Il n'y a pas encore de direct",
      },
    },
    id,
  );

/** Writes what was done, and prints the live as it stands. Throws `Refused` where it may not be, or another has acted. */
export const writeActed = (
  { lives, now }: SavedLives,
  before: Entry<Live>,
  acted: LiveActed,
  { note, ...act }: Act,
): Promise<void> =>
  writeThing<Live>(
    { thing: undefined, ...acted, ...('live' in acted && { thing: acted.live }) },
    {
      write: (live) =>
        lives.write(live.number, before, live, { ...act, at: now, ...(note !== undefined && { note }) }),
      line: liveLine,
      changed: `quelqu'un vient d'agir sur le direct ${before.thing.id}: regardez-le de nouveau (voir ${before.thing.id}), puis recommencez`,
    },
  );

/** Moderates; every act is written into the live's journal as well. Throws `Refused` like `writeActed`. */
export async function writeBoard(
  saved: SavedLives,
  { thing: live, version }: Entry<Live>,
  before: KeptBoard,
  acted: BoardActed,
  { by, what }: { by: string; what: string },
): Promise<void> {
  if ('refused' in acted) throw new Refused(acted.refused);
  const changed = `quelqu'un vient d'agir sur les questions du direct ${live.id}: regardez-les de nouveau (questions ${live.id}), puis recommencez`;
  // Who did it is written down first: an act in the journal that came to nothing is seen, the reverse would not be.
  if (!(await saved.lives.write(live.number, { thing: live, version }, live, { by, what, at: saved.now })))
    throw new Refused(changed);
  if (!(await saved.lives.writeBoard(live.number, before, acted.board))) throw new Refused(changed);
}
