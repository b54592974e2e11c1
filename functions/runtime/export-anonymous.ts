/**
 * The rows of an anonymous survey: what can be counted in an order that says nothing, what was written in a file by
 * itself, each text alone, for who reviews it. The same before the survey has closed and after.
 */
import { randomInt } from 'node:crypto';
import { apart, type Words } from '../../conversations/anonymous.ts';
import { local } from '../../conversations/phrase.ts';
import type { Survey } from '../../conversations/survey.ts';
import { wordsName } from '../store/cut.ts';
import type { Stored } from '../store/sheets.ts';
import type { WordsStore } from '../store/words.ts';
import type { Cell } from './export-csv.ts';

export interface Anonymous {
  /** The row without a word; its words are kept for `texts`. */
  counted(row: Stored, definition: Survey): Stored;
  /** The file of texts. `survey` is the latest revision: who reads them sees what was asked. */
  texts(store: WordsStore, survey: Survey): Promise<Cell[][]>;
}

/** Every order as likely as any other: the generator is the system's. */
export function shuffled<Each>(all: Each[]): Each[] {
  const mixed = [...all];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as Each, mixed[last] as Each];
  }
  return mixed;
}

export function createAnonymous(): Anonymous {
  const inSheets: Words[] = [];
  /** Of sheets that a crash left half cut: some of these stand in the store already. */
  const named = new Map<string, Words>();
  return {
    counted(row, definition) {
      const { counted, words } = apart(row.sheet, definition);
      for (const [index, each] of words.entries())
        if (row.secret === undefined) inSheets.push(each);
        else named.set(wordsName(row.secret, index), each);
      return { ...row, sheet: counted };
    },
    async texts(store, survey) {
      for await (const { name, words } of store.all(survey.key)) named.set(name, words);
      const rows = [...inSheets, ...named.values()].map(({ question: id, kind, text, language }): Cell[] => {
        const question = survey.questions.find((each) => each.id === id);
        const asked = question && 'text' in question ? local(question.text, survey.base ?? 'fr') : undefined;
        return [id, asked, kind, text, language];
      });
      return [['question', 'libelle', 'nature', 'texte', 'langue'], ...shuffled(rows)];
    },
  };
}
