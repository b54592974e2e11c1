/** A table of contacts as a file, row by row: a .csv of any size in the memory of a few rows, an .xlsx within limits. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { csvRows } from './csv-rows.ts';
import { type TableFile, TableFileError } from './table.ts';
import { xlsxRows } from './xlsx-rows.ts';

export async function openTable(file: string): Promise<TableFile> {
  const ending = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const rows = { csv: csvRows, txt: csvRows, xlsx: xlsxRows, xlsm: xlsxRows }[ending];
  if (!rows)
    throw new TableFileError(
      `les fichiers « .${ending} » ne sont pas lus; enregistrez le tableau en .csv ou en .xlsx`,
    );
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? "il n'existe pas" : `il ne se lit pas (${cause.code})`;
    throw new TableFileError(why, { cause });
  });
  if (!found.isFile()) throw new TableFileError("ce n'est pas un fichier");
  if (found.size === 0) throw new TableFileError('il est vide');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return { hash: hash.digest('base64url'), rows: () => rows(file) };
}
