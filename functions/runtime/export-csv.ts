/**
 * The one form of our CSV files, as French Excel opens them by double-click: UTF-8 with BOM, `;`, CRLF, decimal
 * comma, no cell that runs as a formula (participation.md 6.2).
 */
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HOUR, inParis } from '../../conversations/hours.ts';

/** Where a file's bytes go. It is ended when the file is whole, destroyed when it is not. */
export type Sink = Writable;

/** A number goes out bare; a text is made inert, even where it reads "-1". */
export type Cell = string | number | undefined;

const BOM = '\ufeff';
/** Handed over in pieces of about this many characters: a stream asks more work a row than the row itself. */
const PIECE = 16_384;

/** White space and marks of direction that a spreadsheet may drop in front of what it then takes for a formula. */
const BLANK = '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]*';
/** A text that comes with apostrophes of its own gets one more, so that what was written can be told. */
const FORMULA = new RegExp(`^'*(?:[\\t\\r\\n]|${BLANK}[=+\\-@＝＋－＠])`);

/** NFC first (participation.md 6.4): composing can make or unmake the first character. */
function inert(text: string): string {
  const composed = text.normalize('NFC');
  return isFormula(composed) ? `'${composed}` : composed;
}

/** Whether an apostrophe stands before this text in a file of ours. */
export const isFormula = (text: string): boolean => FORMULA.test(text);

const QUOTED = /[;"\r\n]/;

function written(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell).replace('.', ',');
  const text = inert(cell);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* pieces(rows: AsyncIterable<Cell[]> | Iterable<Cell[]>): AsyncGenerator<string> {
  let piece = BOM;
  for await (const row of rows) {
    piece += `${row.map(written).join(';')}\r\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/**
 * Writes the rows as they come, never more of them in memory than the sink's buffer takes. A line break in a cell
 * stays, in quotes: Excel shows it as a break in the cell when the file is opened, and the resident's words stay
 * as they were written.
 */
export const writeCsv = (rows: AsyncIterable<Cell[]> | Iterable<Cell[]>, sink: Sink): Promise<void> =>
  pipeline(pieces(rows), sink);

/** The same as one text, for what is small. */
export async function csvOf(rows: AsyncIterable<Cell[]> | Iterable<Cell[]>): Promise<string> {
  let text = '';
  for await (const piece of pieces(rows)) text += piece;
  return text;
}

/** How far the clocks of Paris are ahead, by hour: they change on the hour, and to ask costs more than a row. */
const ahead = new Map<number, number>();

function aheadAt(at: number): number {
  const hour = Math.floor(at / HOUR) * HOUR;
  let known = ahead.get(hour);
  if (known === undefined) {
    const { date, time } = inParis(new Date(hour));
    known = Date.parse(`${date}T${time}:00Z`) - hour;
    ahead.set(hour, known);
  }
  return known;
}

/** `JJ/MM/AAAA HH:MM` in Paris. */
export function frenchTime(at: string): string {
  const moment = Date.parse(at);
  const shown = new Date(moment + aheadAt(moment)).toISOString();
  return `${shown.slice(8, 10)}/${shown.slice(5, 7)}/${shown.slice(0, 4)} ${shown.slice(11, 16)}`;
}
