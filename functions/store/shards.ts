/** What is spread over shards, read one shard after another, so that a cursor can lead on through all of them. */
import type { Db, Item } from './db.ts';
import { shardOf, shards } from './table.ts';

/**
 * The items of all shards in one fixed order. `shardKey`: the partition of a shard; `most` a page of the store; `after`:
 * the sort key, sharded by itself, of the last one seen.
 */
export async function* behind(
  db: Db,
  shardKey: (shard: string) => string,
  most: number,
  after?: string,
): AsyncGenerator<Item> {
  const begun = after === undefined ? undefined : shardOf(after);
  for (const shard of begun === undefined ? shards : shards.slice(shards.indexOf(begun)))
    yield* db.query(shardKey(shard), shard === begun ? after : undefined, most);
}
