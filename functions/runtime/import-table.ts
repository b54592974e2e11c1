/** A table of contacts onto a list of the city's, or what would come of it: for the command and for the console. */
import { inParis } from '../../conversations/hours.ts';
import type { Counts } from '../contacts/import-contacts.ts';
import { type ReadTable, readTable } from '../contacts/read-table.ts';
import type { TableFile } from '../contacts/table.ts';
import type { Deps } from './deps.ts';
import { importRead, type ReadAsked } from './import-read.ts';

/** What holds for every row that does not say it itself. */
export interface FileProof {
  /** What was signed or said, and the day, YYYY-MM-DD. */
  proof: { what?: string; on?: string };
  /** The role of who took it down. */
  by?: string;
}

export const readFor = (deps: Deps, table: TableFile, { proof, by }: FileProof): ReadTable =>
  readTable(table, {
    city: deps.world.city,
    today: inParis(deps.now()).date,
    proof,
    ...(by && { by }),
  });

/** Throws `TableFileError` before anything is written, `StoreUnavailable` where the store does not answer on the way. */
export const importTable = (deps: Deps, table: TableFile, asked: ReadAsked & FileProof): Promise<Counts> =>
  importRead(deps, readFor(deps, table, asked), asked);
