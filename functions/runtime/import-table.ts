/** A table of contacts onto a list of the city's, or what would come of it: for the command and for the console. */
import { inParis } from '../../conversations/hours.ts';
import { type Counts, importContacts, type Told } from '../contacts/import-contacts.ts';
import type { TableFile } from '../contacts/table-file.ts';
import type { CityList } from './city-lists.ts';
import type { Deps } from './deps.ts';
import { enrolContact, enrolmentBy } from './enrol.ts';

export interface ImportAsked {
  list: Pick<CityList, 'id' | 'plain'>;
  /** Where the rows do not say it: what was signed or said, and the day, YYYY-MM-DD. */
  proof: { what?: string; on?: string };
  /** The role of who took it down. */
  by?: string;
  /** Says what would come of it, and writes nothing. */
  trial: boolean;
  tell(row: Told): void;
}

/** Throws `TableFileError` before anything is written, `StoreUnavailable` where the store does not answer on the way. */
export function importTable(
  deps: Deps,
  table: TableFile,
  { list, proof, by, trial, tell }: ImportAsked,
): Promise<Counts> {
  // What cannot be carried out at once is told as failed, and done by running the import again.
  const strict: Deps = {
    ...deps,
    queue: { send: () => Promise.reject(new Error('the effects are still to be carried out')) },
  };
  return importContacts(table, {
    list: list.id,
    ...(list.plain && { plain: true }),
    city: deps.world.city,
    today: inParis(deps.now()).date,
    proof,
    ...(by && { by }),
    eventId: (name) => `i${deps.hashes.event(name).slice(1)}`,
    put: (number, event) => (trial ? enrolmentBy(deps, number, event) : enrolContact(strict, number, event)),
    tell,
  });
}
