/** The counts of a survey as staff read them: question by question, in the latest revision's words. */
import { local } from '../../../conversations/phrase.ts';
import type { Column } from '../../../conversations/questions/type.ts';
import { typeOf } from '../../../conversations/questions.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Sums } from '../../store/tallies.ts';
import { type ExportedQuestion, layoutOf, type Missing } from '../export-columns.ts';
import { ALL, answered, columnName, ended, FACETS, type Facet, gap, isCounted, slice } from './tokens.ts';

/** Fewer people than this are not shown as a group, nor by what is left without them (channels.md L16). */
export const SMALL = 11;

export interface Row {
  label: string;
  count: number;
  /** Who could have said so. */
  base: number;
}

export interface QuestionResult {
  /** `q3`, as in the export. */
  name: string;
  id: string;
  text: string;
  answered: number;
  gaps: Partial<Record<Missing, number>>;
  rows: Row[];
  /** Of numbers and scales. */
  mean?: number;
  /** How to read the rows, where they are not plain choices. */
  reads?: 'first' | 'several';
  /** Its answers are words: there is nothing to draw. */
  words: boolean;
  /** Too few of the group answered it, or of those who are left without them: nothing of it is shown. */
  few?: true;
  /** The last revision that asked it, where the latest does not. */
  retired?: number;
}

export interface Results {
  /** Everybody who has come to an end of it, one way or another. */
  total: number;
  done: number;
  /** Stopped on the way, or let it run out. */
  left: number;
  questions: QuestionResult[];
}

/** Of the whole, or of one slice. `revisions` from the first to the latest. */
export function resultsOf(sums: Sums, revisions: Survey[], of = ''): Results {
  const tokens = sums[of] ?? {};
  const count = (token: string): number => tokens[token] ?? 0;
  const total = count(ALL);
  const layout = layoutOf([...revisions].reverse());
  return {
    total,
    done: count(ended('done')),
    left: total - count(ended('done')),
    questions: layout.questions
      .filter(({ question }) => !typeOf(question).silent)
      .map((exported) => {
        const result = questionOf(exported, tokens, total);
        return of === '' || answeredByEnough(sums, exported, of)
          ? result
          : { ...result, answered: 0, gaps: {}, rows: [], mean: undefined, words: false, few: true as const };
      }),
  };
}

/** A large group may hold one person who answered a question: it is the answers that are counted here. */
function answeredByEnough(sums: Sums, exported: ExportedQuestion, of: string): boolean {
  const [facet, own] = of.split('=') as [Facet, string];
  const answers = (name: string): number => questionOf(exported, sums[name] ?? {}, 0).answered;
  const groups = shownGroups(sums, facet).shown.map(({ value }) => ({
    value,
    people: answers(slice(facet, value)),
  }));
  return largeEnough(groups, answers('')).some(({ value }) => value === own);
}

const GAPS: Missing[] = ['skipped', 'unknown', 'abandoned', 'erased'];

function questionOf(
  exported: ExportedQuestion,
  tokens: Record<string, number>,
  total: number,
): QuestionResult {
  const { question, name, columns, retired } = exported;
  const counted = columns.filter((column) => isCounted(exported, column));
  const of = (column: Column): string => columnName(question.id, column);
  const values = (column: Column): [string, number][] => {
    const begins = `${of(column)}=`;
    return Object.entries(tokens).flatMap(([token, count]) =>
      token.startsWith(begins) ? [[token.slice(begins.length), count] as [string, number]] : [],
    );
  };
  const first = counted[0] as Column;
  const answers = (column: Column): number => values(column).reduce((sum, [, count]) => sum + count, 0);
  const said = Math.max(...counted.map(answers));
  const gaps: QuestionResult['gaps'] = {};
  for (const why of GAPS) {
    const found = tokens[gap(of(first), why)] ?? 0;
    if (found > 0) gaps[why] = found;
  }
  const known = said + Object.values(gaps).reduce((sum, each) => sum + each, 0);
  if (total > known) gaps.notAsked = total - known;
  const text = 'text' in question ? local(question.text, 'fr') : question.id;
  const result = { name, id: question.id, text, answered: said, gaps, words: false, rows: [] as Row[] };
  if ('options' in question && first.option === undefined)
    return {
      ...result,
      ...(retired !== undefined && { retired }),
      rows: question.options.map(({ id, label }) => ({
        label: local(label, 'fr'),
        count: tokens[answered(of(first), id)] ?? 0,
        base: said,
      })),
    };
  if ('options' in question)
    return {
      ...result,
      ...(retired !== undefined && { retired }),
      reads: question.type === 'rank' ? 'first' : 'several',
      rows: question.options.map(({ label }, index) => {
        const column = counted[index] as Column;
        // Chosen among several, or put first of all.
        return {
          label: local(label, 'fr'),
          count: tokens[answered(of(column), '1')] ?? 0,
          base: answers(column),
        };
      }),
    };
  const numbers = values(first)
    .filter(([value]) => value !== 'x')
    .map(([value, count]): [number, number] => [Number(value), count]);
  if (first.codes) {
    const rows = first.codes.map(({ code, label }) => ({
      label: String(code) === label || question.type === 'yesno' ? label : `${code} – ${label}`,
      count: tokens[answered(of(first), String(code))] ?? 0,
      base: said,
    }));
    return { ...result, rows, ...(question.type === 'scale' && meanOf(numbers)) };
  }
  if (numbers.length === 0) return { ...result, words: true };
  return { ...result, rows: ranges(numbers, said), ...meanOf(numbers) };
}

function meanOf(numbers: [number, number][]): { mean?: number } {
  const people = numbers.reduce((sum, [, count]) => sum + count, 0);
  if (people === 0) return {};
  return { mean: numbers.reduce((sum, [value, count]) => sum + value * count, 0) / people };
}

const MOST_ROWS = 10;
/** Each number by itself where there are few, else in ranges of a round width. */
function ranges(numbers: [number, number][], base: number): Row[] {
  const sorted = [...numbers].sort(([a], [b]) => a - b);
  if (sorted.length <= MOST_ROWS)
    return sorted.map(([value, count]) => ({ label: String(value), count, base }));
  const [least, most] = [sorted[0]?.[0] ?? 0, sorted.at(-1)?.[0] ?? 0];
  const widths = [1, 2, 5].flatMap((step) => [1, 10, 100, 1000, 10_000, 100_000].map((ten) => step * ten));
  const width =
    widths
      .sort((a, b) => a - b)
      .find((each) => Math.floor(most / each) - Math.floor(least / each) < MOST_ROWS) ?? 1_000_000;
  const rows: Row[] = [];
  for (let from = Math.floor(least / width) * width; from <= most; from += width) {
    const inside = sorted.filter(([value]) => value >= from && value < from + width);
    rows.push({
      label: `${from} à ${from + width - 1}`,
      count: inside.reduce((sum, [, count]) => sum + count, 0),
      base,
    });
  }
  return rows;
}

export interface Group {
  value: string;
  people: number;
}

/**
 * The groups of a facet that are large enough to be shown. Where what is left would be a small group by subtraction, the
 * smallest of them is held back too.
 */
export function shownGroups(sums: Sums, facet: Facet): { shown: Group[]; hidden: number } {
  const begins = slice(facet, '');
  const all = Object.entries(sums).flatMap(([name, tokens]) =>
    name.startsWith(begins) ? [{ value: name.slice(begins.length), people: tokens[ALL] ?? 0 }] : [],
  );
  const shown = largeEnough(all, sums['']?.[ALL] ?? 0);
  return { shown, hidden: all.length - shown.length };
}

function largeEnough(groups: Group[], total: number): Group[] {
  const shown = groups.filter(({ people }) => people >= SMALL).sort((a, b) => b.people - a.people);
  const rest = (): number => total - shown.reduce((sum, { people }) => sum + people, 0);
  while (shown.length > 0 && rest() > 0 && rest() < SMALL) shown.pop();
  return shown;
}

/** The slice that a page asks for, where its group may be shown. */
export function sliceIn(sums: Sums, asked: string): { facet: Facet; value: string } | undefined {
  const [facet, value] = asked.split('=') as [Facet, string];
  if (!FACETS.includes(facet) || value === undefined) return undefined;
  return shownGroups(sums, facet).shown.some((each) => each.value === value) ? { facet, value } : undefined;
}
