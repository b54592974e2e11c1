/**
 * Times as sessions keep them: "2026-11-23T09:00:10.000Z". A turn writes two and reads half a dozen, nearly all of one
 * day, where `Date` looks every one up in the calendar.
 */
import { DAY, HOUR, MINUTE } from './hours.ts';

/** Without the time of day; with the T. */
let known = { day: Number.NaN, date: '' };

function dayOf(time: number): number {
  const day = Math.floor(time / DAY);
  if (day !== known.day) known = { day, date: new Date(day * DAY).toISOString().slice(0, -TIME.length) };
  return day;
}

const TIME = '00:00:00.000Z';
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** As `Date.toISOString` writes it. */
export function isoOf(time: number): string {
  const left = time - dayOf(time) * DAY;
  const hours = padded(Math.floor(left / HOUR), 2);
  const minutes = padded(Math.floor((left % HOUR) / MINUTE), 2);
  const seconds = padded(Math.floor((left % MINUTE) / 1000), 2);
  return `${known.date}${hours}:${minutes}:${seconds}.${padded(left % 1000, 3)}Z`;
}

/** As `Date.parse` reads it. */
export function timeOf(iso: string): number {
  const at = known.date.length;
  if (iso.length !== at + TIME.length || !iso.startsWith(known.date)) return Date.parse(iso);
  const digit = (offset: number): number => iso.charCodeAt(at + offset) - ZERO;
  const two = (offset: number): number => digit(offset) * 10 + digit(offset + 1);
  return known.day * DAY + two(0) * HOUR + two(3) * MINUTE + two(6) * 1000 + digit(9) * 100 + two(10);
}

const ZERO = 48;
