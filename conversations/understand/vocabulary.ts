/**
 * Every word that counts in a reply with numbers, and the parts it can play ("personne" is a person, and nobody).
 * Owns the look-up of whole expressions; the words are those of `locales/`.
 */
import { grammar } from '../../locales/grammar.ts';
import type { Language } from '../../locales/index.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { normalise } from './normalise.ts';

export type Role =
  | 'and'
  | 'or'
  | 'between'
  | 'to'
  | 'about'
  | 'half'
  | 'aHalf'
  | 'point'
  | 'unit'
  | 'filler'
  | 'deny'
  | 'correct'
  | 'none'
  | 'me'
  | 'alone'
  | 'we'
  | 'two'
  | 'person'
  | 'companion'
  | 'my'
  | 'with'
  | 'joins'
  | 'behind'
  | 'pair'
  | 'coming'
  | 'including'
  | 'family'
  | 'nobody';

export interface Entry {
  roles: Set<Role>;
  number?: number;
  /** 100 or 1000 in "deux cents", "trois mille". */
  times?: number;
  ordinal?: number;
  rough?: number;
}

export interface Vocabulary {
  entries: Map<string, Entry>;
  /** The most words an expression can have that begins with this one. */
  reach: Map<string, number>;
  language: string;
  /** How many letters the language may write onto a word. */
  endings: number;
  /** Whether it sets a comma between thousands. */
  commas: boolean;
}

/** Languages that write endings onto a word. */
const ENDINGS: Record<string, number> = { tr: 4, ar: 2, ta: 4, bn: 3, ro: 2 };

const made = new Map<string, Vocabulary>();

/** The words of amounts and of people for someone who speaks `language`, made once. */
export function vocabulary(language: string): Vocabulary {
  const known = made.get(language);
  if (known) return known;
  const fresh = finish(gather(lexicon(language), language), language);
  made.set(language, fresh);
  return fresh;
}

/** Several people of a kind, said by an ending ("çocuklarım"): nobody can say how many. */
export const PEOPLE = '#people';

const rolesOf = (words: Lexicon, language: string): [Role, Iterable<string>][] => [
  ...fromGrammar(language),
  ['and', andWords(language)],
  ['or', words.or],
  ['between', words.between],
  ['to', words.to],
  ['about', words.about],
  ['half', words.half],
  ['point', words.point],
  ['unit', words.units],
  ['filler', words.filler],
  ['filler', politeness],
  ['deny', words.negations],
  ['correct', words.corrections],
  ['none', words.none],
  ['me', words.people.me],
  ['alone', words.people.alone],
  ['we', words.people.we],
  ['two', words.people.two],
  ['person', words.people.persons],
  ['companion', words.people.companions],
  ['my', words.people.my],
  ['with', words.people.with],
  ['including', words.people.including],
  ['family', words.people.family],
  ['nobody', words.people.nobody],
];

function fromGrammar(language: string): [Role, string[]][] {
  const {
    joins = [],
    behind = [],
    pairs = [],
    naught = [],
    coming = [],
  } = grammar[language as Language] ?? {};
  return [
    ['joins', joins.map(normalise)],
    ['behind', behind.map(normalise)],
    ['with', behind.map(normalise)],
    ['pair', pairs.map(normalise)],
    ['none', naught.map(normalise)],
    ['coming', coming.map(normalise)],
    ['person', [PEOPLE]],
  ];
}

function gather(words: Lexicon, language: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const entry = (word: string): Entry => {
    const known = entries.get(word) ?? { roles: new Set<Role>() };
    entries.set(word, known);
    return known;
  };
  for (const [role, list] of rolesOf(words, language)) for (const word of list) entry(word).roles.add(role);
  for (const [word, value] of words.numbers) {
    if (/^10{2,}$/.test(String(value))) entry(word).times = value;
    else entry(word).number = value;
  }
  for (const word of words.hundred) entry(word).times = 100;
  for (const word of words.thousand) entry(word).times = 1000;
  for (const [word, value] of Object.entries(grammar[language as Language]?.parted ?? {}))
    entry(normalise(word)).number = value;
  for (const [word, value] of words.ordinals) entry(word).ordinal = value;
  for (const [word, value] of words.roughly) {
    entry(word).rough = value;
    // "deux dizaines"
    if (/^[a-z]+[a-rt-z]$/.test(word)) entry(`${word}s`).rough ??= value;
  }
  return entries;
}

/** "et", "and", "ve", "و": as the language itself joins two things. */
function andWords(language: string): string[] {
  return [language, 'fr', 'en'].map((each) => {
    const joined = new Intl.ListFormat(spoken(each)).format(['1', '2']);
    return normalise(joined.replace(/[12]/g, ' '));
  });
}

/** The entries with what it takes to find them. */
function finish(entries: Map<string, Entry>, language: string): Vocabulary {
  for (const [word, { roles }] of [...entries]) {
    const last = word.slice(word.lastIndexOf(' ') + 1);
    // "une demie" beside "et demie": without its "and" it is a half by itself.
    if (roles.has('half') && last !== word) entries.get(last)?.roles.add('aHalf');
  }
  entries.delete('');
  const reach = new Map<string, number>();
  for (const word of entries.keys()) {
    const parts = word.split(' ');
    const first = parts[0] as string;
    reach.set(first, Math.max(reach.get(first) ?? 1, parts.length));
  }
  const [, group] = new Intl.NumberFormat(spoken(language)).formatToParts(12_345);
  return { entries, reach, language, endings: ENDINGS[language] ?? 0, commas: group?.value === ',' };
}

/** Plain French is written as French is. */
const spoken = (language: string): string => (language === 'fr-facile' ? 'fr' : language);
