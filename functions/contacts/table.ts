/** A table of contacts as rows, whatever it came as; what is no table is told as such. */

/** `line` as the spreadsheet or the editor numbers it. */
export interface Row {
  line: number;
  cells: string[];
}

export interface TableFile {
  /** Of its bytes: the same file is the same import. */
  hash: string;
  /** From its first row on, each time. Throws `TableFileError` where it cannot be read on. */
  rows(): AsyncGenerator<Row>;
}

/** A file that is no table. The message is a French sentence for who chose it. */
export class TableFileError extends Error {
  override name = 'TableFileError';
}

/** One that is held: its rows can be kept and come back. */
export interface HeldTable {
  hash: string;
  rows: Row[];
}

export const tableOf = ({ hash, rows }: HeldTable): TableFile => ({
  hash,
  async *rows() {
    yield* rows;
  },
});
