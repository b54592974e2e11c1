/**
 * What every provider does for us, and what may come of it: one shape for Twilio, Amazon SNS and Meta. Owns addresses,
 * messages and outcomes as values; each provider's halves (`*-receive.ts`, `*-send.ts`) translate.
 */
import type { Channel, Event, Offer, Place } from '../../conversations/events.ts';
import type { Request } from '../runtime/http.ts';

export type Provider = 'twilio' | 'sns' | 'meta';

/** `sms:+33…`, `whatsapp:+33…`, `whatsapp:FR.1349…` (no number known), `messenger:PSID`. */
export type Address = string;

export const channelOf = (address: Address): Channel => address.slice(0, address.indexOf(':')) as Channel;
/** What stands behind the channel: a number, a WhatsApp id, a page-scoped id. */
export const nameIn = (address: Address): string => address.slice(address.indexOf(':') + 1);

/**
 * Why a provider refuses, as far as it decides what is done next (channels.md 1.5):
 * - `optout` the person has opted out at the provider: so they have here
 * - `permanent` the address can never be reached, it is marked
 * - `unreachable` nobody of this name on this channel, or blocked: another channel may do
 * - `transient` try again later, a few times
 * - `window` the 24 hours are over: a template, another channel, or nothing
 * - `frequency` the provider limits marketing to this person: not again
 * - `content` this text will not go, whoever it is for
 * - `blocked` a filter on the way: counted, not repeated
 * - `price` dearer than allowed
 * - `bug` we sent what the API does not take: staff are told, nothing is repeated
 * - `config` credentials, sender or account: the whole channel stops, its queue is kept, staff are told
 */
export const CAUSES = [
  'optout',
  'permanent',
  'unreachable',
  'transient',
  'window',
  'frequency',
  'content',
  'blocked',
  'price',
  'bug',
  'config',
] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * - `accepted` the provider has it under `id`; its fate comes by receipt
 * - `rejected` it did not go out; `code` is the provider's own, `after` the seconds before a `transient` one is tried again
 * - `throttled` not processed, safe to send again after so many seconds
 * - `unknown` it may have gone out: looked up before it is sent again, for sending has no idempotency key
 */
export type SendOutcome =
  | { kind: 'accepted'; id: string }
  | { kind: 'rejected'; code: string; cause: Cause; after?: number }
  | { kind: 'throttled'; after: number; code?: string }
  | { kind: 'unknown'; cause: string };

/** An approved WhatsApp template, filled in. Variables are named "1", "2", … as Twilio wants them. */
export interface FilledTemplate {
  contentSid: string;
  variables: Record<string, string>;
}

export interface Outgoing {
  to: Address;
  /** The whole message, numbers included: what goes where nothing richer can. */
  text: string;
  offer?: Offer;
  /** Pictures or recordings of the city's, by public https URL; left out where the channel has none. */
  media?: string[];
  place?: Place;
  template?: FilledTemplate;
  /** Our own id of the delivery: 22 characters of hash, a dot, the event's id. Rides along wherever a provider lets it. */
  delivery: string;
  /** Where receipts go. */
  receipts: string;
  /** Seconds after which the provider gives up, so that a late message does not ring at night. */
  validity: number;
}

export interface Sender {
  readonly provider: Provider;
  send(message: Outgoing): Promise<SendOutcome>;
  /**
   * The provider's id of this message since then; `none` where it has none, `cannot` where it cannot be asked at all.
   * Throws where it could not be asked this time.
   */
  find(message: Outgoing, since: Date): Promise<{ id: string } | 'none' | 'cannot'>;
}

/** How far a delivery got. `unknown` is ours, the rest is what providers say, folded (twilio-status.json, rank). */
export const STATES = ['planned', 'unknown', 'accepted', 'sent', 'failed', 'delivered', 'read'] as const;
export type DeliveryState = (typeof STATES)[number];

/** One thing a provider tells us. `address` is who it is about; a batch holds several. */
export type Incoming =
  | {
      kind: 'event';
      address: Address;
      event: Event /** The provider has answered already. */;
      answered?: true;
    }
  | {
      kind: 'receipt';
      provider?: Provider;
      /** Our id where the provider gave it back, else its own. */
      delivery?: string;
      providerId?: string;
      address?: Address;
      /** Missing: a status we do not know, kept as nothing. */
      state?: DeliveryState;
      code?: string;
      cause?: Cause;
    }
  /** Properly formed, and nothing to do: an echo of ours, a standby, a comment on the page. */
  | { kind: 'ignored'; why: string };

/** What a request of a provider amounts to. `forbidden`: not signed by who it says it is; `invalid`: `what` says which part is wrong. */
export type Received =
  | { kind: 'incoming'; incoming: Incoming[] }
  | { kind: 'forbidden' }
  | { kind: 'invalid'; what: string };

export interface Receiver {
  readonly provider: Provider;
  /** Pure but for the signature's arithmetic; never throws, whatever was sent. */
  read(request: Request): Received;
}
