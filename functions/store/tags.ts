/**
 * What staff call residents' texts by: one item a sheet, or a text that was cut apart, with the tags of each question.
 * It goes when the text goes (`sheets.ts`, the daily round).
 */
import * as z from 'zod';
import type { Db, Item } from './db.ts';
import { keys, tagsOf } from './table.ts';

/** `language`: the one that the text is written in. */
const Tags = z.strictObject({ tags: z.array(z.string()), language: z.string() });
export type Tags = z.infer<typeof Tags>;

export interface TaggedTexts {
  /** The sheet's pseudonym, or the random name of a text. */
  name: string;
  /** By question. */
  of: Record<string, Tags>;
}

export interface TagStore {
  /** In the order of the names, behind one of them; `most` a page of the store. */
  from(survey: string, most: number, after?: string): AsyncGenerator<TaggedTexts>;
  findMany(survey: string, names: string[]): Promise<Map<string, TaggedTexts['of']>>;
  /** False where `before` are not the tags it has: somebody else was there first. */
  set(
    text: { survey: string; name: string; question: string },
    tags: Tags,
    before: string[],
  ): Promise<boolean>;
  /** The texts of these answers are gone, or others. */
  untag(survey: string, name: string, questions: string[]): Promise<void>;
  /** All the texts of a sheet are gone. */
  drop(survey: string, name: string): Promise<void>;
  /** All the texts of a survey are. */
  forget(survey: string): Promise<void>;
}

export function createTagStore(db: Db): TagStore {
  const find = async (survey: string, name: string) => {
    const item = await db.get(keys.tags(survey, name));
    return { n: item && Number(item.n), of: item ? read(item).of : {} };
  };
  const put = (
    survey: string,
    name: string,
    n: number | undefined,
    of: TaggedTexts['of'],
  ): Promise<boolean> =>
    db.put(
      {
        ...keys.tags(survey, name),
        n: (n ?? 0) + 1,
        of: Object.fromEntries(Object.entries(of).map(([id, tags]) => [id, JSON.stringify(tags)])),
      },
      n === undefined ? { text: 'attribute_not_exists(pk)' } : { text: 'n = :n', values: { ':n': n } },
    );
  const without = (of: TaggedTexts['of'], questions: string[]): TaggedTexts['of'] =>
    Object.fromEntries(Object.entries(of).filter(([id]) => !questions.includes(id)));
  return {
    async *from(survey, most, after) {
      for await (const item of db.query(tagsOf(survey), after, most)) yield read(item);
    },
    async findMany(survey, names) {
      const items = await db.getMany(names.map((name) => keys.tags(survey, name)));
      return new Map(
        items.filter((item) => item !== undefined).map((item) => [String(item.sk), read(item).of]),
      );
    },
    async set({ survey, name, question }, tags, before) {
      const { n, of } = await find(survey, name);
      const are = of[question]?.tags ?? [];
      if (JSON.stringify(are) !== JSON.stringify(before)) return false;
      const rest = without(of, [question]);
      return put(survey, name, n, tags.tags.length === 0 ? rest : { ...rest, [question]: tags });
    },
    async untag(survey, name, questions) {
      for (;;) {
        const { n, of } = await find(survey, name);
        if (!questions.some((id) => of[id] !== undefined)) return;
        // Somebody tags another text of theirs at this moment: with what they wrote, once more.
        if (await put(survey, name, n, without(of, questions))) return;
      }
    },
    drop: (survey, name) => db.delete(keys.tags(survey, name)),
    async forget(survey) {
      for await (const { sk } of db.query(tagsOf(survey))) await db.delete(keys.tags(survey, String(sk)));
    },
  };
}

const read = (item: Item): TaggedTexts => ({
  name: String(item.sk),
  of: Object.fromEntries(
    Object.entries(item.of as Record<string, string>).map(([id, text]) => [id, Tags.parse(JSON.parse(text))]),
  ),
});
