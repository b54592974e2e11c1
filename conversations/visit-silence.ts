/** In plain mode whoever says nothing to an invitation is asked once more, and then a person calls (J14). */
import { HOUR, nextPermitted } from './hours.ts';
import type { Moment } from './moment.ts';
import { relievedUntil } from './relieved.ts';
import { REMINDER_HOURS, type Session, SILENCE_HOURS } from './session.ts';
import { beginsAt, takesPeople, type Visit } from './visit.ts';
import { atVisit, visitWith } from './visit-conversation.ts';
import { comeQuestion } from './visit-words.ts';

type Open = NonNullable<Session['visit']>;

/** An invitation without an answer, of a visit that can still be come to. */
function unanswered(moment: Moment): { open: Open & { source: string }; visit: Visit } | undefined {
  const { visit: open, consent, muted } = moment.session;
  const { source, step } = open ?? {};
  if (!open || source === undefined || step !== 'come' || !moment.plain) return undefined;
  const visit = visitWith(moment, open.id);
  const wanted = consent === 'given' && !muted?.includes('visit');
  return wanted && visit && takesPeople(visit, moment.now) ? { open: { ...open, source }, visit } : undefined;
}

const wishedAt = ({ at, reminded }: Open): Date =>
  new Date(Date.parse(reminded ?? at) + (reminded ? SILENCE_HOURS : REMINDER_HOURS) * HOUR);

/** When something is to be done about it; undefined where there is nothing, or it would come too late. */
export function visitDue(moment: Moment): Date | undefined {
  const found = unanswered(moment);
  if (!found) return undefined;
  const wished = wishedAt(found.open);
  const at = found.open.reminded ? wished : nextPermitted(wished, moment.city.sending);
  const free = relievedUntil(moment);
  const due = free && free > at ? free : at;
  return due < beginsAt(found.visit) ? due : undefined;
}

/** Asks once more; the next time it is the turn of a person. */
export function wakeVisit(moment: Moment): void {
  const found = unanswered(moment);
  const due = visitDue(moment);
  if (!found || !due || moment.now < due || moment.hasSaid) return;
  const { open, visit } = found;
  if (open.reminded) {
    moment.do({ type: 'call', language: moment.session.voice ?? moment.language, why: 'silence' });
    moment.set({ visit: { ...open, source: undefined } });
    return;
  }
  if (nextPermitted(moment.now, moment.city.sending) > moment.now) return;
  atVisit(moment, visit.id, 'come', { source: open.source, reminded: moment.at });
  moment.say(comeQuestion(moment, visit));
}
