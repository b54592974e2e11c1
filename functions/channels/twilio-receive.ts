/**
 * What Twilio posts to us: is it Twilio, and what does it say. The signature is over the configured public URL
 * and every parameter (channels.md 1.2); the form is open, since parameters appear without notice (1.1).
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import * as z from 'zod';
import type { Event } from '../../conversations/events.ts';

/** A form's parameters; a name that comes twice has all its values, as the signature wants them. */
export type Form = Record<string, string | string[]>;

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

const one = z.union([z.string(), z.array(z.string()).transform((values) => values[0] ?? '')]);
const Inbound = z.looseObject({
  MessageSid: one.pipe(z.string().min(1)),
  From: one.pipe(z.string().min(1)),
  Body: one.optional(),
  OptOutType: one.optional(),
});

export interface InboundSms {
  /** `sms:+33…` */
  address: string;
  event: Event;
}

/** A sender one can answer: E.164. Short codes and names are machines, and answering one may begin a loop. */
const PHONE = /^\+\d{8,15}$/;

/**
 * One inbound SMS. `ours` is the city's own number: what comes from there is an echo. `eventId` makes our id of the provider's.
 * `unanswerable`: properly formed, but nobody to answer; `invalid`: `what` says which parameter is wrong.
 */
export function readInbound(
  form: Form,
  ours: string,
  eventId: (sid: string) => string,
): { kind: 'sms'; sms: InboundSms } | { kind: 'unanswerable' } | { kind: 'invalid'; what: string } {
  const parsed = Inbound.safeParse(form);
  if (!parsed.success) return { kind: 'invalid', what: String(parsed.error.issues[0]?.path[0] ?? 'form') };
  const { MessageSid, From, Body = '', OptOutType } = parsed.data;
  if (!PHONE.test(From) || From === ours) return { kind: 'unanswerable' };
  const id = eventId(MessageSid);
  return { kind: 'sms', sms: { address: `sms:${From}`, event: eventOf(id, Body, OptOutType) } };
}

/** With Advanced Opt-Out, Twilio has answered STOP, START and HELP itself and says so. */
function eventOf(id: string, text: string, optOut: string | undefined): Event {
  if (optOut === 'STOP') return { type: 'stopped', id, by: 'provider' };
  if (optOut === 'START') return { type: 'resumed', id, by: 'provider' };
  return { type: 'said', id, channel: 'sms', text };
}

/** Twilio has already answered HELP. */
export const wasAnswered = (form: Form): boolean => form.OptOutType !== undefined && form.OptOutType !== '';
