/**
 * Messages on their way: a phone's to our webhook and its replies back, ours to the phone and each step to its
 * callback. Owns the order of the steps and what the faults do to it; nothing it begins is forgotten by a crash.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultKind, type Faults, isCode, type Leg } from './carrier-faults.ts';
import type { Step } from './carrier-lines.ts';
import type { CarrierLog } from './carrier-log.ts';
import { isWhatsapp, type Message, personOf, stepsOf } from './carrier-state.ts';
import { inboundForm, type Post, postForm, statusForm } from './twilio-forms.ts';
import { readTwiml } from './twiml.ts';

export interface DeliveryOptions {
  accountSid: string;
  authToken: string;
  /** Without its fragment: it is neither requested nor signed. */
  webhookUrl: string;
  log: CarrierLog;
  faults: Faults;
  now: () => Date;
  post: Post;
  signal: AbortSignal;
  /** Where our functions fetch a file of this message. */
  mediaUrl: (message: string, media: string) => string;
  /** How long what comes late takes, in real time. */
  lateMs: number;
}

export interface Deliveries {
  /** Posts an inbound message to our webhook and takes its replies. */
  ask(message: Message): Promise<Message[]>;
  /** Takes an outgoing message to its end and tells each step to its callback. */
  progress(message: Message): Promise<void>;
}

/** Between two states of an outgoing message, in real time: the API's answer comes first, and pages see it move. */
const STEP_PAUSE_MS = 20;
/** What comes behind the next message waits for one, but not for ever. */
const NEXT_MS = 1000;
/** Twilio: "document parse failure". */
const NOT_TWIML = 12100;
const OPTED_OUT = 21610;
/** Faults of one try; the others are of the whole message. */
const ONE_TRY = new Set<FaultKind>(['429', '500', 'reset', 'timeout-after-accept']);

interface Reply {
  sid: string;
  body: string;
  callback?: string;
  fails?: number;
}

export function createDeliveries(options: DeliveryOptions): Deliveries {
  const { accountSid, authToken, webhookUrl, log, faults, signal, lateMs } = options;
  const at = (): string => options.now().toISOString();
  /** Lets a message go that was to come behind the next one of its phone. */
  const held = new Map<string, () => void>();

  const take = (on: Leg, address: string, kind: FaultKind): boolean =>
    faults.take(on, address, (each) => each === kind) !== undefined;

  /** What the network does to one try. */
  const postOn = (on: Leg, address: string): Post => {
    return async (url, form, headers) => {
      const fault = faults.take(on, address, (kind) => ONE_TRY.has(kind));
      if (fault === '429' || fault === '500') return { status: Number(fault), body: '' };
      if (fault === 'reset') throw new Error('cut off on the way');
      const answer = await options.post(url, form, headers);
      if (fault === 'timeout-after-accept') throw new Error('the answer was lost');
      return answer;
    };
  };

  const wait = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { signal });

  async function askOnce(message: Message): Promise<string | undefined> {
    const form = inboundForm(message, accountSid, (media) => options.mediaUrl(message.sid, media));
    const posting = { post: postOn('inbound', message.from), authToken, signal };
    return postForm(posting, webhookUrl, form, message.token);
  }

  async function ask(message: Message): Promise<Message[]> {
    const { sid, from } = message;
    if (take('inbound', from, 'late')) await wait(lateMs);
    if (take('inbound', from, 'reordered')) await behindTheNext(from);
    const copies = take('inbound', from, 'duplicate') ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: copies }, () => askOnce(message)));
    held.get(from)?.();
    const taken = answers.filter((answer) => answer !== undefined);
    if (taken.length === 0) {
      log.append({ type: 'unanswered', at: at(), sid });
      return [];
    }
    const said = taken.map(readTwiml);
    const replies = withoutCopies(said.flatMap((each) => each ?? [])).map((reply): Reply => {
      const callback = reply.action !== undefined ? absolute(reply.action, webhookUrl) : undefined;
      const fails = log.numbers.get(from)?.optedOut ? { fails: OPTED_OUT } : {};
      return { sid: newSid('SM'), body: reply.text, callback, ...fails };
    });
    const fault = said.includes(undefined) ? { fault: NOT_TWIML } : {};
    log.append({ type: 'answered', at: at(), sid, replies, ...fault });
    return replies.map((reply) => log.find(reply.sid) as Message);
  }

  async function behindTheNext(phone: string): Promise<void> {
    const over = new AbortController();
    held.set(phone, () => over.abort());
    await sleep(NEXT_MS, undefined, { signal: AbortSignal.any([over.signal, signal]) }).catch(
      () => undefined,
    );
    held.delete(phone);
    signal.throwIfAborted();
  }

  async function progress(message: Message): Promise<void> {
    const { to } = message;
    if (message.fails === undefined && message.state === 'queued') {
      const code = faults.take('callback', to, isCode);
      if (code !== undefined) message.fails = Number(code);
    }
    const isReordered = take('callback', to, 'reordered');
    const isLate = take('callback', to, 'late');
    const copies = take('callback', to, 'duplicate') ? 2 : 1;
    const untold: Step[] = [];
    for (const status of stepsOf(message)) {
      if (message.told.includes(status)) continue;
      await wait(STEP_PAUSE_MS);
      if (isAhead(message, status)) {
        const code = ['failed', 'undelivered'].includes(status) ? { code: message.fails } : {};
        log.append({ type: 'status', at: at(), sid: message.sid, status, ...code });
      }
      if (message.callback === undefined) continue;
      if (isReordered) untold.unshift(status);
      else await tell(message, status, copies, isLate);
    }
    for (const status of untold) await tell(message, status, copies, isLate);
  }

  async function tell(message: Message, status: Step, copies: number, isLate: boolean): Promise<void> {
    if (isLate) await wait(lateMs);
    const form = statusForm(message, status, accountSid);
    const posting = { post: postOn('callback', personOf(message)), authToken, signal };
    const token = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: copies }, () => postForm(posting, message.callback as string, form, token)),
    );
    const taken = answers.some((answer) => answer !== undefined);
    log.append({ type: 'told', at: at(), sid: message.sid, status, taken });
  }

  return { ask, progress };
}

/** Accepted copies of one response count as one (design.md 3). */
function withoutCopies<Said extends { text: string; action?: string }>(said: Said[]): Said[] {
  const keys = said.map(({ text, action }) => JSON.stringify([action, text]));
  return said.filter(
    (each, index) => each.action === undefined || keys.indexOf(keys[index] as string) === index,
  );
}

/** `queued` comes before every step. */
const isAhead = (message: Message, step: Step): boolean =>
  stepsOf(message).indexOf(message.state as Step) < stepsOf(message).indexOf(step);

export const newSid = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;

/** The fragment holds Twilio's connection overrides. */
export const withoutFragment = (url: string): string => url.split('#')[0] as string;

function absolute(action: string, base: string): string | undefined {
  return URL.canParse(action, base) ? withoutFragment(new URL(action, base).href) : undefined;
}

/** A code a message to this person ends with, whatever is done. */
export function codeFor(
  log: CarrierLog,
  to: string,
  about: { now: Date; isTemplate: boolean; windowEnd: Date | undefined },
): number | undefined {
  if (!isWhatsapp(to)) return undefined;
  // Who has blocked the city on WhatsApp (63014); outside the 24 hours only a template (63016).
  if (log.numbers.get(to)?.optedOut) return 63014;
  const isOpen = about.windowEnd !== undefined && about.now < about.windowEnd;
  return isOpen || about.isTemplate ? undefined : 63016;
}
