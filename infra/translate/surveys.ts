/** The surveys whose texts go to translators: those that come with the app. */
import type { Survey } from '../../conversations/survey.ts';
import { localWorld } from '../local/city.ts';
import { Refused } from '../survey/refused.ts';

export interface SurveyDesk {
  /** Every key there is. */
  keys: string[];
  /** Oldest first; never empty. Throws `Refused` where there is no such survey. */
  revisions(key: string): Survey[];
}

export function deskOf(surveys: Survey[]): SurveyDesk {
  const keys = [...new Set(surveys.map(({ key }) => key))];
  return {
    keys,
    revisions(key) {
      const found = surveys.filter((survey) => survey.key === key);
      if (found.length === 0)
        throw new Refused(`le sondage « ${key} » n'existe pas. Sondages: ${keys.join(', ')}`);
      return found.sort((a, b) => a.revision - b.revision);
    },
  };
}

export const withSurveys = async <Made>(work: (desk: SurveyDesk) => Promise<Made>): Promise<Made> =>
  work(deskOf(localWorld().surveys.all()));
