/**
 * The words of `locales/` made ready for look-up: normalised once, French and English always beside the
 * resident's own language (participation.md, finding 3). Owns no word itself.
 */
import { type CommandWord, type Language, languages, type Words, words } from '../../locales/index.ts';
import { normalise } from './normalise.ts';

export interface Lexicon {
  yes: Set<string>;
  no: Set<string>;
  negations: Set<string>;
  dontKnow: Set<string>;
  skip: Set<string>;
  later: Set<string>;
  filler: Set<string>;
  units: Set<string>;
  numbers: Map<string, number>;
  ordinals: Map<string, number>;
  suffixes: Set<string>;
}

const lexicons = new Map<string, Lexicon>();

/** The words that count in a reply of someone who speaks `language`. An unknown language reads as French. */
export function lexicon(language: string): Lexicon {
  const known = lexicons.get(language);
  if (known) return known;
  const own = (languages as readonly string[]).includes(language) ? (language as Language) : 'fr';
  const spoken = [...new Set<Language>([own, 'fr', 'en'])];
  const gather = (pick: (words: Words) => string[]): Set<string> =>
    new Set(
      spoken.flatMap((each) =>
        // A single letter means yes in one language and no in another: only the resident's own count.
        pick(words[each])
          .map(normalise)
          .filter((word) => word && (each === own || [...word].length > 1)),
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
  const made: Lexicon = {
    yes: gather((each) => each.yes),
    no: gather((each) => each.no),
    negations: gather((each) => each.negations),
    dontKnow: gather((each) => each.dontKnow),
    skip: gather((each) => each.skip),
    later: gather((each) => each.later),
    filler: gather((each) => each.filler),
    units: gather((each) => each.units),
    numbers: table((each) => each.numbers),
    ordinals: table((each) => each.ordinals),
    suffixes: gather((each) => each.ordinalSuffixes),
  };
  for (const word of words[own].filler) made.filler.add(normalise(word));
  lexicons.set(language, made);
  return made;
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

const languageNames = new Map<string, Language>(
  languages.flatMap((language) => [
    [language, language] as const,
    ...[words[language].name, words[language].menuName, ...words[language].names].map(
      (name) => [normalise(name), language] as const,
    ),
  ]),
);

/** "turkce", "turc", "tr", "التركية" → tr. */
export const languageNamed = (text: string): Language | undefined => languageNames.get(normalise(text));
