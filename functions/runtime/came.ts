/** What residents sent that waits for somebody: counted, not read. */
import type { Db } from '../store/db.ts';
import { callShard, failedShard, keptShard, shards } from '../store/table.ts';

export interface Came {
  messages: number;
  calls: number;
  /** Messages of ours that never reached a phone. */
  failed: number;
}

/** Since then, as the index has them: a moment behind. */
export async function came({ db }: { db: Db }, since: Date): Promise<Came> {
  const count = async (listOf: (shard: string) => string): Promise<number> => {
    const each = await Promise.all(
      shards.map(async (shard) => {
        let found = 0;
        for await (const _ of db.listedAfter(listOf(shard), since.toISOString())) found += 1;
        return found;
      }),
    );
    return each.reduce((sum, one) => sum + one, 0);
  };
  const [messages, calls, failed] = await Promise.all([keptShard, callShard, failedShard].map(count));
  return { messages: messages ?? 0, calls: calls ?? 0, failed: failed ?? 0 };
}
