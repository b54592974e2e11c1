/**
 * Tying a second address to a resident (J15): the code was given to one address and comes back from another. From
 * then on both are one resident with one item; whatever lay under the second moves to the first. A crash anywhere
 * on the way is mended by the provider's retry: the code stays claimed for the address that sent it.
 */
import type { Event } from '../../conversations/events.ts';
import { linkCodeIn } from '../../conversations/link.ts';
import type { Address } from '../channels/channel.ts';
import { type Known, seenBefore, type TurnItem } from '../store/turn-item.ts';
import type { Deps } from './deps.ts';
import type { Taken } from './take-turn.ts';

type Said = Extract<Event, { type: 'said' }>;
type Move = (
  item: TurnItem,
  event: Event,
  addresses: { address: Address; known: TurnItem['known']; others: Known[] },
) => Promise<TurnItem | false>;

/**
 * What came of a message that holds a code; undefined where it holds none that is good, and the conversation is to
 * hear it like any other. `again`: another turn came between.
 */
export async function linkBy(
  deps: Deps,
  { address, event, from }: { address: Address; event: Said; from: TurnItem },
  move: Move,
): Promise<Taken | 'again' | undefined> {
  const code = linkCodeIn(event.text);
  // An address that is linked already has its resident's item: then there is nothing to move.
  const own = deps.hashes.address(address);
  if (!code || from.hash !== own) return undefined;
  const target = await deps.links.claim(deps.hashes.event(code), own, deps.now());
  if (!target || target === own) return undefined;
  const to = await deps.turns.find(target);
  // A code that was given where this address is now the resident's: there is nothing to tie.
  if (!to || to.session.id === '' || to.hash === own) return undefined;
  const linked = {
    type: 'linked' as const,
    id: event.id,
    channel: event.channel,
    ...(from.version > 0 && { other: { ...from.session } as Record<string, unknown> }),
  };
  const addresses = {
    address,
    known: { heard: deps.now().toISOString() },
    others: othersOf(to, from, address),
  };
  const joined = await join(deps, { to, from }, linked, (both, each) => move(both, each, addresses));
  if (joined === 'again') return 'again';
  if (joined.seen === 'older') return { kind: 'older' };
  return { kind: joined.seen === 'last' ? 'last' : 'fresh', item: joined.item };
}

/**
 * One resident of two: the turn of the first, what lies under the second, then the way from there. Done again after a
 * crash, with the same event, it does what is missing. A STOP that was said at the second in between is carried over.
 */
export async function join(
  deps: Deps,
  { to, from }: { to: TurnItem; from: TurnItem },
  event: Event,
  move: (both: TurnItem, event: Event) => Promise<TurnItem | false>,
): Promise<{ seen: 'last' | 'older' | undefined; item: TurnItem } | 'again'> {
  const seen = seenBefore(to, event.id);
  let item = to;
  if (seen === undefined) {
    // A late copy of what was said at the second is known at the first as well.
    const saved = await move({ ...to, seen: from.seen + to.seen }, event);
    if (!saved) return 'again';
    item = saved;
  } else if (from.session.consent === 'stopped' && to.session.consent !== 'stopped') {
    const stopped = { type: 'tied' as const, id: `${event.id}-stop`, other: { ...from.session } };
    const saved = await move(to, stopped);
    if (!saved) return 'again';
    item = saved;
  }
  await deps.residents.adopt(from.hash, to.hash);
  if (!(await deps.turns.point(from, to.hash))) return 'again';
  // What was written under the second address between the two steps.
  await deps.residents.adopt(from.hash, to.hash);
  return { seen, item };
}

/** Every address of both but the one that is written to first. */
export function othersOf(to: TurnItem, from: TurnItem, first: Address): Known[] {
  const all = [{ address: to.address, ...to.known }, ...to.others];
  const theirs = [{ address: from.address, ...from.known }, ...from.others];
  return [...all, ...theirs].filter(
    (each, at, every) =>
      each.address !== first && every.findIndex((one) => one.address === each.address) === at,
  );
}
