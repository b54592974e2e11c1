/**
 * What Twilio posts to us: is it Twilio, and what does it say. The signature is over the configured public URL
 * and every parameter (channels.md 1.2); the form is open, since parameters appear without notice (1.1).
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Request } from '../runtime/http.ts';
import type { Address, Received, Receiver } from './channel.ts';
import type { Form } from './twilio-form.ts';
import { readMessage } from './twilio-inbound.ts';
import { readReceipt } from './twilio-receipt.ts';

const RECEIPTS = '/receipts';

export interface TwilioReceiverOptions {
  /** The account's token, and the one before it while it is rotated. */
  tokens: string[];
  /** The city's own: E.164 or a short code, WhatsApp's in E.164. */
  numbers: { sms?: string; whatsapp?: string };
  /** As configured at Twilio; a fragment with connection overrides may stand behind it. */
  publicUrl: string;
  /** Our id of a message, from Twilio's. */
  eventId: (sid: string) => string;
}

/** Reads what Twilio posts: inbound messages, and under `…/receipts?d=` what became of ours. */
export function createTwilioReceiver(options: TwilioReceiverOptions): Receiver {
  const { tokens, numbers, eventId } = options;
  const base = options.publicUrl.replace(/#.*$/, '').replace(/\/+$/, '');
  const ours: Address[] = [
    ...(numbers.sms ? [`sms:${numbers.sms}`] : []),
    ...(numbers.whatsapp ? [`whatsapp:${numbers.whatsapp.replace(/^whatsapp:/, '')}`] : []),
  ];
  const read = (request: Request): Received => {
    const form = readForm(request.body);
    const url = `${base}${request.path}${request.query ? `?${request.query}` : ''}`;
    if (!isSigned(tokens, request.headers['x-twilio-signature'], url, form)) return { kind: 'forbidden' };
    if (request.path.endsWith(RECEIPTS)) {
      const receipt = readReceipt(form, new URLSearchParams(request.query).get('d'));
      return 'invalid' in receipt
        ? { kind: 'invalid', what: receipt.invalid }
        : { kind: 'incoming', incoming: [receipt] };
    }
    const message = readMessage(form, ours, eventId);
    return message.kind === 'invalid' ? message : { kind: 'incoming', incoming: [message.incoming] };
  };
  return { provider: 'twilio', read };
}

export function readForm(body: string): Form {
  // Without a prototype, so that a parameter may be called anything.
  const form: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}

/** `url` is the configured one with the request's raw query, without fragment. Never throws. */
export function isSigned(tokens: string[], signature: string | undefined, url: string, form: Form): boolean {
  if (!signature) return false;
  return tokens.some((token) => {
    try {
      return validateRequest(token, signature, url, form);
    } catch {
      return false;
    }
  });
}
