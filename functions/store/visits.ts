/** Visits as staff keep them: each with its journal. */
import { endsAt, Visit } from '../../conversations/visit.ts';
import type { Db } from './db.ts';
import { createJournal, type Journal } from './journal.ts';
import type { SeatedVisit } from './seats.ts';
import { expiresAt, keys, VISITS, visitActs } from './table.ts';

export interface VisitStore extends Journal<Visit> {
  /** What residents may hear of, as it is now: those ahead, and those that ended lately. */
  shown(now: Date): Promise<Visit[]>;
}

/** As long as a resident may still speak of it. */
const LATELY = 60 * 86_400_000;

export function createVisitStore(db: Db): VisitStore {
  const journal = createJournal<Visit>(db, {
    all: VISITS,
    key: keys.visit,
    acts: visitActs,
    act: keys.visitAct,
    read: (data) => Visit.parse(data),
  });
  return {
    ...journal,
    async shown(now) {
      const all: Visit[] = [];
      for await (const { thing: visit } of journal.list())
        if (visit.state !== 'draft' && endsAt(visit).getTime() > now.getTime() - LATELY) all.push(visit);
      return all;
    },
  };
}

/** `messageDays`: who came is kept as long after it as messages are. */
export const seatedVisit = (visit: Visit, messageDays: number): SeatedVisit => ({
  number: visit.number,
  capacity: visit.capacity,
  until: expiresAt(endsAt(visit), messageDays * 86_400),
});
