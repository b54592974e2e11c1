/**
 * Our phrases and the words we understand, one folder a language. Owns the data and its types; what is
 * made of them stands in `conversations/phrase.ts` and `conversations/understand/`.
 */
import arPhrases from './ar/phrases.json';
import arWords from './ar/words.json';
import bnPhrases from './bn/phrases.json';
import bnWords from './bn/words.json';
import enPhrases from './en/phrases.json';
import enWords from './en/words.json';
import esPhrases from './es/phrases.json';
import esWords from './es/words.json';
import frPhrases from './fr/phrases.json';
import frWords from './fr/words.json';
import frFacilePhrases from './fr-facile/phrases.json';
import frFacileWords from './fr-facile/words.json';
import ptPhrases from './pt/phrases.json';
import ptWords from './pt/words.json';
import roPhrases from './ro/phrases.json';
import roWords from './ro/words.json';
import taPhrases from './ta/phrases.json';
import taWords from './ta/words.json';
import trPhrases from './tr/phrases.json';
import trWords from './tr/words.json';
import urPhrases from './ur/phrases.json';
import urWords from './ur/words.json';
import zhPhrases from './zh/phrases.json';
import zhWords from './zh/words.json';

/** In the order a reader meets them: French first. */
export const languages = [
  'fr',
  'fr-facile',
  'en',
  'tr',
  'ar',
  'pt',
  'ro',
  'es',
  'ta',
  'ur',
  'bn',
  'zh',
] as const;
export type Language = (typeof languages)[number];

type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutPlural<Key> = Key extends `${infer Stem}_${PluralSuffix}` ? Stem : Key;
/** Every phrase there is, by the French file: a key that is not in it does not compile. */
export type PhraseKey = WithoutPlural<keyof typeof frPhrases>;

/** The words of one language that residents use, as data: yes and no, numbers, people, commands. */
export interface Words {
  /** The language's own name, as its speakers write it. */
  name: string;
  /** Every way a resident may name the language. */
  names: string[];
  /** Its number in the language menu (participation.md J01); fixed for ever, posters carry it. 0: not in it. */
  menuNumber: number;
  /** Its number in the menu behind 9, as fixed; 0: not in it. */
  moreNumber: number;
  /** Its name in the menu, in Latin letters so that the menu stays one SMS part. */
  menuName: string;
  direction: string;
  /** `reviewed` by a native speaker, or not yet. Staff see it. */
  status: string;
  /** Greetings and everyday words by which a first message shows its language. */
  marks: string[];
  yes: string[];
  /** Yes only where it is the whole reply: inside a sentence it means something else. */
  yesAlone: string[];
  no: string[];
  noAlone: string[];
  /** A no that is asked again first. */
  noPerhaps: string[];
  /** Neither yes nor no, also beside one of them. */
  unsure: string[];
  negations: string[];
  /** Between two numbers: the second is meant ("3 non 4"). */
  corrections: string[];
  dontKnow: string[];
  skip: string[];
  later: string[];
  /** Asks for the next options of a long list. */
  more: string[];
  none: string[];
  all: string[];
  both: string[];
  firstOnes: string[];
  lastOnes: string[];
  or: string[];
  between: string[];
  /** From one number to another. */
  to: string[];
  /** Beside a number: roughly. */
  about: string[];
  half: string[];
  /** The decimal mark in words. */
  point: string[];
  /** Words that may stand around a number without meaning anything. */
  filler: string[];
  /** A number before one of these counts something: it is no option number. */
  units: string[];
  numbers: Record<string, number>;
  hundred: string[];
  thousand: string[];
  /** Nouns that say a number roughly ("vingtaine"). */
  roughly: Record<string, number>;
  ordinals: Record<string, number>;
  ordinalSuffixes: string[];
  /** After a yes or no, what limits it ("oui mais pas le soir"). */
  but: string[];
  /** What a mark on a scale is given in. */
  points: string[];
  /** Texting spellings with the words they stand for; tried only where a reply is not understood as it is. */
  spellings: Record<string, string>;
  people: People;
  /** Whole phrases of someone in danger, from themselves or from others. */
  distress: { self: string[]; violence: string[] };
  commands: Record<CommandWord, string[]>;
  /** What STOP and REPRENDRE may name, to stop one kind of message ("STOP VISITE"); the first is what we say. */
  kinds: Record<'visit' | 'survey' | 'live' | 'info', string[]>;
  politeness: string[];
  /** What stands in a sentence that asks for the messages to end: asked back before they do. */
  stopRequests: string[];
}

/** How a language says who comes. */
export interface People {
  me: string[];
  alone: string[];
  we: string[];
  two: string[];
  /** A number before one of these counts people. */
  persons: string[];
  /** One person each, after "my" or "with". */
  companions: string[];
  my: string[];
  with: string[];
  /** What follows is part of the number before. */
  including: string[];
  /** People, but nobody can say how many. */
  family: string[];
  nobody: string[];
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
  | 'info'
  | 'modify'
  | 'plain'
  | 'track'
  | 'vote'
  | 'questions'
  | 'whatsapp'
  | 'messenger'
  | 'sms';

export const phrases: Record<Language, Partial<Record<string, string>>> = {
  fr: frPhrases,
  'fr-facile': frFacilePhrases,
  en: enPhrases,
  tr: trPhrases,
  ar: arPhrases,
  pt: ptPhrases,
  ro: roPhrases,
  es: esPhrases,
  ta: taPhrases,
  ur: urPhrases,
  bn: bnPhrases,
  zh: zhPhrases,
};

export const words: Record<Language, Words> = {
  fr: frWords,
  'fr-facile': frFacileWords,
  en: enWords,
  tr: trWords,
  ar: arWords,
  pt: ptWords,
  ro: roWords,
  es: esWords,
  ta: taWords,
  ur: urWords,
  bn: bnWords,
  zh: zhWords,
};
