/** What the pages of exports have in common: addresses, names, who sees which. */
import type { Deps } from '../../runtime/deps.ts';
import { createExportStore, type ExportFormat, type ExportJob } from '../../store/exports.ts';
import type { Agent } from '../agent.ts';
import type { Tone } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, NotThere } from '../page.ts';

export const PATH = `${ROOT}/exports`;
export const addressOf = (id: string): string => `${PATH}/${id}`;

export const FORMAT_NAMES: Record<ExportFormat, string> = {
  xlsx: 'Classeur Excel (XLSX)',
  csv: 'Fichiers CSV',
};

export const STATES: Record<ExportJob['state'], { tone: Tone; name: string }> = {
  waiting: { tone: 'waits', name: 'En attente' },
  running: { tone: 'going', name: 'En cours' },
  done: { tone: 'over', name: 'Prêt' },
  failed: { tone: 'bad', name: 'Échoué' },
};

export const isOver = ({ state }: ExportJob): boolean => state === 'done' || state === 'failed';

/** Officers see everybody's, whoever else their own. */
export const sees = (agent: Agent, job: ExportJob): boolean =>
  agent.role === 'officer' || job.who === agent.id;

/** Throws `NotThere` where there is none, or none for this agent. */
export async function found({ deps, agent, params, now }: Asked): Promise<ExportJob> {
  const job = await createExportStore(deps.db).find(params.id ?? '', now);
  if (!job || !sees(agent, job)) throw new NotThere();
  return job;
}

/** The key stands where the survey is there no more. */
export const surveyName = ({ world }: Pick<Deps, 'world'>, key: string): string =>
  world.surveys.latest(key)?.topic.fr ?? key;
