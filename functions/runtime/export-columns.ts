/**
 * The question columns of an export: one set of columns for all revisions of a survey, and an answer's cells in
 * them. Owns the codes of missing values and their count; how an answer becomes a cell is the question type's.
 */
import { continues } from '../../conversations/continues.ts';
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import type { Column } from '../../conversations/questions/type.ts';
import { type Question, typeOf } from '../../conversations/questions.ts';
import type { Survey } from '../../conversations/survey.ts';
import { countedIn } from './export-answers.ts';
import type { Cell } from './export-csv.ts';

/** Why a coded cell has no answer (participation.md 6.2); `erased` is a text deleted on its author's demand. */
export const MISSING = { skipped: -1, notAsked: -2, unknown: -3, abandoned: -4, erased: -5 } as const;
export type Missing = keyof typeof MISSING;
const MISSING_BY_MARK = { skip: 'skipped', unknown: 'unknown', erased: 'erased' } as const;

/** An answer names an option that its revision does not have: the file was changed after it was sent out. */
export class ChangedRevision extends Error {
  override name = 'ChangedRevision';
  constructor(
    readonly survey: string,
    readonly revision: number,
    readonly question: string,
  ) {
    super(
      `an answer to "${question}" is no option of revision ${revision} of "${survey}", the revision was changed: add a new one instead`,
    );
  }
}

/** A question under its name in the files: the latest revision's, with the options older ones had besides. */
export interface ExportedQuestion {
  name: string;
  question: Question;
  /** The latest revision that asks it. */
  survey: Survey;
  columns: Column[];
  /** The last revision that asked it, where the latest does not. */
  retired?: number;
}

/** How often a coded column held an answer, and each kind of gap. The sum is the number of rows. */
export type Counts = Record<Missing | 'answered', number>;

/** How one revision's question reads in the exported one. */
interface Reading {
  own: Question;
  /** The exported option number of each of its own, from 0. */
  options?: number[];
  offered?: Set<string>;
}

const optionsOf = (question: Question) => ('options' in question ? question.options : undefined);

/** Options that a later revision dropped come after the later ones, so that their answers keep a code. */
function withOptionsOf(later: Question, earlier: Question): Question {
  if (!('options' in later) || !('options' in earlier)) return later;
  const dropped = earlier.options.filter(({ id }) => !later.options.some((option) => option.id === id));
  return { ...later, options: [...later.options, ...dropped] };
}

/** What stands in a column for one sheet: an answer, or in a coded column why there is none. */
export interface Stands {
  exported: ExportedQuestion;
  column: Column;
  answer?: Answer | undefined;
  missing?: Missing | undefined;
}

export interface Layout {
  questions: ExportedQuestion[];
  /** Names of the question columns, in order. */
  header: string[];
  /** What stands in each column for one sheet, given its own revision. */
  read(sheet: AnswerSheet, survey: Survey): Stands[];
  /** The cells of one sheet, given its own revision; counts them as it goes. */
  cells(sheet: AnswerSheet, survey: Survey): Cell[];
  /** What was counted, by column name; only coded columns are. */
  counts: Map<string, Counts>;
}

/**
 * `revisions` from the latest to the first. q1…qn are the latest revision's questions, dropped ones come after; c1…cn
 * are what is worked out. What is only told has no column.
 */
export function layoutOf(revisions: Survey[]): Layout {
  const merged: Omit<ExportedQuestion, 'name' | 'columns'>[] = [];
  for (const survey of revisions)
    for (const question of survey.questions) {
      if (typeOf(question).silent === 'told') continue;
      const later = merged.find((each) => continues(each.question, question));
      if (later) later.question = withOptionsOf(later.question, question);
      else merged.push({ question, survey, ...(survey !== revisions[0] && { retired: survey.revision }) });
    }
  const named = { q: 0, c: 0 };
  const questions = merged.map((each) => {
    const letter = typeOf(each.question).silent ? 'c' : 'q';
    named[letter] += 1;
    return {
      ...each,
      name: `${letter}${named[letter]}`,
      columns: typeOf(each.question).columns(each.question),
    };
  });
  const counts = new Map<string, Counts>();
  for (const { name, columns } of questions)
    for (const column of columns)
      if (column.coded)
        counts.set(name + column.suffix, {
          answered: 0,
          skipped: 0,
          notAsked: 0,
          unknown: 0,
          abandoned: 0,
          erased: 0,
        });
  const readings = new Map<Survey, (Reading | undefined)[]>();
  const read: Layout['read'] = (sheet, survey) => {
    let known = readings.get(survey);
    if (!known) {
      known = questions.map((exported) => readingOf(exported, survey));
      readings.set(survey, known);
    }
    const stands: Stands[] = [];
    const { answers, isRuledOut, offered } = countedIn(survey, sheet);
    for (const [index, exported] of questions.entries()) {
      const reading = known[index];
      const answer = reading && translated(answers[reading.own.id], reading, survey);
      const gap = gapOf(answer, reading !== undefined && !isRuledOut(reading.own), sheet.end);
      const options = reading && (offered(reading.own) ?? reading.offered);
      for (const column of exported.columns) {
        const unoffered = column.option && reading && !options?.has(column.option);
        stands.push({ exported, column, answer, missing: unoffered ? 'notAsked' : gap });
      }
    }
    return stands;
  };
  return {
    read,
    questions,
    counts,
    header: questions.flatMap(({ name, columns }) => columns.map(({ suffix }) => name + suffix)),
    cells(sheet, survey) {
      const cells: Cell[] = [];
      for (const { exported, column, answer, missing } of read(sheet, survey)) {
        if (!column.coded) {
          cells.push(answer && column.cell(answer));
          continue;
        }
        (counts.get(exported.name + column.suffix) as Counts)[missing ?? 'answered'] += 1;
        cells.push(missing ? MISSING[missing] : column.cell(answer as Answer));
      }
      return cells;
    },
  };
}

function readingOf(exported: ExportedQuestion, survey: Survey): Reading | undefined {
  const own = survey.questions.find((question) => continues(exported.question, question));
  const options = own && optionsOf(own);
  if (!own || !options) return own && { own };
  const ids = optionsOf(exported.question)?.map(({ id }) => id) ?? [];
  return {
    own,
    options: options.map(({ id }) => ids.indexOf(id)),
    offered: new Set(options.map(({ id }) => id)),
  };
}

/** The answer with the exported numbers of its options. */
function translated(answer: Answer | undefined, reading: Reading, survey: Survey): Answer | undefined {
  const { options, own } = reading;
  if (!options || answer?.v === undefined) return answer;
  const number = (value: number): number => {
    const index = options[value - 1];
    if (index === undefined) throw new ChangedRevision(survey.key, survey.revision, own.id);
    return index + 1;
  };
  if (Array.isArray(answer.v)) return { ...answer, v: answer.v.map(number) };
  return { ...answer, v: number(Number(answer.v)) };
}

function gapOf(answer: Answer | undefined, asked: boolean, end: AnswerSheet['end']): Missing | undefined {
  if (answer?.v !== undefined) return undefined;
  if (answer?.m) return MISSING_BY_MARK[answer.m];
  return !asked || end === 'done' ? 'notAsked' : 'abandoned';
}
