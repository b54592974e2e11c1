/**
 * The store port in memory, for tests that run tens of thousands of turns. Held to the same contract as the real
 * one by `tests/functions/db.test.ts`; knows the few expressions that `functions/store` writes and throws on others.
 */
import type { Db, Expression, Item, Plain } from '../../functions/store/db.ts';

const name = (pk: unknown, sk: unknown): string => `${pk}\n${sk}`;

export interface MemoryDb extends Db {
  items: Map<string, Item>;
}

export function createMemoryDb(): MemoryDb {
  const items = new Map<string, Item>();
  const copy = (item: Item): Item => structuredClone(item);
  const ordered = (list: Item[], by: string): Item[] =>
    list.sort((a, b) => (String(a[by]) < String(b[by]) ? -1 : String(a[by]) > String(b[by]) ? 1 : 0));
  async function* listed(listPk: string, wanted: (ls: string) => boolean): AsyncGenerator<Item> {
    const found = [...items.values()].filter(
      (item) => item.lp === listPk && item.ls !== undefined && wanted(String(item.ls)),
    );
    yield* ordered(found, 'ls').map(({ pk, sk, lp, ls }) => ({ pk, sk, lp, ls }) as Item);
  }
  return {
    items,
    async get({ pk, sk }) {
      const item = items.get(name(pk, sk));
      return item && copy(item);
    },
    async getMany(keys) {
      return keys.map(({ pk, sk }) => {
        const item = items.get(name(pk, sk));
        return item && copy(item);
      });
    },
    async put(item, condition) {
      if (condition && !holds(condition, items.get(name(item.pk, item.sk)))) return false;
      items.set(name(item.pk, item.sk), copy(item));
      return true;
    },
    async update({ pk, sk }, update, expression) {
      const before = items.get(name(pk, sk));
      if (!holds(expression, before)) return false;
      items.set(name(pk, sk), apply(update, expression, { ...copy(before ?? {}), pk, sk }));
      return true;
    },
    async delete({ pk, sk }) {
      items.delete(name(pk, sk));
    },
    async deleteWhere({ pk, sk }, condition) {
      return holds(condition, items.get(name(pk, sk))) && items.delete(name(pk, sk));
    },
    async *query(pk, after = '') {
      yield* ordered(
        [...items.values()].filter((item) => item.pk === pk && String(item.sk) > after),
        'sk',
      ).map(copy);
    },
    async *latest(pk, _most, before) {
      yield* ordered(
        [...items.values()].filter(
          (item) => item.pk === pk && (before === undefined || String(item.sk) < before),
        ),
        'sk',
      )
        .reverse()
        .map(copy);
    },
    async *scan() {
      for (const { pk, sk, ttl } of items.values())
        yield { pk, sk, ...(ttl !== undefined && { ttl }) } as Item;
    },
    listed: (listPk, upTo) => listed(listPk, (ls) => !upTo || ls <= upTo),
    listedAfter: (listPk, after) => listed(listPk, (ls) => ls > after),
  };
}

function holds({ text, names = {}, values = {} }: Expression, item: Item | undefined): boolean {
  return text.split(' OR ').some((either) =>
    either.split(' AND ').every((part) => {
      const exists = /^attribute_(not_)?exists\((#?\w+)\)$/.exec(part);
      if (exists) {
        const attribute = exists[2] as string;
        return (item?.[names[attribute] ?? attribute] === undefined) === Boolean(exists[1]);
      }
      const compared = /^([#\w]+) (=|<|<=) (:\w+)$/.exec(part);
      if (!compared) throw new Error(`the memory store does not know the condition "${part}"`);
      const [, attribute = '', operator, value = ''] = compared;
      const left = item?.[names[attribute] ?? attribute];
      const right = values[value];
      if (left === undefined || right === undefined) return false;
      return operator === '=' ? left === right : operator === '<' ? left < right : left <= right;
    }),
  );
}

function apply(update: string, { names = {}, values = {} }: Expression, item: Item): Item {
  const [, set = '', remove = ''] = /^(?:SET (.+?))?(?: ?REMOVE (.+))?$/.exec(update) ?? [];
  if (!set && !remove) throw new Error(`the memory store does not know the update "${update}"`);
  const changed: Item = { ...item };
  for (const part of set.split(', ').filter(Boolean)) {
    const [path = '', value = ''] = part.split(' = ');
    const [attribute = '', field] = path.split('.');
    const next = values[value] as Plain;
    if (field)
      changed[attribute] = {
        ...(changed[attribute] as Record<string, string>),
        [names[field] ?? field]: String(next),
      };
    else changed[names[attribute] ?? attribute] = next;
  }
  for (const attribute of remove.split(', ').filter(Boolean)) delete changed[attribute];
  return changed;
}
