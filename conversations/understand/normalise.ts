/**
 * Makes a reply comparable: case, accents, punctuation, digits of every script, keyboard habits.
 * Owns how two texts count as the same; knows nothing of what they mean.
 */

/** Marks to drop: Latin accents, Arabic vowel signs. The vowel signs of Tamil or Bengali are letters, and stay. */
const ACCENTS = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
/** Zero-width, bidi and variation marks, the keycap ring, Arabic tatweel. */
const INVISIBLE =
  /\u034f|\u20e3|[\ufe00-\ufe0f]|[\u00ad\u061c\u0640\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** Letters that NFKD leaves alone although writers take one for the other. */
const ALIKE: Record<string, string> = {
  ı: 'i',
  ß: 'ss',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const ALIKE_PATTERN = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gu');
const NOT_A_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

const isDigit = (code: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(code));

/** The value of a decimal digit of any script: Unicode lays every script's ten digits out in order from its zero. */
function digitValue(character: string): number {
  let code = character.codePointAt(0) as number;
  let steps = 0;
  while (steps < 60 && isDigit(code - 1)) {
    code -= 1;
    steps += 1;
  }
  return steps % 10;
}

const ANY_DIGIT = /\p{Nd}/gu;
const ASCII_ONLY = /^[\x20-\x7e]*$/;

/** Digits of every script as 0-9; everything else as it is. */
export const latinDigits = (text: string): string =>
  ASCII_ONLY.test(text)
    ? text
    : text.replace(ANY_DIGIT, (digit) => (digit <= '9' ? digit : String(digitValue(digit))));

const HAN = /\p{Script=Han}/u;
/** Chinese writes figures and Latin letters onto its own: "坐T4", "2和5". */
const HAN_EDGE = /(?<=\p{Script=Han})(?=[a-z0-9])|(?<=[a-z0-9])(?=\p{Script=Han})/gu;
const apart = (text: string): string => (HAN.test(text) ? text.replace(HAN_EDGE, ' ') : text);

/** "nº2", as some keyboards have it, is n°2 and no letter o. */
const NUMERO = /\b([nN])º/gu;

/** Compatibility forms, accents, case and look-alikes folded; punctuation kept, for what still needs to see it. */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  const folded = latinDigits(
    text.replace(NUMERO, '$1°').normalize('NFKD').replace(ACCENTS, '').replace(INVISIBLE, ''),
  )
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(ALIKE_PATTERN, (letter) => ALIKE[letter] as string);
  return apart(folded);
}

/** Folded words with one space between: "Oui !!" and "oui" are the same. */
export function normalise(text: string): string {
  if (text !== lastText) {
    lastMade = fold(text).replace(NOT_A_WORD, ' ').trim();
    lastText = text;
  }
  return lastMade;
}
/** A dozen readers look at the same message one after the other: the last one is remembered, and no other. */
let lastText = '';
let lastMade = '';

/** The words of a normalised text, for readers that only look: like the text itself, the last ones are remembered. */
export function wordsOf(said: string): readonly string[] {
  if (said !== lastSaid) {
    lastWords = said.split(' ');
    lastSaid = said;
  }
  return lastWords;
}
let lastSaid = '';
let lastWords: readonly string[] = [''];

/** Names of ours (labels, keywords) normalised once; what residents write is not kept. */
const names = new Map<string, string>();
const MOST_NAMES = 5000;

export function normaliseName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = normalise(name);
  if (names.size >= MOST_NAMES) names.clear();
  names.set(name, made);
  return made;
}
