/**
 * Which messages follow an event, and when: seven days before, the evening before, two days after. Whoever comes has
 * asked for them; they keep to the permitted hours all the same, and one whose hour is quiet goes out in the last
 * permitted slot before it (participation.md 2.3).
 */
import type { City } from './city.ts';
import { addDays, DAY, HOUR, inParis, knowsHolidays, nextPermitted, parisMoment } from './hours.ts';

export type FollowUpName = 'week' | 'eve' | 'after';

/** `at`: when it goes out; undefined where there is no permitted slot any more. */
export interface FollowUp {
  name: FollowUpName;
  wished: Date;
  at?: Date;
}

/** The evening before, and seven days before, at this hour (J07: "J-1, 18 h"). */
const EVENING = '18:00';
/** Two days after, in the morning. */
const MORNING = '10:00';

const WHEN: Record<FollowUpName, { days: number; time: string }> = {
  week: { days: -7, time: EVENING },
  eve: { days: -1, time: EVENING },
  after: { days: 2, time: MORNING },
};

/**
 * Each with its moment. `from`: when the event was opened; a message whose moment lies before that is left out, but the
 * evening before: then there is none. `begins` of the event.
 */
export function followUps(
  { day, begins }: { day: string; begins: Date },
  sending: City['sending'],
  from: Date,
): FollowUp[] {
  return (Object.keys(WHEN) as FollowUpName[]).flatMap((name): FollowUp[] => {
    const { days, time } = WHEN[name];
    const wished = parisMoment(addDays(day, days), time);
    const at =
      name === 'after' ? firstPermitted(wished, sending) : lastPermitted(wished, { sending, from, begins });
    // Seven days before has no use once the week has begun.
    if (!at && name === 'week') return [];
    return [{ name, wished, ...(at && { at }) }];
  });
}

const knows = (at: Date): boolean =>
  knowsHolidays(inParis(new Date(at.getTime() - 5 * DAY)).date) &&
  knowsHolidays(inParis(new Date(at.getTime() + 5 * DAY)).date);

const firstPermitted = (at: Date, sending: City['sending']): Date | undefined =>
  knows(at) ? nextPermitted(at, sending) : undefined;

/** Days without a permitted hour in a row: four around a holiday, and room. */
const LONGEST = 6;
/** What goes out in the last minute dies with it: the carrier gives up at the end of the hours, and a telephone may be off. */
const ROOM = HOUR;

/**
 * `wished` itself where it is permitted, else the last slot before it that is, an hour long; never at or after the
 * beginning, and never before `from`. Undefined where there is none.
 */
export function lastPermitted(
  wished: Date,
  { sending, from, begins }: { sending: City['sending']; from: Date; begins: Date },
): Date | undefined {
  if (!knows(wished) || wished >= begins) return undefined;
  if (nextPermitted(wished, sending).getTime() === wished.getTime())
    return wished >= from ? wished : undefined;
  for (let back = 0; back <= LONGEST; back += 1) {
    const date = addDays(inParis(wished).date, -back);
    const last = new Date(parisMoment(date, sending.to).getTime() - ROOM);
    const open = nextPermitted(parisMoment(date, sending.from), sending);
    if (inParis(open).date !== date || last >= wished || last < open) continue;
    return last >= from ? last : undefined;
  }
  return undefined;
}
