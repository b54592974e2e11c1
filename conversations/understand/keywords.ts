/** Reads the keywords of posters: a quartier or a survey, with a poster's code and a language beside it. */
import type { Language } from '../../locales/index.ts';
import type { City } from '../city.ts';
import { isOn, type OnStage } from '../live.ts';
import type { SurveyShelf } from '../survey.ts';
import { languageNamed, lexicon, politeness } from './lexicon.ts';
import { normalise, normaliseName, wordsOf } from './normalise.ts';

type Goal =
  | { kind: 'quartier'; quartier: string }
  | { kind: 'survey'; survey: string }
  | { kind: 'live'; live: string };

export type Keyword = Goal & {
  source?: string;
  language?: Language;
};

const POSTER_CODE = /^[a-z]{1,2}\d{1,4}$/;

/**
 * "CHENE A12", "chêne tr", "SQUARE", "Chêne Pointu": a keyword or a quartier's name, with nothing else in the
 * message but a poster's code, a language and greetings.
 */
export function readKeyword(
  text: string,
  city: City,
  surveys: SurveyShelf,
  language = 'fr',
  lives: readonly OnStage[] = [],
): Keyword | undefined {
  const { filler } = lexicon(language);
  const words = wordsOf(normalise(text));
  const start = words.findIndex((word) => !filler.has(word) && !politeness.has(word));
  const said = words.slice(Math.max(0, start)).join(' ');
  const [on, over] = byWhetherOn(lives);
  for (const [names, found] of [...on, ...keywordsOf(city, surveys), ...over]) {
    for (const name of names) {
      if (said !== name && !said.startsWith(`${name} `)) continue;
      const rest = said.slice(name.length).split(' ').filter(Boolean);
      const extra: { source?: string; language?: Language } = {};
      const understood = rest.every((word) => {
        const spoken = languageNamed(word);
        if (POSTER_CODE.test(word)) extra.source = word.toUpperCase();
        else if (spoken) extra.language = spoken;
        else return filler.has(word) || politeness.has(word);
        return true;
      });
      if (understood) return { ...found, ...extra };
    }
  }
  return undefined;
}

type Names = [string[], Goal];

/**
 * Those that are on, and those that were, the last first. A keyword may have had a live before, and a survey may have it
 * afterwards: it means the live that is on, else the survey, else the last live.
 */
function byWhetherOn(lives: readonly OnStage[]): [Names[], Names[]] {
  if (lives.length === 0) return [[], []];
  const latest = [...lives].sort((a, b) => b.live.number - a.live.number);
  return [
    latest.filter(({ live }) => isOn(live)).map(namesOf),
    latest.filter(({ live }) => !isOn(live)).map(namesOf),
  ];
}

/** "TRAVAUX", and what stands behind `ref=` in a link of Messenger: `live-TRAVAUX`. */
export const liveKeywords = (keyword: string): string[] => [
  normaliseName(keyword),
  normaliseName(`live ${keyword}`),
];
const namesOf = ({ live: { id, keyword } }: OnStage): Names => [
  liveKeywords(keyword),
  { kind: 'live', live: id },
];

const kept = new WeakMap<SurveyShelf, WeakMap<City, Names[]>>();

/** Made once a shelf: every message is looked through for them. */
function keywordsOf(city: City, surveys: SurveyShelf): Names[] {
  const byCity = kept.get(surveys) ?? new WeakMap<City, Names[]>();
  kept.set(surveys, byCity);
  const known = byCity.get(city);
  if (known) return known;
  const made: Names[] = [
    ...surveys
      .all()
      .map((survey): Names => [survey.keywords.map(normaliseName), { kind: 'survey', survey: survey.key }]),
    ...city.quartiers.map(
      (quartier): Names => [
        [normaliseName(quartier.name), ...quartier.keywords.map(normaliseName)],
        { kind: 'quartier', quartier: quartier.id },
      ],
    ),
  ];
  byCity.set(city, made);
  return made;
}
