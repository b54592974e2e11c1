/** Contacts that were read onto a list of the city's, or what would come of it. */
import { type Counts, importContacts, type Told } from '../contacts/import-contacts.ts';
import type { ReadTable } from '../contacts/read-table.ts';
import type { CityList } from './city-lists.ts';
import type { Deps } from './deps.ts';
import { enrolContact, enrolmentBy } from './enrol.ts';

export interface ReadAsked {
  list: Pick<CityList, 'id' | 'plain'>;
  /** Says what would come of it, and writes nothing. */
  trial: boolean;
  tell(row: Told): void;
  /** These rows alone, from 0 below the headers, `to` not among them; what stands before them is read. */
  part?: { from: number; to: number };
}

/** Throws `StoreUnavailable` where the store does not answer on the way, and what reading the table throws. */
export function importRead(
  deps: Deps,
  table: ReadTable,
  { list, trial, tell, part }: ReadAsked,
): Promise<Counts> {
  // What cannot be carried out at once is told as failed, and done by running the import again.
  const strict: Deps = {
    ...deps,
    queue: { send: () => Promise.reject(new Error('the effects are still to be carried out')) },
  };
  return importContacts(table, {
    list: list.id,
    ...(list.plain && { plain: true }),
    eventId: (name) => `i${deps.hashes.event(name).slice(1)}`,
    put: (number, event) => (trial ? enrolmentBy(deps, number, event) : enrolContact(strict, number, event)),
    tell,
    ...(part && { part }),
  });
}
