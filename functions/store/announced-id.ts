/**
 * The id of what one announcement says to one resident: `a`, the letter of its kind, its number in base 36, and ten
 * characters that stand for both. It rides along with the message, so that a receipt finds its announcement, and says
 * by itself whether it keeps to the permitted hours.
 */
import type { AnnouncementKind } from '../../conversations/announcement.ts';

const LETTERS: Record<AnnouncementKind, string> = {
  info: 'i',
  visit: 'v',
  live: 'l',
  survey: 's',
  urgent: 'u',
};
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as AnnouncementKind]));

const ID = /^a([ivlsu])([0-9a-z]{1,8})-[\w-]{1,12}$/;

/** `tail`: of announcement and resident, from `hashes.event`. */
export const announcedId = (kind: AnnouncementKind, number: number, tail: string): string =>
  `a${LETTERS[kind]}${number.toString(36)}-${tail}`;

const TEST = /^e([ivlsu])[\w-]{1,12}$/;

/**
 * Of a test of one: a letter of its own, so that it keeps to no hours and is in no ledger. Without the number: a resident's
 * item tells ids apart by their first characters (`seen.ts`), and a tester gets many of one announcement.
 */
export const testId = (kind: AnnouncementKind, tail: string): string => `e${LETTERS[kind]}${tail}`;
export const kindOfTest = (id: string): AnnouncementKind | undefined => KINDS.get(TEST.exec(id)?.[1] ?? '');

/** What the city said first; undefined for every other event. */
export const kindOfEvent = (id: string): AnnouncementKind | undefined => KINDS.get(ID.exec(id)?.[1] ?? '');

export function numberOfEvent(id: string): number | undefined {
  const number = ID.exec(id)?.[2];
  return number === undefined ? undefined : Number.parseInt(number, 36);
}
