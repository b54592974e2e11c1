/**
 * Makes an export that staff asked for in the console. A worker that dies leaves it to the queue, which hands it out
 * again: it begins anew under the same keys, three times at most.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inParis } from '../../conversations/hours.ts';
import { createExportStore, type ExportFormat, type ExportJob } from '../store/exports.ts';
import type { Deps } from './deps.ts';
import { contactsCsv, contactsWorkbook } from './export-contacts.ts';
import type { Sink } from './export-csv.ts';
import { exportFault } from './export-fault.ts';
import { create as createExport, type ExportedFiles } from './export-survey.ts';
import { exportWorkbook } from './export-workbook.ts';
import { EXPORT_TYPES, type ExportSinks, exportKey, LINK_SECONDS } from './exported-files.ts';
import { importWorker } from './import-job.ts';
import { describe } from './log.ts';
import type { QueueMessage } from './queue.ts';

const TRIES = 3;
const GIVEN_UP =
  "l'export s'est arrêté trois fois avant la fin. Réessayez plus tard ; si cela se répète, prévenez le service informatique";

/** Handles one message. Throws where it must come back. */
export const exportWorker = (deps: Deps, sinks: ExportSinks) => {
  const jobs = createExportStore(deps.db);
  return async (message: QueueMessage): Promise<void> => {
    if (message.kind === 'import') return importWorker(deps, message.job);
    if (message.kind !== 'export')
      throw new Error(`the export queue takes "export" and "import", got "${message.kind}"`);
    const job = await jobs.begin(message.job, deps.now());
    if (!job) return;
    if (job.tries > TRIES) return jobs.failed(job.id, GIVEN_UP);
    try {
      const made = await written(deps, sinks, job, (rows) => jobs.told(job.id, rows));
      await jobs.done(job.id, { ...made, until: new Date(deps.now().getTime() + LINK_SECONDS * 1000) });
    } catch (error) {
      deps.log.error('export-failed', { ...describe(error), tries: job.tries });
      const why = exportFault(error) ?? (job.tries === TRIES ? GIVEN_UP : undefined);
      if (why === undefined) throw error;
      return jobs.failed(job.id, why);
    }
    if (job.kind === 'answers') await toldOf(deps, job.survey);
  };
};

/** For who listens to what happens. Nothing hangs on it. */
export const toldOf = (deps: Deps, survey: string): Promise<void> =>
  deps.announcer
    .publish({ type: 'exported', id: deps.freshId(), at: deps.now().toISOString(), survey })
    .catch((error) => deps.log.error('event-unpublished', { ...describe(error), type: 'exported' }));

async function written(
  deps: Deps,
  sinks: ExportSinks,
  job: ExportJob,
  progress: (rows: number) => Promise<void>,
): Promise<ExportedFiles> {
  const kept: Promise<unknown>[] = [];
  const open: Open = (name) => {
    const opened = sinks.open(exportKey(job, name), EXPORT_TYPES[job.format]);
    // Its failure comes by the sink too, and is thrown there.
    opened.kept.catch(() => undefined);
    kept.push(opened.kept);
    return opened.sink;
  };
  const made =
    job.kind === 'contacts'
      ? await CONTACTS[job.format](deps, job, open, progress)
      : await ANSWERS[job.format](deps, job, open, progress);
  await Promise.all(kept);
  return made;
}

type Open = (name: string) => Sink;
type Way<Kind extends ExportJob['kind']> = (
  deps: Deps,
  job: Extract<ExportJob, { kind: Kind }>,
  open: Open,
  progress: (rows: number) => Promise<void>,
) => Promise<ExportedFiles>;

const ANSWERS: Record<ExportFormat, Way<'answers'>> = {
  csv: (deps, { survey }, open, progress) => createExport(deps)(survey, open, { calls: false, progress }),
  xlsx: (deps, { survey }, open, progress) =>
    inFolder(open, nameOf(deps, survey, 'reponses.xlsx'), (folder, sink) =>
      exportWorkbook(deps, { survey, folder, progress }, sink),
    ),
};

const CONTACTS: Record<ExportFormat, Way<'contacts'>> = {
  async csv(deps, { list }, open, progress) {
    const name = nameOf(deps, list, 'contacts.csv');
    return { rows: await contactsCsv(deps, { list, progress }, open(name)), files: [name] };
  },
  xlsx: (deps, { list, purpose }, open, progress) =>
    inFolder(open, nameOf(deps, list, 'contacts.xlsx'), (folder, sink) =>
      contactsWorkbook(deps, { list, purpose, folder, progress }, sink),
    ),
};

const nameOf = (deps: Deps, of: string, what: string): string =>
  `${inParis(deps.now()).date.slice(0, 7)}_${of}_${what}`;

/** A workbook is put together in a folder of its own, and its sink is left to nobody where that fails. */
async function inFolder(
  open: Open,
  name: string,
  make: (folder: string, sink: Sink) => Promise<number>,
): Promise<ExportedFiles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  const sink = open(name);
  try {
    return { rows: await make(folder, sink), files: [name] };
  } catch (error) {
    sink.destroy();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
