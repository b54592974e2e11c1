/** Days of the calendar as YYYY-MM-DD: which one a day and month is, seen from a reference day. */
import { addDays, weekdayOf } from '../hours.ts';

/** A day that was read; where it is not `sure` it is asked. `used`: the places of the words it took. */
export interface Found {
  date: string;
  sure: boolean;
  used: Set<number>;
}

/** The next day with that weekday after `date`; `date` itself where `orToday`. */
export function dayAfter(date: string, weekday: number, orToday = false): string {
  const ahead = (weekday - weekdayOf(date) + 7) % 7;
  return addDays(date, ahead === 0 && !orToday ? 7 : ahead);
}

function written(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day, 12));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real ? at.toISOString().slice(0, 10) : undefined;
}

/** A day and month: this year's, or next year's to be asked where it has passed. `impossible`: 31/02, or past. */
export function onDay(
  { day, month, year }: { day: number; month: number; year?: number },
  today: string,
  used: number[],
): Found | 'impossible' {
  const thisYear = Number(today.slice(0, 4));
  const date = written(year ?? thisYear, month, day);
  if (date && date >= today) return { date, sure: true, used: new Set(used) };
  if (year !== undefined || month < 1 || month > 12) return 'impossible';
  const later = written(thisYear + 1, month, day);
  return later ? { date: later, sure: false, used: new Set(used) } : 'impossible';
}

/** A day and month of any year. Without one: the nearest with that weekday, else the nearest, to be asked. */
export function onAnyDay(
  { day, month, year }: { day: number; month: number; year?: number },
  today: string,
  used: number[],
  weekday?: number,
): Found | 'impossible' {
  if (month < 1 || month > 12) return 'impossible';
  if (year !== undefined) {
    const date = year >= FIRST_YEAR && year <= LAST_YEAR ? written(year, month, day) : undefined;
    return date ? { date, sure: true, used: new Set(used) } : 'impossible';
  }
  const thisYear = Number(today.slice(0, 4));
  const near = [thisYear - 1, thisYear, thisYear + 1].flatMap((each) => written(each, month, day) ?? []);
  const far = (date: string): number => Math.abs(Date.parse(date) - Date.parse(today));
  near.sort((a, b) => far(a) - far(b));
  const named = near.find((each) => weekdayOf(each) === weekday);
  const date = named ?? near[0];
  return date ? { date, sure: named !== undefined, used: new Set(used) } : 'impossible';
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

/** The last day before `date` with that weekday. */
export const dayBefore = (date: string, weekday: number): string =>
  addDays(date, -((weekdayOf(date) - weekday + 6) % 7) - 1);

/** The next day of a month with that number, today or later; some months have no 31st. */
export function nextWithNumber(number: number, today: string): string {
  let [year, month] = today.split('-').map(Number) as [number, number];
  for (;;) {
    const date = written(year, month, number);
    if (date && date >= today) return date;
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}
