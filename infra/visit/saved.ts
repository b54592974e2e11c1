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
import { type Saved, withAnnouncements } from '../announce/saved.ts';
import { type Act, findThing, writeThing } from '../command/things.ts';
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
export const findVisit = ({ visits, around }: SavedVisits, id: string): Promise<Entry<Visit>> =>
  findThing(
    {
      number: visitNumber,
      get: visits.get,
      id: ({ thing }) => thing.id,
      ids: () => around.visits.map((visit) => visit.id),
      words: {
        none: "il n'y a pas de visite",
        last: 'Dernières visites',
        empty: "Il n'y a pas encore de visite",
      },
    },
    id,
  );

/** Writes what was done, and prints the visit as it stands. Throws `Refused` where it may not be, or another has acted. */
export const writeActed = (
  { visits, now }: SavedVisits,
  before: Entry<Visit>,
  acted: VisitActed,
  { note, ...act }: Act,
): Promise<void> =>
  writeThing<Visit>(
    { thing: undefined, ...acted, ...('visit' in acted && { thing: acted.visit }) },
    {
      write: (visit) =>
        visits.write(visit.number, before, visit, { ...act, at: now, ...(note !== undefined && { note }) }),
      line: visitLine,
      changed: `quelqu'un vient d'agir sur la visite ${before.thing.id}: regardez-la de nouveau (voir ${before.thing.id}), puis recommencez`,
    },
  );
