/**
 * What came of an announcement at one resident, for its report: that they wrote after it, that they stopped, that they
 * went through the survey it began. Once each; what they wrote is no part of it.
 */
import { numberIn } from './announcement.ts';
import { DAY, inParis } from './hours.ts';
import type { Moment } from './moment.ts';
import type { Session } from './session.ts';

/** Days that what a resident writes is taken as said after an announcement: as many as it fills their week. */
const WEEK = 7;

/** `before`: the session before this turn. Of several announcements within the week the last is meant. */
export function echo(moment: Moment, before: Session): void {
  const { session, event } = moment;
  const number = lastPushed(moment);
  if (number !== undefined && session.consent === 'stopped') {
    if (before.consent !== 'stopped') moment.do({ type: 'echo', announcement: number, what: 'stopped' });
  } else if (event.type === 'said' && number !== undefined && session.echoed !== number) {
    moment.set({ echoed: number });
    moment.do({ type: 'echo', announcement: number, what: 'replied' });
  }
  const { key, source } = before.survey ?? {};
  const begun = numberIn(source ?? '');
  if (key !== undefined && begun !== undefined && isDone(session, key) && !isDone(before, key))
    moment.do({ type: 'echo', announcement: begun, what: 'done' });
}

const isDone = ({ ended }: Session, key: string): boolean => ended[key]?.end === 'done';

function lastPushed({ session: { pushed = [] }, now }: Moment): number | undefined {
  const last = pushed.at(-1);
  if (last === undefined || last < inParis(new Date(now.getTime() - (WEEK - 1) * DAY)).date) return undefined;
  return Number(last.slice(last.indexOf('#') + 1));
}
