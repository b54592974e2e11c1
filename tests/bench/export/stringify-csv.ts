/**
 * Stands for functions/runtime/export-csv.ts in one of the programs of the bench: csv-stringify as its page shows
 * it, with its own BOM and guard against formulas.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { type Cell, frenchTime, isFormula, type Sink } from '../../../functions/runtime/export-csv.ts';

const writeCsv = (rows: AsyncIterable<Cell[]> | Iterable<Cell[]>, sink: Sink): Promise<void> =>
  pipeline(
    Readable.from(rows),
    stringify({ bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: true }),
    sink,
  );

export { frenchTime, isFormula, writeCsv };
