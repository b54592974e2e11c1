/**
 * Answer sheets: one row a resident and survey, under a pseudonym, never under an address. Written when a survey
 * ends for a resident; a correction changes one answer. An older turn never overwrites a newer one's row.
 */

import { wordless } from '../../conversations/erase.ts';
import { Answer, AnswerSheet } from '../../conversations/events.ts';
import type { Db, Item } from './db.ts';
import { keys, shards, sheetShard } from './table.ts';

const NEWER = 'attribute_not_exists(pk) OR n < :n';

export interface SheetStore {
  record(pseudonym: string, sheet: AnswerSheet, version: number): Promise<void>;
  amend(survey: string, pseudonym: string, question: string, answer: Answer, version: number): Promise<void>;
  /** The choices and numbers stay, every word goes. */
  strip(survey: string, pseudonym: string): Promise<void>;
  all(survey: string): AsyncGenerator<{ pseudonym: string; sheet: AnswerSheet }>;
}

export function createSheetStore(db: Db): SheetStore {
  return {
    async record(pseudonym, sheet, version) {
      await db.put(write(pseudonym, sheet, version), { text: NEWER, values: { ':n': version } });
    },
    async amend(survey, pseudonym, question, answer, version) {
      await db.update(keys.sheet(survey, pseudonym), 'SET answers.#q = :a, n = :n', {
        text: 'attribute_exists(pk) AND n < :n',
        names: { '#q': question },
        values: { ':a': JSON.stringify(answer), ':n': version },
      });
    },
    async strip(survey, pseudonym) {
      const item = await db.get(keys.sheet(survey, pseudonym));
      if (!item) return;
      const sheet = read(item);
      const answers = Object.fromEntries(
        Object.entries(sheet.answers).map(([id, answer]) => [id, wordless(answer)]),
      );
      await db.put(write(pseudonym, { ...sheet, source: undefined, answers }, Number(item.n)));
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
