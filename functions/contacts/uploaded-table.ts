/** A table that came by a form: read once, and only the columns that are read at all, so that it can be kept for a while. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readColumns } from './columns.ts';
import { type HeldTable, type Row, type TableFile, TableFileError } from './table.ts';
import { openTable } from './table-file.ts';

/**
 * Throws `TableFileError` where it is no table, or has more rows than `most` below its headers. The file stands on the
 * machine's disk, under a name that is drawn, for as long as it is read.
 */
export async function readUploaded(
  { name, bytes }: { name: string; bytes: Buffer },
  most: number,
): Promise<HeldTable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'table-'));
  try {
    const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '';
    const file = path.join(folder, `table${ending}`);
    await writeFile(file, bytes, { mode: 0o600 });
    const table = await openTable(file);
    return { hash: table.hash, rows: await rowsOf(table, most) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsOf(table: TableFile, most: number): Promise<Row[]> {
  const rows: Row[] = [];
  let read: Set<number> | undefined;
  for await (const { line, cells } of table.rows()) {
    read ??= readAt(cells);
    const wanted = read;
    rows.push({ line, cells: cells.map((cell, at) => (wanted.has(at) ? cell : '')) });
    if (rows.length > most + 1)
      throw new TableFileError(
        `plus de ${most.toLocaleString('fr-FR')} lignes; partagez-le en plusieurs fichiers, ou demandez l'import par la commande`,
      );
  }
  return rows;
}

/** Two columns of one kind are both kept, so that they are found to be two. */
function readAt(headers: string[]): Set<number> {
  const { at, twice } = readColumns(headers);
  return new Set(twice ? headers.keys() : Object.values(at));
}
