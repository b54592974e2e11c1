/**
 * When a city may write first: Monday to Saturday, in the permitted hours, on no public holiday
 * (channels.md 5, L8). Owns the clock of Paris; replies to a resident are not held to it.
 */
import type { City } from './city.ts';
import holidays from './holidays-fr.json';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ZONE = 'Europe/Paris';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

interface Shown {
  date: string;
  time: string;
  weekday: number;
}
/** Hours looked up before: the clocks of Paris differ from UTC by whole hours, so that minutes need no look-up. */
const known = new Map<number, Shown>();
/** A turn asks for now, for the end of the day, for some days ago. */
const MOST_KNOWN = 64;

/** The wall clock in Paris: date as YYYY-MM-DD, time as HH:MM, weekday 0 for Sunday. */
export function inParis(at: Date): Shown {
  const hour = Math.floor(at.getTime() / HOUR);
  let shown = known.get(hour);
  if (!shown) {
    if (known.size >= MOST_KNOWN) known.clear();
    shown = lookUp(at);
    known.set(hour, shown);
  }
  const minute = String(at.getUTCMinutes()).padStart(2, '0');
  return { ...shown, time: `${shown.time.slice(0, 3)}${minute}` };
}

function lookUp(at: Date): Shown {
  const parts = Object.fromEntries(clock.formatToParts(at).map((part) => [part.type, part.value]));
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  return { date, time: `${parts.hour}:${parts.minute}`, weekday: weekdayOf(date) };
}

/** The moment at which the clocks of Paris show this date and time. In the hour that spring skips: one hour later. */
export function parisMoment(date: string, time: string): Date {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  let moment = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = inParis(new Date(moment));
    moment += asUtc - Date.parse(`${shown.date}T${shown.time}:00Z`);
  }
  return new Date(moment);
}

/** The moment that `parisTime` shows as `at`. */
export const parisAt = (at: string): Date => parisMoment(at.slice(0, 10), at.slice(11));

/** What the clocks of Paris show: YYYY-MM-DDTHH:MM. */
export const parisTime = (at: Date): string => `${inParis(at).date}T${inParis(at).time}`;

/** Whether the table of public holidays goes as far as this day, YYYY-MM-DD. */
export const knowsHolidays = (date: string): boolean => date.slice(0, 4) in holidays;

/** Throws where the table ends: sending on an unknown holiday would be worse than not sending. */
function isHoliday(date: string): boolean {
  const year = (holidays as Record<string, string[]>)[date.slice(0, 4)];
  if (!year)
    throw new Error(
      `no public holidays are known for ${date.slice(0, 4)}: add them to conversations/holidays-fr.json`,
    );
  return year.includes(date.slice(5));
}

/** Whether the city writes or meets on this day, YYYY-MM-DD: no Sunday, no holiday. Throws where holidays are not known. */
export const isPermittedDay = (date: string): boolean => weekdayOf(date) !== 0 && !isHoliday(date);

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);
/** Of days as YYYY-MM-DD, on the calendar. */
export const addDays = (date: string, days: number): string =>
  new Date(noon(date) + days * DAY).toISOString().slice(0, 10);
/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(noon(date)).getUTCDay();

/** The first permitted moment at or after `at`. */
export function nextPermitted(at: Date, hours: City['sending']): Date {
  let { date, time } = inParis(at);
  if (time >= hours.to) {
    date = addDays(date, 1);
    time = '00:00';
  }
  while (!isPermittedDay(date)) {
    date = addDays(date, 1);
    time = '00:00';
  }
  return time >= hours.from && date === inParis(at).date ? at : parisMoment(date, hours.from);
}

/** The next day, after today, on which the town hall's people are at work: Monday to Friday, no public holiday. */
export function nextWorkingDay(at: Date): Date {
  let date = addDays(inParis(at).date, 1);
  while ([0, 6].includes(weekdayOf(date)) || isHoliday(date)) date = addDays(date, 1);
  return parisMoment(date, '12:00');
}

/**
 * Day before month for readers of English, Western digits for readers of Arabic; plain French is French to the calendar.
 */
const DAY_LOCALE: Record<string, string> = { en: 'en-GB', ar: 'ar-u-nu-latn', 'fr-facile': 'fr' };
export const calendarOf = (language: string): string => DAY_LOCALE[language] ?? language;

/** Making one takes as long as the rest of a turn. */
const formats = new Map<string, Intl.DateTimeFormat>();
function named(at: Date, language: string, parts: 'weekday' | 'weekday day' | 'weekday day month'): string {
  const key = `${language} ${parts}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(calendarOf(language), {
      timeZone: ZONE,
      weekday: 'long',
      ...(parts !== 'weekday' && { day: 'numeric' }),
      ...(parts === 'weekday day month' && { month: 'long' }),
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/** "mardi 24 novembre", in the resident's language with Western digits, so that it can be read on any phone. */
export const dayName = (at: Date, language: string): string => named(at, language, 'weekday day month');
/** "mardi 24", the same way. */
export const dayShort = (at: Date, language: string): string => named(at, language, 'weekday day');
/** "mardi", the same way. */
export const weekdayName = (at: Date, language: string): string => named(at, language, 'weekday');

/** "vendredi 24 mai 2024", the same way; `date` is YYYY-MM-DD. */
export const fullDate = (date: string, language: string): string =>
  new Intl.DateTimeFormat(calendarOf(language), { timeZone: 'UTC', dateStyle: 'full' }).format(
    new Date(`${date}T12:00:00Z`),
  );

/** "10h", "10h30"; elsewhere "10:00". */
export const hourName = (time: string, language: string): string =>
  language.startsWith('fr')
    ? `${Number(time.slice(0, 2))}h${time.endsWith(':00') ? '' : time.slice(3)}`
    : time;
