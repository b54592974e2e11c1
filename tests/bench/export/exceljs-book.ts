/**
 * Stands for functions/forms/xlsx-stream.ts in one of the programs of the bench: the same sheets through exceljs'
 * stream writer as its page shows it. It takes rows as fast as they come and holds them until they are written.
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type exceljs from 'exceljs';
import type { Book, Moment, SheetCell } from '../../../functions/forms/xlsx-stream.ts';

/** As it is installed: bundled, it takes its own browser's parts. */
const library = createRequire(path.join(process.cwd(), 'package.json'))('exceljs') as typeof exceljs;
/** Rows between two pauses in which it may write. */
const PAUSE = 100;

const exceljsValue = (cell: SheetCell): exceljs.CellValue =>
  typeof cell === 'object' ? new Date(((cell as Moment).days - 25_569) * 86_400_000) : cell;

export function openBook(): Book {
  let target: Writable | undefined;
  const waiting: Uint8Array[] = [];
  const stream = new PassThrough();
  stream.on('data', (piece: Uint8Array) => (target ? target.write(piece) : waiting.push(piece)));
  const writer = new library.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: false,
    useSharedStrings: false,
  });
  const sheets: exceljs.Worksheet[] = [];
  return {
    cut: () => 0,
    sheet(name) {
      const sheet = writer.addWorksheet(name);
      sheets.push(sheet);
      let rows = 0;
      return {
        row(cells) {
          sheet.addRow(cells.map(exceljsValue)).commit();
          rows += 1;
          return rows % PAUSE === 0 ? setImmediate() : undefined;
        },
      };
    },
    async finish(_at, sink) {
      target = sink;
      for (const piece of waiting.splice(0)) sink.write(piece);
      for (const sheet of sheets) sheet.commit();
      await writer.commit();
      sink.end();
      await once(sink, 'finish');
    },
  };
}
