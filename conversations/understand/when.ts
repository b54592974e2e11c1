/** Reads a coming day, a day of any year, or a day and an hour. The rule is docs/reading.md; days and hours are those of Paris. */

import { addDays, HOUR, weekdayOf } from '../hours.ts';
import { PARTS_OF_DAY, type PartOfDay, type Piece, piecesOf } from './calendar-words.ts';
import { has, isLink, namedDays, numberOf, type Span, weekdayIn } from './named-days.ts';
import { normalise } from './normalise.ts';
import { pastDay, saysWhichWay } from './past-day.ts';
import { DONT_KNOW, passes, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { dayAfter, type Found, nextWithNumber } from './which-day.ts';
import { type Clock, clockIn } from './which-hour.ts';

/** A day as YYYY-MM-DD, on or after `reference`. An hour beside it is a comment. */
export const readDay = (text: string, reference: string, language: string): Reading<string> =>
  readEither(text, language, (said) => dayAsIs(said, reference, language, 'coming'));

/** A day as YYYY-MM-DD, past or coming: "le 3 mars 1985", "hier", "vendredi". Which year is asked where it is not said. */
export const readDate = (text: string, reference: string, language: string): Reading<string> =>
  readEither(text, language, (said) => dayAsIs(said, reference, language, 'any'));

function dayAsIs(text: string, reference: string, language: string, span: Span): Reading<string> {
  const passed = passes(normalise(text), language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const pieces = piecesOf(text, language);
  const hours = clockIn(pieces).used;
  const day = dayIn(pieces, reference.slice(0, 10), hours, span);
  if (!day || isBound(pieces, hours, 'day')) return UNCLEAR;
  return read(day.date, day.sure && !isNear(pieces, hours, 'day'), text, pieces);
}

/** A day and an hour as YYYY-MM-DDTHH:MM; the day alone, to be asked, where there is no hour. */
export const readMoment = (text: string, reference: string, language: string): Reading<string> =>
  readEither(text, language, (said) => momentAsIs(said, reference, language, 'coming'));

/** A day, past or coming, and an hour as YYYY-MM-DDTHH:MM; a day alone is not enough. */
export const readDateTime = (text: string, reference: string, language: string): Reading<string> =>
  readEither(text, language, (said) => {
    const reading = momentAsIs(said, reference, language, 'any');
    return reading.kind === 'value' && !reading.value.includes('T') ? UNCLEAR : reading;
  });

function momentAsIs(text: string, reference: string, language: string, span: Span): Reading<string> {
  const passed = passes(normalise(text), language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const pieces = piecesOf(text, language);
  const today = reference.slice(0, 10);
  const clock = clockIn(pieces);
  if (clock.wrong) return UNCLEAR;
  const day = dayIn(pieces, today, clock.used, span);
  const later = hoursFrom(pieces, reference);
  if (later) return read(later, false, text, pieces);
  if ((day === undefined && saysDay(pieces)) || isBound(pieces, clock.used, 'day')) return UNCLEAR;
  // "vers 18h" is 18:00 with a comment; "après 18h" may be any hour after.
  const open = isNear(pieces, clock.used, 'day') || isBound(pieces, clock.used, 'hour');
  const hour = clock.time ?? hourLeft(pieces, day, clock.part);
  if (!hour) {
    if (!day) return UNCLEAR;
    const usual = clock.part && USUAL_HOUR[clock.part];
    return read(usual ? `${day.date}T${usual}` : day.date, false, text, pieces);
  }
  if (day) {
    const at = `${day.date}T${hour.at}`;
    // An hour that has passed is not meant: "aujourd'hui 9h" at noon.
    if (span === 'coming' && reference.length > 10 && at < reference.slice(0, 16)) return UNCLEAR;
    return read(at, day.sure && hour.sure && !open, text, pieces);
  }
  const passedToday = reference.length > 10 && hour.at <= reference.slice(11, 16);
  return read(`${passedToday ? addDays(today, 1) : today}T${hour.at}`, false, text, pieces);
}

export const USUAL_HOUR: Record<PartOfDay, string> = {
  morning: '09:00',
  afternoon: '14:00',
  evening: '19:00',
  night: '21:00',
};

function read(value: string, sure: boolean, text: string, pieces: Piece[]): Reading<string> {
  const more = pieces.some(
    (piece) => piece.kind === 'word' && piece.roles.size === 0 && piece.text.length > 3,
  );
  return {
    kind: 'value',
    value,
    ...(!sure && { certainty: 'ask' as const }),
    ...(more && { comment: text.trim() }),
  };
}

/**
 * Whether a word stands before a day, or before an hour, or right behind the last: "vers 14h", "17h max". What stands
 * between may be a small word.
 */
function besideRole(
  pieces: Piece[],
  hours: Set<number>,
  of: 'day' | 'hour',
  role: 'bound' | 'about',
): boolean {
  return pieces.some((piece, at) => {
    if (!has(piece, role)) return false;
    let next = at + 1;
    while (pieces[next] && isLink(pieces[next]) && !hours.has(next)) next += 1;
    const place = next < pieces.length ? next : at - 1;
    return of === 'hour' ? hours.has(place) : !hours.has(place) && isDayPiece(pieces, place);
  });
}
const isBound = (pieces: Piece[], hours: Set<number>, of: 'day' | 'hour'): boolean =>
  besideRole(pieces, hours, of, 'bound');
const isNear = (pieces: Piece[], hours: Set<number>, of: 'day' | 'hour'): boolean =>
  besideRole(pieces, hours, of, 'about');

/** "après 18h": any hour after. */
export const besideHour = (pieces: Piece[], hours: Set<number>): boolean => isBound(pieces, hours, 'hour');

const isDayPiece = (pieces: Piece[], at: number): boolean => {
  const piece = pieces[at];
  if (piece?.kind === 'date' || piece?.kind === 'number') return true;
  return (['weekday', 'day', 'month', 'first', 'number'] as const).some((role) => has(piece, role));
};

/** "dans 2 heures": counted from now. */
function hoursFrom(pieces: Piece[], reference: string): string | undefined {
  const at = pieces.findIndex((piece) => has(piece, 'in'));
  const hours = numberOf(pieces[at + 1]);
  const bare = at >= 0 && pieces.length === at + 3 && has(pieces[at + 2], 'hour');
  const shown = pieces[at + 1];
  const count =
    shown?.kind === 'time' && pieces.length === at + 2 && shown.minute === 0 ? shown.hour : undefined;
  const after = bare ? hours : at >= 0 ? count : undefined;
  if (after === undefined || reference.length < 16) return undefined;
  return new Date(Date.parse(`${reference.slice(0, 16)}Z`) + after * HOUR).toISOString().slice(0, 16);
}

const DAY_WORDS = ['day', 'weekday', 'month', 'weekend', 'past', 'vague', 'weekUnit'] as const;
const saysDay = (pieces: Piece[]): boolean =>
  pieces.some(
    (piece) => piece.kind === 'date' || DAY_WORDS.some((role) => has(piece, role)) || has(piece, 'deny'),
  );

/** "demain à 18": a number that is left beside a day. */
function hourLeft(pieces: Piece[], day: Found | undefined, part: PartOfDay | undefined): Clock['time'] {
  if (!day) return undefined;
  const [number, ...more] = pieces.filter(
    (piece, at) => piece.kind === 'number' && !piece.spelled && !day.used.has(at),
  ) as { value: number }[];
  if (!number || more.length > 0 || number.value > 24 || number.value === 0) return undefined;
  const late = part !== undefined && part !== 'morning' && number.value < 12;
  const hour = (number.value + (late ? 12 : 0)) % 24;
  return {
    at: `${String(hour).padStart(2, '0')}:00`,
    sure: late || number.value > 12 || (part === 'morning' && number.value >= 6),
  };
}

/** The one day a reply names. `used`: the places of what is an hour. */
function dayIn(pieces: Piece[], today: string, hours: Set<number>, span: Span): Found | undefined {
  const isVague = (piece: Piece): boolean => has(piece, 'vague') && !has(piece, 'in');
  if (pieces.some(isVague) || isDenied(pieces)) return undefined;
  const past = pieces.some((piece) => has(piece, 'past'));
  if (past && span === 'coming') return undefined;
  const named = namedDays(pieces, today, hours, span);
  if (past) return pastDay(pieces, today, named);
  const found = comingDay(pieces, today, hours, named);
  return found && span === 'any' && !saysWhichWay(pieces, found) ? { ...found, sure: false } : found;
}

function comingDay(
  pieces: Piece[],
  today: string,
  hours: Set<number>,
  named: Found[] | 'impossible',
): Found | undefined {
  if (named === 'impossible' || isOneOfTwo(pieces, named, hours)) return undefined;
  const weekdays = pieces.flatMap((piece, at) => (has(piece, 'weekday') ? [at] : []));
  const distinct = new Set(named.map(({ date }) => date));
  const corrects = pieces.some((piece) => has(piece, 'correct'));
  if (distinct.size > 1 || (distinct.size === 0 && differ(pieces, weekdays))) {
    if (!corrects) return undefined;
    const last = named.at(-1) ?? byWeekday(pieces, weekdays.at(-1) as number, today);
    return last && { ...last, sure: false };
  }
  const [one] = named;
  const at = weekdays[0];
  const last = weekdays.at(-1);
  // "demain non samedi"
  if (
    one &&
    corrects &&
    last !== undefined &&
    pieces.slice(Math.max(...one.used), last).some((piece) => has(piece, 'correct'))
  )
    return { ...byWeekday(pieces, last, today), sure: false };
  if (one) {
    const agrees = at === undefined || weekdayOf(one.date) === weekdayIn(pieces, at);
    return { ...one, sure: one.sure && agrees };
  }
  if (at !== undefined) return withNumber(pieces, at, today, hours) ?? byWeekday(pieces, at, today);
  const weekend = pieces.findIndex((piece) => has(piece, 'weekend'));
  if (weekend >= 0) return { date: dayAfter(today, 6, weekdayOf(today) === 6), sure: false, used: new Set() };
  return numberAlone(pieces, today, hours);
}

const isDenied = (pieces: Piece[]): boolean =>
  pieces.some(
    (piece, at) =>
      has(piece, 'deny') &&
      !has(piece, 'correct') &&
      (at === 0 || !pieces.slice(0, at).some((before) => before.kind === 'date' || has(before, 'weekday'))),
  );

/** "5 et 6 mai", "le 24 ou le 25 mai", "le 3 juin sinon le 5": a second number beside the day's. */
const isOneOfTwo = (pieces: Piece[], named: Found[], hours: Set<number>): boolean =>
  named.some(({ used }) => {
    const [first, last] = [Math.min(...used), Math.max(...used)];
    const isDay = (at: number): boolean => {
      const piece = pieces[at];
      return (
        piece?.kind === 'number' && !piece.spelled && piece.value <= 31 && !hours.has(at) && !used.has(at)
      );
    };
    const before = [first - 1, first - 2, first - 3].find(isDay);
    // "2 personnes le 24 mai": a word of its own stands between.
    const counts = before !== undefined && pieces.slice(before + 1, first).some(isWord);
    const or = pieces.findIndex((piece, at) => at > last && has(piece, 'or'));
    const behind = or >= 0 && [or + 1, or + 2, or + 3].some(isDay);
    return (before !== undefined && !counts) || behind;
  });

const isWord = (piece: Piece): boolean =>
  piece.kind === 'word' && piece.roles.size === 0 && piece.text.length > 4;

const differ = (pieces: Piece[], weekdays: number[]): boolean =>
  new Set(weekdays.map((at) => weekdayIn(pieces, at))).size > 1;

/** The weekday in the week that begins next Monday. */
const inNextWeek = (weekday: number, today: string): string => addDays(dayAfter(today, 1), (weekday + 6) % 7);

/** "samedi": the next one. "samedi prochain" may be a week later, and today's name may be today: both are asked. */
function byWeekday(pieces: Piece[], at: number, today: string): Found {
  const weekday = weekdayIn(pieces, at);
  const used = new Set([at]);
  const coming = dayAfter(today, weekday);
  const around = [pieces[at - 2], pieces[at - 1], pieces[at + 1], pieces[at + 2]];
  if (has(pieces[at + 1], 'weekAfter')) return { date: addDays(coming, 7), sure: true, used };
  if (has(pieces[at - 1], 'weekAfter')) return { date: inNextWeek(weekday, today), sure: false, used };
  const next = pieces.some((piece) => has(piece, 'next'));
  if (next && pieces.some((piece) => has(piece, 'weekUnit'))) {
    return { date: inNextWeek(weekday, today), sure: false, used };
  }
  const sure = !around.some((piece) => has(piece, 'next')) && weekdayOf(today) !== weekday;
  return { date: coming, sure, used };
}

/** "vendredi 23": the next 23rd, sure where it is that weekday. */
function withNumber(pieces: Piece[], at: number, today: string, hours: Set<number>): Found | undefined {
  const place = [at + 1, at + 2, at - 1, at - 2].find((index) => {
    const piece = pieces[index];
    return piece?.kind === 'number' && !piece.spelled && !hours.has(index);
  });
  const number = place === undefined ? undefined : numberOf(pieces[place]);
  if (place === undefined || number === undefined || number < 1 || number > 31) return undefined;
  const date = nextWithNumber(number, today);
  const agrees = weekdayOf(date) === weekdayIn(pieces, at);
  // "samedi 18" beside no such day is rather an hour.
  if (!agrees && place > at && number <= 24 && weekdayOf(date) !== weekdayIn(pieces, at)) return undefined;
  return { date, sure: agrees, used: new Set([at, place]) };
}

/** "le 24": the next one, to be asked. */
function numberAlone(pieces: Piece[], today: string, hours: Set<number>): Found | undefined {
  const numbers = pieces.flatMap((piece, at) => (piece.kind === 'number' && !hours.has(at) ? [at] : []));
  const [at] = numbers;
  const number = at === undefined ? undefined : numberOf(pieces[at]);
  if (at === undefined || numbers.length > 1 || !number || number > 31) return undefined;
  const speaks = pieces.some(
    (piece) =>
      piece.kind === 'word' &&
      piece.text.length > 3 &&
      !PARTS_OF_DAY.some((part) => piece.roles.has(part)) &&
      !piece.roles.has('filler'),
  );
  if (speaks || (pieces[at] as { spelled: boolean }).spelled) return undefined;
  return { date: nextWithNumber(number, today), sure: false, used: new Set([at]) };
}
