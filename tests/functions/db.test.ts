/** The store port keeps its contract: the same checks for the real SDK on dynalite and for the memory double. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type Db } from '../../functions/store/db.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createMemoryDb } from '../support/memory-db.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

const implementations: [string, () => Db][] = [
  ['the SDK on dynalite', () => createDb(store.client, store.table, 3)],
  ['the memory double', () => createMemoryDb()],
];

const collect = async <T>(items: AsyncGenerator<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe.each(implementations)('%s', (label, make) => {
  const at = (id: string) => ({ pk: `${label}-${id}`, sk: 'x' });

  it('gives back what was put, of every kind', async () => {
    const db = make();
    const item = { ...at('kinds'), text: 'é "ü" 😀 نعم', count: -4.5, map: { a: 'b', 'c d': '' } };
    expect(await db.put(item)).toBe(true);
    expect(await db.get(at('kinds'))).toEqual(item);
    expect(await db.get(at('nobody'))).toBeUndefined();
  });

  it('gives many back in the order they are asked for, more than one call takes, a key named twice too', async () => {
    const db = make();
    const keys = Array.from({ length: 230 }, (_, n) => at(`many-${n}`));
    for (const [n, key] of keys.entries()) if (n % 3 > 0) await db.put({ ...key, n });
    const asked = [...keys.toReversed(), keys[1] as (typeof keys)[number]];
    const found = await db.getMany(asked);
    expect(found).toEqual(
      [...keys.keys()]
        .toReversed()
        .concat(1)
        .map((n) => (n % 3 > 0 ? { ...keys[n], n } : undefined)),
    );
    expect(await db.getMany([])).toEqual([]);
  });

  it('puts only where the condition holds', async () => {
    const db = make();
    const absent = { text: 'attribute_not_exists(pk)' };
    expect(await db.put({ ...at('put'), n: 1 }, absent)).toBe(true);
    expect(await db.put({ ...at('put'), n: 2 }, absent)).toBe(false);
    expect(await db.put({ ...at('put'), n: 2 }, { text: 'n = :n', values: { ':n': 7 } })).toBe(false);
    expect(await db.put({ ...at('put'), n: 2 }, { text: 'n = :n', values: { ':n': 1 } })).toBe(true);
    const newer = (n: number) => ({ text: 'attribute_not_exists(pk) OR n < :n', values: { ':n': n } });
    expect(await db.put({ ...at('put'), n: 2 }, newer(2))).toBe(false);
    expect(await db.put({ ...at('put'), n: 3 }, newer(3))).toBe(true);
    expect((await db.get(at('put')))?.n).toBe(3);
  });

  it('updates, removes and reaches into a map', async () => {
    const db = make();
    await db.put({ ...at('update'), n: 1, lp: 'l', ls: 's', answers: { a: '1' } });
    const set = {
      text: 'attribute_exists(pk) AND n < :n',
      names: { '#q': 'b' },
      values: { ':a': '2', ':n': 5 },
    };
    expect(await db.update(at('update'), 'SET answers.#q = :a, n = :n', set)).toBe(true);
    expect(await db.update(at('update'), 'SET answers.#q = :a, n = :n', set)).toBe(false);
    expect(await db.update(at('update'), 'REMOVE lp, ls', { text: 'n = :n', values: { ':n': 5 } })).toBe(
      true,
    );
    expect(await db.get(at('update'))).toEqual({ ...at('update'), n: 5, answers: { a: '1', b: '2' } });
    expect(await db.update(at('nobody'), 'SET n = :n', { text: 'n = :n', values: { ':n': 1 } })).toBe(false);
  });

  it('pages through a partition and an index in order, and forgets what is deleted', async () => {
    const db = make();
    const pk = `${label}-pages`;
    for (let i = 9; i >= 0; i -= 1) await db.put({ pk, sk: `k${i}`, lp: pk, ls: `t${9 - i}` });
    await db.delete({ pk, sk: 'k4' });
    expect((await collect(db.query(pk))).map((item) => item.sk)).toEqual([
      'k0',
      'k1',
      'k2',
      'k3',
      'k5',
      'k6',
      'k7',
      'k8',
      'k9',
    ]);
    expect((await collect(db.query(pk, 'k5'))).map((item) => item.sk)).toEqual(['k6', 'k7', 'k8', 'k9']);
    expect(await collect(db.query(pk, 'k9'))).toEqual([]);
    expect((await collect(db.listed(pk, 't3'))).map((item) => item.sk)).toEqual(['k9', 'k8', 'k7', 'k6']);
    expect((await collect(db.listedAfter(pk, 't7'))).map((item) => item.sk)).toEqual(['k1', 'k0']);
    expect((await collect(db.listed(pk)))[0]).toEqual({ pk, sk: 'k9', lp: pk, ls: 't0' });
    const known = (await collect(db.scan())).filter((item) => item.pk === pk);
    expect(known).toHaveLength(9);
  });

  it('lets one of many simultaneous writers through', async () => {
    const db = make();
    await db.put({ ...at('race'), n: 0 });
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        db.put({ ...at('race'), n: 1, by: i }, { text: 'n = :n', values: { ':n': 0 } }),
      ),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
  });
});

describe('what the table did not get to', () => {
  const keys = Array.from({ length: 5 }, (_, n) => ({ pk: `p${n}`, sk: 'x' }));
  type Batch = { RequestItems: { T: { Keys: Record<string, { S: string }>[] } } };

  it('is asked for again, slower and slower, until it is there', async () => {
    const waited: number[] = [];
    let calls = 0;
    const client = {
      send: async ({ input }: { input: Batch }) => {
        const { Keys } = input.RequestItems.T;
        calls += 1;
        const answered = calls === 1 || calls > 3 ? Keys.slice(0, 2) : [];
        const rest = Keys.slice(answered.length);
        return { Responses: { T: answered }, UnprocessedKeys: rest.length > 0 ? { T: { Keys: rest } } : {} };
      },
    };
    const db = createDb(client as never, 'T', undefined, async (ms) => waited.push(ms));
    expect(await db.getMany(keys)).toEqual(keys);
    expect(waited).toEqual([50, 100, 200, 50]);
  });

  it('is an error, and no gap, where it never comes', async () => {
    const client = {
      send: async ({ input }: { input: Batch }) => ({ Responses: {}, UnprocessedKeys: input.RequestItems }),
    };
    const db = createDb(client as never, 'T', undefined, async () => {});
    await expect(db.getMany(keys)).rejects.toThrow('did not get to 5 keys');
  });
});
