/**
 * SMS that come in through AWS: published to a topic of ours, from there to the inbound queue. Nothing is signed on
 * that way, and nothing needs to be: only AWS may publish to the topic, only the topic may fill the queue, by their
 * policies (infra/stack/messages.ts). There is no HTTPS subscription, so its signature check is left out on purpose.
 */
import * as z from 'zod';
import type { Event } from '../../conversations/events.ts';
import { MAX_BODY } from '../runtime/http.ts';
import type { Received } from './channel.ts';

/** https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
const Sms = z.looseObject({
  originationNumber: z.string(),
  messageBody: z.string().default(''),
  inboundMessageId: z.string().min(1).max(256),
});
/** What SNS puts around it, unless the subscription asks for raw delivery. */
const Envelope = z.looseObject({ Type: z.string(), Message: z.string().optional() });

/** Required in every account: https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html */
export const AWS_STOP_WORDS = [
  'ARRET',
  'CANCEL',
  'END',
  'OPT-OUT',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'STOP',
  'TD',
  'UNSUBSCRIBE',
];
/** A sender one can answer: E.164. Short codes and names are machines, and answering one may begin a loop. */
const PHONE = /^\+[1-9]\d{7,14}$/;

export interface SnsReceiverOptions {
  /** Makes our id of AWS's: the same message, delivered twice, is the same event. */
  eventId: (inboundMessageId: string) => string;
  /** The city's own numbers: what comes from there is an echo. */
  ours: readonly string[];
  /**
   * Who handles STOP. `ours`: self-managed opt-outs are on for the number, as we advise; AWS acts on nothing, and
   * STOP is a message like any other. `aws`: its default; it opts out and answers whoever begins with one of its words.
   */
  optOuts: 'ours' | 'aws';
}

export interface SnsReceiver {
  readonly provider: 'sns';
  /** The body of a queue record, with SNS's envelope or without. Never throws. */
  read(body: string): Received;
}

export const createSnsReceiver = (options: SnsReceiverOptions): SnsReceiver => ({
  provider: 'sns',
  read: (body) => readSnsInbound(body, options),
});

export function readSnsInbound(body: string, { eventId, ours, optOuts }: SnsReceiverOptions): Received {
  if (Buffer.byteLength(body) > MAX_BODY) return { kind: 'invalid', what: 'body' };
  let data = json(body);
  const envelope = Envelope.safeParse(data);
  if (envelope.success) {
    if (envelope.data.Type !== 'Notification') return ignored('no-notification');
    data = json(envelope.data.Message ?? '');
  }
  const parsed = Sms.safeParse(data);
  if (!parsed.success) return { kind: 'invalid', what: String(parsed.error.issues[0]?.path[0] ?? 'body') };
  const { originationNumber: from, inboundMessageId, messageBody } = parsed.data;
  if (!PHONE.test(from) || ours.some((number) => digits(number) === digits(from)))
    return ignored('unanswerable');
  // JSON can hold half a surrogate pair, which nothing behind us could store.
  const text = Buffer.from(messageBody).toString('utf8');
  if (optOuts === 'aws' && text.trim().toUpperCase() === 'HELP') return ignored('answered');
  const event = eventOf(eventId(inboundMessageId), text, optOuts);
  return { kind: 'incoming', incoming: [{ kind: 'event', address: `sms:${from}`, event }] };
}

/**
 * AWS documents both "reply with the keyword" and "a message that begins with" it. Only the first, the word and nothing
 * else, is taken as its doing: a false `stopped` silences somebody who has only said "arrêt de bus", without a word.
 * The other way round costs little: where AWS has opted them out all the same, the next send says so (`optout`).
 */
function eventOf(id: string, text: string, optOuts: SnsReceiverOptions['optOuts']): Event {
  if (optOuts === 'aws' && AWS_STOP_WORDS.includes(text.trim().toUpperCase()))
    return { type: 'stopped', id, by: 'provider' };
  return { type: 'said', id, channel: 'sms', text };
}

const digits = (number: string): string => number.replace(/\D/g, '');

const ignored = (why: string): Received => ({ kind: 'incoming', incoming: [{ kind: 'ignored', why }] });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
