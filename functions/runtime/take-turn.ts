/**
 * One event through the engine and into the store: load, turn, one conditional write, then the effects.
 * The same for the webhook, the queue and the reminders; how the reply is handed over is the caller's.
 */
import type { Channel, Effect, Event, StoredEffect } from '../../conversations/events.ts';
import { takeGranted } from '../../conversations/granted.ts';
import { sms } from '../../conversations/shape.ts';
import { type Address, channelOf } from '../channels/channel.ts';
import { carryOut } from '../store/effects.ts';
import { type Pending, type Reply, seenBefore, type TurnItem } from '../store/turn-item.ts';
import type { NextTurn } from '../store/turns.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';
import { type DomainEvent, eventsOf } from './domain-events.ts';
import { grant } from './grant.ts';
import { heldBack } from './guard.ts';
import { isKnown } from './hand-over.ts';
import { linkBy } from './linking.ts';
import { describe } from './log.ts';
import { mayReach } from './route.ts';

/** Two messages at one instant meet once; more often than this the queue is the better place to wait. */
const CONFLICTS = 6;

/**
 * - `fresh` the turn was taken now
 * - `last` it had been taken, and nothing has happened since: the reply may still be owed
 * - `older` it had been taken, and the conversation has moved on
 */
export type Taken = { kind: 'fresh' | 'last'; item: TurnItem } | { kind: 'older' };

/** Other turns came between too often. Nothing was lost: the event can be taken again. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

export async function takeTurn(deps: Deps, address: string, event: Event, via: Reply['via']): Promise<Taken> {
  const hash = deps.hashes.address(address);
  for (let round = 0; round < CONFLICTS; round += 1) {
    const [item] = await Promise.all([deps.turns.load(hash, address, deps.freshId), deps.shelf.ready()]);
    const seen = seenBefore(item, event.id);
    if (seen === 'older') return { kind: 'older' };
    if (item.pending) {
      await carryOut(stores(deps), item.hash, item.pending);
      await announce(deps, item, isUrgent);
    }
    if (seen === 'last') return { kind: 'last', item };
    const heard = event.type === 'said' ? address : undefined;
    if (event.type === 'said') {
      const held = heldBack(deps, item, event);
      if (held) {
        const counted = await count(deps, item, { event, heard: address, via, told: held.told });
        if (counted) return { kind: 'fresh', item: counted };
        continue;
      }
      const linked = await linkBy(deps, { address, event, from: item }, async (to, link, addresses) => {
        // What a turn of theirs has left to do is written over by the next.
        await settle(deps, to);
        return move(deps, to, link, via, { addresses });
      });
      if (linked === 'again') continue;
      if (linked) return linked;
    }
    const saved = await move(deps, item, event, via, { heard });
    if (saved) return { kind: 'fresh', item: saved };
  }
  throw new ConflictError('the turn met other turns too often');
}

/** A message that is not heard: only that it came is kept, and the conversation stays where it was. */
async function count(
  deps: Deps,
  item: TurnItem,
  { event, heard, via, told }: { event: Event; heard: Address; via: Reply['via']; told: string | undefined },
): Promise<TurnItem | false> {
  const { session } = item;
  const said = told === undefined ? undefined : ({ type: 'say', text: told } as const);
  const reply = said && (await replyOf(deps, item, said, { via, to: heard }));
  const now = deps.now();
  return deps.turns.save(item, { session, event: event.id, now, heard, ...(reply && { reply }) });
}

/**
 * The turn of someone who was loaded already. False where another turn came between. `heard`: the address that was
 * heard from, where the event is a resident's own; `addresses`: as they are from now on, where they change.
 */
export async function move(
  deps: Deps,
  item: TurnItem,
  event: Event,
  via: Reply['via'],
  { heard, addresses }: Pick<NextTurn, 'heard' | 'addresses'> = {},
): Promise<TurnItem | false> {
  await deps.shelf.ready(item.session);
  const now = deps.now();
  const { session, effects } = await takeGranted(
    (asking) => deps.take(item.session, asking, now),
    event,
    (claim) => grant(deps, item, event, claim),
  );
  const said = effects.find((effect) => effect.type === 'say');
  const to = addresses?.address ?? heard ?? item.address;
  const stored = effects
    .filter((effect) => effect.type !== 'say' && effect.type !== 'ask')
    .map((effect) => asSent(effect, channelOf(to)));
  const reply = said && (await replyOf(deps, item, said, { via, to }));
  const saved = await deps.turns.save(item, {
    session,
    event: event.id,
    now,
    ...(event.type === 'unsaid' && { unsaid: event.of }),
    ...(heard && { heard }),
    ...(addresses && { addresses }),
    ...(reply && { reply }),
    ...(stored.length > 0 && {
      pending: {
        effects: stored,
        event: event.id,
        at: now.toISOString(),
        resident: item.session.id,
        suppression: deps.hashes.suppression(item.address),
        ...alsoOf(deps, item, addresses ? allOf(addresses) : [heard]),
        language: session.language ?? 'fr',
      },
    }),
  });
  if (saved) await carryOutOrQueue(deps, saved);
  return saved;
}

type Say = Extract<Effect, { type: 'say' }>;

/**
 * What the channel makes of what is said, and who hands it over. The response of a webhook carries text and no more:
 * buttons, pictures and Messenger go out through the API, from the outbox (design.md 3).
 */
async function replyOf(
  deps: Deps,
  item: TurnItem,
  said: Say,
  { via, to }: { via: Reply['via']; to: Address },
): Promise<NextTurn['reply']> {
  const { text, type: _, ...rich } = said;
  const channel = channelOf(to);
  if (channel === 'sms') {
    const sent = sms(text).text;
    // What the API hands over is paid for where it is sent.
    if (via === 'response' && !(await mayAnswer(deps, item, to, sent))) return undefined;
    return { text: sent, via };
  }
  const plain = text.normalize('NFC');
  const hasMore = Object.keys(rich).length > 0;
  const inResponse = via === 'response' && channel === 'whatsapp' && !hasMore;
  return {
    text: plain,
    via: inResponse ? 'response' : 'api',
    attempt: inResponse || via === 'api' ? 1 : 0,
    ...(hasMore && { rich }),
  };
}

/** Not to a prefix the city does not allow, and not beyond what it has agreed to pay. */
async function mayAnswer(deps: Deps, item: TurnItem, to: Address, text: string): Promise<boolean> {
  if (!mayReach(deps.world.city, to)) {
    deps.log.info('unanswered', { why: 'foreign-prefix' });
    return false;
  }
  const verdict = await deps.limits.spend(to, text, { known: isKnown(item), reply: true });
  if (verdict === 'yes') return true;
  deps.log.error('unanswered', { why: verdict });
  if (verdict === 'money')
    await deps.announcer.alarm({ kind: 'spending-cap', at: deps.now().toISOString(), what: 'replies' });
  return false;
}

const allOf = ({ address, others }: Pick<TurnItem, 'address' | 'others'>): Address[] => [
  address,
  ...others.map((each) => each.address),
];

/** The addresses besides the one in `suppression`, and that one too where the item stands under another. */
function alsoOf(
  deps: Deps,
  item: TurnItem,
  more: (Address | undefined)[],
): { also?: NonNullable<Pending['also']> } {
  const also = [...new Set([...allOf(item), ...more])]
    .filter((address): address is Address => Boolean(address))
    .filter((address) => address !== item.address || deps.hashes.address(address) !== item.hash)
    .map((address) => ({
      hash: deps.hashes.address(address),
      suppression: deps.hashes.suppression(address),
    }));
  return also.length > 0 ? { also } : {};
}

const PROOFS = new Set(['consent', 'mute', 'unmute']);

/** A proof holds the text as it went out, folded letters and all; what was signed on paper did not go out. */
const asSent = (effect: StoredEffect, channel: Channel): StoredEffect =>
  channel === 'sms' && PROOFS.has(effect.type) && 'text' in effect && !('on' in effect)
    ? { ...effect, text: sms(effect.text).text }
    : effect;

/** The turn stands whether or not its effects can be carried out at once: then the queue does it. */
async function carryOutOrQueue(deps: Deps, item: TurnItem): Promise<void> {
  if (!item.pending) return;
  try {
    await carryOut(stores(deps), item.hash, item.pending);
    await announce(deps, item);
  } catch (error) {
    deps.log.error('effects-delayed', describe(error));
    // Where the queue fails too, the caller must not say that all is well: whoever brought the event brings it
    // again, and finds the effects in the turn item.
    await deps.queue.send({ kind: 'effects', hash: item.hash });
  }
}

/** Carries out what a turn left behind, and notes that it is done. */
export async function settle(deps: Deps, item: TurnItem): Promise<void> {
  if (!item.pending) return;
  await carryOut(stores(deps), item.hash, item.pending);
  await announce(deps, item);
  await deps.turns.settled(item);
}

/** After a crash: carries out what turns had decided and could not finish, for everyone there is. */
export async function settleEveryone(deps: Deps): Promise<void> {
  for await (const hash of deps.turns.everyone()) {
    const item = await deps.turns.find(hash);
    if (item) await settle(deps, item);
  }
}

/** What a turn's effects ask of others: files to be fetched, and what others want to know. */
async function announce(
  deps: Deps,
  item: TurnItem,
  which: (event: DomainEvent) => boolean = () => true,
): Promise<void> {
  const { pending, hash } = item;
  if (pending?.effects.some((effect) => effect.type === 'attach'))
    await deps.fetching.send({ kind: 'fetch', hash, event: pending.event });
  await publish(deps, item, which);
}

/** What must not be lost with a crash, and is told again where there may have been one; the rest is only counted. */
const isUrgent = ({ type }: DomainEvent): boolean => type === 'alarm';

/** Who listens must not stand in the way of who speaks: what cannot be published is only logged. */
async function publish(deps: Deps, item: TurnItem, which: (event: DomainEvent) => boolean): Promise<void> {
  for (const event of item.pending ? eventsOf(item.pending).filter(which) : [])
    await deps.announcer
      .publish(event)
      .catch((error) => deps.log.error('event-unpublished', { ...describe(error), type: event.type }));
}

const stores = (deps: Deps) => ({
  residents: deps.residents,
  sheets: deps.sheets,
  links: deps.links,
  rsvps: deps.rsvps,
  liveRows: deps.liveRows,
  ledger: announcing(deps).ledger,
  pseudonym: deps.hashes.pseudonym,
  linkHash: deps.hashes.event,
  forget: async (files: string[]) => {
    if (files.length > 0) await deps.fetching.send({ kind: 'forget', files });
  },
});
