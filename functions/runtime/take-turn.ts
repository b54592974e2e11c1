/**
 * One event through the engine and into the store: load, turn, one conditional write, then the effects.
 * The same for the webhook, the queue and the reminders; how the reply is handed over is the caller's.
 */
import type { Event, StoredEffect } from '../../conversations/events.ts';
import { sms } from '../../conversations/shape.ts';
import { carryOut } from '../store/effects.ts';
import { type Reply, seenBefore, type TurnItem } from '../store/turns.ts';
import type { Deps } from './deps.ts';
import { eventsOf } from './domain-events.ts';
import { describe } from './log.ts';

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
    const item = await deps.turns.load(hash, address, deps.freshId);
    const seen = seenBefore(item, event.id);
    if (seen === 'older') return { kind: 'older' };
    if (item.pending) await carryOut(stores(deps), item.hash, item.pending);
    if (seen === 'last') return { kind: 'last', item };
    const saved = await move(deps, item, event, via);
    if (saved) return { kind: 'fresh', item: saved };
  }
  throw new ConflictError('the turn met other turns too often');
}

/** The turn of someone who was loaded already. False where another turn came between. */
export async function move(
  deps: Deps,
  item: TurnItem,
  event: Event,
  via: Reply['via'],
): Promise<TurnItem | false> {
  const now = deps.now();
  const { session, effects } = await deps.take(item.session, event, now);
  const said = effects.find((effect) => effect.type === 'say');
  const stored = effects.filter((effect) => effect.type !== 'say').map(asSent);
  const saved = await deps.turns.save(item, {
    session,
    event: event.id,
    now,
    ...(said && { reply: { text: sms(said.text).text, via } }),
    ...(stored.length > 0 && {
      pending: {
        effects: stored,
        event: event.id,
        at: now.toISOString(),
        resident: item.session.id,
        suppression: deps.hashes.suppression(item.address),
        language: session.language ?? 'fr',
      },
    }),
  });
  if (saved) await carryOutOrQueue(deps, saved);
  return saved;
}

/** A proof holds the text as it went out, folded letters and all. */
const asSent = (effect: StoredEffect): StoredEffect =>
  effect.type === 'consent' ? { ...effect, text: sms(effect.text).text } : effect;

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

/** Who listens must not stand in the way of who speaks: what cannot be published is only logged. */
async function announce(deps: Deps, item: TurnItem): Promise<void> {
  for (const event of item.pending ? eventsOf(item.pending) : [])
    await deps.announcer
      .publish(event)
      .catch((error) => deps.log.error('event-unpublished', { ...describe(error), type: event.type }));
}

const stores = (deps: Deps) => ({
  residents: deps.residents,
  sheets: deps.sheets,
  pseudonym: deps.hashes.pseudonym,
});
