/**
 * The stand-in phone network: it speaks Twilio's own HTTP both ways, so that what runs locally is what runs in
 * production, signatures and retries included. Owns the life of a message; its file is `carrier-log.ts`.
 */
import { randomUUID } from 'node:crypto';
import { codeFor, createDeliveries, newSid, withoutFragment } from './carrier-delivery.ts';
import { createFaults, type Faults } from './carrier-faults.ts';
import { type Item, isTyping, itemOf, threadOf, windowOf } from './carrier-items.ts';
import { openLog } from './carrier-log.ts';
import { addressOn, type FromPhone, readFromPhone } from './carrier-phone.ts';
import { isUnfinished, type Message, type NumberState } from './carrier-state.ts';
import { type Refusal, refusal } from './refusal.ts';
import { createApi } from './twilio-api.ts';
import type { ApiAnswer, ApiRequest } from './twilio-api-answer.ts';
import { accountOf, type Outgoing } from './twilio-api-messages.ts';
import type { Post } from './twilio-forms.ts';
import { mediaFolder } from './twilio-media.ts';

export type { Item };

export interface CarrierOptions {
  /** The durable log. One carrier at a time. What phones send beside words lies in a folder next to it. */
  file: string;
  accountSid: string;
  authToken: string;
  /** The city's number: E.164 or a short code. */
  number: string;
  /** Its number on WhatsApp, E.164; without one there is no WhatsApp. */
  whatsappNumber?: string;
  /** The public URL of our webhook, which signatures are made over. */
  webhookUrl: string;
  /** Where this carrier's API is reached: files are fetched there. */
  apiUrl?: string;
  /** The words of the city's approved templates, by ContentSid. Others show their variables. */
  templates?: Record<string, string>;
  now: () => Date;
  post: Post;
  /** How long a fault called `late` takes, in real time. */
  lateMs?: number;
}

export interface Sent {
  sid: string;
  replies: Item[];
}

export interface Carrier {
  number: string;
  whatsappNumber: string | undefined;
  /** A phone sends. Resolves once our webhook has answered, or every retry has failed (then without a reply). */
  receive(sent: FromPhone): Promise<Sent | Refusal>;
  /** What our functions ask of Twilio: messages, media, contents, typing. */
  api(request: ApiRequest): Promise<ApiAnswer>;
  /** What one phone shows, oldest first; nothing where the address cannot be one. */
  thread(channel: string, address: string): Item[];
  /** Until when WhatsApp takes free text for this phone; undefined where it takes none yet. */
  window(channel: string, address: string): Date | undefined;
  /** Whether this phone shows that the city is writing. */
  typing(channel: string, address: string): boolean;
  /** What a phone has sent beside words. */
  media(sid: string): { type: string; bytes: Buffer } | undefined;
  faults: Faults;
  numbers: {
    get(address: string): NumberState;
    /** Undefined is as it was; refused where it is no number. `whatsapp:` in front for that channel. */
    set(address: string, state: NumberState): NumberState | Refusal;
  };
  /** At start, once our webhook listens: takes up what the last run left unfinished. */
  resume(): Promise<void>;
  /** Resolves when what is under way now, callbacks and retries included, is over. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const LATE_MS = 1500;

export function createCarrier(options: CarrierOptions): Carrier {
  const { accountSid, authToken, number, whatsappNumber, now, post, lateMs = LATE_MS } = options;
  const log = openLog(options.file);
  const files = mediaFolder(`${options.file}.media`);
  const leftOver = log.messages.filter(isUnfinished);
  const closing = new AbortController();
  const { signal } = closing;
  const outstanding = new Set<Promise<void>>();
  const faults = createFaults();
  const channels = whatsappNumber ? ['sms', 'whatsapp'] : ['sms'];
  const account = accountOf({ accountSid });
  const mediaUrl = (message: string, media: string): string =>
    `${options.apiUrl ?? 'https://api.twilio.com'}${account}/Messages/${message}/Media/${media}`;
  const webhookUrl = withoutFragment(options.webhookUrl);
  const delivering = { accountSid, authToken, webhookUrl, log, faults, now, post, signal, mediaUrl, lateMs };
  const { ask, progress } = createDeliveries(delivering);
  let fault: unknown;

  const at = (): string => now().toISOString();

  /** Keeps what nobody waits for; a bug in it comes out of `settle`. */
  function track(work: Promise<unknown>): void {
    const watched: Promise<void> = work
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!signal.aborted) fault ??= error;
      })
      .finally(() => outstanding.delete(watched));
    outstanding.add(watched);
  }

  /** The replies as soon as they are known; what follows goes on by itself. */
  function deliver(message: Message): Promise<Message[]> {
    const answered = ask(message);
    track(answered.then((replies) => Promise.all(replies.map(progress))));
    return answered;
  }

  function send({ from, to, body, callback, rich, isTemplate }: Outgoing): Message {
    const sid = newSid(rich?.media ? 'MM' : 'SM');
    const url = callback === undefined ? undefined : withoutFragment(callback);
    const fails = codeFor(log, to, { now: now(), isTemplate, windowEnd: windowOf(log.messages, to) });
    log.append({ type: 'outbound', at: at(), sid, from, to, body, callback: url, rich, fails });
    const message = log.find(sid) as Message;
    track(progress(message));
    return message;
  }

  /** Which of the two was touched: what the last message of the city's offered. */
  const kindOf = (address: string, id: string): 'button' | 'list' =>
    log.messages.findLast(
      ({ to, rich }) => to === address && rich?.list?.items.some((item) => item.id === id),
    )
      ? 'list'
      : 'button';

  return {
    number,
    whatsappNumber,
    faults,

    async receive(given) {
      signal.throwIfAborted();
      const read = readFromPhone(given, channels);
      if ('error' in read) return read;
      const { channel, address, text, choice, place } = read;
      const sid = newSid(read.media.length > 0 ? 'MM' : 'SM');
      const media = read.media.map(({ type, bytes }) => {
        const kept = { sid: newSid('ME'), type };
        files.put(kept.sid, bytes);
        return kept;
      });
      const to = channel === 'whatsapp' ? `whatsapp:${whatsappNumber}` : number;
      log.append({
        ...{ type: 'inbound', at: at(), sid, from: address, to, token: randomUUID() },
        body: text || (choice?.label ?? ''),
        ...(choice && { choice: { ...choice, kind: choice.kind ?? kindOf(address, choice.id) } }),
        ...(media.length > 0 && { media }),
        ...(place && { place }),
      });
      const replies = await deliver(log.find(sid) as Message);
      return { sid, replies: replies.map(itemOf) };
    },

    api: createApi({
      ...{ accountSid, authToken, log, now, files, faults, lateMs, signal, send, newSid },
      senders: [number, ...(whatsappNumber ? [`whatsapp:${whatsappNumber}`] : [])],
      templates: options.templates ?? {},
      url: options.apiUrl ?? 'https://content.twilio.com',
    }),

    thread(channel, typed) {
      const address = channels.includes(channel) ? addressOn(channel, typed) : undefined;
      return address === undefined ? [] : threadOf(log.messages, address);
    },

    window(channel, typed) {
      const address = addressOn(channel, typed);
      return address === undefined ? undefined : windowOf(log.messages, address);
    },

    typing(channel, typed) {
      const address = addressOn(channel, typed);
      return address !== undefined && isTyping(log.messages, address, now());
    },

    media(sid) {
      const found = log.messages.flatMap(({ media = [] }) => media).find((each) => each.sid === sid);
      const bytes = found && files.get(sid);
      return bytes ? { type: found.type, bytes } : undefined;
    },

    numbers: {
      get: (typed) => ({ ...log.numbers.get(numberIn(typed) ?? '') }),
      set(typed, state) {
        const address = numberIn(typed);
        if (address === undefined) return refusal('Numéro illisible', typed, 'un numéro français');
        const kept = { ...log.numbers.get(address), ...state };
        log.append({ type: 'number', at: at(), address, ...kept });
        return kept;
      },
    },

    async resume() {
      const left = leftOver.splice(0);
      const phones = new Map<string, Message[]>();
      for (const message of left) {
        if (message.direction !== 'inbound') track(progress(message));
        else phones.set(message.from, [...(phones.get(message.from) ?? []), message]);
      }
      // One phone's messages in the order it wrote them.
      const inOrder = async (messages: Message[]): Promise<void> => {
        for (const message of messages) await deliver(message);
      };
      await Promise.all([...phones.values()].map(inOrder));
    },

    async settle() {
      // A snapshot: under a steady stream of messages, waiting for none at all would never end.
      await Promise.all(outstanding);
      if (fault !== undefined) throw fault;
    },

    async close() {
      if (signal.aborted) return;
      closing.abort(new Error('the carrier is closed; what was under way goes on at the next start'));
      await Promise.all(outstanding);
      log.close();
    },
  };
}

const numberIn = (typed: string): string | undefined =>
  addressOn(typed.startsWith('whatsapp:') ? 'whatsapp' : 'sms', typed.replace(/^sms:/, ''));
