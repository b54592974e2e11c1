/** The days a reply names without a weekday: "24/05", "le 3 mars 1985", "demain", "dans 3 jours". */
import { addDays } from '../hours.ts';
import type { Piece } from './calendar-words.ts';
import { type Found, onAnyDay, onDay } from './which-day.ts';

/** Whether a day can only lie ahead. */
export type Span = 'coming' | 'any';

export type Word = Extract<Piece, { kind: 'word' }>;
export const has = (piece: Piece | undefined, role: Parameters<Word['roles']['has']>[0]): boolean =>
  piece?.kind === 'word' && piece.roles.has(role);

/** "24/05", "24 mai", "demain", "dans 3 jours": days that need no weekday. */
export function namedDays(
  pieces: Piece[],
  today: string,
  hours: Set<number>,
  span: Span,
): Found[] | 'impossible' {
  const found: Found[] = [];
  for (const [at, piece] of pieces.entries()) {
    if (hours.has(at)) continue;
    const day =
      piece.kind === 'date'
        ? onWritten(pieces, at, today, hours, span)
        : has(piece, 'month')
          ? besideMonth(pieces, at, today, hours, span)
          : has(piece, 'day')
            ? {
                date: addDays(today, (piece as Word).roles.get('day') as number),
                sure: true,
                used: new Set([at]),
              }
            : has(piece, 'dayUnit') || has(piece, 'weekUnit')
              ? inSomeDays(pieces, at, today)
              : undefined;
    if (day === 'impossible') return 'impossible';
    if (day) found.push(day);
  }
  return found;
}

export const numberOf = (piece: Piece | undefined): number | undefined => {
  if (piece?.kind === 'number') return piece.value;
  if (piece?.kind !== 'word') return undefined;
  return piece.roles.has('first') ? 1 : piece.roles.get('number');
};
export const isLink = (piece: Piece | undefined): boolean =>
  piece?.kind === 'word' &&
  !piece.roles.has('month') &&
  (piece.roles.has('filler') || piece.roles.size === 0) &&
  [...piece.text].length <= 4;

/** "24/05/2019", "24/05/85", "24 05 1985". */
function onWritten(
  pieces: Piece[],
  at: number,
  today: string,
  hours: Set<number>,
  span: Span,
): Found | 'impossible' {
  const piece = pieces[at] as Extract<Piece, { kind: 'date' }>;
  if (span === 'coming') return onDay(piece, today, [at]);
  const { day, month } = piece;
  if (piece.year === undefined) return onAny(pieces, { day, month, from: at, to: at }, today, hours);
  const inFull = /\d{4}/.test(piece.text);
  const year = inFull ? piece.year : nearestCentury(piece.year % 100, today);
  return onAnyDay({ day, month, year }, today, [at]);
}

/** A day and month, with the year that stands beside them. */
function onAny(
  pieces: Piece[],
  { day, month, from, to }: { day: number; month: number; from: number; to: number },
  today: string,
  hours: Set<number>,
): Found | 'impossible' {
  const places = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const year = yearBeside(pieces, from, to, today, hours);
  if (year) return onAnyDay({ day, month, year: year.value }, today, [...places, year.at]);
  return onAnyDay({ day, month }, today, places, weekdayAmong(pieces));
}

/** "24 mai 2019", "24 de mayo de 2019", "May 24th 2019", "2019年5月24日"; of two figures right behind it. */
function yearBeside(
  pieces: Piece[],
  from: number,
  to: number,
  today: string,
  hours: Set<number>,
): { value: number; at: number } | undefined {
  const figure = (at: number): number | undefined => {
    const piece = pieces[at];
    return piece?.kind === 'number' && !piece.spelled && !hours.has(at) ? piece.value : undefined;
  };
  let behind = to + 1;
  while (behind <= to + 2 && isLink(pieces[behind])) behind += 1;
  const before = pieces[from - 1]?.text === '年' ? from - 2 : from - 1;
  for (const at of [behind, before]) {
    const value = figure(at);
    if (value !== undefined && value >= 1000) return { value, at };
  }
  const short = figure(to + 1);
  // "24 mai 18" is rather an hour.
  return short !== undefined && short > LAST_HOUR && short < 100
    ? { value: nearestCentury(short, today), at: to + 1 }
    : undefined;
}

const LAST_HOUR = 24;
/** So many years ahead a year of two figures may lie; further ahead it is of the last century. */
const AHEAD = 10;

const nearestCentury = (figures: number, today: string): number =>
  figures + (figures <= Number(today.slice(2, 4)) + AHEAD ? 2000 : 1900);

/** "24 mai", "le 1er juin 2026", "may 24th". */
function besideMonth(
  pieces: Piece[],
  at: number,
  today: string,
  hours: Set<number>,
  span: Span,
): Found | 'impossible' | undefined {
  const month = (pieces[at] as Word).roles.get('month') as number;
  let before = at - 1;
  for (let steps = 0; steps < 2 && isLink(pieces[before]); steps += 1) before -= 1;
  let after = at + 1;
  if (isLink(pieces[after])) after += 1;
  const place = numberOf(pieces[before]) === undefined || hours.has(before) ? after : before;
  const day = hours.has(place) ? undefined : numberOf(pieces[place]);
  if (day === undefined || day > 31) return (pieces[at] as Word).roles.size > 1 ? undefined : 'impossible';
  if (span === 'any')
    return onAny(pieces, { day, month, from: Math.min(place, at), to: Math.max(place, at) }, today, hours);
  const behind = Math.max(place, at) + 1;
  const next = pieces[behind];
  const written = next?.kind === 'number' && !next.spelled && !hours.has(behind) ? next.value : undefined;
  // "né le 24 mai 1980"
  if (written !== undefined && written >= 1900 && written < 2000) return 'impossible';
  const nearby = Number(today.slice(2, 4));
  const year =
    written !== undefined && written >= 2000
      ? written
      : written !== undefined && written >= nearby && written <= nearby + 2
        ? 2000 + written
        : undefined;
  return onDay({ day, month, ...(year && { year }) }, today, [place, at, ...(year ? [behind] : [])]);
}

/** "dans la semaine" is not in a week. */
const THIS = new Set(['la', 'le', 'l', 'les', 'the', 'ce', 'cette', 'this']);
const isThis = (piece: Piece | undefined): boolean => piece?.kind === 'word' && THIS.has(piece.text);

/** "dans 3 jours", "in a week", "3 gün sonra". */
function inSomeDays(pieces: Piece[], at: number, today: string): Found | undefined {
  const near = pieces.slice(Math.max(0, at - 3), at + 3);
  if (!near.some((piece) => has(piece, 'in'))) return undefined;
  const before = numberOf(pieces[at - 1]);
  const count =
    before ??
    ((has(pieces[at - 1], 'filler') && !isThis(pieces[at - 1])) || has(pieces[at - 1], 'in') ? 1 : undefined);
  if (count === undefined || count > 400) return undefined;
  const days = has(pieces[at], 'weekUnit') ? count * 7 : count;
  return { date: addDays(today, days), sure: true, used: new Set([at - 1, at]) };
}

export const weekdayIn = (pieces: Piece[], at: number): number =>
  (pieces[at] as Word).roles.get('weekday') as number;
const weekdayAmong = (pieces: Piece[]): number | undefined => {
  const at = pieces.findIndex((piece) => has(piece, 'weekday'));
  return at < 0 ? undefined : weekdayIn(pieces, at);
};
