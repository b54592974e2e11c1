/**
 * The turn item as a value and as it lies in the table: session, the ids already seen, the replies not yet taken and
 * the effects not yet known to be carried out. `turns.ts` reads and writes it.
 */
import type { Offer, Place, StoredEffect } from '../../conversations/events.ts';
import { MINUTE } from '../../conversations/hours.ts';
import { Session } from '../../conversations/session.ts';
import type { Address } from '../channels/channel.ts';
import type { Item } from './db.ts';
import { hasSeen } from './seen.ts';
import { expiresAt, hashIn, keys, LIFETIME, openShard, shardOf } from './table.ts';

/** A planned message that nobody has confirmed is looked at again after this long. */
const RESEND_AFTER = MINUTE;

/** What a reply has besides its text, on channels that show it. */
export interface Rich {
  offer?: Offer;
  media?: string[];
  place?: Place;
}

/**
 * The reply of the last turn. `via` is who hands it over: the provider's own response (TwiML), or the API.
 * `attempt` counts the handings-over that were begun, the last one at `claimed`; 0 where the outbox is still to be
 * emptied. `taken` says the provider has it. `notBefore`: the provider asked to wait.
 */
export interface Reply {
  id: string;
  text: string;
  at: string;
  via: 'response' | 'api';
  attempt: number;
  taken: boolean;
  rich?: Rich;
  claimed?: string;
  notBefore?: string;
}

/** An earlier reply that the API still owes: a quicker turn came before it was out. */
export interface Owed extends Omit<Reply, 'via' | 'taken'> {
  to: Address;
}

/**
 * An address of the resident's. `heard`: when it last wrote, which opens its 24 hours. `bad`: why it is not written to;
 * `badOn`: since which day.
 */
export interface Known {
  address: Address;
  heard?: string;
  bad?: string;
  badOn?: string;
  /** Days on which a handset was not reached; see `fate.ts`. */
  bounces?: string[];
}

/** Effects of the last turn, with what they need once the session has moved on. */
export interface Pending {
  effects: StoredEffect[];
  /** The turn's version: what it wrote is never overwritten by an older turn. */
  version: number;
  event: string;
  at: string;
  resident: string;
  suppression: string;
  /** The resident's other addresses: what is suppressed or erased is so on all of them. */
  also?: { hash: string; suppression: string }[];
  language: string;
}

export interface TurnItem {
  hash: string;
  /** Where the resident last wrote from: replies and reminders go there. */
  address: Address;
  /** What is known of it. */
  known: Omit<Known, 'address'>;
  /** The resident's other addresses. */
  others: Known[];
  version: number;
  session: Session;
  reply?: Reply;
  /** Oldest first. */
  outbox: Owed[];
  /** Of an address that was tied to somebody who has been forgotten: whom it points to until it is written. */
  gone?: string;
  /** Nobody is left of whom it was: the session is a new one, the reply the goodbye. */
  erased?: true;
  seen: string;
  pending?: Pending;
}

export const withoutAddress = ({ address: _, ...known }: Known): Omit<Known, 'address'> => known;

/** On these the provider's rules hang on when the resident last wrote; elsewhere nobody asks. */
const HAS_WINDOW = /^(whatsapp|messenger):/;

/** Who wrote last comes first: that is where the resident is. What was bad about it is over. */
export function addressesAfter(
  { address, known, others }: TurnItem,
  heard: Address | undefined,
  at: string,
): Pick<TurnItem, 'address' | 'known' | 'others'> {
  if (heard === undefined) return { address, known, others };
  const rest = heard === address ? others : [{ address, ...known }, ...others];
  return {
    address: heard,
    known: HAS_WINDOW.test(heard) ? { heard: at } : {},
    others: rest.filter((each) => each.address !== heard),
  };
}

/** More replies owed to one resident than two failed tries hold up is a flood, and the oldest say least. */
const MOST_OWED = 10;

export function outboxAfter({ reply, outbox, address }: TurnItem): Owed[] {
  if (reply?.via !== 'api' || reply.taken || !reply.text) return outbox;
  const { via: _, taken: __, ...owed } = reply;
  return [...outbox, { ...owed, to: address }].slice(-MOST_OWED);
}

/** Whether this event has been handled, and whether it was the last. */
export const seenBefore = (item: TurnItem, event: string): 'last' | 'older' | undefined =>
  item.reply?.id === event ? 'last' : hasSeen(item.seen, event) ? 'older' : undefined;

/** The index entry: the next due time and the open survey. A message on its way by the API is looked at sooner. */
export function dueEntry(item: TurnItem): string | undefined {
  const { session, reply } = item;
  const owed = [...item.outbox, ...(reply?.via === 'api' && !reply.taken ? [reply] : [])].map(
    ({ at, notBefore }) => notBefore ?? new Date(Date.parse(at) + RESEND_AFTER).toISOString(),
  );
  const [first] = [session.due, ...owed].filter((time): time is string => time !== undefined).sort();
  return first && `${first}#${session.survey?.key ?? ''}`;
}

export const setDue = (due: string | undefined): string => (due ? ', lp = :lp, ls = :ls' : ' REMOVE lp, ls');
export const dueValues = (hash: string, due: string | undefined): Record<string, string> =>
  due ? { ':lp': openShard(shardOf(hash)), ':ls': due } : {};

export function write(item: TurnItem, now: Date): Item {
  const { session, reply, pending } = item;
  const due = dueEntry(item);
  const erased = session.id === '';
  const stranger = session.consent === 'none' && Object.keys(session.ended).length === 0 && !session.survey;
  const lifetime = erased ? LIFETIME.tombstone : stranger ? LIFETIME.stranger : undefined;
  // The goodbye has still to get there; whoever hands it over takes the address away.
  const addressed = !erased || (reply?.via === 'api' && !reply.taken && reply.text !== '');
  return {
    ...keys.turn(item.hash),
    n: item.version,
    s: JSON.stringify(session),
    seen: item.seen,
    ...(addressed && { a: item.address }),
    ...(addressed && Object.keys(item.known).length > 0 && { ak: JSON.stringify(item.known) }),
    ...(!erased && item.others.length > 0 && { ao: JSON.stringify(item.others) }),
    ...(item.outbox.length > 0 && { ob: JSON.stringify(item.outbox) }),
    ...(reply && {
      rid: reply.id,
      rt: reply.text,
      rd: reply.at,
      rv: reply.via,
      ra: reply.attempt,
      tk: reply.taken ? 1 : 0,
      ...(reply.rich && { ro: JSON.stringify(reply.rich) }),
      ...(reply.claimed && { rk: reply.claimed }),
      ...(reply.notBefore && { rw: reply.notBefore }),
    }),
    ...(pending && { p: JSON.stringify(pending) }),
    ...(due && { lp: openShard(shardOf(item.hash)), ls: due }),
    ...(lifetime && { ttl: expiresAt(now, lifetime) }),
  };
}

export function read(item: Item): TurnItem {
  const session = Session.parse(JSON.parse(String(item.s)));
  return {
    hash: hashIn(String(item.pk)),
    address: String(item.a ?? ''),
    known: item.ak === undefined ? {} : (JSON.parse(String(item.ak)) as TurnItem['known']),
    others: item.ao === undefined ? [] : (JSON.parse(String(item.ao)) as Known[]),
    outbox: item.ob === undefined ? [] : (JSON.parse(String(item.ob)) as Owed[]),
    version: Number(item.n),
    session,
    seen: String(item.seen ?? ''),
    ...(item.rid !== undefined && {
      reply: {
        id: String(item.rid),
        text: String(item.rt),
        at: String(item.rd),
        via: item.rv === 'api' ? ('api' as const) : ('response' as const),
        attempt: Number(item.ra),
        taken: item.tk === 1,
        ...(item.ro !== undefined && { rich: JSON.parse(String(item.ro)) as Rich }),
        ...(item.rk !== undefined && { claimed: String(item.rk) }),
        ...(item.rw !== undefined && { notBefore: String(item.rw) }),
      },
    }),
    ...(item.p !== undefined && { pending: JSON.parse(String(item.p)) as Pending }),
  };
}
