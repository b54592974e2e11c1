/** A visit as an entry for a calendar (RFC 5545), without anything about who comes. */
import type { City } from '../../conversations/city.ts';
import { beginsAt, endsAt, type Visit } from '../../conversations/visit.ts';
import { visitTitle } from '../../conversations/visit-words.ts';

/** `20261212T090000Z` */
const stamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');
/** RFC 5545, 3.3.11 */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** RFC 5545, 3.1: lines of at most 75 octets, what follows behind a space. Never inside a letter. */
function folded(line: string): string {
  const lines: string[] = [''];
  for (const letter of line) {
    const last = lines.at(-1) as string;
    if (Buffer.byteLength(last + letter) > 74) lines.push(` ${letter}`);
    else lines[lines.length - 1] = last + letter;
  }
  return lines.join('\r\n');
}

/** A moved visit replaces the entry that is there; one that is called off is struck out. */
export function calendarOf(visit: Visit, city: City): string {
  const { id, number, meeting, state, moves, approved } = visit;
  const sequence = moves.length + (state === 'cancelled' ? 1 : 0);
  const changed = visit.cancelled?.at ?? moves.at(-1)?.at ?? approved?.at ?? '1970-01-01T00:00:00.000Z';
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Porte-Voix//Visites//FR',
    `METHOD:${state === 'cancelled' ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:visite-${number}@${city.site}`,
    `DTSTAMP:${stamp(new Date(changed))}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${stamp(beginsAt(visit))}`,
    `DTEND:${stamp(endsAt(visit))}`,
    `SUMMARY:${escaped(`${city.shortName}: ${visitTitle(visit, 'fr')}`)}`,
    `LOCATION:${escaped(meeting.name)}`,
    ...(meeting.latitude === undefined ? [] : [`GEO:${meeting.latitude};${meeting.longitude}`]),
    `DESCRIPTION:${escaped(`${id}. Annuler: répondez VISITE NON`)}`,
    `STATUS:${state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
}
