/** What the pages of exports have in common: addresses, names, who sees which. */
import { allLists } from '../../runtime/city-lists.ts';
import type { Deps } from '../../runtime/deps.ts';
import { createExportStore, type ExportFormat, type ExportJob } from '../../store/exports.ts';
import type { Agent } from '../agent.ts';
import type { Tone } from '../list.tsx';
import { ROOT } from '../navigation.ts';
import { type Asked, NotThere } from '../page.ts';
import { may } from '../roles.ts';

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

/** Of answers officers see everybody's, whoever else their own; of contacts each who may their own, with its purpose. */
export const sees = (agent: Agent, job: ExportJob): boolean =>
  job.kind === 'contacts'
    ? may(agent.role, 'exports.contacts') && job.who === agent.id
    : agent.role === 'officer' || job.who === agent.id;

/** Throws `NotThere` where there is none, or none for this agent. */
export async function found({ deps, agent, params, now }: Asked): Promise<ExportJob> {
  const job = await createExportStore(deps.db).find(params.id ?? '', now);
  if (!job || !sees(agent, job)) throw new NotThere();
  return job;
}

/** What a row of it is: one, more. */
export const ROWS_OF: Record<ExportJob['kind'], [one: string, more: string]> = {
  answers: ['réponse écrite', 'réponses écrites'],
  contacts: ['contact écrit', 'contacts écrits'],
};

/** What is exported; `lists`: their names by id. */
export const nameOf = (deps: Deps, job: ExportJob, lists: Map<string, string>): string =>
  job.kind === 'answers'
    ? surveyName(deps, job.survey)
    : `contacts de « ${lists.get(job.list) ?? job.list} »`;

/** Read where there are contacts among the jobs, or none. */
export const listNames = async (deps: Deps, jobs: ExportJob[]): Promise<Map<string, string>> =>
  new Map(
    jobs.some(({ kind }) => kind === 'contacts')
      ? (await allLists(deps)).map(({ id, name }): [string, string] => [id, name])
      : [],
  );

/** The key stands where the survey is there no more. */
export const surveyName = ({ world }: Pick<Deps, 'world'>, key: string): string =>
  world.surveys.latest(key)?.topic.fr ?? key;
