/**
 * An announcement to somebody of staff's who agreed to get tests: by a turn and the outbox like every message, marked as
 * a test; it counts for nobody's week and stands in no ledger.
 */
import type { Announced } from '../../conversations/announced.ts';
import { type Announcement, saidOf } from '../../conversations/announcement.ts';
import { TEST_LIST } from '../../conversations/audience.ts';
import { testId } from '../store/announced-id.ts';
import type { Deps } from './deps.ts';
import { takeTurn } from './take-turn.ts';

/** Who is on no list for tests, unknown or not, gets nothing: a test never reaches a stranger. */
export type TriedOut = 'outbox' | 'not-a-tester';

/** It lies in the outbox then; the minute's look hands it over. `address`: "sms:+33639980001". */
export const tryOut = (deps: Deps, announcement: Announcement, address: string): Promise<TriedOut> =>
  trySaying(deps, saidOf(announcement), address);

/** The same with words that are of no announcement yet. */
export async function trySaying(deps: Deps, announced: Announced, address: string): Promise<TriedOut> {
  const item = await deps.turns.find(deps.hashes.address(address));
  if (item?.session.consent !== 'given' || !item.session.lists.includes(TEST_LIST)) return 'not-a-tester';
  const event = {
    type: 'tested',
    id: testId(announced.kind, deps.hashes.event(deps.freshId())),
    announced,
  } as const;
  await takeTurn(deps, address, event, 'api');
  return 'outbox';
}
