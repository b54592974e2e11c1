/**
 * What one answer sheet adds to the counts of its survey: a few words, none of them the resident's own. Which words is
 * decided by the columns of the export, so that both count alike.
 */
import { apart } from '../../../conversations/anonymous.ts';
import type { AnswerSheet } from '../../../conversations/events.ts';
import type { Column } from '../../../conversations/questions/type.ts';
import type { Survey } from '../../../conversations/survey.ts';
import { type ExportedQuestion, type Layout, layoutOf, type Stands } from '../export-columns.ts';

/** `tokens` are counted in the whole and in each of `slices`: `quartier=chene`. */
export interface Contribution {
  slices: string[];
  tokens: string[];
}

/** What results can be looked at by (participation.md 6.5). */
export const FACETS = ['quartier', 'age', 'language', 'channel'] as const;
export type Facet = (typeof FACETS)[number];

export const slice = (facet: Facet, value: string): string => `${facet}=${value}`;
/** Every sheet. */
export const ALL = '#';
export const ended = (end: string): string => `#${end}`;
export const answered = (column: string, value: string): string => `${column}=${value}`;
export const gap = (column: string, why: string): string => `${column}!${why}`;
/** A column by the id of its question, which no later revision changes. */
export const columnName = (question: string, { coded, suffix }: Column): string =>
  coded ? `${question}${suffix}` : question;

const layouts = new WeakMap<Survey, Layout>();

/** `survey`: the revision the sheet was answered in. */
export function contributionOf(sheet: AnswerSheet, survey: Survey): Contribution {
  let layout = layouts.get(survey);
  if (!layout) {
    layout = layoutOf([survey]);
    layouts.set(survey, layout);
  }
  const { counted } = survey.anonymous ? apart(sheet, survey) : { counted: sheet };
  const slices = FACETS.flatMap((facet) => {
    const value = counted[facet];
    return value === undefined ? [] : [slice(facet, value)];
  });
  const tokens = [ALL, ended(sheet.end)];
  for (const stands of layout.read(counted, survey)) {
    const { exported, column, missing } = stands;
    if (!isCounted(exported, column)) continue;
    const name = columnName(exported.question.id, column);
    tokens.push(missing ? gap(name, missing) : answered(name, worthOf(stands)));
  }
  return { slices, tokens };
}

/** Of a question whose answers are words, that there is one: its first column says so. */
export const isCounted = ({ columns }: ExportedQuestion, column: Column): boolean =>
  column.coded || (column === columns[0] && columns.every(({ coded }) => !coded));

/** Options by their ids: their numbers change with the revisions. */
function worthOf({ exported: { question }, column, answer }: Stands): string {
  const cell = answer && column.cell(answer);
  if (typeof cell !== 'number') return 'x';
  if ('options' in question && column.option === undefined) return question.options[cell - 1]?.id ?? 'x';
  return column.codes ? String(cell) : String(rounded(cell));
}

/** Whole up to a hundred, then to two figures: however many numbers residents write, few are told apart. */
export function rounded(value: number): number {
  if (Math.abs(value) <= 100) return Math.round(value);
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(value / step) * step;
}
