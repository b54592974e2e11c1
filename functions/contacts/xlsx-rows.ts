/** The rows of the first sheet of an .xlsx. What it unpacks to is known before it is unpacked: see `zip-guard.ts`. */
import { readFile, stat } from 'node:fs/promises';
import exceljs from 'exceljs';
import { FormFileError } from '../forms/form-file-error.ts';
import { checkZip } from '../forms/zip-guard.ts';
import { type Row, TableFileError } from './table-file.ts';

/** Its texts stand in a part of their own that is held whole: what is larger comes as .csv. */
const MAX_MB = 12;
const MAX_COLUMNS = 100;

export async function* xlsxRows(file: string): AsyncGenerator<Row> {
  await guard(file);
  const reader = new exceljs.stream.xlsx.WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    // Without them a date is a number.
    styles: 'cache',
    entries: 'ignore',
  });
  try {
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const values = (row.values as exceljs.CellValue[]).slice(1, MAX_COLUMNS + 1);
        const cells = Array.from(values, textOf);
        if (cells.some((cell) => cell.trim())) yield { line: row.number, cells };
      }
      return;
    }
  } catch (cause) {
    if (cause instanceof TableFileError) throw cause;
    throw new TableFileError('le classeur ne se lit pas; enregistrez le tableau en .csv', { cause });
  }
}

async function guard(file: string): Promise<void> {
  const { size } = await stat(file);
  if (size > MAX_MB * 1024 * 1024)
    throw new TableFileError(
      `le classeur fait ${Math.ceil(size / 1024 / 1024)} Mo, ${MAX_MB} au plus: enregistrez le tableau en .csv`,
    );
  try {
    if (checkZip(await readFile(file)).includes('xl/workbook.xml')) return;
  } catch (cause) {
    if (!(cause instanceof FormFileError)) throw cause;
  }
  throw new TableFileError(
    "ce n'est pas un classeur .xlsx, ou il est abîmé ou trop grand: enregistrez le tableau en .csv",
  );
}

/** What cannot be shown as a text has none: its row is refused for what is missing. */
function textOf(value: exceljs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return textOf(value.text as exceljs.CellValue);
  return 'result' in value ? textOf(value.result as exceljs.CellValue) : '';
}
