/** Reads one number: whole, or with a part where the question takes one. The rule is docs/reading.md. */
import { within } from './distance.ts';
import { lexicon } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { besidesRead, type Part, partsOf, speaks } from './parts.ts';
import { DONT_KNOW, passesInWords, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { spaced } from './segment.ts';
import { type Role, vocabulary } from './vocabulary.ts';

interface Limits {
  min?: number;
  max?: number;
  decimals?: boolean;
}

/** A number that was read; `sure` is missing where it is likely, and is asked. */
export interface Found {
  value: number;
  from: number;
  to: number;
  sure: boolean;
}

/** A number within `min` (0 where it is missing) and `max`; `decimals`: it need not be whole. */
export const readAmount = (text: string, limits: Limits, language: string): Reading<number> =>
  readEither(spaced(text, language), language, (said) => readAsIs(said, limits, language));

function readAsIs(text: string, limits: Limits, language: string): Reading<number> {
  const said = normalise(text);
  if (!said && !/[¼-¾]/u.test(text)) return UNCLEAR;
  const zeroCounts = (limits.min ?? 0) <= 0;
  // "1h30": an hour and a half is no number of anything that is asked.
  if (CLOCK.test(said)) return UNCLEAR;
  const parts = partsOf(withSignInside(text), language);
  if (isEvery(said, language)) return UNCLEAR;
  if (saysNone(parts) || noneThenMore(text, parts, language))
    return zeroCounts ? { kind: 'value', value: 0 } : SKIP;
  const passed = passesInWords(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const found = numberAmong(parts, language, limits.decimals === true);
  if (!found || !Number.isFinite(found.value)) return UNCLEAR;
  const { value } = found;
  // "3+" is three or more.
  const sure = found.sure && !/\d\s*\+\s*$/u.test(text);
  if (value === 0 && !zeroCounts) return SKIP;
  if (!limits.decimals && !Number.isInteger(value)) return UNCLEAR;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return UNCLEAR;
  if (value < (limits.min ?? 0) || value > (limits.max ?? Number.MAX_SAFE_INTEGER))
    return { kind: 'unclear', got: String(value) };
  const comment = commentOf(text, parts, found);
  return { kind: 'value', value, ...(!sure && { certainty: 'ask' as const }), ...(comment && { comment }) };
}

/** "15€50", "1m80": the sign stands where the decimal mark would. */
const SIGN_INSIDE = /(?<=\d)[€m](?=\d{2}(?!\d))/gu;
/** "65m2": the 2 is no second number. */
const SQUARE = /(?<=\d\s?[kc]?m)[2²3³](?!\d)/gu;
const withSignInside = (text: string): string => text.replace(SQUARE, '').replace(SIGN_INSIDE, '.');

const CLOCK = /\d\s?h\s?[0-5]\d(?!\d)/u;

/** "toutes les 2 semaines": how often, and not how many. */
function isEvery(said: string, language: string): boolean {
  const { all, filler, units, people } = lexicon(language);
  const words = said.split(' ');
  return words.some((word, at) => {
    if (!all.has(word) && word !== 'every' && word !== 'cada') return false;
    const next = words.findIndex((each, place) => place > at && !filler.has(each));
    const counted = words[next + 1] ?? '';
    return /^\d+$/.test(words[next] ?? '') && units.has(counted) && !people.persons.has(counted);
  });
}

const NOTHING_ELSE: Role[] = ['none', 'nobody', 'filler', 'unit', 'person', 'correct', 'about'];

/** "aucun", "aucun enfant": nothing but that. */
const saysNone = (parts: Part[]): boolean =>
  parts.some(({ roles }) => roles.has('none') || roles.has('nobody')) &&
  parts.every(({ number, roles }) => !number && NOTHING_ELSE.some((role) => roles.has(role)));

const PAUSED = /^[^,;:.!\n(]+(?=[,;:.!\n(])/u;

/** "nenhum, graças a Deus": nobody counts anything, or excepts it, behind the pause. */
function noneThenMore(text: string, parts: Part[], language: string): boolean {
  if (parts.some(({ number, roles }) => number || roles.has('about') || roles.has('or'))) return false;
  const opening = PAUSED.exec(text)?.[0];
  if (opening === undefined || !saysNone(partsOf(opening, language))) return false;
  const { negations, but } = lexicon(language);
  return !normalise(text.slice(opening.length))
    .split(' ')
    .some((word) => negations.has(word) || but.has(word));
}

function numberAmong(parts: Part[], language: string, decimals: boolean): Found | undefined {
  const at = parts.flatMap((part, index) => (part.number ? [index] : []));
  if (at.length === 0) return withoutNumber(parts, language);
  if (at.some((index) => isDenied(parts, index))) return undefined;
  const whole = decimals ? fraction(parts, at) : undefined;
  if (whole) return whole;
  const halves = parts[(at[0] as number) - 1]?.roles.has('half');
  if (halves) return at.length === 1 && decimals ? andHalf(parts, at[0] as number, language) : undefined;
  const sure = !isRough(parts);
  const either = eitherOr(parts, at);
  if (either) return either;
  if (at.some((index) => isQuarters(parts[index + 1]))) return undefined;
  const meant = at.length > 1 ? at.filter((index) => !isJustAWord(parts, index)) : at;
  if (ofSeveral(parts, meant)) return undefined;
  const values = new Set(meant.map((index) => signed(parts, index)));
  const last = parts[meant.at(-1) ?? -1];
  if (!last) return undefined;
  const [value] = values;
  if (values.size === 1) {
    const first = parts[meant[0] as number] as Part;
    const counts = isArticle(parts, meant[0] as number);
    // "ஒரு 20" is some twenty.
    const some = meant.length < at.length && parts[(meant[0] as number) - 1]?.number?.spelled === true;
    return {
      value: value as number,
      from: first.from,
      to: last.to,
      sure: sure && !counts && !some && !andAnother(parts, last),
    };
  }
  return corrected(parts, meant);
}

/** "3 بنات و ولد": three, and one more. */
function andAnother(parts: Part[], last: Part): boolean {
  const at = parts.indexOf(last);
  const joined = parts[at + 2];
  const more = parts[at + 3];
  return (
    parts[at + 1]?.roles.has('person') === true &&
    (joined?.roles.has('and') === true || joined?.roles.has('joins') === true) &&
    more !== undefined &&
    (more.roles.has('person') || more.roles.has('companion'))
  );
}

/** Languages that say the half first: "ساڑھے تین" is three and a half. */
const HALF_FIRST = new Set(['ur', 'bn']);

function andHalf(parts: Part[], at: number, language: string): Found | undefined {
  const part = parts[at] as Part;
  if (!HALF_FIRST.has(language)) return undefined;
  return { value: number(part) + 0.5, from: part.from, to: part.to, sure: true };
}

const number = (part: Part | undefined): number => part?.number?.value ?? Number.NaN;

/** "-3" is a number below zero where it begins the reply, else a dash. */
const signed = (parts: Part[], at: number): number => {
  const part = parts[at] as Part;
  const value = number(part);
  return /(?:^|\s)[-−]$/u.test(part.gap) && at === 0 && !part.number?.spelled ? -value : value;
};

/** "un", "une", "on": words that need not be the number they can be, unless they count somebody ("un garçon"). */
const isJustAWord = (parts: Part[], at: number): boolean => {
  const { number: numeral, text } = parts[at] as Part;
  const next = parts[at + 1];
  const counts = next?.roles.has('person') || next?.roles.has('companion');
  return numeral?.spelled === true && !counts && (numeral.value === 1 || [...text].length <= 2);
};

/** "2 adultes 2 enfants", "7/7": the same figure twice is not one number. */
const ofSeveral = (parts: Part[], meant: number[]): boolean => {
  const counted = new Set(meant.map((at) => parts[at + 1]).map((next) => (next?.number ? '' : next?.text)));
  const slashed = meant.slice(1).some((at) => (parts[at] as Part).gap.includes('/'));
  return meant.length > 1 && (slashed || (counted.size > 1 && !counted.has(undefined) && !counted.has('')));
};

/** "trois quarts d'heure" is not three. */
const QUARTERS = /^(?:quarts?|quarters?|cuartos?|quartos?|sferturi)$/u;
const isQuarters = (part: Part | undefined): boolean => part !== undefined && QUARTERS.test(part.text);

const BESIDE_ONE: Role[] = ['person', 'companion', 'filler', 'or', 'and'];

/** "un peu", "un problème": a single "un" before a word that is no person is not surely a number. */
export const isArticle = (parts: Part[], at: number): boolean => {
  const part = parts[at] as Part;
  if (!part.number?.spelled || part.number.value !== 1) return false;
  const next = parts[at + 1];
  // "un peu" is none, though "peu" is no word of its own; "une fois" is one.
  const unit = next?.roles.has('unit') === true && next.text !== 'peu';
  return next !== undefined && !unit && !BESIDE_ONE.some((role) => next.roles.has(role));
};

/** A word of denial before the number, or right behind it at the end: "pas 3", "3 değil". */
export function isDenied(parts: Part[], at: number): boolean {
  const denies = (part: Part | undefined): boolean =>
    part?.roles.has('deny') === true && !part.roles.has('about') && !part.roles.has('or');
  if (parts.slice(0, at).some(denies)) return true;
  const next = parts[at + 2];
  return denies(parts[at + 1]) && (next === undefined || next.number !== undefined);
}

const ROUGH_MARK = /[~≈±]|\d\s*\+\s*$/u;

export const isRough = (parts: Part[]): boolean =>
  parts.some(
    ({ number: numeral, roles, gap }) => numeral?.rough || roles.has('about') || ROUGH_MARK.test(gap),
  );

/** "2 ou 3", "entre 10 et 15", "10 à 15", "10-15", "deux trois": asked, with the higher. */
export function eitherOr(parts: Part[], at: number[]): Found | undefined {
  if (at.length < 2) return undefined;
  const somewhere = (role: Role): boolean => parts.some(({ roles }) => roles.has(role));
  const linked = at.every((index, place) => {
    const before = at[place - 1];
    if (before === undefined) return true;
    const middle = parts.slice(before + 1, index);
    const [low, high] = [number(parts[before]), number(parts[index])];
    const { gap } = parts[index] as Part;
    if (!middle.every(({ roles }) => roles.size > 0)) return false;
    // "12, peut-être 13"
    if (middle.length > 0 && middle.every(({ roles }) => roles.has('about'))) return low < high;
    if (middle.some(({ roles }) => roles.has('or')) || somewhere('between')) return true;
    if (middle.some(({ roles }) => roles.has('to'))) return low < high;
    if (middle.length > 0) return false;
    if (/^\s*[-–—]\s*$/u.test(gap)) return low < high;
    if (/^\s*\/\s*$/u.test(gap)) return high === low + 1 && low > 1;
    if (gap.trim() === ',') return somewhere('or');
    const spelled = parts[before]?.number?.spelled && parts[index]?.number?.spelled;
    return spelled === true && at.length === 2 && gap.trim() === '' && high === low + 1;
  });
  if (!linked) return undefined;
  const values = at.map((index) => number(parts[index]));
  const [first, last] = [parts[at[0] as number] as Part, parts[at.at(-1) as number] as Part];
  return { value: Math.max(...values), from: first.from, to: last.to, sure: false };
}

/** "3 non 4": the last is meant, and is asked. */
export function corrected(parts: Part[], at: number[]): Found | undefined {
  const [one, other] = at;
  if (one === undefined || other === undefined || at.length > 2) return undefined;
  const middle = parts.slice(one + 1, other);
  if (!middle.some(({ roles }) => roles.has('correct')) || middle.some(speaks)) return undefined;
  const [first, last] = [parts[one] as Part, parts[other] as Part];
  return { value: number(last), from: first.from, to: last.to, sure: false };
}

/** "1/2", "2 1/2". */
function fraction(parts: Part[], at: number[]): Found | undefined {
  const numbers = at.map((index) => parts[index] as Part);
  const divided = numbers.at(-1);
  const above = numbers.at(-2);
  if (!divided || !above || numbers.length > 3 || !/^\s?\/\s?$/.test(divided.gap)) return undefined;
  const part = number(above) / number(divided);
  const whole = numbers.length === 3 ? number(numbers[0]) : 0;
  if (!(part < 1) || !Number.isInteger(whole)) return undefined;
  const [first] = numbers as [Part];
  return { value: whole + part, from: first.from, to: divided.to, sure: !isRough(parts) };
}

/** A slip is forgiven in a number word of at least so many letters. */
const ONE_SLIP = 5;

/** "quattre", "troisième", "la moitié": no number as it is written in the tables. */
function withoutNumber(parts: Part[], language: string): Found | undefined {
  const [part, ...more] = parts.filter(({ roles }) => !roles.has('filler') && !roles.has('unit'));
  if (!part || more.length > 0) return undefined;
  const found = (value: number): Found => ({ value, from: part.from, to: part.to, sure: true });
  // "ساعة ونص", "une heure et demie": one, and a half.
  const before = parts[parts.indexOf(part) - 1];
  if (part.roles.has('half')) return found(before?.roles.has('unit') ? 1.5 : 0.5);
  const { entries } = vocabulary(language);
  const ordinal = entries.get(part.text)?.ordinal;
  if (ordinal !== undefined) return found(ordinal);
  const { length } = part.text;
  if (part.roles.size > 0 || length < ONE_SLIP) return undefined;
  const near = new Set<number>();
  for (const [word, value] of lexicon(language).numbers)
    if (
      word[0] === part.text[0] &&
      word.length >= ONE_SLIP &&
      Math.abs(word.length - length) <= 1 &&
      within(word, part.text, 1)
    )
      near.add(value);
  const [value] = near;
  return value !== undefined && near.size === 1 ? found(value) : undefined;
}

/** What a reply says besides the number; nothing where that is only what is counted, or who speaks. */
function commentOf(text: string, parts: Part[], { from, to }: Found): string | undefined {
  const own = parts.some((part, index) => {
    const before = parts[index - 1]?.roles;
    return speaks(part) && !(part.from >= from && part.to <= to) && !before?.has('we') && !before?.has('me');
  });
  return own ? besidesRead(text, from, to) : undefined;
}
