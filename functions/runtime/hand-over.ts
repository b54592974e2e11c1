/**
 * Handing a reply over through the provider's API: claimed first, looked up before it is sent a second time.
 * For what cannot be the response to a webhook: replies from the queue, and reminders.
 */
import { HOUR, inParis, MINUTE, nextPermitted, parisMoment } from '../../conversations/hours.ts';
import type { TurnItem } from '../store/turns.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';
import { takeTurn } from './take-turn.ts';

/** A message that is on its way shows up at the provider within this time. */
const GRACE = MINUTE;
/** A reply that could not be handed over in this time would only confuse. */
const TOO_LATE = 24 * HOUR;
const REPLY_VALIDITY = 4 * HOUR;
const OPTED_OUT = 21610;

/** Events that time raised: what they say is held to the permitted hours. */
export const isWaited = (id: string): boolean => id.startsWith('w');

/** Where the receipts of a reply go; says whose it is without saying who they are. */
export const receiptsUrl = (deps: Deps, item: TurnItem): string =>
  `${deps.publicUrl}/webhooks/twilio/receipts?d=${item.hash}.${item.reply?.id}`;

/**
 * `done`: nothing is owed any more. `later`: it is, try again.
 * `first`: the turn was saved just now, which is the claim of the first attempt.
 */
export async function handOver(deps: Deps, item: TurnItem, first: boolean): Promise<'done' | 'later'> {
  const { reply } = item;
  if (!reply || reply.taken || !reply.text) return 'done';
  const now = deps.now();
  const age = now.getTime() - Date.parse(reply.at);
  if (age > TOO_LATE) {
    deps.log.error('reply-given-up');
    await deps.turns.sent(item);
    return 'done';
  }
  if (isWaited(reply.id) && nextPermitted(now, deps.world.city.sending) > now) return 'later';
  if (!first) {
    if (age < GRACE) return 'later';
    if (!(await deps.turns.claim(item, 'api'))) return 'later';
    const found = await deps.sms.find({ to: phoneOf(item), text: reply.text, since: new Date(reply.at) });
    if (found) {
      await deps.turns.sent(item);
      return 'done';
    }
  }
  return send(deps, item);
}

async function send(deps: Deps, item: TurnItem): Promise<'done' | 'later'> {
  const outcome = await deps.sms.send({
    to: phoneOf(item),
    text: item.reply?.text ?? '',
    receipts: receiptsUrl(deps, item),
    validity: validityOf(deps, item),
  });
  deps.log.info('sent', {
    outcome: outcome.kind,
    ...(outcome.kind === 'rejected' && { code: outcome.code }),
  });
  if (outcome.kind === 'throttled' || outcome.kind === 'unknown') return 'later';
  try {
    await deps.turns.sent(item);
  } catch (error) {
    // It is out; the look-up before a second sending finds it.
    deps.log.error('sent-unmarked', describe(error));
  }
  if (outcome.kind === 'rejected' && outcome.code === OPTED_OUT) await optedOut(deps, item);
  return 'done';
}

/** Seconds. What time raised dies with the permitted hours rather than ringing at night (channels.md 1.6). */
function validityOf(deps: Deps, item: TurnItem): number {
  const now = deps.now();
  if (!isWaited(item.reply?.id ?? '')) return REPLY_VALIDITY / 1000;
  const end = parisMoment(inParis(now).date, deps.world.city.sending.to);
  return Math.min(REPLY_VALIDITY, end.getTime() - now.getTime()) / 1000;
}

/** The carrier says that this number has opted out there: so it has here. */
export async function optedOut(deps: Deps, item: TurnItem): Promise<void> {
  await takeTurn(
    deps,
    item.address,
    { type: 'stopped', id: `o${item.reply?.id ?? ''}`, by: 'provider' },
    'api',
  );
}

const phoneOf = (item: TurnItem): string => item.address.replace(/^sms:/, '');
