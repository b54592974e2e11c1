/** The rows of the first sheet of an .xlsx. What it unpacks to is known before it is unpacked: see `zip-guard.ts`. */
import { readFile, stat } from 'node:fs/promises';
import type exceljs from 'exceljs';
import { FormFileError } from '../forms/form-file-error.ts';
import { loadXlsx } from '../forms/xlsx.ts';
import { checkZip } from '../forms/zip-guard.ts';
import { type Row, TableFileError } from './table.ts';

/** Held whole while it is read, about 150 bytes in memory for one in the file: what is larger comes as .csv. */
const MAX_MB = 4;
const MAX_COLUMNS = 100;

export async function* xlsxRows(file: string): AsyncGenerator<Row> {
  const sheet = await firstSheet(file);
  for (let line = 1; line <= (sheet?.rowCount ?? 0); line += 1) {
    const values = (sheet?.findRow(line)?.values ?? []) as exceljs.CellValue[];
    const cells = Array.from(values.slice(1, MAX_COLUMNS + 1), textOf);
    if (cells.some((cell) => cell.trim())) yield { line, cells };
  }
}

async function firstSheet(file: string): Promise<exceljs.Worksheet | undefined> {
  const bytes = await guarded(file);
  const book = await loadXlsx(bytes).catch((cause) => {
    throw new TableFileError('le classeur ne se lit pas; enregistrez le tableau en .csv', { cause });
  });
  return book.worksheets[0];
}

async function guarded(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size > MAX_MB * 1024 * 1024)
    throw new TableFileError(
      `le classeur fait ${Math.ceil(size / 1024 / 1024)} Mo, ${MAX_MB} au plus: enregistrez le tableau en .csv`,
    );
  const bytes = await readFile(file);
  try {
    if (checkZip(bytes).includes('xl/workbook.xml')) return bytes;
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
