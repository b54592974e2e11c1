/** Lives, their boards and what residents do with them, for a command. */
import { type Live, liveNumber } from '../../conversations/live.ts';
import type { LiveActed } from '../../conversations/live-acts.ts';
import type { BoardActed } from '../../conversations/live-board.ts';
import type { LiveAround } from '../../conversations/live-lint.ts';
import type { Entry } from '../../functions/store/journal.ts';
import { createLiveComments, type LiveCommentStore } from '../../functions/store/live-comments.ts';
import { createLiveRows, type LiveRowStore } from '../../functions/store/live-rows.ts';
import { createLiveStore, type KeptBoard, type LiveStore } from '../../functions/store/lives.ts';
import { findingLines } from '../announce/said.ts';
import { type Saved, withAnnouncements } from '../announce/saved.ts';
import { Refused } from '../command/refused.ts';
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
export async function findLive({ lives, around }: SavedLives, id: string): Promise<Entry<Live>> {
  const number = liveNumber(id.toUpperCase());
  const found = number === undefined ? undefined : await lives.get(number);
  if (found?.thing.id === id.toUpperCase()) return found;
  const last = around.lives.slice(-5).map((live) => live.id);
  throw new Refused(
    `il n'y a pas de direct « ${id} ». ${last.length > 0 ? `Derniers directs: ${last.join(', ')}` : "Il n'y a pas encore de direct"}`,
  );
}

/** Writes what was done, and prints the live as it stands. Throws `Refused` where it may not be, or another has acted. */
export async function writeActed(
  saved: SavedLives,
  before: Entry<Live>,
  acted: LiveActed,
  { by, what, note }: { by: string; what: string; note?: string | undefined },
): Promise<void> {
  const findings = findingLines(acted.findings ?? []);
  if ('refused' in acted) throw new Refused([acted.refused, ...findings].join('\n'));
  const { live } = acted;
  const act = { by, what, at: saved.now, ...(note !== undefined && { note }) };
  if (!(await saved.lives.write(live.number, before, live, act)))
    throw new Refused(
      `quelqu'un vient d'agir sur le direct ${live.id}: regardez-le de nouveau (voir ${live.id}), puis recommencez`,
    );
  console.log([liveLine(live), ...(acted.told ? [acted.told] : []), ...findings].join('\n'));
}

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
