/** A message as a phone shows it: words, buttons, lists, pictures, places, and how far it got. */
import type { Choice, Place } from '../../conversations/events.ts';
import { measure } from '../../conversations/shape.ts';
import { isWhatsapp, type Message, personOf } from './carrier-state.ts';

/** After the last message of a resident, WhatsApp takes free text for so long (Twilio 63016). */
const WINDOW = 24 * 60 * 60 * 1000;
/** How long "is writing…" is shown (channel-limits.json). */
const TYPING = 25_000;

export interface Item {
  id: string;
  /** As the city sees it: `in` comes from the phone. */
  direction: 'in' | 'out';
  text: string;
  time: string;
  parts: number;
  /** `in`: sending, received, failed. `out`: queued, sent, delivered, read, failed, undelivered. */
  state: Message['state'];
  /** Twilio's code where it did not arrive: the phone shows nothing, staff ask why. */
  code?: number;
  /** What was touched. */
  choice?: Choice;
  buttons?: Choice[];
  list?: { button: string; items: Choice[] };
  /** `sid` where the carrier keeps it, `url` where the city does. */
  media?: { type?: string; sid?: string; url?: string }[];
  place?: Place;
  template?: { sid: string; variables: Record<string, string> };
}

export function itemOf(message: Message): Item {
  const { sid, direction, body, createdAt, state, code, choice, rich } = message;
  const kept = message.media?.map(({ sid: id, type }) => ({ sid: id, type }));
  const media = kept ?? rich?.media?.map((url) => ({ url }));
  const place = message.place ?? rich?.place;
  return {
    id: sid,
    direction: direction === 'inbound' ? 'in' : 'out',
    text: body,
    time: createdAt,
    parts: measure(body).parts,
    state,
    ...(code !== undefined && { code }),
    ...(choice && { choice: { id: choice.id, label: choice.label } }),
    ...(rich?.buttons && { buttons: rich.buttons }),
    ...(rich?.list && { list: rich.list }),
    ...(media && { media }),
    ...(place && { place }),
    ...(rich?.template && { template: rich.template }),
  };
}

/** What one phone shows, oldest first. What was not delivered is there too, with its code. */
export const threadOf = (messages: readonly Message[], address: string): Item[] =>
  messages.filter((message) => personOf(message) === address).map(itemOf);

/** When free text to this address ends; undefined where nothing was ever heard, or where there is no such rule. */
export function windowOf(messages: readonly Message[], address: string): Date | undefined {
  if (!isWhatsapp(address)) return undefined;
  const last = messages.findLast(({ direction, from }) => direction === 'inbound' && from === address);
  return last && new Date(Date.parse(last.createdAt) + WINDOW);
}

/** Whether the phone shows that the city is writing: until something comes, or a while has passed. */
export function isTyping(messages: readonly Message[], address: string, now: Date): boolean {
  const last = messages.findLast((message) => personOf(message) === address);
  const since = last?.typingAt ? now.getTime() - Date.parse(last.typingAt) : Number.POSITIVE_INFINITY;
  return since >= 0 && since < TYPING;
}
