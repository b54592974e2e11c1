/**
 * What became of each outgoing message: one item a delivery, under the id that rides along with it. States never go
 * backwards, whatever order receipts come in (twilio-status.json); it may be a receipt that makes the item.
 */
import { type Cause, type DeliveryState, type Provider, STATES } from '../channels/channel.ts';
import type { Db } from './db.ts';
import { expiresAt, failedShard, keys, shardOf, shards } from './table.ts';

const DELIVERY = 'delivery#';
const SECONDS_A_DAY = 86_400;

export interface Fate {
  state: DeliveryState;
  provider: Provider;
  channel: string;
  at: string;
  /** The provider's id of the message. */
  providerId?: string;
  /** The provider's own code, or a word of ours (`window`, `spending-cap`). */
  code?: string;
  cause?: Cause;
}

export interface Failed extends Fate {
  hash: string;
  id: string;
}

export interface DeliveryStore {
  /** False where it had come further already. `at` is when this was known. */
  note(hash: string, id: string, fate: Fate): Promise<boolean>;
  get(hash: string, id: string): Promise<Fate | undefined>;
  /** Our id of what a provider knows under its own, where the provider does not give ours back. */
  under(hash: string, providerId: string): Promise<string | undefined>;
  /** What did not reach its resident, and why: for staff. */
  failed(): AsyncGenerator<Failed>;
}

const rankOf = (state: DeliveryState): number => STATES.indexOf(state);

/** `keepDays`: as long as messages themselves are kept. */
export function createDeliveryStore(db: Db, keepDays: number): DeliveryStore {
  const get = async (hash: string, id: string): Promise<Fate | undefined> => {
    const item = await db.get(keys.delivery(hash, id));
    if (!item) return undefined;
    const { state, provider, channel, at, providerId, code, cause } = item;
    return {
      state: state as DeliveryState,
      provider: provider as Provider,
      channel: String(channel),
      at: String(at),
      ...(providerId !== undefined && { providerId: String(providerId) }),
      ...(code !== undefined && { code: String(code) }),
      ...(cause !== undefined && { cause: cause as Cause }),
    };
  };
  return {
    get,
    note(hash, id, { state, provider, channel, at, providerId, code, cause }) {
      const rank = rankOf(state);
      return db.put(
        {
          ...keys.delivery(hash, id),
          rank,
          state,
          provider,
          channel,
          at,
          ...(providerId && { providerId }),
          ...(code && { code }),
          ...(cause && { cause }),
          ...(state === 'failed' && { lp: failedShard(shardOf(hash)), ls: `${at}#${id}` }),
          ttl: expiresAt(new Date(at), keepDays * SECONDS_A_DAY),
        },
        {
          text: 'attribute_not_exists(pk) OR #rank < :rank',
          names: { '#rank': 'rank' },
          values: { ':rank': rank },
        },
      );
    },
    async under(hash, providerId) {
      for await (const item of db.query(keys.resident(hash)))
        if (item.providerId === providerId) return String(item.sk).slice(DELIVERY.length);
      return undefined;
    },
    async *failed() {
      for (const shard of shards)
        for await (const { pk, sk } of db.listed(failedShard(shard))) {
          const hash = String(pk).slice(2);
          const id = String(sk).slice(DELIVERY.length);
          const fate = await get(hash, id);
          if (fate) yield { ...fate, hash, id };
        }
    },
  };
}
