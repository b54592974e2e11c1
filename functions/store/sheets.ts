/**
 * Answer sheets: one row a resident and survey, under a pseudonym, never under an address. Written when a survey
 * ends for a resident; a correction changes one answer. An older turn never overwrites a newer one's row.
 */

import { randomUUID } from 'node:crypto';
import { apart } from '../../conversations/anonymous.ts';
import { joined } from '../../conversations/answer.ts';
import { carriedOver } from '../../conversations/continues.ts';
import { wordless } from '../../conversations/erase.ts';
import { Answer, AnswerSheet } from '../../conversations/events.ts';
import type { SurveyShelf } from '../../conversations/survey.ts';
import { unsaid } from '../../conversations/unsay.ts';
import { cut, isLive, type Parts, sheetName } from './cut.ts';
import type { Db, Item } from './db.ts';
import type { MarkStore } from './marks.ts';
import { behind } from './shards.ts';
import { keys, shards, sheetShard } from './table.ts';
import type { TagStore } from './tags.ts';
import type { WordsStore } from './words.ts';

const NEWER = 'attribute_not_exists(pk) OR n < :n';

export interface SheetStore {
  record(pseudonym: string, sheet: AnswerSheet, version: number): Promise<void>;
  amend(survey: string, pseudonym: string, question: string, answer: Answer, version: number): Promise<void>;
  /** Adds to an answer what followed it in a second message. */
  append(addition: Addition, version: number): Promise<void>;
  /** A message was taken back: what it answered is no answer any more. */
  unsay(survey: string, pseudonym: string, event: string, version: number): Promise<void>;
  /** The sheet of a second address becomes the resident's, or goes where the resident's own counts: one a survey. */
  adopt(survey: string, pseudonyms: { from: string; to: string }, version: number): Promise<void>;
  /** The choices and numbers stay, every word goes. */
  strip(survey: string, pseudonym: string): Promise<void>;
  find(survey: string, pseudonym: string): Promise<AnswerSheet | undefined>;
  /** Cuts a sheet from its resident for good: no words, and a name that nobody can compute again. */
  release(survey: string, pseudonym: string, fresh: () => string): Promise<boolean>;
  /** The same for an anonymous survey that has closed: its words stay, apart. */
  anonymise(survey: string, pseudonym: string, fresh: () => string): Promise<boolean>;
  /** What counts under this name: each answer once, also where a crash left a sheet half cut. */
  counts(survey: string, name: string): Promise<AnswerSheet | undefined>;
  /** One a resident, each once, also where a crash left one half cut. */
  all(survey: string): AsyncGenerator<Stored>;
  /**
   * Those behind a pseudonym, shard by shard; `most` a page of the store. Without a sheet where it is cut or being cut:
   * there is no word in it, and who looks at so many a page counts it.
   */
  from(
    survey: string,
    most: number,
    after?: string,
  ): AsyncGenerator<{ pseudonym: string; sheet?: AnswerSheet }>;
  /** Those of these pseudonyms that are there, and may still be changed. */
  findMany(survey: string, pseudonyms: string[]): Promise<{ pseudonym: string; sheet: AnswerSheet }[]>;
}

/** `loose`: cut from its resident. `secret`: being cut, its words may stand apart already. */
export interface Stored {
  pseudonym: string;
  sheet: AnswerSheet;
  loose?: true;
  secret?: string;
}

export interface Addition {
  survey: string;
  pseudonym: string;
  question: string;
  text: string;
  /** The message it came with. */
  event: string;
  /** Not to the value, which is no words. */
  comment?: true | undefined;
}

const withoutWords = (sheet: AnswerSheet): AnswerSheet => ({
  ...sheet,
  source: undefined,
  answers: Object.fromEntries(Object.entries(sheet.answers).map(([id, answer]) => [id, wordless(answer)])),
});

/** Begin the name of a sheet that has been cut from its resident. A pseudonym may begin so, but is longer. */
const RELEASED = '0-';
const ANONYMOUS = '1-';
const isLoose = (name: string): boolean => /^[01]-.{16}$/.test(name);

/**
 * The answers of a survey that was taken up again: those of the time before stand where there are no new ones.
 * `before` may be of an earlier revision, in which the same number is another option.
 */
export function takenUp(surveys: SurveyShelf, before: AnswerSheet, now: AnswerSheet): AnswerSheet['answers'] {
  if (before.revision === now.revision) return { ...before.answers, ...now.answers };
  const [from, to] = [before, now].map(({ survey, revision }) => surveys.get(survey, revision));
  return { ...(from && to && carriedOver(before.answers, from, to)), ...now.answers };
}

/**
 * `world`: where the definitions of surveys stand. Tags of a text go right behind the text: whoever gives it some looks
 * again afterwards.
 */
export function createSheetStore(
  db: Db,
  world: { readonly surveys: SurveyShelf },
  { words, tags, marks }: { words: WordsStore; tags: TagStore; marks: MarkStore },
  now: () => Date,
): SheetStore {
  /**
   * Every change is marked once it is there, and marked again where the turn is carried out again: what was changed
   * and not marked would never be counted.
   */
  const marked = async (
    survey: string,
    names: string[],
    change: string | number,
    made: Promise<unknown>,
  ): Promise<void> => {
    await made;
    for (const name of names) await marks.mark(survey, name, String(change));
  };
  /** The sheet as it may still be changed. */
  const live = async (survey: string, pseudonym: string): Promise<Item | undefined> => {
    const item = await db.get(keys.sheet(survey, pseudonym));
    return isLive(item) ? item : undefined;
  };
  const loosen = (
    survey: string,
    pseudonym: string,
    { prefix, parts, fresh }: { prefix: string; parts(sheet: AnswerSheet): Parts; fresh(): string },
  ): Promise<boolean> =>
    cut(db, {
      key: keys.sheet(survey, pseudonym),
      parts: (item) => parts(read(item)),
      fresh: () => `${prefix}${fresh()}`,
      now: now(),
      // Before the old name is gone: after it nobody comes back to mark them.
      async put(name, sheet) {
        await tags.drop(survey, pseudonym);
        await marked(survey, [name, pseudonym], `cut-${randomUUID()}`, db.put(write(name, sheet, 0)));
      },
      keep: (name, each) => words.keep(name, each),
    });
  const rewrite: SheetStore['amend'] = async (survey, pseudonym, question, answer, version) => {
    await db.update(keys.sheet(survey, pseudonym), 'SET answers.#q = :a, n = :n', {
      text: 'attribute_exists(pk) AND n < :n AND attribute_not_exists(cut) AND attribute_not_exists(gone)',
      names: { '#q': question },
      values: { ':a': JSON.stringify(answer), ':n': version },
    });
  };
  const store: SheetStore = {
    async amend(survey, pseudonym, question, answer, version) {
      await rewrite(survey, pseudonym, question, answer, version);
      await tags.untag(survey, pseudonym, [question]);
    },
    async record(pseudonym, sheet, version) {
      const before = sheet.again && (await live(sheet.survey, pseudonym));
      const answers = before ? takenUp(world.surveys, read(before), sheet) : sheet.answers;
      await db.put(write(pseudonym, { ...sheet, answers }, version), {
        text: NEWER,
        values: { ':n': version },
      });
      if (before) await tags.untag(sheet.survey, pseudonym, Object.keys(sheet.answers));
    },
    async append({ survey, pseudonym, question, text, event, comment }, version) {
      const item = await live(survey, pseudonym);
      const answer = item && read(item).answers[question];
      // A copy of this turn that comes late finds its own version, and changes nothing.
      const longer =
        answer && Number(item.n) < version ? joined(answer, text, { source: event, comment }) : undefined;
      if (longer) await rewrite(survey, pseudonym, question, longer, version);
    },
    async unsay(survey, pseudonym, event, version) {
      const item = await live(survey, pseudonym);
      if (!item) return;
      const sheet = read(item);
      const answers = Object.entries(sheet.answers).map(
        ([id, answer]) => [id, unsaid(answer, event)] as const,
      );
      const erased = answers.filter(([, { m }]) => m === 'erased').map(([id]) => id);
      const n = Math.max(Number(item.n), version);
      await db.put(write(pseudonym, { ...sheet, answers: Object.fromEntries(answers) }, n));
      if (erased.length > 0) await tags.untag(survey, pseudonym, erased);
    },
    async adopt(survey, { from, to }, version) {
      const theirs = await live(survey, from);
      // Moved already: a late copy of this turn.
      if (!theirs) return tags.drop(survey, from);
      const own = await live(survey, to);
      const counts = own && (read(own).end === 'done' || read(theirs).end !== 'done');
      if (!counts) {
        // Before as well: after a crash in between, what counts would seem to have been the resident's own.
        await tags.drop(survey, to);
        // What the same turn writes after this is newer.
        await db.put(write(to, read(theirs), version - 1));
        await tags.drop(survey, to);
      }
      await db.delete(keys.sheet(survey, from));
      await tags.drop(survey, from);
    },
    async strip(survey, pseudonym) {
      const item = await live(survey, pseudonym);
      if (!item) return;
      const change = db.put(write(pseudonym, withoutWords(read(item)), Number(item.n)));
      await marked(survey, [pseudonym], `words-${item.n}`, change);
      await tags.drop(survey, pseudonym);
    },
    async counts(survey, name) {
      const item = await db.get(keys.sheet(survey, name));
      if (!item || item.gone !== undefined) return undefined;
      const moved = item.cut !== undefined && (await db.get(keys.sheet(survey, sheetName(String(item.cut)))));
      return moved ? undefined : read(item);
    },
    async find(survey, pseudonym) {
      const item = await live(survey, pseudonym);
      return item && read(item);
    },
    release: (survey, pseudonym, fresh) =>
      loosen(survey, pseudonym, {
        prefix: RELEASED,
        parts: (sheet) => ({ counted: withoutWords(sheet), words: [] }),
        fresh,
      }),
    anonymise: (survey, pseudonym, fresh) =>
      loosen(survey, pseudonym, {
        prefix: ANONYMOUS,
        parts: (sheet) => apart(sheet, world.surveys.get(survey, sheet.revision)),
        fresh,
      }),
    async *from(survey, most, after) {
      for await (const item of behind(db, (shard) => sheetShard(survey, shard), most, after))
        yield { pseudonym: String(item.sk), ...(isLive(item) && { sheet: read(item) }) };
    },
    async findMany(survey, pseudonyms) {
      const items = await db.getMany(pseudonyms.map((pseudonym) => keys.sheet(survey, pseudonym)));
      return items.filter(isLive).map((item) => ({ pseudonym: String(item.sk), sheet: read(item) }));
    },
    async *all(survey) {
      const moved = new Set<string>();
      for (const shard of shards)
        for await (const item of db.query(sheetShard(survey, shard))) {
          if (item.gone !== undefined) continue;
          if (item.cut === undefined) {
            const pseudonym = String(item.sk);
            if (moved.has(pseudonym)) continue;
            yield { pseudonym, sheet: read(item), ...(isLoose(pseudonym) && { loose: true as const }) };
            continue;
          }
          // Being cut, or left so by a crash: it counts once, by whichever of its names is met first.
          const secret = String(item.cut);
          const pseudonym = sheetName(secret);
          if (await db.get(keys.sheet(survey, pseudonym))) continue;
          moved.add(pseudonym);
          yield { pseudonym: String(item.sk), sheet: read(item), secret };
        }
    },
  };
  return {
    ...store,
    record: (pseudonym, sheet, version) =>
      marked(sheet.survey, [pseudonym], version, store.record(pseudonym, sheet, version)),
    amend: (survey, pseudonym, question, answer, version) =>
      marked(survey, [pseudonym], version, store.amend(survey, pseudonym, question, answer, version)),
    append: (addition, version) =>
      marked(addition.survey, [addition.pseudonym], version, store.append(addition, version)),
    unsay: (survey, pseudonym, event, version) =>
      marked(survey, [pseudonym], version, store.unsay(survey, pseudonym, event, version)),
    adopt: (survey, { from, to }, version) =>
      marked(survey, [from, to], version, store.adopt(survey, { from, to }, version)),
  };
}

function write(pseudonym: string, sheet: AnswerSheet, version: number): Item {
  const { answers, ...facts } = sheet;
  return {
    ...keys.sheet(sheet.survey, pseudonym),
    n: version,
    facts: JSON.stringify(facts),
    answers: Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, JSON.stringify(answer)])),
  };
}

function read(item: Item): AnswerSheet {
  const answers = Object.fromEntries(
    Object.entries(item.answers as Record<string, string>).map(([id, text]) => [
      id,
      Answer.parse(JSON.parse(text)),
    ]),
  );
  return AnswerSheet.parse({ ...JSON.parse(String(item.facts)), answers });
}
