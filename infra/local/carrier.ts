/**
 * The stand-in phone network: it speaks Twilio's own HTTP both ways, so that what runs locally is what runs in
 * production, signatures and retries included. Owns the life of a message; its file is `carrier-log.ts`.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure } from '../../conversations/shape.ts';
import { type Message, openLog, type Step } from './carrier-log.ts';
import { frenchNumber } from './phone-number.ts';
import { type Refusal, refusal } from './refusal.ts';
import { type ApiAnswer, type ApiRequest, createApi } from './twilio-api.ts';
import { inboundForm, type Post, postForm, statusForm } from './twilio-forms.ts';
import { readTwiml } from './twiml.ts';

export interface CarrierOptions {
  /** The durable log. One carrier at a time. */
  file: string;
  accountSid: string;
  authToken: string;
  /** The city's number: E.164 or a short code. */
  number: string;
  /** The public URL of our webhook, which signatures are made over. */
  webhookUrl: string;
  now: () => Date;
  post: Post;
}

/** One message as a phone shows it. */
export interface Item {
  id: string;
  /** As the city sees it: `in` comes from the phone. */
  direction: 'in' | 'out';
  text: string;
  time: string;
  parts: number;
  /** `in`: sending, received, failed. `out`: queued, sent, delivered. */
  state: Message['state'];
}

export interface Sent {
  sid: string;
  replies: Item[];
}

export interface Carrier {
  number: string;
  /** A phone sends. Resolves once our webhook has answered, or every retry has failed (then without a reply). */
  receive(sms: { channel: string; from: string; text: string }): Promise<Sent | Refusal>;
  /** What the Twilio SDK asks. */
  api(request: ApiRequest): ApiAnswer;
  /** What one phone shows, oldest first; nothing where the address cannot be one. */
  thread(channel: string, address: string): Item[];
  /** At start, once our webhook listens: takes up what the last run left unfinished. */
  resume(): Promise<void>;
  /** Resolves when what is under way now, callbacks and retries included, is over. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Twilio tells these two; the first status, `queued`, is never told (channels.md 1.4). */
const STEPS: readonly Step[] = ['sent', 'delivered'];
/** Between two states of an outgoing message, in real time: the API's answer comes first, and pages see it move. */
const STEP_PAUSE_MS = 20;
/** Ten parts or so: more than any phone sends as one SMS. */
const MAX_TEXT = 1600;
/** Twilio: "document parse failure". */
const NOT_TWIML = 12100;

export function createCarrier(options: CarrierOptions): Carrier {
  const { accountSid, authToken, number, now, post } = options;
  const webhookUrl = withoutFragment(options.webhookUrl);
  const log = openLog(options.file);
  const leftOver = log.messages.filter(isUnfinished);
  const closing = new AbortController();
  const { signal } = closing;
  const posting = { post, authToken, signal };
  const outstanding = new Set<Promise<void>>();
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

  /** Posts an inbound message to our webhook and takes its replies. */
  async function ask(message: Message): Promise<Message[]> {
    const twiml = await postForm(posting, webhookUrl, inboundForm(message, accountSid), message.token);
    if (twiml === undefined) {
      log.append({ type: 'unanswered', at: at(), sid: message.sid });
      return [];
    }
    const said = readTwiml(twiml);
    const replies = (said ?? []).map(({ text, action }) => ({
      sid: newSid(),
      body: text,
      callback: action !== undefined ? absolute(action, webhookUrl) : undefined,
    }));
    log.append({
      type: 'answered',
      at: at(),
      sid: message.sid,
      replies,
      ...(said ? {} : { fault: NOT_TWIML }),
    });
    return replies.map(({ sid }) => log.find(sid) as Message);
  }

  /** Takes an outgoing message to its end and tells each step to its callback. */
  async function progress(message: Message): Promise<void> {
    const { sid, callback } = message;
    for (const status of STEPS) {
      if (message.told.includes(status)) continue;
      await sleep(STEP_PAUSE_MS, undefined, { signal });
      if (isBefore(message.state, status)) log.append({ type: 'status', at: at(), sid, status });
      if (callback === undefined) continue;
      const form = statusForm(message, status, accountSid);
      const answer = await postForm(posting, callback, form, randomUUID());
      log.append({ type: 'told', at: at(), sid, status, taken: answer !== undefined });
    }
  }

  /** The replies as soon as they are known; what follows goes on by itself. */
  function deliver(message: Message): Promise<Message[]> {
    const answered = ask(message);
    track(answered.then((replies) => Promise.all(replies.map(progress))));
    return answered;
  }

  return {
    number,

    async receive({ channel, from, text }) {
      signal.throwIfAborted();
      const phone = frenchNumber(from);
      if ('error' in phone) return phone;
      if (channel !== 'sms') return refusal('Canal inconnu', channel, 'sms');
      if (text.trim() === '') return refusal('Message vide', text, `un texte de 1 à ${MAX_TEXT} caractères`);
      if (text.length > MAX_TEXT)
        return refusal('Message trop long', text, `un texte de 1 à ${MAX_TEXT} caractères`);
      const sid = newSid();
      const ends = { from: phone.number, to: number };
      log.append({ type: 'inbound', at: at(), sid, ...ends, body: text, token: randomUUID() });
      const replies = await deliver(log.find(sid) as Message);
      return { sid, replies: replies.map(itemOf) };
    },

    api: createApi({
      accountSid,
      authToken,
      number,
      log,
      send({ to, body, callback }) {
        const sid = newSid();
        const url = callback === undefined ? undefined : withoutFragment(callback);
        log.append({ type: 'outbound', at: at(), sid, from: number, to, body, callback: url });
        const message = log.find(sid) as Message;
        track(progress(message));
        return message;
      },
    }),

    thread(channel, address) {
      const phone = frenchNumber(address);
      if (channel !== 'sms' || 'error' in phone) return [];
      return log.messages.filter(({ from, to }) => [from, to].includes(phone.number)).map(itemOf);
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

function itemOf(message: Message): Item {
  const { sid, direction, body, createdAt, state } = message;
  const { parts } = measure(body);
  return {
    id: sid,
    direction: direction === 'inbound' ? 'in' : 'out',
    text: body,
    time: createdAt,
    parts,
    state,
  };
}

function isUnfinished({ direction, state, callback, told }: Message): boolean {
  if (direction === 'inbound') return state === 'sending';
  return state !== 'delivered' || (callback !== undefined && told.length < STEPS.length);
}

/** `queued` comes before every step. */
const isBefore = (state: Message['state'], step: Step): boolean =>
  STEPS.indexOf(state as Step) < STEPS.indexOf(step);

const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** The fragment holds Twilio's connection overrides; it is neither requested nor signed. */
const withoutFragment = (url: string): string => url.split('#')[0] as string;

function absolute(action: string, base: string): string | undefined {
  return URL.canParse(action, base) ? withoutFragment(new URL(action, base).href) : undefined;
}
