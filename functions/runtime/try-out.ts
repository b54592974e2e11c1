/**
 * An announcement to somebody of staff's who agreed to get tests: by a turn and the outbox like every message, marked as
 * a test; it counts for nobody's week and stands in no ledger.
 */
import type { Announced } from '../../conversations/announced.ts';
import { type Announcement, saidOf } from '../../conversations/announcement.ts';
import { stateName } from '../../conversations/announcement-acts.ts';
import { TEST_LIST } from '../../conversations/audience.ts';
import { HOUR } from '../../conversations/hours.ts';
import { testId } from '../store/announced-id.ts';
import { createLeaseStore } from '../store/leases.ts';
import type { Deps } from './deps.ts';
import { takeTurn } from './take-turn.ts';

/** Who is on no list for tests, unknown or not, gets nothing: a test never reaches a stranger. */
export type TriedOut = 'outbox' | 'not-a-tester' | 'too-often';

/** Per agent and hour: enough to try each language on each channel, too few to write to anybody with it. */
export const MOST_TESTS = 20;

/** It lies in the outbox then; the minute's look hands it over. `address`: "sms:+33639980001". */
export const tryOut = (
  deps: Deps,
  announcement: Announcement,
  address: string,
  by: string,
): Promise<TriedOut> => trySaying(deps, saidOf(announcement), address, by);

/** Why an announcement in this state is not tried any more; undefined where it may be. */
export const whyNotTried = ({ id, state }: Announcement): string | undefined =>
  state === 'done' || state === 'cancelled'
    ? `l'annonce ${id} est ${stateName(state)}: on n'essaie qu'une annonce qui peut encore partir`
    : undefined;

/** The same with words that are of no announcement yet. */
export async function trySaying(
  deps: Deps,
  announced: Announced,
  address: string,
  by: string,
): Promise<TriedOut> {
  const item = await deps.turns.find(deps.hashes.address(address));
  if (item?.session.consent !== 'given' || !item.session.lists.includes(TEST_LIST)) return 'not-a-tester';
  if (!(await mayTry(deps, by))) return 'too-often';
  const event = {
    type: 'tested',
    id: testId(announced.kind, deps.hashes.event(deps.freshId())),
    announced,
  } as const;
  await takeTurn(deps, address, event, 'api');
  return 'outbox';
}

/** Counted by who asks, under a name that tells nobody who that is. */
function mayTry({ db, hashes, now }: Deps, by: string): Promise<boolean> {
  const hour = Math.floor(now().getTime() / HOUR);
  const name = `tests-${hashes.address(`agent ${by}`)}-${hour}`;
  const until = new Date((hour + 1) * HOUR);
  return createLeaseStore(db, now).take({ name, most: MOST_TESTS, block: 1, until }, 1);
}
