/**
 * Stands for functions/runtime/export-csv.ts in one of the programs of the bench: the floor. The same rows, their
 * cells joined as they are: no quotes, no guard against formulas, a file that no spreadsheet reads right.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Cell, frenchTime, isFormula, type Sink } from '../../../functions/runtime/export-csv.ts';

const PIECE = 65_536;

async function* joined(rows: AsyncIterable<Cell[]> | Iterable<Cell[]>): AsyncGenerator<string> {
  let piece = '';
  for await (const cells of rows) {
    piece += `${cells.join(';')}\r\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const writeCsv = (rows: AsyncIterable<Cell[]> | Iterable<Cell[]>, sink: Sink): Promise<void> =>
  pipeline(Readable.from(joined(rows)), sink);

export { frenchTime, isFormula, writeCsv };
