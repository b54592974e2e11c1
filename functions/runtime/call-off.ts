/** Takes an announcement back from somebody who has not got it yet: from the conversation, the ledger and the outbox. */
import type { Held } from '../../conversations/announce.ts';
import { channelOf } from '../channels/channel.ts';
import type { Owed, TurnItem } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';
import { lookUp, note } from './hand-over.ts';
import { takeTurn } from './take-turn.ts';

/**
 * `why`: it is held because of what they did since; without it, it was cancelled. False where another changed the outbox meanwhile: look again. Noted before it is dropped: a crash between leaves a
 * message that the next look at the outbox drops. What the provider may have taken is asked for there first.
 */
export async function callOff(
  deps: Deps,
  item: TurnItem,
  { event, announcement, why }: { event: string; announcement: string; why?: Held },
): Promise<boolean> {
  // Its survey is not waited for, and it does not fill the week. Who is in the middle of it goes on there.
  if (why === undefined || !hasBegun(item, announcement))
    await takeTurn(deps, item.address, { type: 'recalled', id: `c${event}`, announcement }, 'api');
  const now = await deps.turns.find(item.hash);
  const owed = now?.outbox.find(({ id }) => id === event);
  if (now && owed && (await isOut(deps, now, owed))) return (await deps.turns.dropOwed(now, event)) !== false;
  await announcing(deps).ledger.noteEvent(event, item.hash, {
    ...(why === undefined ? { state: 'cancelled' } : { state: 'held', why }),
    at: deps.now().toISOString(),
  });
  return !now || !owed || (await deps.turns.dropOwed(now, event)) !== false;
}

const hasBegun = ({ session: { survey } }: TurnItem, announcement: string): boolean =>
  survey?.source === announcement && Object.keys(survey.answers).length > 0;

/** Or nobody can tell, and then it may be. */
async function isOut(deps: Deps, item: TurnItem, message: Owed): Promise<boolean> {
  const fate = await deps.deliveries.get(item.hash, message.id);
  if (fate?.state !== 'unknown') return false;
  const found = await lookUp(deps, { item, message }, fate);
  if (found === 'none') return false;
  if (found !== 'cannot') {
    const { provider } = fate;
    const to = channelOf(message.to) === fate.channel ? message.to : item.address;
    await note(deps, { item, message }, { state: 'accepted', provider, to, providerId: found.id });
  }
  return true;
}
