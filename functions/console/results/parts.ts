/** What the pages of results share: the counts as they are now, and the groups by their names. */
import type { City } from '../../../conversations/city.ts';
import { local } from '../../../conversations/phrase.ts';
import { languageName } from '../../../conversations/preview/transcript.ts';
import type { Survey } from '../../../conversations/survey.ts';
import type { Deps } from '../../runtime/deps.ts';
import { describe } from '../../runtime/log.ts';
import { countAnswers } from '../../runtime/results/count-answers.ts';
import type { Facet } from '../../runtime/results/tokens.ts';
import { createTallyStore, type Sums } from '../../store/tallies.ts';
import type { Agent } from '../agent.ts';
import { NotThere } from '../page.ts';
import { sees } from '../surveys/standing.ts';

/** Counted of each shard while somebody waits for the page; the rest is the minute's (`count`). */
const AT_ONCE = 20;

export interface Counted {
  survey: Survey;
  /** From the first to the latest. */
  revisions: Survey[];
  sums: Sums;
  /** There are answers that are not in the sums yet. */
  behind: boolean;
}

export async function countedSurvey(deps: Deps, agent: Agent, key: string): Promise<Counted> {
  const survey = deps.world.surveys.latest(key);
  if (!survey || !sees(agent, survey)) throw new NotThere();
  const tallies = createTallyStore(deps.db);
  const behind = await countAnswers({ ...deps, tallies }, key, AT_ONCE).then(
    ({ left }) => left,
    (error) => {
      deps.log.error('count-failed', { ...describe(error), survey: key });
      return true;
    },
  );
  const revisions = deps.world.surveys.every().filter((each) => each.key === key);
  return { survey, revisions, sums: await tallies.sums(key), behind };
}

export const FACET_NAMES: Record<Facet, string> = {
  quartier: 'Quartier',
  age: 'Âge',
  language: 'Langue',
  channel: 'Canal',
};
const CHANNELS: Record<string, string> = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };

export function groupName(city: City, facet: Facet, value: string): string {
  if (facet === 'quartier') return city.quartiers.find(({ id }) => id === value)?.name ?? value;
  if (facet === 'language') return languageName(value);
  if (facet === 'channel') return CHANNELS[value] ?? value;
  return `${value} ans`;
}

export const topicOf = (survey: Survey): string => local(survey.topic, 'fr');
