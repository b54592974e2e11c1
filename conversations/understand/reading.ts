/**
 * What a reply turned out to say, and what every question type reads alike: passing, not knowing, courtesy.
 * Owns the rule that a reply is read or asked again, never guessed.
 */
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { normalise } from './normalise.ts';

/** Missing: sure. `readBack` counts, and is said back; `ask` counts only once the resident has said yes to it. */
export type Certainty = 'sure' | 'readBack' | 'ask';

/**
 * - `value` what the question stores; `comment` what else the reply said, in the resident's own letters
 * - `skip` passed; `dontKnow` does not know, or has no opinion
 * - `unclear` ask again; `got` is the number that is not on offer
 */
export type Reading<Value> =
  | { kind: 'value'; value: Value; certainty?: Certainty; comment?: string }
  | { kind: 'skip' }
  | { kind: 'dontKnow' }
  | { kind: 'unclear'; got?: string };

export const UNCLEAR = { kind: 'unclear' } as const;
export const SKIP = { kind: 'skip' } as const;

export const DONT_KNOW = { kind: 'dontKnow' } as const;

/** Whether the whole reply says: pass, or I do not know. */
export function passes(said: string, language: string): 'skip' | 'dontKnow' | undefined {
  return passesInWords(said, language) ?? (isZero(said, lexicon(language)) ? 'skip' : undefined);
}

export function passesInWords(said: string, language: string): 'skip' | 'dontKnow' | undefined {
  const words = lexicon(language);
  const meant = essence(said, words);
  if (words.dontKnow.has(said) || words.dontKnow.has(meant)) return 'dontKnow';
  if (words.skip.has(said) || words.skip.has(meant)) return 'skip';
  return undefined;
}

/** "euh jsp désolé" without greetings and courtesy at either end. */
function essence(said: string, words: Lexicon): string {
  const all = said.split(' ');
  const around = (word: string): boolean => politeness.has(word) || words.filler.has(word);
  const start = all.findIndex((word) => !around(word));
  if (start < 0) return said;
  return all.slice(start, all.findLastIndex((word) => !around(word)) + 1).join(' ');
}

/** "0", "zéro", "0 merci". */
function isZero(said: string, words: Lexicon): boolean {
  const meant = said.split(' ').filter((word) => !words.filler.has(word) && !politeness.has(word));
  return meant.length === 1 && (/^0+$/.test(meant[0] ?? '') || words.numbers.get(meant[0] ?? '') === 0);
}

/** "merci", "ok d'accord", an emoji: nothing that wants to be kept beside an answer. */
export function politeOnly(text: string, language: string): boolean {
  const words = lexicon(language);
  return normalise(text)
    .split(' ')
    .every((word) => !word || words.filler.has(word) || politeness.has(word) || words.yes.has(word));
}
