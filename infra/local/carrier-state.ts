/** What the lines of the carrier's log add up to: messages, content resources, what is true of a number. No file, no clock. */
import type { Content, Line, Rich, Sent, Step } from './carrier-lines.ts';

/** What one message has come to. */
export interface Message extends Sent {
  sid: string;
  direction: 'inbound' | 'outbound-reply' | 'outbound-api';
  from: string;
  to: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  sentAt?: string;
  /** Inbound: what became of the webhook. Outbound: how far it got. */
  state: 'sending' | 'received' | 'queued' | Step;
  /** Inbound: the same for every try, as Twilio does. */
  token: string;
  /** Outbound: where its status goes, absolute. */
  callback?: string;
  told: Step[];
  rich?: Rich;
  /** Twilio's code where it will not arrive, known beforehand. */
  fails?: number;
  /** Why it did not. */
  code?: number;
  /** Inbound: when the city showed that it was writing. */
  typingAt?: string;
  /** At Twilio there are no words any more, or nothing at all. */
  redacted?: true;
  removed?: true;
}

export interface KeptContent {
  content: Content;
  createdAt: string;
  removed?: true;
}

/** A landline takes no SMS; who has opted out gets none. */
export interface NumberState {
  landline?: boolean;
  optedOut?: boolean;
}

export class CarrierState {
  /** In the order they came. */
  readonly messages: Message[] = [];
  readonly contents = new Map<string, KeptContent>();
  /** By number, or by `whatsapp:` and number. */
  readonly numbers = new Map<string, NumberState>();
  readonly #bySid = new Map<string, Message>();

  find(sid: string): Message | undefined {
    return this.#bySid.get(sid);
  }

  apply(line: Line): void {
    if (line.type === 'number') {
      const { address, landline, optedOut } = line;
      this.numbers.set(address, { landline, optedOut });
    } else if (line.type === 'content') {
      this.contents.set(line.sid, { content: line.content, createdAt: line.at });
    } else if (line.type === 'content-removed') {
      const kept = this.contents.get(line.sid);
      if (kept) kept.removed = true;
    } else if (line.type === 'inbound') {
      const { type: _, at, ...message } = line;
      this.#add({ ...fresh(at), ...message, direction: 'inbound', state: 'sending', sentAt: at });
    } else if (line.type === 'outbound') {
      const { type: _, at, ...message } = line;
      this.#add({ ...fresh(at), ...message, direction: 'outbound-api', state: 'queued' });
    } else {
      this.#change(line);
    }
  }

  #change(
    line: Exclude<Line, { type: 'number' | 'content' | 'content-removed' | 'inbound' | 'outbound' }>,
  ): void {
    const message = this.#bySid.get(line.sid);
    if (!message) throw new Error(`the carrier's log speaks of message ${line.sid}, which it never saw`);
    message.updatedAt = line.at;
    switch (line.type) {
      case 'answered':
        message.state = 'received';
        for (const reply of line.replies) {
          const ends = { from: message.to, to: message.from };
          this.#add({ ...fresh(line.at), ...ends, ...reply, direction: 'outbound-reply', state: 'queued' });
        }
        return;
      case 'unanswered':
        message.state = 'failed';
        return;
      case 'status':
        message.state = line.status;
        if (line.status === 'sent') message.sentAt = line.at;
        if (line.code !== undefined) message.code = line.code;
        return;
      case 'told':
        message.told.push(line.status);
        return;
      case 'typing':
        message.typingAt = line.at;
        return;
      case 'redacted':
        message.redacted = true;
        return;
      case 'removed':
        message.removed = true;
        return;
      case 'media-removed':
        message.media = message.media?.filter(({ sid }) => sid !== line.media);
    }
  }

  #add(message: Message): void {
    this.messages.push(message);
    this.#bySid.set(message.sid, message);
  }
}

const fresh = (at: string) => ({ createdAt: at, updatedAt: at, told: [], token: '' });

export const isWhatsapp = (address: string): boolean => address.startsWith('whatsapp:');

/** The person's end of a message. */
export const personOf = ({ direction, from, to }: Message): string => (direction === 'inbound' ? from : to);

/** The states a message goes through, in order, and what it ends with. */
export function stepsOf({ to, fails }: Message): Step[] {
  // What WhatsApp refuses never leaves; an SMS that fails has left.
  if (fails !== undefined) return isWhatsapp(to) ? ['failed'] : ['sent', 'undelivered'];
  return isWhatsapp(to) ? ['sent', 'delivered', 'read'] : ['sent', 'delivered'];
}

const ENDS: readonly Message['state'][] = ['delivered', 'read', 'failed', 'undelivered'];

/** Interrupted: our webhook has not answered, or not every status was told. */
export function isUnfinished(message: Message): boolean {
  const { direction, state, callback, told } = message;
  if (direction === 'inbound') return state === 'sending';
  if (!ENDS.includes(state)) return true;
  if (message.code !== undefined) return callback !== undefined && !told.includes(state as Step);
  const steps = stepsOf(message);
  return state !== steps.at(-1) || (callback !== undefined && steps.some((step) => !told.includes(step)));
}
