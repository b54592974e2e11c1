/**
 * Answer sheets: one row a resident and survey, under a pseudonym, never under an address. Written when a survey
 * ends for a resident; a correction changes one answer. An older turn never overwrites a newer one's row.
 */

import { joined } from '../../conversations/answer.ts';
import { carriedOver } from '../../conversations/continues.ts';
import { wordless } from '../../conversations/erase.ts';
import { Answer, AnswerSheet } from '../../conversations/events.ts';
import type { SurveyShelf } from '../../conversations/survey.ts';
import { unsaid } from '../../conversations/unsay.ts';
import type { Db, Item } from './db.ts';
import { keys, shards, sheetShard } from './table.ts';

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
  release(survey: string, pseudonym: string, freshId: string): Promise<void>;
  all(survey: string): AsyncGenerator<{ pseudonym: string; sheet: AnswerSheet }>;
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

/** Begins the name of a sheet that has been cut from its resident. */
const RELEASED = '0-';
export const isReleased = (pseudonym: string): boolean => pseudonym.startsWith(RELEASED);

/**
 * The answers of a survey that was taken up again: those of the time before stand where there are no new ones.
 * `before` may be of an earlier revision, in which the same number is another option.
 */
export function takenUp(surveys: SurveyShelf, before: AnswerSheet, now: AnswerSheet): AnswerSheet['answers'] {
  if (before.revision === now.revision) return { ...before.answers, ...now.answers };
  const [from, to] = [before, now].map(({ survey, revision }) => surveys.get(survey, revision));
  return { ...(from && to && carriedOver(before.answers, from, to)), ...now.answers };
}

/** `world`: where the definitions of surveys stand. */
export function createSheetStore(db: Db, world: { readonly surveys: SurveyShelf }): SheetStore {
  const amend: SheetStore['amend'] = async (survey, pseudonym, question, answer, version) => {
    await db.update(keys.sheet(survey, pseudonym), 'SET answers.#q = :a, n = :n', {
      text: 'attribute_exists(pk) AND n < :n',
      names: { '#q': question },
      values: { ':a': JSON.stringify(answer), ':n': version },
    });
  };
  return {
    amend,
    async record(pseudonym, sheet, version) {
      const before = sheet.again && (await db.get(keys.sheet(sheet.survey, pseudonym)));
      const answers = before ? takenUp(world.surveys, read(before), sheet) : sheet.answers;
      await db.put(write(pseudonym, { ...sheet, answers }, version), {
        text: NEWER,
        values: { ':n': version },
      });
    },
    async append({ survey, pseudonym, question, text, event, comment }, version) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      const answer = item && read(item).answers[question];
      // A copy of this turn that comes late finds its own version, and changes nothing.
      const longer =
        answer && Number(item.n) < version ? joined(answer, text, { source: event, comment }) : undefined;
      if (longer) await amend(survey, pseudonym, question, longer, version);
    },
    async unsay(survey, pseudonym, event, version) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      if (!item) return;
      const sheet = read(item);
      const answers = Object.entries(sheet.answers).map(([id, answer]) => [id, unsaid(answer, event)]);
      const n = Math.max(Number(item.n), version);
      await db.put(write(pseudonym, { ...sheet, answers: Object.fromEntries(answers) }, n));
    },
    async adopt(survey, { from, to }, version) {
      const theirs = await db.get(keys.sheet(survey, from));
      // Moved already: a late copy of this turn.
      if (!theirs) return;
      const own = await db.get(keys.sheet(survey, to));
      const counts = own && (read(own).end === 'done' || read(theirs).end !== 'done');
      // What the same turn writes after this is newer.
      if (!counts) await db.put(write(to, read(theirs), version - 1));
      await db.delete(keys.sheet(survey, from));
    },
    async strip(survey, pseudonym) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      if (!item) return;
      await db.put(write(pseudonym, withoutWords(read(item)), Number(item.n)));
    },
    async find(survey, pseudonym) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      return item && read(item);
    },
    async release(survey, pseudonym, freshId) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      if (!item) return;
      await db.put(write(`${RELEASED}${freshId}`, withoutWords(read(item)), 0));
      await db.delete(keys.sheet(survey, pseudonym));
    },
    async *all(survey) {
      for (const shard of shards)
        for await (const item of db.query(sheetShard(survey, shard)))
          yield { pseudonym: String(item.sk), sheet: read(item) };
    },
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
