/**
 * Our phrases and the words we understand, one folder a language. Owns the data and its types; what is
 * made of them stands in `conversations/phrase.ts` and `conversations/understand/`.
 */
import arPhrases from './ar/phrases.json';
import arWords from './ar/words.json';
import enPhrases from './en/phrases.json';
import enWords from './en/words.json';
import frPhrases from './fr/phrases.json';
import frWords from './fr/words.json';
import trPhrases from './tr/phrases.json';
import trWords from './tr/words.json';

/** In the order a reader meets them: French first. */
export const languages = ['fr', 'en', 'ar', 'tr'] as const;
export type Language = (typeof languages)[number];

type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutPlural<Key> = Key extends `${infer Stem}_${PluralSuffix}` ? Stem : Key;
/** Every phrase there is, by the French file: a key that is not in it does not compile. */
export type PhraseKey = WithoutPlural<keyof typeof frPhrases>;

/** The words of one language that residents use, as data: yes and no, numbers, commands. */
export interface Words {
  /** The language's own name, as its speakers write it. */
  name: string;
  /** Every way a resident may name the language. */
  names: string[];
  /** Its number in the language menu (participation.md J01); fixed for ever, posters carry it. */
  menuNumber: number;
  /** Its name in the menu, in Latin letters so that the menu stays one SMS part. */
  menuName: string;
  direction: string;
  /** `reviewed` by a native speaker, or not yet. Staff see it. */
  status: string;
  yes: string[];
  no: string[];
  negations: string[];
  dontKnow: string[];
  skip: string[];
  later: string[];
  /** Words that may stand around a number without meaning anything. */
  filler: string[];
  /** A number before one of these counts something: it is no option number. */
  units: string[];
  numbers: Record<string, number>;
  ordinals: Record<string, number>;
  ordinalSuffixes: string[];
  commands: Record<CommandWord, string[]>;
  politeness: string[];
}
export type CommandWord =
  | 'stop'
  | 'resume'
  | 'help'
  | 'language'
  | 'callback'
  | 'erase'
  | 'myData'
  | 'contact'
  | 'modify';

export const phrases: Record<Language, Partial<Record<string, string>>> = {
  fr: frPhrases,
  en: enPhrases,
  ar: arPhrases,
  tr: trPhrases,
};

export const words: Record<Language, Words> = { fr: frWords, en: enWords, ar: arWords, tr: trWords };
