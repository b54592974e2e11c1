/** Who is on a list, read from the index: membership itself is the turn's (`residents.ts`). */
import type { Db } from './db.ts';
import { hashIn, listShard } from './table.ts';

export interface Members {
  /** Up to `most` hashes of those on this shard of a list, in order, behind `after`. */
  page(list: string, shard: string, after: string, most: number): Promise<string[]>;
}

export const createMembers = (db: Db): Members => ({
  async page(list, shard, after, most) {
    const partition = listShard(list, shard);
    const found: string[] = [];
    for await (const { pk } of after ? db.listedAfter(partition, after) : db.listed(partition)) {
      found.push(hashIn(String(pk)));
      if (found.length >= most) break;
    }
    return found;
  },
});
