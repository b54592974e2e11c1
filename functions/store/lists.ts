/**
 * The lists of a city: what each that staff made is for, who is on any of them. Membership itself is the turn's
 * (`residents.ts`); here it is only read, from the index, shard by shard and page by page.
 */
import * as z from 'zod';
import type { Db, Item } from './db.ts';
import { hashIn, keys, LISTS, listShard, shards } from './table.ts';

/**
 * A list that staff keep, besides those of the city's file. Never changed once it is made: what people agreed to is
 * what it says (channels.md L2). `basis`: the legal one (L1). `by`: a role, never a name.
 *
 * @example { "id": "delegues", "name": "Délégués de classe", "purpose": "Préparer le conseil des jeunes", "basis": "consent",
 *   "at": "2026-11-23T09:00:00.000Z", "by": "service jeunesse" }
 */
export const StaffList = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/, 'an id is 2 to 30 of a-z, 0-9 and -, a letter first'),
  name: z.string().min(1).max(60),
  purpose: z.string().min(1).max(300),
  basis: z.enum(['interest', 'consent']),
  /** One plain question a message for everyone on it (J14). */
  plain: z.literal(true).optional(),
  at: z.iso.datetime(),
  by: z.string().min(1).max(60),
});
export type StaffList = z.infer<typeof StaffList>;

/** What the last daily round took off the lists. */
export interface Cleaned {
  at: string;
  /** Forgotten: silent for as long as the city keeps contacts. */
  forgotten: number;
  /** Taken off every list: no address of theirs has been reached for long. */
  unreachable: number;
}

export interface ListStore {
  /** False where there is a list of this id: nothing was written. Throws a ZodError on what is no list. */
  define(list: StaffList): Promise<boolean>;
  find(id: string): Promise<StaffList | undefined>;
  all(): AsyncGenerator<StaffList>;
  /** Hashes of those on a list whose hash has this shard, in order; `after` goes on behind one of them. Holds a page. */
  members(list: string, from: { shard: string; after?: string }): AsyncGenerator<string>;
  count(list: string): Promise<number>;
  noteCleaned(cleaned: Cleaned): Promise<void>;
  lastCleaned(): Promise<Cleaned | undefined>;
}

export function createListStore(db: Db): ListStore {
  async function* members(list: string, { shard, after }: { shard: string; after?: string }) {
    const partition = listShard(list, shard);
    const listed = after ? db.listedAfter(partition, after) : db.listed(partition);
    for await (const { pk } of listed) yield hashIn(String(pk));
  }
  return {
    async define(list) {
      const { id, ...rest } = StaffList.parse(list);
      return db.put(
        { ...keys.list(id), list: JSON.stringify({ id, ...rest }) },
        { text: 'attribute_not_exists(pk)' },
      );
    },
    async find(id) {
      const item = await db.get(keys.list(id));
      return item && read(item);
    },
    async *all() {
      for await (const item of db.query(LISTS)) yield read(item);
    },
    members,
    async count(list) {
      let count = 0;
      for (const shard of shards) for await (const _ of members(list, { shard })) count += 1;
      return count;
    },
    async noteCleaned({ at, forgotten, unreachable }) {
      await db.put({ ...keys.cleaned(), at, forgotten, unreachable });
    },
    async lastCleaned() {
      const item = await db.get(keys.cleaned());
      return (
        item && {
          at: String(item.at),
          forgotten: Number(item.forgotten),
          unreachable: Number(item.unreachable),
        }
      );
    },
  };
}

const read = (item: Item): StaffList => StaffList.parse(JSON.parse(String(item.list)));
