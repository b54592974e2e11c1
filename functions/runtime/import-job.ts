/**
 * An import of contacts that is too long for a page: tried, or carried out once that is confirmed, a part at a time. Each
 * row is one turn with an id of its own, so that a part whose worker died is done again; what it does not get to in one
 * go, the next message goes on with.
 */
import { randomBytes } from 'node:crypto';
import type { Counts, Told } from '../contacts/import-contacts.ts';
import type { ReadRow } from '../contacts/read-table.ts';
import { createImportStore, type ImportJob, isGoing, newImportId } from '../store/imports.ts';
import { createUploadStore, type Ticket } from '../store/kept-uploads.ts';
import { LIFETIME } from '../store/table.ts';
import { allLists } from './city-lists.ts';
import type { Deps } from './deps.ts';
import { importRead } from './import-read.ts';
import { describe } from './log.ts';

/** What waits to be imported: read already, so that the function that does it need not know every number plan. */
export interface Waiting {
  hash: string;
  rows: ReadRow[];
}

/** Rows from one note of how far it is to the next; what is told of them fits into one item. */
const PART = 500;
/** After so long in one go another message goes on: a third of what the function has. */
const SLICE_MS = 5 * 60_000;
const TRIES = 3;
/** Workers begin within seconds. */
const STALLED_MS = 5 * 60_000;
const GONE = 'le fichier n’est plus gardé. Envoyez-le de nouveau : personne n’est importé deux fois';
const GIVEN_UP =
  'les données ne répondent pas. Réessayez plus tard avec le même fichier : personne n’est importé deux fois';

/** Enciphered under a key that is made of the city's own and stands nowhere: the table alone opens nothing. */
const ticketOf = ({ hashes }: Deps, id: string, what = 'table'): Ticket => ({
  id: `${id}-${what}`,
  key: hashes.sealing(`${id}\n${what}`),
});
const toldAt = (deps: Deps, { id, state }: ImportJob, from: number): Ticket =>
  ticketOf(deps, id, `${state === 'trying' || state === 'tried' ? 'trial' : 'import'}-${from}`);

/** Begins with the trial. */
export async function startImport(
  deps: Deps,
  { who, list, waiting }: { who: string; list: string; waiting: Waiting },
): Promise<string> {
  const now = deps.now();
  const id = newImportId(now, randomBytes(12).toString('base64url'));
  const uploads = createUploadStore(deps.db);
  await uploads.keep(JSON.stringify(waiting), who, now, { ticket: ticketOf(deps, id) });
  const jobs = createImportStore(deps.db);
  await jobs.ask({ id, who, list, rows: waiting.rows.length }, now);
  await send(deps, id);
  return id;
}

/** False where it is not there to be confirmed. */
export async function confirmImport(deps: Deps, id: string): Promise<boolean> {
  // First: where it dies after this, it can be confirmed again.
  await createUploadStore(deps.db).extend(ticketOf(deps, id).id, deps.now(), LIFETIME.importJob);
  if (!(await createImportStore(deps.db).confirm(id, deps.now()))) return false;
  await send(deps, id);
  return true;
}

/** Nobody began it in all that time: whoever asked for it died before its message was sent. */
export const isStalled = ({ state, next, tries, asked }: ImportJob, now: Date): boolean =>
  isGoing(state) && next === 0 && tries === 0 && now.getTime() - Date.parse(asked) >= STALLED_MS;

/** Sends its message anew. False where it is not stalled. */
export async function resumeImport(deps: Deps, job: ImportJob): Promise<boolean> {
  const now = deps.now();
  if (!isStalled(job, now) || !(await createImportStore(deps.db).askAgain(job, now))) return false;
  await send(deps, job.id);
  return true;
}

export async function dropImport(deps: Deps, id: string): Promise<boolean> {
  if (!(await createImportStore(deps.db).drop(id))) return false;
  await createUploadStore(deps.db).drop(ticketOf(deps, id).id);
  return true;
}

async function send(deps: Deps, id: string): Promise<void> {
  try {
    await deps.exporting.send({ kind: 'import', job: id });
  } catch (error) {
    deps.log.error('import-unsent', describe(error));
    await createImportStore(deps.db).failed(id, GIVEN_UP);
  }
}

/** What is told of the rows that do not go in, in the order of the file; a part of it at a time. */
export async function* toldOf(deps: Deps, job: ImportJob): AsyncGenerator<Told[]> {
  const uploads = createUploadStore(deps.db);
  for (let from = 0; from < job.next; from += PART) {
    const text = await uploads.open(toldAt(deps, job, from), job.who, deps.now());
    if (text !== undefined) yield JSON.parse(text) as Told[];
  }
}

/** Handles one message. Throws where it must come back. */
export async function importWorker(deps: Deps, id: string): Promise<void> {
  const jobs = createImportStore(deps.db);
  const job = await jobs.begin(id, deps.now());
  if (!job) return;
  const giveUp = async (why: string): Promise<void> => {
    await jobs.failed(id, why);
    await createUploadStore(deps.db).drop(ticketOf(deps, id).id);
  };
  if (job.tries > TRIES) return giveUp(GIVEN_UP);
  try {
    const waiting = await waitingOf(deps, job);
    const list = (await allLists(deps)).find((each) => each.id === job.list);
    if (!waiting || !list) return await giveUp(GONE);
    const { hash } = waiting;
    const table = {
      hash,
      async *rows() {
        yield* waiting.rows;
      },
    };
    await goOn(deps, job, (part, trial, tell) => importRead(deps, table, { list, trial, tell, part }));
  } catch (error) {
    deps.log.error('import-failed', { ...describe(error), tries: job.tries });
    // What got on before it failed has its tries anew.
    if (job.tries === TRIES && (await jobs.find(id, deps.now()))?.next === job.next) return giveUp(GIVEN_UP);
    throw error;
  }
}

async function waitingOf(deps: Deps, job: ImportJob): Promise<Waiting | undefined> {
  const text = await createUploadStore(deps.db).open(ticketOf(deps, job.id), job.who, deps.now());
  return text === undefined ? undefined : (JSON.parse(text) as Waiting);
}

type Part = { from: number; to: number };

async function goOn(
  deps: Deps,
  begun: ImportJob,
  work: (part: Part, trial: boolean, tell: (row: Told) => void) => Promise<Counts>,
): Promise<void> {
  const [jobs, uploads] = [createImportStore(deps.db), createUploadStore(deps.db)];
  const trial = begun.state === 'trying';
  const until = deps.now().getTime() + SLICE_MS;
  let job = begun;
  while (job.next < job.rows) {
    const part = { from: job.next, to: Math.min(job.next + PART, job.rows) };
    const told: Told[] = [];
    const counts = await work(part, trial, (row) => void told.push(row));
    if (counts.failed > 0) throw new Error('rows of the import could not be stored');
    told.sort((a, b) => a.line - b.line);
    await uploads.keep(JSON.stringify(told), job.who, deps.now(), {
      ticket: toldAt(deps, job, part.from),
      seconds: LIFETIME.importJob,
    });
    const sums = { ...job.counts };
    for (const [outcome, count] of Object.entries(counts)) sums[outcome] = (sums[outcome] ?? 0) + count;
    // Another worker got there first, or it was dropped: the rest is theirs.
    if (!(await jobs.moved(job, part.to, sums))) return;
    job = { ...job, next: part.to, tries: 0, counts: sums };
    if (deps.now().getTime() >= until && job.next < job.rows)
      return deps.exporting.send({ kind: 'import', job: job.id });
  }
  if ((await jobs.finished(job)) && !trial) await uploads.drop(ticketOf(deps, job.id).id);
}

/** As `countsInWords` reads them. */
export const countsOf = ({ counts }: ImportJob): Counts => ({
  ...{ rows: 0, new: 0, added: 0, known: 0, stopped: 0, suppressed: 0, left: 0 },
  ...{ duplicate: 0, refused: 0, failed: 0 },
  ...counts,
});

export const isUnderWay = ({ state }: ImportJob): boolean => isGoing(state) || state === 'tried';
