/**
 * Handing a message over through a provider's API: claimed first, looked up before it is sent a second time. For
 * what cannot be the response to a webhook: buttons, Messenger, replies from the queue, reminders.
 */
import { DAY, HOUR, inParis, MINUTE, nextPermitted, parisMoment } from '../../conversations/hours.ts';
import { sms } from '../../conversations/shape.ts';
import {
  type Address,
  channelOf,
  type Outgoing,
  type Provider,
  type SendOutcome,
} from '../channels/channel.ts';
import { type Purpose, purposeOf as purposeOfKind } from '../channels/templates.ts';
import { kindOfEvent, kindOfTest } from '../store/announced-id.ts';
import type { Fate } from '../store/deliveries.ts';
import type { Owed, Reply, TurnItem } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';
import { type Next, settleOutcome } from './fate.ts';
import { holdBack } from './hold-back.ts';
import { describe } from './log.ts';
import { routeOf, type Way } from './route.ts';
import { asSentBy } from './way-back.ts';

/** A message that is on its way shows up at the provider within this time. */
export const GRACE = MINUTE;
/** A reply that could not be handed over in this time would only confuse. */
const TOO_LATE = 24 * HOUR;
/** What the city says first waits over Easter, and for the next day's money. */
const PUSH_TOO_LATE = 5 * DAY;
/** By which our clock and the provider's may differ where a message is looked for (R9). */
const SKEW = 10 * MINUTE;
const REPLY_VALIDITY = 4 * HOUR;
/** How many addresses and providers are tried for one message at one time. */
const WAYS = 4;
/** A provider that is stopped as a whole is looked at again after this long. */
const STOPPED = 5 * MINUTE;
/** A sender's next second. */
const NEXT_SECOND = 1000;

/** Events that time raised. */
export const isWaited = (id: string): boolean => id.startsWith('w');
/** What the city says first: no reply, and held to the permitted hours unless it is urgent. */
const isUnasked = (id: string): boolean => isWaited(id) || kindOfEvent(id) !== undefined;
const isAnswer = (id: string): boolean => !isUnasked(id) && kindOfTest(id) === undefined;
const keepsHours = (id: string): boolean => isUnasked(id) && kindOfEvent(id) !== 'urgent';

/** Rides along with a message and comes back with its receipts; says whose it is without saying who they are. */
export const deliveryId = (item: Pick<TurnItem, 'hash'>, reply: string): string => `${item.hash}.${reply}`;

/** Where the receipts of a reply go. */
export const receiptsUrl = (deps: Deps, delivery: string): string =>
  `${deps.publicUrl}/webhooks/twilio/receipts?d=${delivery}`;

/** A message that is owed, and how the item that owes it is changed. */
export interface Owing {
  message: Owed;
  item: TurnItem;
  claim(): Promise<boolean>;
  /** Nothing is owed any more. */
  done(): Promise<void>;
  postpone(at: Date): Promise<void>;
}

/**
 * `done`: nothing is owed any more. `later`: it is, try again.
 * `first`: the turn was saved just now, which is the claim of the first attempt.
 */
export async function handOver(deps: Deps, item: TurnItem, first: boolean): Promise<'done' | 'later'> {
  let current = item;
  const waiting = new Set<string>();
  for (;;) {
    const message = current.outbox.find(({ id }) => !waiting.has(id));
    if (!message) break;
    const outcome = await deliver(deps, earlier(deps, current, message), false);
    // What the city began may wait for the morning or for a pause to end: no answer to the resident waits behind it.
    if (outcome === 'later' && kindOfEvent(message.id) === undefined) return 'later';
    const left = await deps.turns.find(item.hash);
    // The conversation has moved on: what is owed now is handed over by whoever moved it.
    if (!left || left.version !== item.version) return 'done';
    if (outcome === 'later') waiting.add(message.id);
    else if (left.outbox.length >= current.outbox.length) return 'later';
    current = left;
  }
  const { reply } = current;
  const isOwed = reply && !reply.taken && reply.text;
  const outcome = isOwed ? await deliver(deps, last(deps, current, reply), first) : 'done';
  return waiting.size > 0 ? 'later' : outcome;
}

function earlier(deps: Deps, item: TurnItem, message: Owed): Owing {
  let held = item;
  let now = message;
  const change = async (to: Partial<Owed>): Promise<boolean> => {
    const next = { ...now, ...to };
    const changed = await deps.turns.changeOwed(held, next);
    if (!changed) return false;
    held = changed;
    now = next;
    return true;
  };
  return {
    item,
    message,
    claim: () => change({ attempt: message.attempt + 1, claimed: deps.now().toISOString() }),
    done: async () => void (await deps.turns.dropOwed(held, message.id)),
    postpone: async (at) => void (await change({ notBefore: at.toISOString() })),
  };
}

function last(deps: Deps, item: TurnItem, reply: Reply): Owing {
  const { via: _, taken: __, ...message } = reply;
  return {
    item,
    message: { ...message, to: item.address },
    claim: () => deps.turns.claim(item, 'api', deps.now()),
    done: async () => void (await deps.turns.sent(item)),
    postpone: async (at) => void (await deps.turns.postpone(item, at)),
  };
}

async function deliver(deps: Deps, owing: Owing, first: boolean): Promise<'done' | 'later'> {
  const { message, item } = owing;
  const now = deps.now();
  if (message.notBefore && message.notBefore > now.toISOString()) return 'later';
  const isPush = kindOfEvent(message.id) !== undefined;
  if (now.getTime() - Date.parse(message.at) > (isPush ? PUSH_TOO_LATE : TOO_LATE)) {
    deps.log.error('reply-given-up');
    await giveUp(deps, owing, 'too-late');
    return 'done';
  }
  if (isPush && !first) {
    const held = await holdBack(deps, owing);
    if (held) return held;
  }
  if (isHeldToHours(owing) && nextPermitted(now, deps.world.city.sending) > now) return 'later';
  // Before any lane is asked: one that is stopped lets a single message try, and it must be one that can.
  const since = now.getTime() - Date.parse(message.claimed ?? message.at);
  if (!first && message.attempt > 0 && since < GRACE) return 'later';
  const except: Address[] = [];
  let claimed = first;
  for (let way = 0; way < WAYS; way += 1) {
    const route = routeOf(item, wantedOf(owing, except), {
      now,
      city: deps.world.city,
      carriers: deps.carriers,
    });
    if ('refused' in route) {
      await giveUp(deps, owing, route.refused);
      return 'done';
    }
    const provider = await openOf(deps, route);
    if (!provider) {
      await owing.postpone(new Date(now.getTime() + STOPPED));
      return 'later';
    }
    const lane = `${provider}-${channelOf(route.to)}`;
    // Whoever has just taken a turn of an announcement has asked for its second before.
    const isPaced = isPush && first && way === 0;
    if (!isPaced && !(await deps.limits.pace(lane, isPush ? 'bulk' : 'reply'))) {
      await owing.postpone(new Date(now.getTime() + NEXT_SECOND));
      return 'later';
    }
    if (!isPaced && route.template && !(await deps.limits.begin(lane))) {
      await owing.postpone(new Date(now.getTime() + HOUR));
      return 'later';
    }
    if (!claimed) {
      const ready = await claim(deps, owing, route, provider);
      if (ready !== 'send') return ready;
      claimed = true;
    }
    const outgoing = outgoingOf(deps, owing, route, provider);
    if (!(await isPaid(deps, owing, outgoing))) return 'later';
    if (isPush && !(await isUnchanged(deps, item))) return 'later';
    const outcome = await send(deps, provider, outgoing);
    const next: Next = await settleOutcome(deps, owing, { outcome, provider, to: route.to, lane });
    if (next !== 'another-way') return next;
    // A fallback of the same channel is another provider, and the lane of the first is stopped by now.
    if (outcome.kind === 'rejected' && outcome.cause !== 'config' && outcome.cause !== 'window')
      except.push(route.to);
  }
  await owing.postpone(new Date(now.getTime() + STOPPED));
  return 'later';
}

const wantedOf = ({ message, item }: Owing, except: Address[]) => ({
  to: message.to,
  text: message.text,
  purpose: purposeOf(message.id),
  language: item.session.language ?? 'fr',
  except,
});

function purposeOf(id: string): Purpose {
  const kind = kindOfEvent(id) ?? kindOfTest(id);
  if (kind) return purposeOfKind(kind);
  if (id.startsWith('wv')) return 'visit';
  return isWaited(id) ? 'reminder' : 'answer';
}

/** Nobody answers to STOP with what the city wanted to say: the last look before it goes out. */
const isUnchanged = async (deps: Deps, { hash, version }: TurnItem): Promise<boolean> =>
  (await deps.turns.version(hash)) === version;

/** The first provider of this way that is not stopped. */
async function openOf(deps: Deps, { to, providers }: Way): Promise<Provider | undefined> {
  for (const provider of providers)
    if ((await deps.channels.state(`${provider}-${channelOf(to)}`)) !== 'stopped') return provider;
  return undefined;
}

/** Right before every sending: what is asked for earlier is paid for by who only waits, and not by who tries again. */
async function isPaid(deps: Deps, owing: Owing, { to, text }: Outgoing): Promise<boolean> {
  if (channelOf(to) !== 'sms') return true;
  const who = { known: isKnown(owing.item), reply: !isUnasked(owing.message.id) };
  const verdict = await deps.limits.spend(to, text, who);
  if (verdict === 'yes') return true;
  await deps.announcer.alarm({ kind: 'spending-cap', at: deps.now().toISOString(), what: verdict });
  await owing.postpone(new Date(deps.now().getTime() + HOUR));
  return false;
}

/** What we begin. Once the resident has written after it, it is part of what they are answered, whatever the hour. */
const isHeldToHours = ({ message, item: { reply } }: Pick<Owing, 'item' | 'message'>): boolean =>
  keepsHours(message.id) && !(reply?.text && isAnswer(reply.id));

/** Joined, or in the middle of a survey: not a stranger whose first message costs money. */
export const isKnown = ({ session }: Pick<TurnItem, 'session'>): boolean =>
  session.consent === 'given' || session.survey !== undefined;

/** Before every sending: no two at once, and after the first one never without a look at the provider. */
async function claim(
  deps: Deps,
  owing: Owing,
  route: Way,
  provider: Provider,
): Promise<'send' | 'done' | 'later'> {
  const { message, item } = owing;
  if (!(await owing.claim())) return 'later';
  if (message.attempt === 0) return 'send';
  const before = await deps.deliveries.get(item.hash, message.id);
  // Where it may have gone out, whoever would carry it now.
  const asked =
    before?.state === 'unknown' && before.channel === channelOf(route.to) ? before.provider : provider;
  const outgoing = outgoingOf(deps, owing, route, asked);
  // Nobody gets an announcement's text twice in so short a time; a clock of ours that is ahead must not overlook it.
  const margin = kindOfEvent(message.id) === undefined ? 0 : SKEW;
  const found = await deps.senders[asked]?.find(outgoing, new Date(Date.parse(message.at) - margin));
  if (found === 'none' || found === undefined || hasFailed(before, found)) return 'send';
  if (found === 'cannot') {
    // It may be out, and nobody can tell: better one message too few than the same one twice (design.md 3).
    await giveUp(deps, owing, 'unknown');
    return 'done';
  }
  await note(deps, owing, { state: 'accepted', provider: asked, to: route.to, providerId: found.id });
  await owing.done();
  return 'done';
}

/** What the provider says of one that it may have taken. */
export async function lookUp(
  deps: Deps,
  { item, message }: Pick<Owing, 'item' | 'message'>,
  { provider, channel }: Pick<Fate, 'provider' | 'channel'>,
): Promise<{ id: string } | 'none' | 'cannot'> {
  const all = [message.to, item.address, ...item.others.map(({ address }) => address)];
  const to = all.find((address) => address && channelOf(address) === channel) ?? message.to;
  const outgoing = outgoingOf(deps, { item, message }, { to, providers: [provider] }, provider);
  return (await deps.senders[provider]?.find(outgoing, new Date(message.at))) ?? 'cannot';
}

/** What was found is the one whose receipt said that it did not arrive: that is why it goes out again. */
const hasFailed = (fate: Fate | undefined, found: { id: string } | 'cannot'): boolean =>
  found !== 'cannot' && fate?.state === 'failed' && fate.providerId === found.id;

async function send(deps: Deps, provider: Provider, outgoing: Outgoing): Promise<SendOutcome> {
  const sender = deps.senders[provider];
  if (!sender) throw new Error(`there is no sender for ${provider}`);
  const outcome = await sender.send(outgoing);
  deps.log.info('sent', {
    provider,
    channel: channelOf(outgoing.to),
    outcome: outcome.kind,
    ...(outcome.kind === 'rejected' && { code: outcome.code, cause: outcome.cause }),
  });
  return outcome;
}

function outgoingOf(
  deps: Deps,
  owing: Pick<Owing, 'item' | 'message'>,
  { to, template }: Way,
  provider: Provider,
): Outgoing {
  const { message, item } = owing;
  const delivery = deliveryId(item, message.id);
  return {
    to,
    text:
      channelOf(to) === 'sms'
        ? asSentBy(deps, provider, message.text, item.session.language ?? 'fr')
        : message.text,
    ...message.rich,
    ...(template && { template }),
    delivery,
    receipts: receiptsUrl(deps, delivery),
    validity: validityOf(deps, owing),
  };
}

/** Seconds. What we begin dies with the permitted hours rather than ringing at night (channels.md 1.6). */
function validityOf(deps: Deps, owing: Pick<Owing, 'item' | 'message'>): number {
  const now = deps.now();
  if (!isHeldToHours(owing)) return REPLY_VALIDITY / 1000;
  const end = parisMoment(inParis(now).date, deps.world.city.sending.to);
  return Math.min(REPLY_VALIDITY, end.getTime() - now.getTime()) / 1000;
}

async function giveUp(deps: Deps, owing: Owing, code: string): Promise<void> {
  const state = code === 'unknown' ? 'unknown' : 'failed';
  await note(deps, owing, { state, to: owing.message.to, code });
  await owing.done();
}

/** What is paid for. */
const partsOf = (
  deps: Deps,
  provider: Provider,
  { item, message }: Pick<Owing, 'item' | 'message'>,
  to: Address,
): number =>
  channelOf(to) === 'sms'
    ? sms(asSentBy(deps, provider, message.text, item.session.language ?? 'fr')).parts
    : 1;

/** What became of it, for staff. That it cannot be noted is no reason to send it again. */
export async function note(
  deps: Deps,
  { item, message }: Pick<Owing, 'item' | 'message'>,
  fate: {
    state: 'accepted' | 'unknown' | 'failed';
    to: Address;
    provider?: Provider;
    providerId?: string;
    code?: string;
    cause?: Extract<SendOutcome, { kind: 'rejected' }>['cause'];
  },
): Promise<void> {
  const { to, provider = deps.carriers[channelOf(to)]?.[0] ?? 'twilio', ...rest } = fate;
  const { providerId: _, ...noted } = { ...rest, channel: channelOf(to), at: deps.now().toISOString() };
  const taken = fate.state === 'accepted' && {
    provider,
    parts: partsOf(deps, provider, { item, message }, to),
  };
  // One where the other cannot be written: what an announcement's ledger lacks is looked up in the delivery.
  const all = await Promise.allSettled([
    deps.deliveries.note(item.hash, message.id, { ...noted, ...rest, provider }),
    announcing(deps).ledger.noteEvent(message.id, item.hash, { ...noted, ...taken }),
  ]);
  for (const each of all)
    if (each.status === 'rejected') deps.log.error('delivery-unnoted', describe(each.reason));
}
