/** What was written in anonymous surveys that have closed: each text an item by itself, tied to no sheet and no other. */
import type { Words } from '../../conversations/anonymous.ts';
import type { Db, Item } from './db.ts';
import { behind } from './shards.ts';
import { keys, shards, wordsShard } from './table.ts';

export interface WordsStore {
  /** Written again under the same name, it is one. */
  keep(name: string, words: Words): Promise<void>;
  all(survey: string): AsyncGenerator<NamedWords>;
  /** Those behind a name, shard by shard; `most` a page of the store. */
  from(survey: string, most: number, after?: string): AsyncGenerator<NamedWords>;
  /** Those of these names that are there. */
  findMany(survey: string, names: string[]): Promise<NamedWords[]>;
  /** They have been kept for as long as the city keeps answers. Returns how many there were. */
  forget(survey: string): Promise<number>;
}

export interface NamedWords {
  name: string;
  words: Words;
}

const read = ({ sk, words }: Item): NamedWords => ({
  name: String(sk),
  words: JSON.parse(String(words)) as Words,
});

export function createWordsStore(db: Db): WordsStore {
  async function* all(survey: string): AsyncGenerator<NamedWords> {
    for (const shard of shards)
      for await (const item of db.query(wordsShard(survey, shard))) yield read(item);
  }
  return {
    all,
    async *from(survey, most, after) {
      for await (const item of behind(db, (shard) => wordsShard(survey, shard), most, after))
        yield read(item);
    },
    async findMany(survey, names) {
      const items = await db.getMany(names.map((name) => keys.words(survey, name)));
      return items.filter((item) => item !== undefined).map(read);
    },
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
