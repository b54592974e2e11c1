/**
 * The rows of an anonymous survey: what can be counted in an order that says nothing, what was written in a file by
 * itself, each text alone, for who reviews it. The same before the survey has closed and after.
 */
import { apart, type Words } from '../../conversations/anonymous.ts';
import { local } from '../../conversations/phrase.ts';
import type { Survey } from '../../conversations/survey.ts';
import { wordsName } from '../store/cut.ts';
import type { Stored } from '../store/sheets.ts';
import type { WordsStore } from '../store/words.ts';
import type { Cell } from './export-csv.ts';
import { openShuffle } from './export-shuffle.ts';

export interface Anonymous {
  /** The row without a word; its words are kept for `texts`. */
  counted(row: Stored, definition: Survey): Stored;
  /** Keeps a counted row's cells for `rows`. */
  add(cells: Cell[]): void;
  /** All of them, mixed; once. */
  rows(): Generator<Cell[]>;
  /** The rows of the file of texts, mixed; once. */
  texts(store: WordsStore): AsyncGenerator<Cell[]>;
  /** What waits on disk is gone then. */
  close(): void;
}

/** What stands in a row of `texts`. */
export const TEXT_COLUMNS = ['question', 'libelle', 'nature', 'texte', 'langue'];

/** `survey` is the latest revision: who reads the texts sees what was asked. */
export function createAnonymous(survey: Survey): Anonymous {
  const rows = openShuffle();
  const texts = openShuffle();
  /** Of sheets that a crash left half cut, a handful: some of these stand in the store already. */
  const halfCut = new Map<string, Words>();
  const keep = ({ question: id, kind, text, language }: Words): void => {
    const question = survey.questions.find((each) => each.id === id);
    const asked = question && 'text' in question ? local(question.text, survey.base ?? 'fr') : undefined;
    texts.add([id, asked, kind, text, language]);
  };
  return {
    counted(row, definition) {
      const { counted, words } = apart(row.sheet, definition);
      for (const [index, each] of words.entries())
        if (row.secret === undefined) keep(each);
        else halfCut.set(wordsName(row.secret, index), each);
      return { ...row, sheet: counted };
    },
    add: rows.add,
    rows: rows.rows,
    async *texts(store) {
      for await (const { name, words } of store.all(survey.key)) {
        keep(words);
        halfCut.delete(name);
      }
      for (const words of halfCut.values()) keep(words);
      yield* texts.rows();
    },
    close() {
      rows.close();
      texts.close();
    },
  };
}
