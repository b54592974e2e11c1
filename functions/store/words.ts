/** What was written in anonymous surveys that have closed: each text an item by itself, tied to no sheet and no other. */
import type { Words } from '../../conversations/anonymous.ts';
import type { Db } from './db.ts';
import { keys, shards, wordsShard } from './table.ts';

export interface WordsStore {
  /** Written again under the same name, it is one. */
  keep(name: string, words: Words): Promise<void>;
  all(survey: string): AsyncGenerator<{ name: string; words: Words }>;
  /** They have been kept for as long as the city keeps answers. Returns how many there were. */
  forget(survey: string): Promise<number>;
}

export function createWordsStore(db: Db): WordsStore {
  async function* all(survey: string): AsyncGenerator<{ name: string; words: Words }> {
    for (const shard of shards)
      for await (const { sk, words } of db.query(wordsShard(survey, shard)))
        yield { name: String(sk), words: JSON.parse(String(words)) as Words };
  }
  return {
    all,
    async keep(name, words) {
      await db.put({ ...keys.words(words.survey, name), words: JSON.stringify(words) });
    },
    async forget(survey) {
      let count = 0;
      for await (const { name } of all(survey)) {
        await db.delete(keys.words(survey, name));
        count += 1;
      }
      return count;
    },
  };
}
