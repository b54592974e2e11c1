/**
 * A table of contacts onto one list: each good row is one turn of one resident, each other row is told with its reason,
 * and none stops the rest. Run again, after a crash too, it changes only what is missing.
 */
import type { Enrolled } from '../../conversations/enrol.ts';
import type { EnrolOutcome } from '../runtime/enrol.ts';
import { NumberSet } from './number-set.ts';
import type { Contact, Fault } from './read-contact.ts';
import type { ReadTable } from './read-table.ts';

/** `refused` for its content, `failed` for the store, `duplicate`: an earlier row has the number. */
export type RowOutcome = EnrolOutcome | 'refused' | 'failed' | 'duplicate';
export type Counts = Record<RowOutcome, number> & { rows: number };

/** What is told of a row that puts nobody on the list: where it stands and why, nothing of what stands there. */
export interface Told {
  line: number;
  outcome: Exclude<RowOutcome, 'new' | 'added' | 'known'>;
  /** The fault's column, from 0; missing where the table has none. */
  at?: number;
  fault?: Fault;
}

export interface ImportOptions {
  list: string;
  plain?: boolean;
  /** The id of a row's event, the same whenever this file is imported to this list. */
  eventId(name: string): string;
  /** What becomes of a contact; a trial only says what would. Throws where the store fails. */
  put(number: string, event: Enrolled): Promise<EnrolOutcome>;
  tell(row: Told): void;
  /** These rows alone, from 0 below the headers, `to` not among them; those before are read for their numbers. */
  part?: { from: number; to: number };
}

/** So many turns at once: the store is waited for, not the processor. */
const AT_ONCE = 8;
/** When so many rows in a row fail, it is not the rows. */
const GIVE_UP = 40;

/** Throws `TableFileError` before anything is written where the file cannot be read to its end, or has no numbers. */
export async function importContacts(table: ReadTable, options: ImportOptions): Promise<Counts> {
  const counts = newCounts();
  const seen = new NumberSet();
  let waiting: { line: number; contact: Contact }[] = [];
  let failing = 0;
  const tell = (row: Told): void => {
    counts[row.outcome] += 1;
    options.tell(row);
  };
  const one = async ({ line, contact }: { line: number; contact: Contact }): Promise<void> => {
    const { number, ...about } = contact;
    const { list, plain, eventId } = options;
    const id = eventId(`${table.hash}\n${list}\n${line}`);
    const event: Enrolled = { type: 'enrolled', id, list, ...about, ...(plain && { plain }) };
    const outcome = await options.put(number, event).catch(() => 'failed' as const);
    failing = outcome === 'failed' ? failing + 1 : 0;
    if (outcome === 'new' || outcome === 'added' || outcome === 'known') counts[outcome] += 1;
    else tell({ line, outcome });
  };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    await Promise.all(batch.map(one));
    if (failing >= GIVE_UP) throw new StoreUnavailable(counts);
  };
  const { from, to } = options.part ?? { from: 0, to: Number.POSITIVE_INFINITY };
  let index = -1;
  for await (const row of table.rows()) {
    index += 1;
    if (index >= to) break;
    if (index < from) {
      if ('contact' in row) seen.add(row.contact.number);
      continue;
    }
    counts.rows += 1;
    const { line } = row;
    if ('fault' in row) tell({ outcome: 'refused', ...row });
    else if (!seen.add(row.contact.number)) tell({ line, outcome: 'duplicate' });
    else if (waiting.push({ line, contact: row.contact }) >= AT_ONCE) await flush();
  }
  await flush();
  return counts;
}

/** The store does not answer: what was done stands, the rest is done by running the import again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  constructor(readonly counts: Counts) {
    super('too many contacts in a row could not be stored');
  }
}

const newCounts = (): Counts => ({
  rows: 0,
  new: 0,
  added: 0,
  known: 0,
  stopped: 0,
  suppressed: 0,
  left: 0,
  duplicate: 0,
  refused: 0,
  failed: 0,
});
