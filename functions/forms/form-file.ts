/** A form's file by its ending: `.xlsx` or `.csv`, to and from the grid that `conversations/xlsform` reads. */
import type { Workbook } from '../../conversations/xlsform/workbook.ts';
import { readCsv, writeCsv } from './csv.ts';
import { FormFileError } from './form-file-error.ts';
import { readXlsx, writeXlsx } from './xlsx.ts';

export const FORMATS = ['xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** A form is a few hundred rows of text; what is larger is something else. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Throws `FormFileError` where the file is none of the two, too large or broken. */
export async function readFormFile(name: string, bytes: Buffer): Promise<Workbook> {
  if (bytes.length > MAX_BYTES)
    throw new FormFileError(
      `le fichier fait ${(bytes.length / 1024 / 1024).toFixed(1)} Mo; un formulaire en fait ${MAX_BYTES / 1024 / 1024} au plus`,
    );
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === 'xlsx' || ending === 'xlsm') return readXlsx(bytes);
  if (ending === 'csv') return readCsv(bytes);
  throw new FormFileError(`« .${ending ?? ''} » n'est pas lu; enregistrez le formulaire en .xlsx ou en .csv`);
}

export const writeFormFile = async (workbook: Workbook, format: Format): Promise<Buffer> =>
  format === 'xlsx' ? writeXlsx(workbook) : writeCsv(workbook);
