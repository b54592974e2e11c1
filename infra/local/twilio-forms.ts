/** What Twilio posts to our functions: the forms, their signature, and its retries. */
import { setTimeout as sleep } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { measure } from '../../conversations/shape.ts';
import type { Step } from './carrier-lines.ts';
import { isWhatsapp, type Message } from './carrier-state.ts';

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

/** The fields of a received message, as courier recorded them; `mediaUrl` says where a file is fetched. */
export function inboundForm(
  message: Message,
  accountSid: string,
  mediaUrl: (sid: string) => string,
): Record<string, string> {
  const { sid, from, to, body, media = [] } = message;
  const ids = {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: accountSid,
    ApiVersion: API_VERSION,
  };
  const words = { SmsStatus: 'received', From: from, To: to, Body: body };
  const sizes = { NumMedia: String(media.length), NumSegments: String(measure(body).parts) };
  if (!isWhatsapp(from)) return { ...places(), ...ids, ...sizes, ...words };
  const files = media.flatMap(({ sid: id, type }, index) => [
    [`MediaUrl${index}`, mediaUrl(id)],
    [`MediaContentType${index}`, type],
  ]);
  return { ...ids, ...sizes, ...words, ...whatsappFields(message), ...Object.fromEntries(files) };
}

function places(): Record<string, string> {
  const place = { City: '', State: '', Zip: '', Country: 'FR' };
  const names = Object.entries(place).flatMap(([name, value]) => [
    [`From${name}`, value],
    [`To${name}`, value],
  ]);
  return Object.fromEntries(names);
}

/** Names from Twilio's webhook guide; who shows no number has an id instead of WaId. */
function whatsappFields({ from, choice, media, place }: Message): Record<string, string> {
  const name = from.replace('whatsapp:', '');
  const who: Record<string, string> = name.startsWith('+')
    ? { WaId: name.slice(1) }
    : { ExternalUserId: from };
  const button = { ButtonText: choice?.label ?? '', ButtonPayload: choice?.id ?? '' };
  const line = { ListTitle: choice?.label ?? '', ListId: choice?.id ?? '' };
  return {
    ...who,
    ProfileName: 'Habitante',
    MessageType: choice
      ? choice.kind === 'list'
        ? 'interactive'
        : 'button'
      : messageType(media?.[0]?.type, place),
    ...(choice && (choice.kind === 'list' ? line : button)),
    ...(place && { Latitude: String(place.latitude), Longitude: String(place.longitude) }),
    ...(place?.name && { Label: place.name }),
    ...(place?.address && { Address: place.address }),
  };
}

function messageType(media: string | undefined, place: Message['place']): string {
  if (place) return 'location';
  if (!media) return 'text';
  if (media === 'image/webp') return 'sticker';
  const family = media.split('/')[0] ?? '';
  return ['image', 'audio', 'video'].includes(family) ? family : 'document';
}

/** The fields of a status callback. */
export function statusForm(message: Message, status: Step, accountSid: string): Record<string, string> {
  const { sid, from, to, code } = message;
  const ids = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, ApiVersion: API_VERSION };
  const isFailed = status === 'failed' || status === 'undelivered';
  return {
    ...ids,
    MessageStatus: status,
    SmsStatus: status,
    From: from,
    To: to,
    ...(isFailed && code !== undefined && { ErrorCode: String(code) }),
    ...(isWhatsapp(to) && { ChannelPrefix: 'whatsapp', ChannelToAddress: to.replace('whatsapp:', '') }),
    ...(isWhatsapp(to) && ['delivered', 'read'].includes(status) && { EventType: status.toUpperCase() }),
  };
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
