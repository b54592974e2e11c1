/** What Twilio posts to our functions: the forms, their signature, and its retries. */
import { setTimeout as sleep } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { measure } from '../../conversations/shape.ts';
import type { Message, Step } from './carrier-log.ts';

export type Post = (
  url: string,
  form: string,
  headers: Record<string, string>,
) => Promise<{ status: number; body: string }>;

export const API_VERSION = '2010-04-01';
/** `#rc=5`: five retries after the first try. Twilio's pauses are not documented; short ones keep tests short. */
const RETRY_PAUSES_MS = [50, 100, 200, 400, 800];
/** Twilio's hard limit (`tt`) for one answer. */
const ANSWER_LIMIT_MS = 15_000;

/** The fields of a received SMS, as courier recorded them. */
export function inboundForm(message: Message, accountSid: string): Record<string, string> {
  const { sid, from, to, body } = message;
  const place = { City: '', State: '', Zip: '', Country: 'FR' };
  const places = Object.entries(place).flatMap(([name, value]) => [
    [`From${name}`, value],
    [`To${name}`, value],
  ]);
  return {
    ...Object.fromEntries(places),
    ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: accountSid, ApiVersion: API_VERSION },
    ...{ SmsStatus: 'received', NumMedia: '0', NumSegments: String(measure(body).parts) },
    ...{ From: from, To: to, Body: body },
  };
}

/** The fields of a status callback. */
export function statusForm(message: Message, status: Step, accountSid: string): Record<string, string> {
  const { sid, from, to } = message;
  const ids = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, ApiVersion: API_VERSION };
  return { ...ids, MessageStatus: status, SmsStatus: status, From: from, To: to };
}

export interface Posting {
  post: Post;
  authToken: string;
  /** Stops the retries; whoever waits gets the signal's reason. */
  signal: AbortSignal;
}

/** Posts until a 2xx comes back, as `#rc=5&rp=all` asks; undefined where every try failed. */
export async function postForm(
  { post, authToken, signal }: Posting,
  url: string,
  fields: Record<string, string>,
  token: string,
): Promise<string | undefined> {
  const form = new URLSearchParams(fields).toString();
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'TwilioProxy/1.1',
    'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, fields),
    'I-Twilio-Idempotency-Token': token,
  };
  for (const pause of [...RETRY_PAUSES_MS, undefined]) {
    const answer = await withinLimit(() => post(url, form, headers), signal);
    signal.throwIfAborted();
    if (answer && answer.status >= 200 && answer.status < 300) return answer.body;
    if (pause !== undefined) await sleep(pause, undefined, { signal });
  }
  return undefined;
}

/** Undefined on a network failure, on an answer that comes too late, and once nobody waits any more. */
async function withinLimit<Answer>(
  ask: () => Promise<Answer>,
  stop: AbortSignal,
): Promise<Answer | undefined> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stop]);
  try {
    return await Promise.race([ask(), sleep(ANSWER_LIMIT_MS, undefined, { signal, ref: false })]);
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
