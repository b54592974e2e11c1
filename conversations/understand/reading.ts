/**
 * What a reply turned out to say, and what every question type reads alike: passing, not knowing, courtesy.
 * Owns the rule that a reply is read or asked again, never guessed.
 */
import { type Lexicon, lexicon, opensPhrase, politeness } from './lexicon.ts';
import { fold, latinDigits, normalise, wordsOf } from './normalise.ts';
import { HAN, segmented } from './segment.ts';

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
  const passing = (meant: string): 'skip' | 'dontKnow' | undefined =>
    words.dontKnow.has(meant) ? 'dontKnow' : words.skip.has(meant) ? 'skip' : undefined;
  const whole = passing(said);
  if (whole) return whole;
  // "euh jsp désolé" without greetings and courtesy at either end; what opens as filler may belong to the phrase.
  const all = wordsOf(said);
  const around = (word: string): boolean => politeness.has(word) || words.filler.has(word);
  const start = all.findIndex((word) => !around(word));
  for (let from = 0; from <= start; from += 1) {
    const first = all[from] as string;
    if (!opensPhrase(first, words.dontKnow) && !opensPhrase(first, words.skip)) continue;
    const end = all.findLastIndex((word) => !around(word)) + 1;
    const passed = passing(all.slice(from, end).join(' '));
    if (passed) return passed;
  }
  return undefined;
}

/** "0", "zéro", "0 merci". */
function isZero(said: string, words: Lexicon): boolean {
  let zeros = 0;
  for (const word of wordsOf(said)) {
    if (words.filler.has(word) || politeness.has(word)) continue;
    if (!/^0+$/.test(word) && words.numbers.get(word) !== 0) return false;
    zeros += 1;
  }
  return zeros === 1;
}

/** The most words that may follow a phrase of passing for it to be one ("je passe désolé madame"). */
const AFTER_PASSING = 3;

/** Whether a reply that says nothing else opens with a phrase of passing or not knowing ("aucune idée de mon planning"). */
export function passesFirst(said: string, language: string): 'skip' | 'dontKnow' | undefined {
  const words = lexicon(language);
  if (HAN.test(said))
    return [...words.dontKnow].some((each) => each.length > 2 && said.replaceAll(' ', '').includes(each))
      ? 'dontKnow'
      : undefined;
  const whole = wordsOf(said).filter((word) => !politeness.has(word));
  const all = whole.slice(
    Math.max(
      0,
      whole.findIndex((word) => !words.filler.has(word)),
    ),
  );
  for (const opened of [whole, all])
    for (let length = Math.min(6, opened.length); length > 0; length -= 1) {
      const phrase = opened.slice(0, length).join(' ');
      const rest = opened.slice(length);
      // "je ne dis pas non" passes nothing.
      if (rest.some((word) => words.yes.has(word) || words.no.has(word))) continue;
      if (words.dontKnow.has(phrase) && (length > 1 || rest.length <= AFTER_PASSING)) return 'dontKnow';
      if (length > 1 && words.skip.has(phrase) && rest.length <= AFTER_PASSING) return 'skip';
    }
  return undefined;
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Where a word is a word before it is folded and after: nothing that is invisible, composed or written together. */
const PLAIN_LATIN = /^[\x20-\x7e\xc0-\xff]*$/;

/** The reply with texting spellings written out; undefined where it has none. */
function respelled(text: string, language: string): string | undefined {
  if (HAN.test(text)) return segmented(text, language);
  const { spellings } = lexicon(language);
  if (PLAIN_LATIN.test(text) && !wordsOf(normalise(text)).some((word) => spellings.has(word)))
    return undefined;
  const other = text.replace(WORDS, (word) => spellings.get(fold(word)) ?? word);
  return other === text ? undefined : other;
}

/**
 * The reading of a reply as it is written; where that is not understood, of what its texting spellings stand for;
 * at last whether it only opens with "I do not know". The comment is in the resident's own letters.
 */
export function readEither<Value>(
  text: string,
  language: string,
  read: (text: string) => Reading<Value>,
): Reading<Value> {
  const first = read(text);
  if (first.kind === 'value')
    return first.certainty === 'ask'
      ? surer(first, text, language, read)
      : stillSure(first, text, language, read);
  if (first.kind !== 'unclear' || first.got !== undefined) return first;
  const spelled = respelled(text, language);
  const second = spelled === undefined ? first : read(spelled);
  if (second.kind === 'value' && second.comment) return { ...second, comment: text.trim() };
  if (second.kind !== 'unclear') return second;
  const passed = passesFirst(normalise(spelled ?? text), language);
  if (!passed || /\d/.test(normalise(text))) return second;
  return passed === 'skip' ? SKIP : DONT_KNOW;
}

/**
 * Sure as it is written, unless the words written out take it back: "pa moi", "tous sof samedi". That they give
 * another value proves nothing: "23 mai" is no "23 mais".
 */
function stillSure<Value>(
  first: Reading<Value>,
  text: string,
  language: string,
  read: (text: string) => Reading<Value>,
): Reading<Value> {
  const spelled = HAN.test(text) ? undefined : respelled(text, language);
  if (spelled === undefined || denials(spelled, language) <= denials(text, language)) return first;
  const second = read(spelled);
  return second.kind === 'unclear' ? second : first;
}

const denials = (text: string, language: string): number =>
  wordsOf(normalise(text)).filter((word) => lexicon(language).negations.has(word)).length;

/** "jvien avec 2 potes": likely as it is written, and sure where the words written out say the same. */
function surer<Value>(
  first: Extract<Reading<Value>, { kind: 'value' }>,
  text: string,
  language: string,
  read: (text: string) => Reading<Value>,
): Reading<Value> {
  // Chinese with spaces says the same, and less surely.
  const spelled = HAN.test(text) ? undefined : respelled(text, language);
  const second = spelled === undefined ? first : read(spelled);
  const same = second.kind === 'value' && String(second.value) === String(first.value);
  if (!same || second.certainty === 'ask') return first;
  return { ...second, ...(second.comment && { comment: text.trim() }) };
}

const CLAUSE = /[.,;:!?\n؛،؟。，！？]+/u;

/**
 * Of a reply of several clauses that is not understood whole: what one of them says, where no other says anything
 * else ("Bonjour mademoiselle. Option cinq. Merci."). A figure in a clause that was not read leaves it all unclear.
 */
export function readByClause<Value>(text: string, read: (text: string) => Reading<Value>): Reading<Value> {
  const whole = read(text);
  if (whole.kind !== 'unclear' || whole.got !== undefined) return whole;
  const clauses = text.split(CLAUSE).filter((clause) => normalise(clause));
  if (clauses.length < 2) return whole;
  const readings = clauses.map((clause) => ({ clause, reading: read(clause) }));
  const found = readings.flatMap(({ reading }) => (reading.kind === 'value' ? [reading] : []));
  const others = readings.filter(({ reading }) => reading.kind !== 'value');
  const [first] = found;
  const agree = found.every((each) => !each.certainty && each.value === first?.value);
  if (!first || !agree || others.some(({ clause }) => /\d/.test(latinDigits(clause)))) return whole;
  return { kind: 'value', value: first.value, comment: text.trim() };
}

/** "merci", "ok d'accord", an emoji: nothing that wants to be kept beside an answer. */
export function politeOnly(text: string, language: string): boolean {
  const words = lexicon(language);
  return wordsOf(normalise(text)).every(
    (word) => !word || words.filler.has(word) || politeness.has(word) || words.yes.has(word),
  );
}
