/**
 * Faults at every call that leaves the process: the store, the queue, the provider. A crash ends the instance:
 * nothing it does afterwards reaches anything. Counts calls over a whole run, so that a plan can name any of them.
 */

import type { Sender } from '../../functions/channels/channel.ts';
import type { Queue } from '../../functions/runtime/queue.ts';
import type { Db } from '../../functions/store/db.ts';

export const FAULTS = ['crash-before', 'crash-after', 'error', 'applied-but-timed-out'] as const;
export type Fault = (typeof FAULTS)[number];

/** The process is gone. */
export class Crash extends Error {
  override name = 'Crash';
}

export interface Faults {
  /** Calls made so far in this run. */
  count: number;
  plan: Map<number, Fault>;
}

export interface Instance {
  dead: boolean;
}

async function call<Result>(
  faults: Faults,
  instance: Instance,
  work: () => Promise<Result>,
): Promise<Result> {
  if (instance.dead) throw new Crash();
  const fault = faults.plan.get(faults.count);
  faults.count += 1;
  if (fault === 'crash-before') {
    instance.dead = true;
    throw new Crash();
  }
  if (fault === 'error') throw new Error('injected: not applied');
  const result = await work();
  if (instance.dead) throw new Crash();
  if (fault === 'crash-after') {
    instance.dead = true;
    throw new Crash();
  }
  if (fault === 'applied-but-timed-out') throw new Error('injected: applied, then timed out');
  return result;
}

export function faultyDb(db: Db, faults: Faults, instance: Instance): Db {
  const all = async <T>(items: AsyncGenerator<T>): Promise<T[]> => {
    const list: T[] = [];
    for await (const item of items) list.push(item);
    return list;
  };
  async function* page<T>(items: () => AsyncGenerator<T>): AsyncGenerator<T> {
    yield* await call(faults, instance, () => all(items()));
  }
  return {
    get: (key) => call(faults, instance, () => db.get(key)),
    getMany: (keys) => call(faults, instance, () => db.getMany(keys)),
    put: (item, condition) => call(faults, instance, () => db.put(item, condition)),
    update: (key, update, expression) => call(faults, instance, () => db.update(key, update, expression)),
    delete: (key) => call(faults, instance, () => db.delete(key)),
    deleteWhere: (key, condition) => call(faults, instance, () => db.deleteWhere(key, condition)),
    query: (pk, after) => page(() => db.query(pk, after)),
    // The index is asked for every shard: faults there are faults of the query above, sixteen times.
    scan: () => db.scan(),
    listed: (pk, upTo) => db.listed(pk, upTo),
    listedAfter: (pk, after) => db.listedAfter(pk, after),
    latest: (pk, most, before) => db.latest(pk, most, before),
  };
}

export const faultyQueue = (queue: Queue, faults: Faults, instance: Instance): Queue => ({
  send: (message, delay) => call(faults, instance, () => queue.send(message, delay)),
});

/** At the provider, an error is a network failure: nobody knows whether the message is out. */
export const faultySender = (sender: Sender, faults: Faults, instance: Instance): Sender => ({
  provider: sender.provider,
  async send(message) {
    try {
      return await call(faults, instance, () => sender.send(message));
    } catch (error) {
      if (error instanceof Crash) throw error;
      return { kind: 'unknown', cause: 'network' };
    }
  },
  find: (message, since) => call(faults, instance, () => sender.find(message, since)),
});
