/**
 * The visits, for a command: those of this machine (`DATA_DIR`), or of a deployment where `TABLE` names its table, with
 * the AWS credentials of who runs the command.
 */
import { type Visit, visitNumber } from '../../conversations/visit.ts';
import type { VisitActed } from '../../conversations/visit-acts.ts';
import type { VisitAround } from '../../conversations/visit-lint.ts';
import type { Entry } from '../../functions/store/journal.ts';
import { createRsvpStore, type RsvpStore } from '../../functions/store/rsvps.ts';
import { createSeatStore, type SeatStore } from '../../functions/store/seats.ts';
import { createTurnStore, type TurnStore } from '../../functions/store/turns.ts';
import { createVisitStore, type VisitStore } from '../../functions/store/visits.ts';
import { findingLines } from '../announce/said.ts';
import { type Saved, withAnnouncements } from '../announce/saved.ts';
import { Refused } from '../command/refused.ts';
import { visitLine } from './said.ts';

export interface SavedVisits {
  /** What announcements are written and looked at with. */
  announcing: Saved;
  visits: VisitStore;
  seats: SeatStore;
  rsvps: RsvpStore;
  turns: TurnStore;
  messageDays: number;
  around: VisitAround;
  now: Date;
}

/** Throws `Refused` where the store cannot be reached. */
export const withVisits = <Made>(work: (saved: SavedVisits) => Promise<Made>): Promise<Made> =>
  withAnnouncements(async (announcing) => {
    const { db, city, now } = announcing;
    const { messageDays } = city.notice;
    const [visits, seats] = [createVisitStore(db), createSeatStore(db)];
    const all: Visit[] = [];
    for await (const { thing } of visits.list()) all.push(thing);
    const rsvps = createRsvpStore(db, { visits, seats, messageDays });
    const around = { city, now, visits: all };
    return work({ announcing, visits, seats, rsvps, turns: createTurnStore(db), messageDays, around, now });
  });

/** The visit with this id. Throws `Refused` where there is none, with those that are. */
export async function findVisit({ visits, around }: SavedVisits, id: string): Promise<Entry<Visit>> {
  const number = visitNumber(id.toUpperCase());
  const found = number === undefined ? undefined : await visits.get(number);
  if (found?.thing.id === id.toUpperCase()) return found;
  const last = around.visits.slice(-5).map((visit) => visit.id);
  throw new Refused(
    `il n'y a pas de visite « ${id} ». ${last.length > 0 ? `Dernières visites: ${last.join(', ')}` : "Il n'y a pas encore de visite"}`,
  );
}

/** Writes what was done, and prints the visit as it stands. Throws `Refused` where it may not be, or another has acted. */
export async function writeActed(
  saved: SavedVisits,
  before: Entry<Visit>,
  acted: VisitActed,
  { by, what, note }: { by: string; what: string; note?: string | undefined },
): Promise<void> {
  const findings = findingLines(acted.findings ?? []);
  if ('refused' in acted) throw new Refused([acted.refused, ...findings].join('\n'));
  const { visit } = acted;
  const act = { by, what, at: saved.now, ...(note !== undefined && { note }) };
  if (!(await saved.visits.write(visit.number, before, visit, act)))
    throw new Refused(
      `quelqu'un vient d'agir sur la visite ${visit.id}: regardez-la de nouveau (voir ${visit.id}), puis recommencez`,
    );
  console.log([visitLine(visit), ...(acted.told ? [acted.told] : []), ...findings].join('\n'));
}
