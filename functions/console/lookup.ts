/**
 * What a page shows besides its own: names by ids. All that its parts ask for while they are rendered is read from the
 * store in one call.
 */
import { createContext, useContext } from 'hono/jsx';
import type { Db, Item } from '../store/db.ts';
import type { Key } from '../store/table.ts';

/** The items of these keys, in their order. */
export type Lookup = (keys: Key[]) => Promise<(Item | undefined)[]>;

/** For one page: who asks within one turn of the event loop shares one `getMany`. */
export function createLookup(db: Pick<Db, 'getMany'>): Lookup {
  let waiting: Key[] = [];
  let read: Promise<Map<string, Item>> | undefined;
  const all = async (): Promise<Map<string, Item>> => {
    await Promise.resolve();
    const asked = waiting;
    [waiting, read] = [[], undefined];
    const items = await db.getMany(asked);
    return new Map(items.flatMap((item) => (item ? [[named(item as never), item] as const] : [])));
  };
  return async (wanted) => {
    if (wanted.length === 0) return [];
    waiting.push(...wanted);
    read ??= all();
    const found = await read;
    return wanted.map((key) => found.get(named(key)));
  };
}

const named = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

export const Looked = createContext<Lookup | undefined>(undefined);

/** The page's own; only while it is rendered. */
export function useLookup(): Lookup {
  const lookup = useContext(Looked);
  if (!lookup) throw new Error('nothing can be looked up outside a page of the console');
  return lookup;
}
