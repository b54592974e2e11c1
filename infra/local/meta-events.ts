/** What Meta posts to our webhook: the events in their published shapes, the signature, and the retries. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export type MetaPost = (
  url: string,
  body: string,
  headers: Record<string, string>,
) => Promise<{ status: number; body: string }>;

/** What somebody does on their phone, or in the page's inbox. */
export type Act =
  | { kind: 'text'; text: string; replyTo?: string }
  | { kind: 'tap'; title: string; payload: string }
  | { kind: 'start'; title?: string; ref?: string }
  | { kind: 'button'; title: string; payload: string }
  | { kind: 'link'; ref: string }
  | { kind: 'photo' | 'voice' | 'video' | 'file'; url: string; text?: string }
  | { kind: 'sticker'; url: string; sticker: number }
  | { kind: 'place'; latitude: number; longitude: number }
  | { kind: 'unsend'; mid: string }
  | { kind: 'react'; mid: string; emoji: string }
  | { kind: 'read' }
  /** A person of the city answers from the page's inbox. */
  | { kind: 'human'; text: string }
  /** The inbox takes the thread from us, or gives it back. */
  | { kind: 'take' }
  | { kind: 'give-back' };

export interface Ends {
  psid: string;
  pageId: string;
  appId: string;
  mid: string;
  /** Milliseconds. */
  at: number;
}

/** The page's inbox. */
export const INBOX = '263902037430900';
const ATTACHMENTS = { photo: 'image', voice: 'audio', video: 'video', file: 'file' } as const;
/** These are not the resident's doing, and open no 24 hours. */
const NOT_RESIDENTS = new Set<Act['kind']>(['human', 'take', 'give-back', 'read', 'unsend']);

export const isByResident = (act: Act): boolean => !NOT_RESIDENTS.has(act.kind);

/** One element of `messaging[]`: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events */
export function messagingOf(act: Act, ends: Ends): Record<string, unknown> {
  const { psid, pageId, appId, mid, at } = ends;
  const event = { sender: { id: psid }, recipient: { id: pageId }, timestamp: at };
  switch (act.kind) {
    case 'text':
      return {
        ...event,
        message: { mid, text: act.text, ...(act.replyTo && { reply_to: { mid: act.replyTo } }) },
      };
    case 'tap':
      return { ...event, message: { mid, text: act.title, quick_reply: { payload: act.payload } } };
    case 'start':
      // No `source` in Europe (Meta, europe-japan-updates).
      return {
        ...event,
        postback: {
          mid,
          title: act.title ?? 'Démarrer',
          payload: 'get_started',
          ...(act.ref && { referral: { ref: act.ref, type: 'OPEN_THREAD' } }),
        },
      };
    case 'button':
      return { ...event, postback: { mid, title: act.title, payload: act.payload } };
    case 'link':
      return { ...event, referral: { ref: act.ref, type: 'OPEN_THREAD' } };
    case 'photo':
    case 'voice':
    case 'video':
    case 'file': {
      const attachments = [{ type: ATTACHMENTS[act.kind], payload: { url: act.url } }];
      return { ...event, message: { mid, ...(act.text && { text: act.text }), attachments } };
    }
    case 'sticker':
      return {
        ...event,
        message: {
          mid,
          attachments: [{ type: 'sticker', payload: { url: act.url, sticker_id: act.sticker } }],
        },
      };
    case 'place': {
      const coordinates = { lat: act.latitude, long: act.longitude };
      return { ...event, message: { mid, attachments: [{ type: 'location', payload: { coordinates } }] } };
    }
    case 'unsend':
      return { ...event, message: { mid: act.mid, is_deleted: true } };
    case 'react':
      return { ...event, reaction: { reaction: 'other', emoji: act.emoji, action: 'react', mid: act.mid } };
    case 'read':
      return { ...event, read: { watermark: at } };
    case 'human':
      return echoOf({ text: act.text }, { ...ends, appId: INBOX });
    case 'take':
      return { ...event, take_thread_control: { previous_owner_app_id: appId, new_owner_app_id: INBOX } };
    case 'give-back':
      return { ...event, pass_thread_control: { previous_owner_app_id: INBOX, new_owner_app_id: appId } };
  }
}

/** What left the page comes back to us, whoever wrote it; quick replies and kinds of reuse do not. */
export function echoOf(message: Record<string, unknown>, { psid, pageId, appId, mid, at }: Ends) {
  const { text, attachment, metadata } = message;
  return {
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp: at,
    message: {
      mid,
      is_echo: true,
      app_id: Number(appId),
      ...(text !== undefined && { text }),
      ...(attachment !== undefined && { attachments: [attachment] }),
      ...(metadata !== undefined && { metadata }),
    },
  };
}

export const deliveryOf = (mids: string[], { psid, pageId, at }: Omit<Ends, 'mid' | 'appId'>) => ({
  sender: { id: psid },
  recipient: { id: pageId },
  timestamp: at,
  delivery: { mids, watermark: at },
});

/** All events of one request, in one entry: Meta writes letters beyond ASCII as `\u…` and the slash as `\/`. */
export function bodyOf(
  pageId: string,
  time: number,
  events: { event: Record<string, unknown>; standby: boolean }[],
): string {
  const of = (standby: boolean) =>
    events.filter((each) => each.standby === standby).map(({ event }) => event);
  const [messaging, waiting] = [of(false), of(true)];
  const entry = {
    id: pageId,
    time,
    ...(messaging.length > 0 && { messaging }),
    ...(waiting.length > 0 && { standby: waiting }),
  };
  return JSON.stringify({ object: 'page', entry: [entry] })
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\//g, '\\/');
}

/** Both signatures, as Meta sends them; only the second is worth anything. */
export const signatures = (body: string, appSecret: string): Record<string, string> => ({
  'X-Hub-Signature': `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`,
  'X-Hub-Signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
});

/** Meta tries for hours; short pauses keep tests short. */
const RETRY_PAUSES_MS = [50, 100, 200, 400, 800];
/** "A webhook call will time out after 20 seconds": https://developers.facebook.com/docs/messenger-platform/faq */
const ANSWER_LIMIT_MS = 20_000;

export interface MetaPosting {
  post: MetaPost;
  url: string;
  appSecret: string;
  /** Stops the retries; whoever waits gets the signal's reason. */
  signal: AbortSignal;
}

/** Posts until a 2xx comes back; false where every try failed. */
export async function postBody(
  { post, url, appSecret, signal }: MetaPosting,
  body: string,
): Promise<boolean> {
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'facebookexternalua',
    ...signatures(body, appSecret),
  };
  for (const pause of [...RETRY_PAUSES_MS, undefined]) {
    const status = await statusWithin(() => post(url, body, headers), signal);
    signal.throwIfAborted();
    if (status !== undefined && status >= 200 && status < 300) return true;
    if (pause !== undefined) await sleep(pause, undefined, { signal });
  }
  return false;
}

async function statusWithin(
  ask: () => Promise<{ status: number }>,
  stop: AbortSignal,
): Promise<number | undefined> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stop]);
  try {
    const answer = await Promise.race([ask(), sleep(ANSWER_LIMIT_MS, undefined, { signal, ref: false })]);
    return answer?.status;
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
