/**
 * What a reply turned out to say, and the parts every question type reads with: numbers, labels, yes and no.
 * Owns the rule that a reply is read or asked again, never guessed.
 */
import { within } from './distance.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { fold, latinDigits, normalise, normaliseName } from './normalise.ts';

/**
 * - `value` what the question stores; `comment` what else the reply said, in the resident's own letters
 * - `skip` passed, or does not know
 * - `unclear` ask again; `got` is the number that is not on offer
 */
export type Reading<Value> =
  | { kind: 'value'; value: Value; comment?: string }
  | { kind: 'skip' }
  | { kind: 'unclear'; got?: string };

export const UNCLEAR = { kind: 'unclear' } as const;
export const SKIP = { kind: 'skip' } as const;

/** A word of a reply: a number, a word that means nothing beside a number, or content. */
type Token =
  | { text: string; kind: 'number'; value: number; word: boolean }
  | { text: string; kind: 'filler' | 'content' };

/** In Arabic "and" is written onto the word that follows it. */
const ARABIC_AND = /(?<=^|[^\p{L}])و(?=\d)/gu;

const SPLIT = /[^\p{L}\p{M}\p{N}]+/u;
const DIGITS = /^(\d{1,9})(\p{L}*)$/u;

/** The words of a reply in order. A number that counts something ("2 fois", "20h") is content. */
function tokens(text: string, words: Lexicon): Token[] {
  const parts = fold(text).replace(ARABIC_AND, ' ').split(SPLIT).filter(Boolean);
  return parts.map((part, index): Token => {
    const counted = words.units.has(parts[index + 1] ?? '');
    const digits = DIGITS.exec(part);
    if (digits) {
      const [, figures = '', suffix = ''] = digits;
      if (!(counted && suffix === '') && (suffix === '' || words.suffixes.has(suffix)))
        return { text: part, kind: 'number', value: Number(figures), word: false };
      return { text: part, kind: 'content' };
    }
    // "3'üncü": the suffix stands apart where an apostrophe came between.
    if (words.suffixes.has(part) && /^\d+$/.test(parts[index - 1] ?? ''))
      return { text: part, kind: 'filler' };
    const value = words.numbers.get(part) ?? words.ordinals.get(part);
    if (value !== undefined)
      return counted ? { text: part, kind: 'content' } : { text: part, kind: 'number', value, word: true };
    return { text: part, kind: words.filler.has(part) ? 'filler' : 'content' };
  });
}

/**
 * The option numbers a reply names. Digits count where they are clear; numbers in words only where the whole
 * reply is made of them ("deux", "le troisième", "un et trois"), since "un" is also just a word.
 * `undefined`: no number. `mixed`: digits are there but not clearly an answer.
 */
export function numbersIn(text: string, language: string): number[] | 'mixed' | undefined {
  const words = lexicon(language);
  const all = tokens(text, words);
  const digits = all.filter((token) => token.kind === 'number' && !token.word) as { value: number }[];
  const content = all.filter((token) => token.kind === 'content');
  if (digits.length > 0) {
    // "pas 3", "1 et 2 mais pas 3", "moins de 3", "-1": figures, and not the answer they look like.
    if (denied(all, words) || MINUS.test(fold(text))) return 'mixed';
    const counting = content.some((token) => /\d/.test(token.text));
    if (digits.length > 1 && counting) return 'mixed';
    if (digits.length === 1 && content.length > 0 && !standsOut(all, text, counting)) return 'mixed';
    return digits.map((token) => token.value);
  }
  if (content.some((token) => /\d/.test(token.text))) return 'mixed';
  const spelled = all.filter((token) => token.kind === 'number') as { value: number }[];
  const rest = content.filter((token) => !words.units.has(token.text));
  return spelled.length > 0 && rest.length === 0 ? spelled.map((token) => token.value) : undefined;
}

const MINUS = /^\s*[-−]\s*\d/;

/** Whether a number is taken back: a word of denial or doubt stands anywhere before it, or right behind it. */
function denied(all: Token[], words: Lexicon): boolean {
  const denies = (token: Token | undefined): boolean =>
    token !== undefined && words.negations.has(token.text);
  return all.some(
    (token, index) =>
      token.kind === 'number' &&
      (denies(all[index + 1]) || all.slice(0, index).some((before) => denies(before))),
  );
}

/** Set apart by punctuation: "4, on y allait 2 fois", "dsl occupé. 4". */
const OPENS = /^[\s\p{P}\p{S}]*\d+\p{L}{0,4}\s*[\p{P}\n]/u;
const CLOSES = /[\p{P}\n]\s*(?:\p{L}+\s+)?\d+\p{L}{0,4}[\s\p{P}\p{S}]*$/u;

/**
 * One digit in a sentence is clear when it opens it, or closes it set apart or led to ("le 4"): not "bâtiment 2".
 * `counting`: there are figures that count something ("2 à 3 fois"); then only punctuation makes it clear.
 */
function standsOut(all: Token[], text: string, counting: boolean): boolean {
  const meaningful = all.filter((token) => token.kind !== 'filler');
  const isDigit = (token: Token | undefined): boolean => token?.kind === 'number' && !token.word;
  const folded = fold(text);
  if (isDigit(meaningful[0])) return !counting || OPENS.test(folded);
  if (!isDigit(meaningful.at(-1))) return false;
  const last = all.findLastIndex((token) => token.kind === 'number');
  return CLOSES.test(folded) || (!counting && all[last - 1]?.kind === 'filler');
}

const EDGE_NUMBER = /^[\s\p{P}\p{S}]*\d+\p{L}{0,4}[\s\p{P}\p{S}]*|[\s\p{P}\p{S}]*\d+[\s\p{P}\p{S}]*$/gu;

/** What a reply says besides the number that was read; nothing where that is only politeness. */
export function besides(text: string, language: string): string | undefined {
  const words = lexicon(language);
  const all = tokens(text, words);
  if (all.every((token) => token.kind !== 'content')) return undefined;
  const rest = latinDigits(text).replace(EDGE_NUMBER, ' ').replace(/\s+/g, ' ').trim();
  return rest || undefined;
}

/** The words of a reply that are neither numbers nor politeness. */
export const contentIn = (text: string, language: string): string[] =>
  tokens(text, lexicon(language))
    .filter((token) => token.kind === 'content')
    .map((token) => token.text);

/** The one option among `labels` that a reply names, by its number or by its label; numbers from 1. */
export function readOne(text: string, labels: string[][], language: string): Reading<number> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  if (passes(said, language)) return SKIP;
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language);
  if (numbers === 'mixed' || numbers === undefined) {
    if (labelled.length !== 1) return UNCLEAR;
    const [value] = labelled as [number];
    return { kind: 'value', value, ...commentOn(text, said, labels[value - 1]) };
  }
  const distinct = [...new Set(numbers)];
  const exact = labelMeant(said, labels);
  if (exact && (distinct.length > 1 || (distinct[0] as number) > labels.length))
    return { kind: 'value', value: exact };
  if (distinct.length > 1) return UNCLEAR;
  const [value] = distinct as [number];
  if (value === 0) return besides(text, language) ? UNCLEAR : SKIP;
  if (value > labels.length) return { kind: 'unclear', got: String(value) };
  if (labelled.length > 0 && !labelled.includes(value)) return UNCLEAR;
  const comment = besides(text, language);
  return { kind: 'value', value, ...(comment && { comment }) };
}

/** Whether the whole reply says: pass, or I do not know. */
export const passes = (said: string, language: string): boolean =>
  passesInWords(said, language) || isZero(said, lexicon(language));

export function passesInWords(said: string, language: string): boolean {
  const words = lexicon(language);
  return words.skip.has(said) || words.dontKnow.has(said);
}

/** "0", "zéro", "0 merci". */
function isZero(said: string, words: Lexicon): boolean {
  const meant = said.split(' ').filter((word) => !words.filler.has(word) && !politeness.has(word));
  return meant.length === 1 && (/^0+$/.test(meant[0] ?? '') || words.numbers.get(meant[0] ?? '') === 0);
}

/** A slip of one letter is forgiven in a label's word of at least so many: a shorter word would often be another. */
const SLIP_LENGTH = 5;

/** Whether `said` is the word `meant`, or one slip away from it. */
const alike = (meant: string, said: string): boolean =>
  meant === said ||
  ([...meant].length >= SLIP_LENGTH && meant[0] === said[0] && !/\d/.test(said) && within(meant, said, 1));

/** Where in `words` the words of `name` stand, slips forgiven; -1 for nowhere. */
function slippedAt(name: string, words: string[]): number {
  const meant = name.split(' ');
  return words.findIndex((_, start) => meant.every((word, index) => alike(word, words[start + index] ?? '')));
}

const ARABIC_AND_WORD = / و(\p{L}{3,})/gu;

/** The numbers of the options whose label stands in the reply, whole words only and not negated. */
export function labelsIn(said: string, labels: string[][], language: string): number[] {
  const { negations } = lexicon(language);
  let left = ` ${said} `.replace(ARABIC_AND_WORD, ' $1');
  const found: number[] = [];
  const inOrder = labels
    .flatMap((names, index) => names.map((name) => ({ name: normaliseName(name), number: index + 1 })))
    .filter(({ name }) => name)
    .sort((a, b) => b.name.length - a.name.length);
  for (const { name, number } of inOrder) {
    if (!left.includes(` ${name} `)) continue;
    left = left.replaceAll(` ${name} `, ' | ');
    if (!found.includes(number)) found.push(number);
  }
  const words = left.split(' ');
  found.push(
    ...slipped(
      inOrder.filter(({ number }) => !found.includes(number)),
      words,
    ),
  );
  if (found.length > 0 && words.some((word) => negations.has(word))) return [];
  return found.sort((a, b) => a - b);
}

/** The options whose label stands in `words` with a slip, where it could not be another option's. */
function slipped(options: { name: string; number: number }[], words: string[]): Set<number> {
  const found = options
    .map(({ name, number }) => ({ number, from: slippedAt(name, words), length: name.split(' ').length }))
    .filter(({ from }) => from >= 0);
  const clear = found.filter((one) =>
    found.every(
      (other) =>
        other.number === one.number ||
        other.from >= one.from + one.length ||
        one.from >= other.from + other.length,
    ),
  );
  return new Set(clear.map(({ number }) => number));
}

/** The option whose label is the whole reply ("25-59 ans", which would be two numbers); 0 for none. */
export const labelMeant = (said: string, labels: string[][]): number =>
  labels.findIndex((names) => names.some((name) => normaliseName(name) === said)) + 1;

function commentOn(text: string, said: string, names: string[] = []): { comment?: string } {
  const words = said.split(' ');
  const whole = names
    .map(normaliseName)
    .some((name) => name.split(' ').length === words.length && slippedAt(name, words) === 0);
  return whole ? {} : { comment: text.trim() };
}

/** Yes or no, by whole words of the language, French or English; never by a first letter. */
export function readYesNo(text: string, language: string): Reading<boolean> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const words = lexicon(language);
  if (words.yes.has(said)) return { kind: 'value', value: true };
  if (words.no.has(said)) return { kind: 'value', value: false };
  if (passes(said, language)) return SKIP;
  const numbers = numbersIn(text, language);
  const spoken = yesNoIn(said, words);
  if (Array.isArray(numbers)) {
    const [number, ...more] = [...new Set(numbers)] as [number, ...number[]];
    if (more.length > 0) return UNCLEAR;
    if (number !== 1 && number !== 2) return { kind: 'unclear', got: String(number) };
    const value = number === 1;
    if (spoken !== undefined && spoken !== value) return UNCLEAR;
    const comment = spoken === undefined ? besides(text, language) : undefined;
    return { kind: 'value', value, ...(comment && { comment }) };
  }
  if (spoken === undefined || spoken === 'both') return UNCLEAR;
  return { kind: 'value', value: spoken, comment: text.trim() };
}

/** Which of yes and no the reply opens or closes with. Single letters do not count inside a sentence. */
function yesNoIn(said: string, words: Lexicon): boolean | 'both' | undefined {
  const parts = said.split(' ');
  const long = (set: Set<string>): boolean[] =>
    parts.map((part, index) => {
      if ([...part].length < 2) return false;
      return set.has(part) || set.has(parts.slice(index, index + 2).join(' '));
    });
  const yes = long(words.yes);
  const no = long(words.no);
  if (yes.includes(true) && no.includes(true)) return 'both';
  const found = yes.includes(true) ? yes : no.includes(true) ? no : undefined;
  if (!found) return undefined;
  const first = found.indexOf(true);
  if (parts.slice(0, first).some((part) => words.negations.has(part))) return undefined;
  if (first !== 0 && found.lastIndexOf(true) < parts.length - 2) return undefined;
  return found === yes;
}
