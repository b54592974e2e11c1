/**
 * Contacts that staff put on a list or take off one: the same turn as everyone's. Who must not be written to is not
 * made a contact again, whoever asks: that is looked up between reading the resident and writing them, so that an
 * EFFACER in between makes the write fail.
 */
import { type Enrolled, type Enrolment, enrolmentOf } from '../../conversations/enrol.ts';
import { newSession } from '../../conversations/session.ts';
import type { Address } from '../channels/channel.ts';
import { seenBefore, type TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import { actFor, isSuppressedAt } from './on-behalf.ts';
import { ConflictError, move, settle } from './take-turn.ts';

/** As `Enrolment`, or `suppressed`: they have stopped or been erased, and only the hash of their number is left. */
export type EnrolOutcome = Enrolment | 'suppressed';

/** Two turns at one instant meet once. */
const CONFLICTS = 6;

/** What `enrolContact` would come to, as things stand. Writes nothing. */
export async function enrolmentBy(
  deps: Deps,
  number: string,
  about: Pick<Enrolled, 'list' | 'proof'>,
): Promise<EnrolOutcome> {
  const item = await deps.turns.find(deps.hashes.address(`sms:${number}`));
  return outcomeOf(deps, number, item, about);
}

async function outcomeOf(
  deps: Deps,
  number: string,
  item: TurnItem | undefined,
  about: Pick<Enrolled, 'list' | 'proof'>,
): Promise<EnrolOutcome> {
  // A tombstone knows nobody.
  const session = item && item.session.id !== '' ? item.session : newSession('');
  const outcome = enrolmentOf(session, about);
  // Who said yes again since is not in a state to be suppressed.
  if (outcome === 'new' && (await isSuppressedAt(deps, number))) return 'suppressed';
  return outcome;
}

/**
 * Puts the owner of a number (E.164) on a list, one turn. The event's id makes it happen once. Throws where the store
 * fails or other turns came between too often: then it can be done again, and nothing is half done.
 */
export async function enrolContact(deps: Deps, number: string, event: Enrolled): Promise<EnrolOutcome> {
  const address: Address = `sms:${number}`;
  const hash = deps.hashes.address(address);
  for (let round = 0; round < CONFLICTS; round += 1) {
    const item = await deps.turns.load(hash, address, deps.freshId);
    await settle(deps, item);
    const outcome = await outcomeOf(deps, number, item, event);
    if (outcome !== 'new' && outcome !== 'added') return outcome;
    if (seenBefore(item, event.id)) return 'known';
    if (await move(deps, item, event, 'response')) return outcome;
  }
  throw new ConflictError('the contact met other turns too often');
}

/** Takes the owner of a number off a list. False where they are not on it. */
export const removeContact = (
  deps: Deps,
  number: string,
  event: { list: string; why: 'asked' | 'staff'; on: string },
): Promise<boolean> => removeResident(deps, deps.hashes.address(`sms:${number}`), event);

/** The same for who was found already. */
export const removeResident = async (
  deps: Deps,
  hash: string,
  event: { list: string; why: 'asked' | 'staff'; on: string },
): Promise<boolean> =>
  (await actFor(deps, hash, ({ session }, id) =>
    session.lists.includes(event.list) ? { type: 'removed', id, ...event } : undefined,
  )) !== undefined;
