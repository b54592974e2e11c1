/** An export is asked for: once where the button is pressed twice, noted in the log, and handed to who makes it. */
import type { Answer } from '../../runtime/http.ts';
import { describe } from '../../runtime/log.ts';
import { createExportStore, type Exported, type ExportFormat } from '../../store/exports.ts';
import { type Asked, seeOther } from '../page.ts';
import { addressOf } from './words.ts';

const UNSENT = 'la demande n’a pas pu partir. Demandez l’export à nouveau';

/** `noted`: for the audit log, `about` the export itself where nothing else is said. */
export async function askFor(
  { deps, agent, now, note }: Asked,
  asked: Exported & { format: ExportFormat },
  noted: { what: string; about?: string },
): Promise<Answer> {
  const jobs = createExportStore(deps.db);
  const { job, fresh } = await jobs.ask({ who: agent.id, ...asked }, deps.freshId(), now);
  if (!fresh) return seeOther(addressOf(job.id), 'deja');
  await note(noted.what, noted.about ?? job.id);
  try {
    await deps.exporting.send({ kind: 'export', job: job.id });
  } catch (error) {
    deps.log.error('export-unsent', describe(error));
    await jobs.failed(job.id, UNSENT);
  }
  return seeOther(addressOf(job.id));
}
