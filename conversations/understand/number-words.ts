/** Puts numbers together: "vingt et un", "deux cents", "خمسة وعشرون", "deux et demi", "une vingtaine". */
import { entryAt, type Token } from './tokenise.ts';
import type { Role, Vocabulary } from './vocabulary.ts';

export interface Numeral {
  value: number;
  /** Written in words: "un" is a number, and just a word. */
  spelled: boolean;
  /** "une vingtaine" */
  rough: boolean;
  /** How many words it takes. */
  length: number;
}

const JOINED = /^[\s'’-]*$/u;
const ARABIC_AND = 'و';

/** The number that begins at this place, in figures, in words or in both. */
export function numeralAt(tokens: Token[], at: number, words: Vocabulary): Numeral | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const whole = token.value === undefined ? inWords(tokens, at, words) : inFigures(tokens, at, words);
  const rough = roughlyAt(tokens, at, whole, words);
  if (rough) return rough;
  return whole && withPart(tokens, at, whole, words);
}

const joins = (token: Token | undefined): boolean => token !== undefined && JOINED.test(token.gap);

/** "1 200", "2 cents", "10k", "2 1/2". */
function inFigures(tokens: Token[], at: number, words: Vocabulary): Numeral {
  const { value = Number.NaN } = tokens[at] as Token;
  const number: Numeral = { value, spelled: false, rough: false, length: 1 };
  const next = tokens[at + 1];
  const times = joins(next) ? words.entries.get(next?.text ?? '')?.times : undefined;
  if (times !== undefined) return { ...number, value: value * times, length: 2 };
  if (Number.isInteger(value) && next?.text === '½' && joins(next))
    return { ...number, value: value + (next.value as number), length: 2 };
  return number;
}

/** The largest number that may still be added: after "vingt" a unit, after "cent" anything below a hundred. */
const roomBelow = (value: number): number => {
  if (value % 1000 === 0 && value > 0) return 1000;
  if (value % 100 === 0 && value > 0) return 100;
  return value % 10 === 0 && value > 0 ? 10 : 0;
};

function inWords(tokens: Token[], at: number, words: Vocabulary): Numeral | undefined {
  let total = 0;
  let current: number | undefined;
  let room = Number.POSITIVE_INFINITY;
  let last = Number.POSITIVE_INFINITY;
  let end = at;
  for (;;) {
    const and = end > at && joins(tokens[end]) ? andAt(tokens, end, words) : 0;
    const next = end + and;
    if (next > at && !joins(tokens[next])) break;
    const found = entryAt(
      tokens,
      next,
      words,
      (entry) => entry.number !== undefined || entry.times !== undefined,
    );
    if (!found || tokens[next]?.value !== undefined) break;
    const { number, times } = found.entry;
    if (times !== undefined && and === 0) {
      if (times >= last || (current !== undefined && current >= times) || (current === 0 && end > at)) break;
      // "k" and the like say a thousand behind a number only.
      if (current === undefined && (total > 0 ? times > 100 : [...(tokens[next] as Token).text].length < 3))
        break;
      const product = (current ?? 1) * times;
      if (times >= 1000) {
        total += product;
        current = undefined;
        last = times;
      } else current = product;
      room = times;
    } else if (number !== undefined && (and === 0 || (current ?? total) >= 20 || isArabicAnd(tokens[end]))) {
      if (number < room) {
        current = (current ?? 0) + number;
        room = room === 10 ? 0 : roomBelow(number);
      } else if (isArabicAnd(tokens[end]) && and > 0 && unitBefore(current, number)) {
        current = (current as number) + number;
        room = 0;
      } else break;
    } else break;
    end = next + found.length;
  }
  if (end === at) return undefined;
  return { value: total + (current ?? 0), spelled: true, rough: false, length: end - at };
}

/** In Arabic the unit comes before the ten: "خمسة وعشرون". */
const unitBefore = (current: number | undefined, number: number): boolean =>
  current !== undefined && current % 100 > 0 && current % 100 < 10 && number >= 20 && number < 100;

/** "w" as it is typed in Latin letters. */
const isArabicAnd = (token: Token | undefined): boolean => token?.text === ARABIC_AND || token?.text === 'w';

/** How many words say "and" here. */
const andAt = (tokens: Token[], at: number, words: Vocabulary): number =>
  entryAt(tokens, at, words, ({ roles }) => roles.has('and'))?.length ?? (isArabicAnd(tokens[at]) ? 1 : 0);

/** "une vingtaine", "deux douzaines", "20aine". */
function roughlyAt(
  tokens: Token[],
  at: number,
  number: Numeral | undefined,
  words: Vocabulary,
): Numeral | undefined {
  const length = number?.length ?? 0;
  const whole = entryAt(tokens, at, words, ({ rough }) => rough !== undefined);
  if (whole && whole.length > length)
    return { value: whole.entry.rough as number, spelled: true, rough: true, length: whole.length };
  if (!number) return undefined;
  if (/^aines?$/.test(tokens[at + length]?.text ?? '') && tokens[at + length]?.gap === '')
    return { ...number, rough: true, length: length + 1 };
  const noun = joins(tokens[at + length])
    ? entryAt(tokens, at + length, words, ({ rough }) => rough !== undefined)
    : undefined;
  if (!noun) return undefined;
  const value = number.value * (noun.entry.rough as number);
  return { value, spelled: number.spelled, rough: true, length: length + noun.length };
}

/** What follows the whole: "et demi", "virgule cinq", also behind what is counted ("deux heures et demie"). */
function withPart(tokens: Token[], at: number, number: Numeral, words: Vocabulary): Numeral {
  const end = at + number.length;
  if (!Number.isInteger(number.value)) return number;
  const point = behind(tokens, end, words, 'point');
  const digits = point ? decimalsAt(tokens, end + point, words) : undefined;
  if (digits)
    return {
      ...number,
      value: Number(`${number.value}.${digits.text}`),
      length: number.length + point + digits.length,
    };
  const counted = behind(tokens, end, words, 'half') ? 0 : behind(tokens, end, words, 'unit');
  const half = behind(tokens, end + counted, words, 'half');
  if (!half) return number;
  const alone = number.spelled && number.value === 1 && counted === 0 && behind(tokens, end, words, 'aHalf');
  return { ...number, value: alone ? 0.5 : number.value + 0.5, length: number.length + counted + half };
}

/** How many words here play this part, with nothing but a space before them. */
const behind = (tokens: Token[], at: number, words: Vocabulary, role: Role): number =>
  joins(tokens[at]) ? (entryAt(tokens, at, words, ({ roles }) => roles.has(role))?.length ?? 0) : 0;

/** The figures behind the decimal mark: "virgule zéro cinq", "point five". */
function decimalsAt(
  tokens: Token[],
  from: number,
  words: Vocabulary,
): { text: string; length: number } | undefined {
  let text = '';
  let at = from;
  while (joins(tokens[at])) {
    const { text: said, value } = tokens[at] as Token;
    const number = value === undefined ? inWords(tokens, at, words) : undefined;
    if (!(number || /^\d+$/.test(said)) || (text && (number?.value ?? 10) >= 10 && !/^0+$/.test(text))) break;
    text += number ? number.value : said;
    at += number?.length ?? 1;
  }
  return text && text.length <= 6 ? { text, length: at - from } : undefined;
}
