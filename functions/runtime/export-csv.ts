/**
 * The one form of our CSV files, as French Excel opens them by double-click: UTF-8 with BOM, `;`, CRLF, decimal
 * comma, no cell that runs as a formula (participation.md 6.2).
 */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { inParis } from '../../conversations/hours.ts';

/** Where a file's bytes go. It is ended when the file is whole, destroyed when it is not. */
export type Sink = Writable;

/** A number goes out bare; a text is made inert, even where it reads "-1". */
export type Cell = string | number | undefined;

/** White space and marks of direction that a spreadsheet may drop in front of what it then takes for a formula. */
const BLANK = '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]*';
/** A text that comes with apostrophes of its own gets one more, so that what was written can be told. */
const FORMULA = new RegExp(`^'*(?:[\\t\\r\\n]|${BLANK}[=+\\-@＝＋－＠])`);

/** NFC first (participation.md 6.4): composing can make or unmake the first character. */
function inert(text: string): string {
  const composed = text.normalize('NFC');
  return FORMULA.test(composed) ? `'${composed}` : composed;
}

/**
 * Writes the rows as they come, never more of them in memory than the sink's buffer takes. A line break in a cell
 * stays, in quotes: Excel shows it as a break in the cell when the file is opened, and the resident's words stay
 * as they were written.
 */
export const writeCsv = (rows: AsyncIterable<Cell[]> | Iterable<Cell[]>, sink: Sink): Promise<void> =>
  pipeline(
    Readable.from(rows),
    stringify({
      bom: true,
      delimiter: ';',
      record_delimiter: '\r\n',
      quote_record_delimiter: true,
      cast: { string: inert, number: (value) => String(value).replace('.', ',') },
    }),
    sink,
  );

/** `JJ/MM/AAAA HH:MM` in Paris. */
export function frenchTime(at: string): string {
  const { date, time } = inParis(new Date(at));
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year} ${time}`;
}
