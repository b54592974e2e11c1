/** A table of contacts, its rows read: who each is, or what is wrong with it. Reading numbers needs their whole plan. */
import { COLUMNS, type Column, columnName, readColumns } from './columns.ts';
import { type Contact, type Fault, type Reading, readContact } from './read-contact.ts';
import { type Row, type TableFile, TableFileError } from './table.ts';

/** `at`: the fault's column, from 0; missing where the table has none. */
export type ReadRow = { line: number; contact: Contact } | { line: number; fault: Fault; at?: number };

export interface ReadTable {
  /** As the file's. */
  hash: string;
  /** Without the headers. Throws `TableFileError` before the first where the file cannot be read to its end. */
  rows(): AsyncGenerator<ReadRow>;
}

export const readTable = (table: TableFile, reading: Reading): ReadTable => ({
  hash: table.hash,
  async *rows() {
    for await (const _ of table.rows());
    let columns: Partial<Record<Column, number>> | undefined;
    for await (const row of table.rows()) {
      if (!columns) columns = headersOf(row);
      else yield readRow(row, columns, reading);
    }
  },
});

function readRow({ line, cells }: Row, at: Partial<Record<Column, number>>, reading: Reading): ReadRow {
  const contact = readContact((column) => (cells[at[column] ?? -1] ?? '').trim(), reading);
  if (!('fault' in contact)) return { line, contact };
  const place = at[contact.fault.column];
  return { line, fault: contact.fault, ...(place !== undefined && { at: place }) };
}

function headersOf({ line, cells }: Row): Partial<Record<Column, number>> {
  const { at, twice } = readColumns(cells);
  if (twice) throw new TableFileError(`ligne ${line}: deux colonnes « ${columnName(twice)} »; gardez-en une`);
  if (at.phone === undefined)
    throw new TableFileError(
      `ligne ${line}: il n'y a pas de colonne « téléphone ». La première ligne porte les titres; titres lus: ${COLUMNS.map(columnName).join(', ')}`,
    );
  return at;
}
