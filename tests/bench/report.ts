/** What a part of the bench hands back, and how it is written: Markdown, figures rounded to what they can bear. */

/**
 * One part: `quick` takes small counts, to see that it still runs; `full` the counts that take an hour; `million` is the
 * broadcast's own, a million recipients and what they are compared with.
 */
export type Part = (quick: boolean, full: boolean, million: boolean) => Promise<string>;

type Cell = string | number;

export function table(head: string[], rows: Cell[][]): string {
  const line = (cells: Cell[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** Three figures at most. */
export function rounded(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-GB');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const times = (ratio: number): string => `${rounded(ratio)}x`;

/** An aim and whether it was reached. */
export const aim = (what: string, reached: boolean): string =>
  `- ${reached ? 'reached' : '**missed**'}: ${what}`;

export const best = (values: number[]): number => Math.min(...values);

export function median(values: number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? 0;
}

/** A table's row by its name, or an error that says so. */
export function at<Value>(record: Record<string, Value>, name: string): Value {
  const value = record[name];
  if (value === undefined)
    throw new Error(`"${name}" was not measured, only ${Object.keys(record).join(', ')}`);
  return value;
}
