/**
 * Limits that all instances share (messages a second, money a day), taken in blocks so that most messages need no
 * write of their own (design.md 3). A block that dies with its instance is lost: a cap is then reached a little early.
 */
import type { Db } from './db.ts';
import { expiresAt, keys } from './table.ts';

export interface Limit {
  /** Of what and for which stretch of time: `day-2026-11-24-known`. Never an address. */
  name: string;
  /** Most that may be taken under this name. */
  most: number;
  /** How much one instance takes at a time. */
  block: number;
  /** When the name is worth nothing any more. */
  until: Date;
}

export interface LeaseStore {
  /** True where so much may be used; it is then used up, whatever comes of it. */
  take(limit: Limit, amount: number): Promise<boolean>;
  /** What all instances have taken under this name, blocks that are not used up included. */
  taken(name: string): Promise<number>;
}

/** Names that have passed are dropped once there are so many. */
const MOST_NAMES = 500;
/** Two instances that take a block at one instant meet once or twice. */
const ROUNDS = 5;

/** Others took blocks at the same time too often. Nothing is known of the limit: it may be asked again. */
export class LeaseBusy extends Error {
  override name = 'LeaseBusy';
}

interface Kept {
  amount: number;
  until: number;
  /** There is no more to be had. */
  over?: true;
  /** A block is being taken: one at a time, however many wait for it. */
  taking?: Promise<void>;
}

export function createLeaseStore(db: Db, now: () => Date): LeaseStore {
  /** What this instance has left of its blocks. */
  const left = new Map<string, Kept>();

  const lease = async ({ name, most, block, until }: Limit, amount: number): Promise<number> => {
    const wanted = Math.max(block, amount);
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await db.get(keys.lease(name));
      const used = Number(before?.used ?? 0);
      const granted = Math.min(wanted, most - used);
      if (granted < amount) return 0;
      const taken = await db.put(
        { ...keys.lease(name), used: used + granted, ttl: expiresAt(until, 86_400) },
        before
          ? { text: '#used = :used', names: { '#used': 'used' }, values: { ':used': used } }
          : { text: 'attribute_not_exists(pk)' },
      );
      if (taken) return granted;
    }
    throw new LeaseBusy('a lease met other leases too often');
  };

  const refill = async (kept: Kept, limit: Limit, amount: number): Promise<void> => {
    const granted = await lease(limit, amount);
    kept.amount += granted;
    if (granted === 0) kept.over = true;
  };

  const keptOf = ({ name, most, until }: Limit): Kept => {
    const own = `${name}/${most}`;
    const known = left.get(own);
    if (known) return known;
    if (left.size > MOST_NAMES)
      for (const [each, { until: end }] of left) if (end < now().getTime()) left.delete(each);
    const made = { amount: 0, until: until.getTime() };
    left.set(own, made);
    return made;
  };

  return {
    taken: async (name) => Number((await db.get(keys.lease(name)))?.used ?? 0),
    async take(limit, amount) {
      const kept = keptOf(limit);
      while (kept.amount < amount) {
        // Once refused, refused until its time is over: a flood must not read the store for every message.
        if (kept.over) return false;
        kept.taking ??= refill(kept, limit, amount - kept.amount).finally(() => {
          kept.taking = undefined;
        });
        await kept.taking;
      }
      kept.amount -= amount;
      return true;
    },
  };
}
