/**
 * The words of `locales/` made ready for look-up: normalised once, French and English always beside the
 * resident's own language (participation.md, finding 3). Owns no word itself.
 */
import {
  type CommandWord,
  type Language,
  languages,
  type People,
  type Words,
  words,
} from '../../locales/index.ts';
import { normalise, wordsOf } from './normalise.ts';

type Sets = Record<
  | 'yes'
  | 'yesAlone'
  | 'no'
  | 'noAlone'
  | 'noPerhaps'
  | 'unsure'
  | 'negations'
  | 'corrections'
  | 'dontKnow'
  | 'skip'
  | 'later'
  | 'more'
  | 'none'
  | 'all'
  | 'both'
  | 'firstOnes'
  | 'lastOnes'
  | 'or'
  | 'between'
  | 'to'
  | 'about'
  | 'half'
  | 'point'
  | 'filler'
  | 'units'
  | 'hundred'
  | 'thousand'
  | 'points'
  | 'but',
  Set<string>
>;
type Tables = Record<'numbers' | 'ordinals' | 'roughly', Map<string, number>>;

export interface Lexicon extends Sets, Tables {
  suffixes: Set<string>;
  /** Figures stand for letters in words of the language as it is typed in Latin letters ("bou7di", "3and"). */
  arabizi: boolean;
  spellings: Map<string, string>;
  people: Record<keyof People, Set<string>>;
}

const SETS: (keyof Sets)[] = [
  'yes',
  'yesAlone',
  'no',
  'noAlone',
  'noPerhaps',
  'unsure',
  'negations',
  'corrections',
  'dontKnow',
  'skip',
  'later',
  'more',
  'none',
  'all',
  'both',
  'firstOnes',
  'lastOnes',
  'or',
  'between',
  'to',
  'about',
  'half',
  'point',
  'filler',
  'units',
  'hundred',
  'thousand',
  'points',
  'but',
];
const PEOPLE: (keyof People)[] = [
  'me',
  'alone',
  'we',
  'two',
  'persons',
  'companions',
  'my',
  'with',
  'including',
  'family',
  'nobody',
];

const NEAR_FRENCH = new Set<Language>(['en', 'es', 'pt', 'ro']);

const lexicons = new Map<string, Lexicon>();

/** The words that count in a reply of someone who speaks `language`. An unknown language reads as French. */
export function lexicon(language: string): Lexicon {
  const known = lexicons.get(language);
  if (known) return known;
  const own = (languages as readonly string[]).includes(language) ? (language as Language) : 'fr';
  const made = prepare(own);
  lexicons.set(language, made);
  return made;
}

function prepare(own: Language): Lexicon {
  const spoken = [...new Set<Language>([own, 'fr', 'en'])];
  // Plain French is French: its single letters count too.
  const isOwn = (each: Language): boolean => each === own || (own === 'fr-facile' && each === 'fr');
  const gather = (pick: (words: Words) => string[]): Set<string> =>
    new Set(
      spoken.flatMap((each) =>
        // A single letter means yes in one language and no in another: only the resident's own count.
        pick(words[each])
          .map(normalise)
          .filter((word) => word && (isOwn(each) || [...word].length > 1)),
      ),
    );
  const table = (pick: (words: Words) => Record<string, number>): Map<string, number> =>
    new Map(
      spoken
        .toReversed()
        .flatMap((each) =>
          Object.entries(pick(words[each])).map(([word, value]) => [normalise(word), value] as const),
        ),
    );
  // What is a word of the resident's own language is no French one misspelt: "ya" and "koi" in Urdu.
  const ownWords = new Set(
    [...SETS.map((key) => words[own][key]), Object.keys(words[own].numbers)].flat().map(normalise),
  );
  const sets = Object.fromEntries(SETS.map((key) => [key, gather((each) => each[key])])) as Sets;
  for (const word of words[own].filler) sets.filler.add(normalise(word));
  return {
    ...sets,
    numbers: table((each) => each.numbers),
    ordinals: table((each) => each.ordinals),
    roughly: table((each) => each.roughly),
    spellings: new Map(
      spoken
        // French texting looks like words of its sister languages: "se", "sa", "po".
        .filter((each) => each !== 'fr' || !NEAR_FRENCH.has(own))
        .toReversed()
        .flatMap((each) =>
          Object.entries(words[each].spellings)
            .map(([word, meant]): [string, string] => [normalise(word), meant])
            .filter(([word]) => isOwn(each) || !ownWords.has(word)),
        ),
    ),
    arabizi: own === 'ar',
    suffixes: gather((each) => each.ordinalSuffixes),
    people: Object.fromEntries(
      PEOPLE.map((key) => [key, gather((each) => each.people[key])]),
    ) as Lexicon['people'],
  };
}

/** The phrases of a list by their first word, made once: a reply has few words, a list hundreds. */
const byFirstWord = new WeakMap<Set<string>, Map<string, string[]>>();

function indexOf(list: Set<string>): Map<string, string[]> {
  const known = byFirstWord.get(list);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const phrase of list) {
    const first = phrase.split(' ', 1)[0] as string;
    index.set(first, [...(index.get(first) ?? []), phrase]);
  }
  byFirstWord.set(list, index);
  return index;
}

/** Whether a phrase of `list` begins with this word. */
export const opensPhrase = (word: string, list: Set<string>): boolean => indexOf(list).has(word);

/** The phrases of `list` that stand in `said` as whole words. */
export function phrasesIn(said: string, list: Set<string>): string[] {
  const index = indexOf(list);
  const found: string[] = [];
  for (const word of wordsOf(said))
    for (const phrase of index.get(word) ?? [])
      if ((phrase === word || ` ${said} `.includes(` ${phrase} `)) && !found.includes(phrase))
        found.push(phrase);
  return found;
}

/** Every command word of every language with what it commands and whose word it is. */
export const commandWords: Map<string, { command: CommandWord; language: Language }[]> = (() => {
  const found = new Map<string, { command: CommandWord; language: Language }[]>();
  for (const language of languages)
    for (const [command, list] of Object.entries(words[language].commands) as [CommandWord, string[]][])
      for (const word of list) {
        const key = normalise(word);
        if (key) found.set(key, [...(found.get(key) ?? []), { command, language }]);
      }
  return found;
})();

export const politeness: Set<string> = new Set(
  languages.flatMap((language) => words[language].politeness.map(normalise)).filter(Boolean),
);

export const languageNames = new Map<string, Language>(
  languages.flatMap((language) => [
    [language, language] as const,
    ...[words[language].name, words[language].menuName, ...words[language].names].map(
      (name) => [normalise(name), language] as const,
    ),
  ]),
);

/** "turkce", "turc", "tr" → tr; the text is normalised. */
export const languageNamed = (said: string): Language | undefined => languageNames.get(said);
