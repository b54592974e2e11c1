/**
 * Lists hold people who can be reached: who has no good address left for long is taken off all of them, silently. They
 * stay a contact until their time is over; should they write again, one keyword brings them back.
 */
import { DAY, inParis } from '../../conversations/hours.ts';
import type { Known, TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import { move } from './take-turn.ts';

/** A French number is given to somebody else 45 days after it was given up, at the soonest (operators quarantine it that long); twice that. */
export const BAD_DAYS = 90;

/** Whether the resident was taken off their lists now. False too where another turn came between: tomorrow, then. */
export async function leaveUnreachable(deps: Deps, item: TurnItem): Promise<boolean> {
  if (item.session.consent !== 'given' || item.session.lists.length === 0) return false;
  const all: Known[] = [{ address: item.address, ...item.known }, ...item.others];
  if (!all.every(({ bad }) => bad)) return false;
  const { date: today } = inParis(deps.now());
  if (all.some(({ badOn }) => !badOn)) {
    // Marked by a version that did not note the day: it counts from now on.
    await deps.turns.know(item, (known) => ({ ...known, badOn: known.badOn ?? today }));
    return false;
  }
  const { date: latest } = inParis(new Date(deps.now().getTime() - BAD_DAYS * DAY));
  if (all.some(({ badOn = '' }) => badOn > latest)) return false;
  const id = `d${deps.hashes.event(`${item.hash}${item.version}`).slice(1)}`;
  return Boolean(await move(deps, item, { type: 'removed', id, why: 'unreachable', on: today }, 'response'));
}
