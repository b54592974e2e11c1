/**
 * What Twilio's status callbacks say of a message: how far it got, folded so that order does not matter, and what a
 * failure means (channels.md 1.4; twilio-status.json). An unknown status is a receipt all the same: somebody has the
 * message, and nothing more is known.
 */
import type { DeliveryState, Incoming } from './channel.ts';
import { causeOf, isUncertain } from './twilio-errors.ts';
import { type Form, isContradicted, valueIn } from './twilio-form.ts';

/** Twilio's states by what they mean for us. What fails in part has failed: nobody can read half a question. */
const STATES: Record<string, DeliveryState> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  canceled: 'failed',
  failed: 'failed',
  undelivered: 'failed',
  partially_delivered: 'failed',
  delivered: 'delivered',
  read: 'read',
};

/** Our own id of a delivery: 22 characters of hash, a dot, the event's id. */
const DELIVERY = /^[\w-]{22}\.[\w-]{1,24}$/;
/** Twilio's ids of messages. */
const SID = /^(?:SM|MM)[0-9a-fA-F]{32}$/;
const CODE = /^[1-9]\d{3,5}$/;

/** `delivery` is what came back of ours, in the query. Undefined where the form speaks of no message we could know. */
export function readReceipt(form: Form, delivery: string | null): Incoming | { invalid: string } {
  const ours = delivery !== null && DELIVERY.test(delivery) ? delivery : undefined;
  const sid = valueIn(form, 'MessageSid') ?? valueIn(form, 'SmsSid');
  const providerId = sid && SID.test(sid) ? sid : undefined;
  if (isContradicted(form, 'MessageSid')) return { invalid: 'MessageSid' };
  if (isContradicted(form, 'MessageStatus')) return { invalid: 'MessageStatus' };
  // A damaged id of ours is a request that we did not make.
  if (!ours && (delivery !== null || !providerId)) return { invalid: 'd' };
  const code = codeIn(form);
  const state = stateOf(form, code);
  const cause = causeOf(code);
  const address = addressedTo(form);
  return {
    kind: 'receipt',
    provider: 'twilio',
    ...(ours && { delivery: ours }),
    ...(providerId && { providerId }),
    ...(address && { address }),
    ...(state && { state }),
    ...(code && { code }),
    ...(cause && { cause }),
  };
}

/** WhatsApp says READ in a parameter of its own; a message that was read was delivered, whatever else is said. */
function stateOf(form: Form, code: string | undefined): DeliveryState | undefined {
  if (valueIn(form, 'EventType')?.toUpperCase() === 'READ') return 'read';
  const status = (valueIn(form, 'MessageStatus') ?? valueIn(form, 'SmsStatus') ?? '').toLowerCase();
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  return state === 'failed' && isUncertain(code) ? 'unknown' : state;
}

const codeIn = (form: Form): string | undefined => {
  const code = valueIn(form, 'ErrorCode');
  return code && CODE.test(code) ? code : undefined;
};

/** Whom the message went to, as we write it. */
function addressedTo(form: Form): string | undefined {
  const to = valueIn(form, 'To');
  if (!to) return undefined;
  return to.startsWith('whatsapp:') ? to : /^\+\d+$/.test(to) ? `sms:${to}` : undefined;
}
