/**
 * The words of a reply: numbers in figures and words, what they count, what is only said around them.
 * Owns which numbers of a sentence are an answer.
 */
import { stemsOf, withoutPrefix } from './endings.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { fold, latinDigits } from './normalise.ts';
import { HAN } from './segment.ts';

/** A word of a reply: a number, a word that means nothing beside a number, or content. */
type Token =
  | { text: string; kind: 'number'; value: number; word: boolean }
  | { text: string; kind: 'filler' | 'content' };

/** In Arabic "and" is written onto the word that follows it. */
const ARABIC_AND = /(?<=^|[^\p{L}])و(?=\d)/gu;
/** "1w3": the same, typed in Latin letters. */
const LATIN_AND = /(?<=\d)w(?=\d)/gu;

const SPLIT = /[^\p{L}\p{M}\p{N}]+/u;
const DIGITS = /^(\d{1,9})([\p{L}\p{M}]*)$/u;

/** Several readers ask for the words of one reply: the last ones are remembered, and no others. */
let last: { text: string; language: string; made: Token[] } | undefined;

function tokens(text: string, words: Lexicon, language: string): Token[] {
  if (last?.text !== text || last.language !== language)
    last = { text, language, made: tokensOf(text, words, language) };
  return last.made;
}

/** The words of a reply in order. A number that counts something ("2 fois", "20h") is content. */
function tokensOf(text: string, words: Lexicon, language: string): Token[] {
  const parts = fold(text).replace(ARABIC_AND, ' ').replace(LATIN_AND, ' ').split(SPLIT).filter(Boolean);
  return parts.map((part, index): Token => {
    const counted = words.units.has(parts[index + 1] ?? '');
    const digits = DIGITS.exec(part);
    if (digits) {
      const [, figures = '', suffix = ''] = digits;
      if (!(counted && suffix === '') && (suffix === '' || words.suffixes.has(suffix)))
        return { text: part, kind: 'number', value: Number(figures), word: false };
      const word = words.arabizi && /^[235679]$/.test(figures) && suffix.length > 1 && !counted;
      const said = word ? suffix : part;
      return { text: said, kind: words.filler.has(part) || words.filler.has(said) ? 'filler' : 'content' };
    }
    // "3'üncü": the suffix stands apart where an apostrophe came between.
    if (words.suffixes.has(part) && /^\d+$/.test(parts[index - 1] ?? ''))
      return { text: part, kind: 'filler' };
    const value = numberNamed(part, words, language);
    if (value !== undefined)
      return counted ? { text: part, kind: 'content' } : { text: part, kind: 'number', value, word: true };
    return { text: part, kind: words.filler.has(part) || politeness.has(part) ? 'filler' : 'content' };
  });
}

/** Whole words that a number with an ending also looks like: "onu" is him, "biri" is somebody, "altında" under. */
const NO_NUMBER = /^(?:on(?!uncu)|bir(?!inci)|altin).+/u;

/** A number or its place in the order, with what the language writes onto it: "üçüncüyü", "மூணும்", "والرابع". */
export function numberNamed(
  word: string,
  words: Lexicon,
  language: string,
  { places = true }: { places?: boolean } = {},
): number | undefined {
  const named = (each: string): number | undefined =>
    words.numbers.get(each) ?? (places ? words.ordinals.get(each) : undefined);
  const whole = named(word);
  if (whole !== undefined || words.filler.has(word)) return whole;
  if (language === 'tr' && NO_NUMBER.test(word)) return undefined;
  for (const each of language === 'ar' ? withoutPrefix(word) : []) if (named(each)) return named(each);
  const stem = stemsOf(word, language).find(
    ({ word: each, says }) => named(each) !== undefined && says.every((one) => one === 'and'),
  );
  return stem && named(stem.word);
}

/**
 * The option numbers a reply names. Digits count where they are clear; numbers in words only where the whole
 * reply is made of them ("deux", "le troisième", "un et trois"), since "un" is also just a word.
 * `undefined`: no number. `mixed`: digits are there but not clearly an answer.
 */
export function numbersIn(text: string, language: string): number[] | 'mixed' | undefined {
  const words = lexicon(language);
  const all = tokens(text, words, language);
  const digits = all.filter((token) => token.kind === 'number' && !token.word) as { value: number }[];
  const content = all.filter((token) => token.kind === 'content');
  if (digits.length > 0) {
    // "pas 3", "1 et 2 mais pas 3", "moins de 3", "-1": figures, and not the answer they look like.
    if (denied(all, words) || MINUS.test(fold(text))) return 'mixed';
    const counting = content.some((token) => /^\d/.test(token.text));
    if (digits.length > 1 && counting) return 'mixed';
    if (digits.length === 1 && content.length > 0 && !standsOut(all, text, counting)) return 'mixed';
    return digits.map((token) => token.value);
  }
  if (content.some((token) => /^\d/.test(token.text))) return 'mixed';
  const spelled = all.filter((token) => token.kind === 'number') as { value: number }[];
  const rest = content.filter((token) => !words.units.has(token.text));
  if (spelled.length > 0 && rest.length === 0) return spelled.map((token) => token.value);
  // "deux, c'est sale": set apart at the beginning.
  const [first] = all;
  const opens = spelled.length === 1 && first?.kind === 'number' && OPENS_WORD.test(text);
  return opens && !denied(all, words) ? spelled.map((token) => token.value) : undefined;
}

const OPENS_WORD = /^\s*\p{L}[\p{L}\p{M}]*\s*[,;:.!]/u;

const MINUS = /^\s*[-−]\s*\d/;

const DENIES_IN_HAN = /[不没沒别別非除]/u;

/** Whether a number is taken back: a word of denial or doubt stands anywhere before it, or right behind it. */
function denied(all: Token[], words: Lexicon): boolean {
  const denies = (token: Token | undefined): boolean =>
    token !== undefined &&
    (words.negations.has(token.text) ||
      // Chinese sets no spaces: "1但是不要2".
      (token.kind === 'content' && DENIES_IN_HAN.test(token.text)));
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
  // "2号线地铁": Chinese sets nothing between a number and what it is of.
  if (HAN.test(folded)) return OPENS.test(folded) || CLOSES.test(folded);
  if (isDigit(meaningful[0])) return !counting || OPENS.test(folded);
  if (!isDigit(meaningful.at(-1))) return false;
  const last = all.findLastIndex((token) => token.kind === 'number');
  return CLOSES.test(folded) || (!counting && all[last - 1]?.kind === 'filler');
}

const EDGE_NUMBER = /^[\s\p{P}\p{S}]*\d+\p{L}{0,4}[\s\p{P}\p{S}]*|[\s\p{P}\p{S}]*\d+[\s\p{P}\p{S}]*$/gu;

/** What a reply says besides the number that was read; nothing where that is only politeness. */
export function besides(text: string, language: string): string | undefined {
  const words = lexicon(language);
  const all = tokens(text, words, language);
  if (all.every((token) => token.kind !== 'content')) return undefined;
  const rest = latinDigits(text).replace(EDGE_NUMBER, ' ').replace(/\s+/g, ' ').trim();
  return rest || undefined;
}

/** The words of a reply that are neither numbers nor politeness. */
export const contentIn = (text: string, language: string): string[] =>
  tokens(text, lexicon(language), language)
    .filter((token) => token.kind === 'content')
    .map((token) => token.text);
