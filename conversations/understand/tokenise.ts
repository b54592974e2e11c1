/**
 * Takes a reply apart into words and figures, each with its place in what was written.
 * Owns where one word ends: endings, words written together, scripts without spaces.
 */
import { grammar, type Says } from '../../locales/grammar.ts';
import type { Language } from '../../locales/index.ts';
import { dualOf, stemsOf } from './endings.ts';
import { fold, normalise } from './normalise.ts';
import { type Entry, PEOPLE, type Vocabulary } from './vocabulary.ts';

/** A word or a figure of a reply, folded, with where it stands in the reply as it was written. */
export interface Token {
  text: string;
  /** What stands between the token before and this one: spaces, marks. Nothing where they touch. */
  gap: string;
  /** Of figures. */
  value?: number;
  from: number;
  to: number;
}

const GROUPED = '\\p{Nd}{1,3}(?:[ .,\\u00a0\\u202f\\u066c]\\p{Nd}{3})+(?!\\p{Nd})';
const FIGURES = `(?<!\\p{Script=Latin})(?:${GROUPED}|\\p{Nd}+)(?:[.,\\u066b]\\p{Nd}+)?`;
const ONE_SIGN = '[\\u2460-\\u2473\\u24ea\\u00bc-\\u00be\\u2153\\u2154]';
/** "T4", "bou7di": a figure behind a Latin letter is a part of the word. */
const WORD = '\\p{Script=Latin}[\\p{L}\\p{M}\\p{Nd}]*|\\p{L}[\\p{L}\\p{M}\\u200c\\u200d]*';
const PIECES = new RegExp(`${FIGURES}|${ONE_SIGN}|${WORD}`, 'gu');
const PARTS: Record<string, number> = { '¼': 1 / 4, '½': 1 / 2, '¾': 3 / 4, '⅓': 1 / 3, '⅔': 2 / 3 };

/** "7na", "3and": figures that stand for letters, in Arabic as it is typed in Latin letters. */
const ARABIZI = /[235679]\p{Script=Latin}[\p{L}\p{Nd}]+/u;
const PIECES_IN_ARABIC = new RegExp(`(?<![\\p{L}\\p{Nd}])${ARABIZI.source}|${PIECES.source}`, 'gu');

/** The words and figures of a reply, in order. */
export function tokenise(text: string, words: Vocabulary): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const pattern = words.language === 'ar' && ARABIZI.test(text) ? PIECES_IN_ARABIC : PIECES;
  for (const match of text.matchAll(pattern)) {
    const from = match.index;
    const to = from + match[0].length;
    const gap = text.slice(end, from);
    const part = PARTS[match[0]];
    const said = fold(match[0]);
    end = to;
    // "5euro" is five of something.
    const figure = /^\d(?=\p{L})/u.exec(said)?.[0];
    const rest = said.slice(1);
    const ofSomething = words.language !== 'ar' || words.entries.has(rest) || words.reach.has(rest);
    if (figure && ofSomething && !words.entries.has(said) && !words.reach.has(said)) {
      tokens.push({ text: figure, gap, value: Number(figure), from, to: from + 1 });
      for (const piece of pieces(rest, words)) tokens.push({ text: piece, gap: '', from: from + 1, to });
    } else if (part !== undefined) tokens.push({ text: '½', gap, value: part, from, to });
    else if (said >= '0' && said < ':' && !figure)
      tokens.push({ text: said, gap, value: numberIn(said, words.commas), from, to });
    else
      for (const [index, piece] of pieces(said, words).entries())
        tokens.push({ text: piece, gap: index === 0 ? gap : '', from, to });
  }
  return tokens;
}

const GROUPS_OF_THREE = /^[1-9]\d{0,2}(?:([ .٬])\d{3})(?:\1\d{3})*(?:[.,٫]\d+)?$/;
/** "1,200" is a thousand to some and a little over one to others; "1,200.50" and "1,200,000" to nobody. */
const COMMA_GROUPS = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const SURELY_GROUPS = /^[^,]*,[^,]*[,.]/;

/** "1 200", "1.200", "2,5", "٢٫٥"; NaN for figures that are no number ("1.2.3"). `commas`: thousands have commas. */
function numberIn(said: string, commas: boolean): number {
  if (GROUPS_OF_THREE.test(said)) {
    const [, separator = ''] = GROUPS_OF_THREE.exec(said) ?? [];
    return Number(said.replaceAll(separator, '').replace(/[,٫]/, '.'));
  }
  if (COMMA_GROUPS.test(said) && (commas || SURELY_GROUPS.test(said)))
    return Number(said.replaceAll(',', ''));
  return Number(said.replace(/[,٫]/, '.'));
}

const ARABIC = /^[\u0620-\u06ff]/u;
/** In Arabic "and" and small words are written onto the word that follows them. */
const AND = 'و';
const ARABIC_PREFIX = /^(?:ال|لل|بال|ب|ل)(?=\p{L}{2})/u;

/** A word as the vocabulary has it; several where words are written together. */
function pieces(said: string, words: Vocabulary): string[] {
  const { entries, reach } = words;
  if (entries.has(said) || reach.has(said)) return [said];
  if (ARABIC.test(said)) {
    const rest = said.startsWith(AND) ? said.slice(1) : said;
    const bare = [rest, rest.replace(ARABIC_PREFIX, '')].find((each) => entries.has(each) || reach.has(each));
    if (bare) return rest === said ? [bare] : [AND, bare];
    const two = [said, rest, rest.replace(ARABIC_PREFIX, '')]
      .flatMap((whole) => dualOf(whole).map((each) => ({ whole, each })))
      .find(({ each }) => isCounted(entries.get(each)));
    if (two) return two.whole === said ? [TWO, two.each] : [AND, TWO, two.each];
    const own = rest.endsWith('ي') || rest.endsWith('نا') ? rest.replace(/(?:ي|نا)$/u, '') : '';
    if (entries.get(own)?.roles.has('person')) return rest === said ? [own] : [AND, own];
  }
  return together(said, words) ?? inflected(said, words) ?? [withoutEnding(said, words)];
}

const TWO = 'اثنين';
const isCounted = (entry: Entry | undefined): boolean =>
  entry !== undefined && (entry.roles.has('unit') || entry.roles.has('person'));

/** Words that look like a number with an ending, and are others: "onu" is him, "biri" is somebody. */
const NO_NUMBER_STEM = new Set(['on', 'bir', 'bi']);
/** "under it", which looks like six with an ending. */
const UNDER = /^altin/;

/** A word whose endings say something: "eşimle" is my wife and with, "நானும்" I and and. */
function inflected(said: string, words: Vocabulary): string[] | undefined {
  const { entries, language } = words;
  for (const { word, says } of stemsOf(said, language)) {
    const entry = entries.get(word);
    if (!entry) continue;
    const isNumber = entry.number !== undefined || entry.times !== undefined;
    if (
      isNumber
        ? NO_NUMBER_STEM.has(word) || UNDER.test(said)
        : entry.roles.size === 0 && entry.ordinal === undefined
    )
      continue;
    if ((says.includes('half') || says.includes('we')) && !isNumber) continue;
    const several = says.includes('many') && entry.roles.has('companion');
    const tail = says.flatMap((each) => TAILS[each]?.(language) ?? []);
    return [several ? PEOPLE : word, ...tail];
  }
  return undefined;
}

const inLanguage = (language: string) => grammar[language as Language] ?? {};
/** The word that stands for an ending. */
const TAILS: Partial<Record<Says, (language: string) => string[]>> = {
  and: (language) => (inLanguage(language).joins ?? []).slice(0, 1).map(normalise),
  with: (language) => (inLanguage(language).behind ?? []).slice(0, 1).map(normalise),
  half: () => [HALF],
  we: () => ['biz'],
};
const HALF = normalise('அரை');

const SHORTEST_PART = 3;
/** Scripts in which a number may be a syllable or two. */
const SHORT_SCRIPT = /^[\u0980-\u09ff]/u;

/** "twentyfive", "yüzelli", "চারজন": a number with what is written onto it. */
function together(said: string, { entries }: Vocabulary): string[] | undefined {
  const isNumber = (entry: Entry | undefined): boolean =>
    entry?.number !== undefined || entry?.times !== undefined;
  const shortest = SHORT_SCRIPT.test(said) ? 2 : SHORTEST_PART;
  for (let length = said.length - 2; length >= shortest; length -= 1) {
    const first = said.slice(0, length);
    if (!isNumber(entries.get(first))) continue;
    const rest = said.slice(length);
    const other = entries.get(rest);
    const counted = other && rest.length >= 2 && (other.roles.has('unit') || other.roles.has('person'));
    if (counted || (isNumber(other) && rest.length >= 2 && rest !== 'on')) return [first, rest];
  }
  return undefined;
}

/** The word without the ending that its language wrote onto it, where that makes it a word we know. */
function withoutEnding(said: string, { entries, endings }: Vocabulary): string {
  for (let cut = 1; cut <= endings && said.length - cut >= SHORTEST_PART; cut += 1) {
    const stem = said.slice(0, -cut);
    const entry = entries.get(stem);
    if (!entry) continue;
    // "altında" is "under", not "six".
    if (entry.number === undefined && entry.times === undefined) return stem;
    if (cut <= 2 && stem.length > SHORTEST_PART) return stem;
  }
  return said;
}

/** An expression does not go on beyond one of these: "quatre, vingt" is not eighty. */
const PAUSE = /[,;:()+/!?\n]/u;

/** The longest expression at a place that is `wanted`. */
export function entryAt(
  tokens: Token[],
  at: number,
  { entries, reach }: Vocabulary,
  wanted: (entry: Entry, length: number) => boolean,
): { entry: Entry; length: number } | undefined {
  const first = tokens[at];
  if (!first) return undefined;
  const most = Math.min(reach.get(first.text) ?? 0, tokens.length - at);
  let said = first.text;
  const readings = [said];
  for (let next = at + 1; next < at + most; next += 1) {
    const { text, gap } = tokens[next] as Token;
    if (PAUSE.test(gap)) break;
    said += ` ${text}`;
    readings.push(said);
  }
  for (let length = most > 0 ? readings.length : 0; length > 0; length -= 1) {
    const entry = entries.get(readings[length - 1] as string);
    if (entry && wanted(entry, length)) return { entry, length };
  }
  return undefined;
}
