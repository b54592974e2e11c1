/**
 * The ids a resident's messages came with, for 48 hours, packed: six characters of hash, five of time each.
 * Twilio's signature has no timestamp, so this and the version are what stops a replay (speed-and-faults.md 3.1).
 */
import { DAY, MINUTE } from '../../conversations/hours.ts';

const HASH = 6;
const TIME = 5;
const ENTRY = HASH + TIME;
const KEEP = 2 * DAY;
/** More than anyone types in two days; what exceeds it is the oldest. Keeps the item small under a flood. */
const MOST = 200;

const minutes = (at: Date): string =>
  Math.floor(at.getTime() / MINUTE)
    .toString(36)
    .padStart(TIME, '0')
    .slice(-TIME);

export function remember(seen: string, id: string, now: Date): string {
  const oldest = minutes(new Date(now.getTime() - KEEP));
  const kept: string[] = [];
  for (let at = 0; at < seen.length; at += ENTRY) {
    const entry = seen.slice(at, at + ENTRY);
    if (entry.slice(HASH) >= oldest && !entry.startsWith(id.slice(0, HASH))) kept.push(entry);
  }
  kept.push(id.slice(0, HASH).padEnd(HASH, '-') + minutes(now));
  return kept.slice(-MOST).join('');
}

export function hasSeen(seen: string, id: string): boolean {
  const wanted = id.slice(0, HASH).padEnd(HASH, '-');
  for (let at = 0; at < seen.length; at += ENTRY) if (seen.slice(at, at + HASH) === wanted) return true;
  return false;
}

/** How many messages came within the last `span` minutes: what stops a loop and a flood needs no store of its own. */
export function seenWithin(seen: string, span: number, now: Date): number {
  const oldest = minutes(new Date(now.getTime() - span * MINUTE));
  let count = 0;
  for (let at = 0; at < seen.length; at += ENTRY) if (seen.slice(at + HASH, at + ENTRY) > oldest) count += 1;
  return count;
}
