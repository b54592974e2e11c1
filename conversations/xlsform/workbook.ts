/** A spreadsheet as rows of texts, and what there is to say about its cells. Where it comes from is not known here. */

export interface Sheet {
  name: string;
  /** From its first row and column; short rows and holes are empty. */
  rows: string[][];
  /** Where its first cell stands in the file, from 1: in a .csv the sheets stand under each other, from column B. */
  origin?: { row: number; column: number };
}

export interface Workbook {
  sheets: Sheet[];
}

/** A cell that has something in it, or where something is missing. */
export interface Cell {
  sheet: string;
  row: number;
  /** As spreadsheets name it: `C7`. */
  at: string;
  /** The header above it, as it is written. */
  column: string;
  value: string;
}

/** What is wrong with a cell, or what was made of it: in French, for who wrote the form. */
export interface Finding {
  sheet: string;
  row: number;
  cell: string;
  column: string;
  got: string;
  reason: string;
  allowed?: string;
}

/** `row` and `column` from 1; 28, 7 → AB7. */
export function addressOf(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** Longer values are cut: a finding names a cell, it does not print it. */
const MAX_GOT = 80;

/** Everything there is to say, in the order of the file. */
export class Findings {
  readonly faults: Finding[] = [];
  readonly notices: Finding[] = [];

  fault(cell: Cell, reason: string, allowed?: string): void {
    this.faults.push(about(cell, reason, allowed));
  }

  notice(cell: Cell, reason: string): void {
    this.notices.push(about(cell, reason));
  }

  inOrder(sheets: string[]): { faults: Finding[]; notices: Finding[] } {
    // A sheet that is missing comes last.
    const place = ({ sheet }: Finding): number =>
      (sheets.indexOf(sheet) + sheets.length + 1) % (sheets.length + 1);
    const sorted = (findings: Finding[]): Finding[] =>
      [...findings].sort((a, b) => place(a) - place(b) || a.row - b.row);
    return { faults: sorted(this.faults), notices: sorted(this.notices) };
  }
}

const about = ({ sheet, row, at, column, value }: Cell, reason: string, allowed?: string): Finding => ({
  sheet,
  row,
  cell: at,
  column,
  got: value.length > MAX_GOT ? `${value.slice(0, MAX_GOT)}…` : value,
  reason,
  ...(allowed !== undefined && { allowed }),
});
