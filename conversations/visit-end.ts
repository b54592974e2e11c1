/** A visit that is over: what the service itself does with it, apart from what staff do (`visit-acts.ts`). */
import { endsAt, type Visit } from './visit.ts';

/** How long after it a report can be written; the service looks after a visit a little longer. */
export const REPORT_DAYS = 28;

/** As it is once its end has come; undefined where it has not, or it does not take place. */
export const finishVisit = (visit: Visit, now: Date): Visit | undefined =>
  visit.state === 'open' && endsAt(visit) <= now ? { ...visit, state: 'done' } : undefined;
