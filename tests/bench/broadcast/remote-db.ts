/** The store port, held by the counting fake in another process. */
import { connect } from 'node:net';
import type { Db, Item } from '../../../functions/store/db.ts';
import { wire } from './wire.ts';

const BUFFER = 65_536;

export type Call = [id: number, what: string, args: unknown[]];
export type Answer = [id: number, result: unknown, error?: string];

/** `path`: of the fake's Unix socket, which costs a sixth less than a port: what is measured is not the transport. */
export function connectDb(path: string): Db {
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const answered = ([id, result, error]: Answer): void => {
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.resolve(result ?? undefined);
    else waiting?.reject(new Error(error));
  };
  // One buffer for all that is read: the fake's client is to cost as little as it can.
  const socket = connect({
    path,
    onread: {
      buffer: Buffer.alloc(BUFFER),
      callback: (size, buffer) => {
        hear(Buffer.from(buffer.buffer, buffer.byteOffset, size));
        return true;
      },
    },
  });
  const { write, hear } = wire(socket, answered, { inTurn: true });
  let ids = 0;
  const ask = <Result>(what: string, ...args: unknown[]): Promise<Result> =>
    new Promise((resolve, reject) => {
      const id = ++ids;
      open.set(id, { resolve: resolve as (value: unknown) => void, reject });
      write([id, what, args]);
    });
  async function* pages(what: string, partition: string, by: 'sk' | 'ls', from = ''): AsyncGenerator<Item> {
    let after = from;
    for (;;) {
      const { items, more } = await ask<{ items: Item[]; more: boolean }>(what, partition, after);
      yield* items;
      if (!more) return;
      after = String(items.at(-1)?.[by]);
    }
  }
  return {
    get: (key) => ask('get', key),
    getMany: async (keys) => (await ask<(Item | null)[]>('getMany', keys)).map((item) => item ?? undefined),
    put: (item, condition) => ask('put', item, condition),
    update: (key, update, expression) => ask('update', key, update, expression),
    delete: (key) => ask('delete', key),
    deleteWhere: (key, condition) => ask('deleteWhere', key, condition),
    query: (pk, after) => pages('query', pk, 'sk', after),
    async *latest() {
      yield* await ask<Item[]>('latest');
    },
    async *scan() {
      yield* await ask<Item[]>('scan');
    },
    async *listed(partition, upTo) {
      yield* await ask<Item[]>('listed', partition, upTo);
    },
    listedAfter: (partition, after) => pages('members', partition, 'ls', after),
  };
}
