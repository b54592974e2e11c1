/** A day that has passed, by its name: "hier", "lundi dernier", "il y a 3 jours", "le 3 mars dernier". */

import { dateWords } from '../../locales/dates.ts';
import { addDays, weekdayOf } from '../hours.ts';
import { keyOf, type Piece } from './calendar-words.ts';
import { has, numberOf, type Word, weekdayIn } from './named-days.ts';
import { dayBefore, type Found } from './which-day.ts';

/** How many days ago a word says, in every language: these words are no others'. */
const AGO = new Map(
  Object.values(dateWords).flatMap(({ pastDays }) =>
    Object.entries(pastDays).map(([word, days]) => [keyOf(word), days] as const),
  ),
);

/** `named`: the days that need no weekday. Two of them, or none that can be told, is none. */
export function pastDay(pieces: Piece[], today: string, named: Found[] | 'impossible'): Found | undefined {
  const days = new Set(pieces.flatMap((piece) => AGO.get(piece.text) ?? []));
  const [ago, ...more] = days;
  if (more.length > 0 || named === 'impossible') return undefined;
  if (ago !== undefined)
    return named.length === 0 ? { date: addDays(today, -ago), sure: true, used: new Set() } : undefined;
  const [one, ...others] = named;
  if (one && others.length === 0 && !counted(pieces)) return one.date < today ? one : aYearBefore(one);
  const at = pieces.findIndex((piece) => has(piece, 'weekday'));
  if (at >= 0 && isLast(pieces, at)) return lastWeekday(weekdayIn(pieces, at), today);
  const within = SPANISH_WEEKDAYS.findIndex((name) => pieces.some(({ text }) => text === `${name} pasado`));
  if (within >= 0) return lastWeekday(within, today);
  return someDaysAgo(pieces, today);
}

const aYearBefore = ({ date, used }: Found): Found => ({
  date: `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`,
  sure: false,
  used,
});

const isLast = (pieces: Piece[], at: number): boolean =>
  [at - 2, at - 1, at + 1, at + 2].some((place) => has(pieces[place], 'past'));

/** On Tuesday "lundi dernier" may be yesterday, or a week before. */
const JUST_BEFORE = 2;

function lastWeekday(weekday: number, today: string): Found {
  const date = dayBefore(today, weekday);
  return { date, sure: date < addDays(today, -JUST_BEFORE), used: new Set() };
}

/** "lunes pasado" stands as one expression among the words. */
const SPANISH_WEEKDAYS = ['domingo', 'lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado'];

const counted = (pieces: Piece[]): boolean =>
  pieces.some((piece, at) => isUnit(piece) && numberOf(pieces[at - 1]) !== undefined);
const isUnit = (piece: Piece | undefined): boolean => has(piece, 'dayUnit') || has(piece, 'weekUnit');

/** "il y a 3 jours", "3 gün önce"; weeks are said roughly, and are asked. */
function someDaysAgo(pieces: Piece[], today: string): Found | undefined {
  const at = pieces.findIndex((piece, index) => isUnit(piece) && numberOf(pieces[index - 1]) !== undefined);
  const count = numberOf(pieces[at - 1]);
  const near = pieces.slice(Math.max(0, at - 3), at + 3);
  if (at < 0 || count === undefined || count > 400 || !near.some((piece) => has(piece, 'past')))
    return undefined;
  const weeks = has(pieces[at], 'weekUnit');
  return { date: addDays(today, -count * (weeks ? 7 : 1)), sure: !weeks, used: new Set([at - 1, at]) };
}

/**
 * Whether a day that was read as coming is no past one: its year or its weekday stands beside it, or it is counted from
 * today. "Kal" is yesterday and tomorrow: that is asked.
 */
export function saysWhichWay(pieces: Piece[], { date, used }: Found): boolean {
  const weekday = pieces.find((piece) => has(piece, 'weekday'));
  const agrees = weekday !== undefined && (weekday as Word).roles.get('weekday') === weekdayOf(date);
  const shown = pieces.some((piece) => piece.kind === 'date' || has(piece, 'month'));
  if (shown) return agrees || hasYear(pieces, used);
  const day = pieces.find((piece) => has(piece, 'day'));
  if (day) return !BOTH_WAYS.has(day.text);
  return pieces.some((piece) => has(piece, 'in') || has(piece, 'next') || has(piece, 'weekAfter'));
}

const BOTH_WAYS = new Set(
  ['کل', 'kal', 'kl', 'پرسوں', 'parson', 'parso', 'কাল', 'কালকে', 'kalke', 'পরশু', 'porshu'].map(keyOf),
);

const hasYear = (pieces: Piece[], used: Set<number>): boolean =>
  pieces.some(
    (piece, at) =>
      (piece.kind === 'date' && piece.year !== undefined) ||
      (piece.kind === 'number' && used.has(at) && piece.value > 31),
  );
