/**
 * What a receipt changes: the reply counts as taken, the delivery gets its state, and what the failure says of the
 * address is kept. Any order, twice, before the API's own answer: nothing goes backwards (channels.md 1.4).
 */
import { HOUR, nextPermitted } from '../../conversations/hours.ts';
import { channelOf, type Incoming } from '../channels/channel.ts';
import type { TurnItem } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';
import { announceFailure, markBad, markBounce, optedOut, stopLane } from './fate.ts';

type Receipt = Extract<Incoming, { kind: 'receipt' }>;

const DELIVERY = /^([\w-]{22})\.([\w-]{1,24})$/;
/** A handset that was off is tried once more, hours later, while the reply still means something (30003). */
const AGAIN_AFTER = 4 * HOUR;
/** Unknown at this provider's: the person may be there another day. */
const BOUNCES = new Set(['30003', '30005']);

/** A receipt of something we do not know is taken and forgotten. */
export async function receipt(deps: Deps, told: Receipt): Promise<void> {
  const delivery = told.delivery ?? (await deliveryOf(deps, told));
  const [, hash, id] = DELIVERY.exec(delivery ?? '') ?? [];
  if (!hash || !id) return;
  const item = await deps.turns.find(hash);
  if (item?.reply?.id === id && !item.reply.taken)
    await (item.session.id === '' ? deps.turns.sent(item) : deps.turns.taken(hash, id));
  if (!item || item.session.id === '') return;
  const { state, code, cause } = told;
  // `sent` is what `taken` says already: only ends are worth a write (speed-and-faults.md 1.5).
  if (state === 'delivered' || state === 'read' || state === 'failed') {
    await deps.deliveries.note(hash, id, {
      state,
      provider: told.provider ?? 'twilio',
      channel: channelOf(told.address ?? item.address),
      at: deps.now().toISOString(),
      ...(told.providerId && { providerId: told.providerId }),
      ...(code && { code }),
      ...(cause && { cause }),
    });
    await announcing(deps).ledger.noteEvent(id, hash, {
      state: state === 'read' ? 'delivered' : state,
      at: deps.now().toISOString(),
      channel: channelOf(told.address ?? item.address),
      ...(code && { code }),
      ...(cause && { cause }),
    });
  }
  if (cause) await failedFor(deps, item, id, told);
}

/** Meta knows a message by its own id only; the address says in whose partition to look. */
async function deliveryOf(deps: Deps, { address, providerId }: Receipt): Promise<string | undefined> {
  const item = address && providerId ? await deps.turns.find(deps.hashes.address(address)) : undefined;
  const id = item && (await deps.deliveries.under(item.hash, providerId as string));
  return id && `${item.hash}.${id}`;
}

async function failedFor(deps: Deps, item: TurnItem, id: string, told: Receipt): Promise<void> {
  const { cause, code = '' } = told;
  const address = told.address ?? item.address;
  if (cause === 'optout') {
    if (item.session.consent !== 'stopped') await optedOut(deps, item, id);
    return;
  }
  if (told.state !== 'failed' || !cause) return;
  await announceFailure(deps, channelOf(address), cause);
  if (BOUNCES.has(code)) await markBounce(deps, item, address, code);
  else if (cause === 'permanent' || cause === 'unreachable') await markBad(deps, item, address, code);
  else if (cause === 'config')
    await stopLane(deps, `${told.provider ?? 'twilio'}-${channelOf(address)}`, code);
  const { reply } = item;
  const last = reply?.id === id && reply.attempt < 2 && item.version === (await versionOf(deps, item));
  if (cause === 'transient' && last)
    await deps.turns.postpone(
      item,
      // Hours later nobody waits for it any more: it does not ring at night.
      nextPermitted(new Date(deps.now().getTime() + AGAIN_AFTER), deps.world.city.sending),
    );
}

const versionOf = async (deps: Deps, { hash }: TurnItem): Promise<number | undefined> =>
  (await deps.turns.find(hash))?.version;
