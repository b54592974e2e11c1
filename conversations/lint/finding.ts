/** What the lint says of a survey, and what each rule is given to find it. */
import type { City } from '../city.ts';
import type { Live } from '../live.ts';
import type { Survey } from '../survey.ts';
import type { Search } from './search.ts';
import type { PlacedTexts } from './texts-of.ts';

export interface Finding {
  /** The rule's name, kebab-case; the rules are in `lint.ts`. */
  rule: string;
  /** An error refuses saving: residents would be misled or stuck. A warning is shown. */
  severity: 'error' | 'warning';
  /** Where in the survey: `questions[2].options[0].label.tr`. */
  place: string;
  /** The id of the question it is about. */
  question?: string;
  language?: string;
  /** In French: what is wrong, the value got, what to do. */
  message: string;
}

/** What surrounds the survey where it will run. */
export interface Around {
  /** Its languages, lists, commands, templates and contract. */
  city: City;
  /** The latest revisions of the other surveys; one with the survey's own key is an earlier revision and left out. */
  others: Survey[];
  /** Those that residents can open by their keywords; without them, nothing is said of theirs. */
  lives?: Pick<Live, 'id' | 'keyword'>[];
  /** Today in Paris, YYYY-MM-DD; without it, nothing is said of days that have passed. */
  today?: string;
}

/** A survey as the rules look at it. */
export interface Sheet extends Around {
  survey: Survey;
  /** The language that stands in for missing texts. */
  base: string;
  texts: PlacedTexts[];
  search: Search;
  /** Whether some of the lists it is meant for are in plain mode. */
  plain: boolean;
}

export type Rule = (sheet: Sheet) => Finding[];

/** « a », « b » et « c » */
export function quoted(words: readonly string[], joint = 'et'): string {
  const all = words.map((word) => `« ${word} »`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${joint} ${all.at(-1)}`;
}

/** Longer values are cut: a finding names what is wrong, it does not print the survey. */
const MAX_SHOWN = 60;

export const shown = (text: string): string =>
  `« ${[...text].length > MAX_SHOWN ? `${[...text].slice(0, MAX_SHOWN).join('')}…` : text} »`;
