/** Two residents who staff saw to be one: what a code does (`linking.ts`), asked for at the counter, and nothing is said. */
import type { TurnItem } from '../store/turn-item.ts';
import { seenBefore } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import { join, othersOf } from './linking.ts';
import { residentOf } from './on-behalf.ts';
import { ConflictError, move, settle } from './take-turn.ts';

/** `to` stays who they are; `from` becomes a way to them. */
export interface Both {
  to: TurnItem;
  from: TurnItem;
}

/** Other turns come between rarely; more often than this somebody is writing. */
const CONFLICTS = 6;

/** Undefined where one of them is nobody, is the other, or only leads to somebody. */
export async function bothOf(deps: Deps, to: string, from: string): Promise<Both | undefined> {
  const [first, second] = await Promise.all([residentOf(deps, to), residentOf(deps, from)]);
  return first?.hash === to && second?.hash === from && to !== from ? { to: first, from: second } : undefined;
}

/**
 * `gone`: one of them is nobody any more, or they are one already. `refused`: `refuses` says so, which sees them as they
 * are then. After a crash between its steps it is to be asked for again, and does what is missing. Throws `ConflictError`.
 */
export async function tieResidents(
  deps: Deps,
  hashes: { to: string; from: string },
  refuses: (both: Both) => boolean,
): Promise<'tied' | 'gone' | 'refused'> {
  for (let round = 0; round < CONFLICTS; round += 1) {
    const both = await bothOf(deps, hashes.to, hashes.from);
    if (!both) return 'gone';
    const { to, from } = both;
    // What a turn of theirs has left to do is written over by the next.
    await settle(deps, to);
    await settle(deps, from);
    // Of what is drawn at random for each: the same until they are one, and never again.
    const id = `s${deps.hashes.event(`tied\n${to.session.id}\n${from.session.id}`).slice(1)}`;
    if (seenBefore(to, id) === undefined && refuses(both)) return 'refused';
    const tied = { type: 'tied' as const, id, other: { ...from.session } };
    const { address, known } = to;
    const addresses = { address, known, others: othersOf(to, from, address) };
    const joined = await join(deps, both, tied, (item, event) =>
      move(deps, item, event, 'response', { addresses }),
    );
    if (joined !== 'again') return 'tied';
  }
  throw new ConflictError('the two residents met other turns too often');
}
