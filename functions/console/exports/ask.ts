/** An export is asked for: once where the button is pressed twice, noted in the log, and handed to who makes it. */
import type { Answer } from '../../runtime/http.ts';
import { describe } from '../../runtime/log.ts';
import { createExportStore, type Exported, type ExportFormat, type ExportJob } from '../../store/exports.ts';
import { type Asked, seeOther } from '../page.ts';
import { addressOf, isOver } from './words.ts';

/** Among the last asked for: whoever presses the button twice wants one. */
const TWICE = 10;
const UNSENT = 'la demande n’a pas pu partir. Demandez l’export à nouveau';

/** `noted`: for the audit log, `about` the export itself where nothing else is said. */
export async function askFor(
  { deps, agent, now, note }: Asked,
  asked: Exported & { format: ExportFormat },
  noted: { what: string; about?: string },
): Promise<Answer> {
  const jobs = createExportStore(deps.db);
  let looked = 0;
  for await (const job of jobs.latest(TWICE, now)) {
    if (!isOver(job) && job.who === agent.id && isSame(job, asked))
      return seeOther(addressOf(job.id), 'deja');
    if (++looked === TWICE) break;
  }
  const job = await jobs.ask({ who: agent.id, ...asked }, deps.freshId(), now);
  await note(noted.what, noted.about ?? job.id);
  try {
    await deps.exporting.send({ kind: 'export', job: job.id });
  } catch (error) {
    deps.log.error('export-unsent', describe(error));
    await jobs.failed(job.id, UNSENT);
  }
  return seeOther(addressOf(job.id));
}

const isSame = (job: ExportJob, asked: Exported & { format: ExportFormat }): boolean =>
  job.format === asked.format &&
  (asked.kind === 'answers'
    ? job.kind === 'answers' && job.survey === asked.survey
    : job.kind === 'contacts' && job.list === asked.list && job.purpose === asked.purpose);
