/** Reads a whole number of a scale, or the name of one of its ends. */
import { grammar } from '../../locales/grammar.ts';
import type { Language } from '../../locales/index.ts';
import { correction, isDoubted } from './choice.ts';
import { stemsOf } from './endings.ts';
import { labelMeant, labelsIn } from './labels.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { fold, normalise, normaliseName } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readByClause, readEither, SKIP, UNCLEAR } from './reading.ts';
import { HAN } from './segment.ts';
import { besides, numbersIn } from './tokens.ts';

const STARS = /^[\s\p{P}]*((?:[★⭐🌟✨][\ufe0f\s]*)+)[\s\p{P}]*$/u;
const STAR = /[★⭐🌟✨]/gu;
const OUT_OF = /^\D*(\d+) ?(?:\/|sur|out of|of|sobre|de|em|din) ?(\d+)\D*$/;

interface Ends {
  min: number;
  max: number;
  low: string[];
  high: string[];
}

/** "4", "deux", "cinq étoiles", "4/5", "4 sur 5", "⭐⭐⭐⭐". "4,5" is two numbers and is asked again. */
export const readScale = (text: string, ends: Ends, language: string): Reading<number> =>
  readEither(text, language, (said) => readByClause(said, (clause) => readAsIs(clause, ends, language)));

function readAsIs(text: string, { min, max, low, high }: Ends, language: string): Reading<number> {
  const stars = STARS.exec(text)?.[1]?.match(STAR)?.length;
  if (stars) return stars >= min && stars <= max ? { kind: 'value', value: stars } : UNCLEAR;
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const words = lexicon(language);
  const passed = passes(said, language);
  // 0 passes, unless the scale begins there.
  if (passed === 'skip' && min === 0 && (/^0+$/.test(said) || words.numbers.get(said) === 0))
    return { kind: 'value', value: 0 };
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const corrected = correction(said, max, words);
  if (corrected) return corrected >= min ? { kind: 'value', value: corrected, certainty: 'ask' } : UNCLEAR;
  if (saysHalf(said, words)) return UNCLEAR;
  const outOf = OUT_OF.exec(fold(text));
  const numbers =
    outOf && Number(outOf[2]) === max
      ? [Number(outOf[1])]
      : (pointsIn(said, max, language) ?? markAtEnd(said, words) ?? numbersIn(text, language));
  if (!Array.isArray(numbers)) {
    const named = byName(text, said, { min, max, names: [low, high] }, language);
    return named.kind === 'unclear' ? figureAtEnd(text, said, { min, max }, words) : named;
  }
  const distinct = [...new Set(numbers)];
  if (distinct.length !== 1) return UNCLEAR;
  const [value] = distinct as [number];
  if (value < min || value > max) return { kind: 'unclear', got: String(value) };
  const comment = outOf ? undefined : besides(text, language);
  const doubted = isDoubted(said, words) && { certainty: 'ask' as const };
  return { kind: 'value', value, ...doubted, ...(comment && { comment }) };
}

/** "4 buçuk", "三分半": a mark with a part. */
function saysHalf(said: string, words: Lexicon): boolean {
  if (HAN.test(said)) return /[\d一二三四五六七八九两] ?[分点颗星]? ?半/u.test(said);
  const [, before = '', half = ''] = /^(.*?) (\S+(?: \S+){0,2})$/u.exec(said) ?? [];
  const marked = (part: string): boolean =>
    part.split(' ').some((word) => /^\d+$/.test(word) || words.numbers.has(word));
  return (
    said
      .split(' ')
      .some(
        (word, at, all) =>
          at > 0 && words.half.has(word) && marked(all.slice(Math.max(0, at - 2), at).join(' ')),
      ) ||
    (words.half.has(half) && marked(before))
  );
}

const ARTICLES = new Set(['un', 'une', 'a', 'an', 'um', 'uma', 'una', 'o']);

/** "un petit 3", "a solid 8", "le pongo un cuatro": the reply ends with a mark, which nothing else has an article for. */
function markAtEnd(said: string, words: Lexicon): number[] | undefined {
  const all = said.split(' ').filter((word) => !politeness.has(word));
  const last = all.at(-1) ?? '';
  const value = /^\d+$/.test(last) ? Number(last) : words.numbers.get(last);
  const led = [all.at(-2), all.at(-3)].some((word) => word !== undefined && ARTICLES.has(word));
  const others = all
    .slice(0, -1)
    .some((word) => /\d/.test(word) || words.negations.has(word) || words.or.has(word));
  const spelled = all.slice(0, -1).some((word) => words.numbers.has(word) && !ARTICLES.has(word));
  return value !== undefined && led && !others && !spelled && !words.about.has(all.at(-2) ?? '')
    ? [value]
    : undefined;
}

/** A few words before a figure are rather what is thought than what is counted: "c nul 1", "bâtiment 2"; asked. */
const FEW_WORDS = 4;

function figureAtEnd(
  text: string,
  said: string,
  { min, max }: { min: number; max: number },
  words: Lexicon,
): Reading<number> {
  const all = said.split(' ');
  const value = /^\d+$/.test(all.at(-1) ?? '') ? Number(all.at(-1)) : Number.NaN;
  const before = all.slice(0, -1);
  const plain = before.length > 0 && before.length <= FEW_WORDS;
  const clear = !before.some((word) => /\d/.test(word) || words.negations.has(word) || words.or.has(word));
  if (!plain || !clear || /[-−,.]\s*\d+\D*$/u.test(text) || !(value >= min && value <= max)) return UNCLEAR;
  return { kind: 'value', value, certainty: 'ask', comment: text.trim() };
}

/** "cinq étoiles pour la maîtresse", "note de 4", "quatre sur cinq": a number of points, whatever else is said. */
function pointsIn(said: string, max: number, language: string): number[] | undefined {
  const { numbers, points, negations } = lexicon(language);
  const behind = outOfBehind(language);
  const apart = behind.size > 0 ? said.replace(/(?<=\d)(?=\p{L})/gu, ' ') : said;
  const words = apart.replaceAll('out of', 'of').split(' ');
  if (words.some((word) => negations.has(word))) return undefined;
  const values = words.map((word) => (/^\d+$/.test(word) ? Number(word) : numbers.get(word)));
  const isMark = (_: unknown, at: number): boolean => {
    const outOf = OUT_OF_WORDS.has(words[at + 1] ?? '') && values[at + 2] === max;
    const led =
      points.has(words[at - 1] ?? '') || (OF.has(words[at - 1] ?? '') && points.has(words[at - 2] ?? ''));
    // Some say the highest first: "5 üzerinden 4", "৫ এর মধ্যে ৪", "ஐந்துக்கு மூன்று".
    const first =
      [2, 3].some(
        (back) => values[at - back] === max && behind.has(words.slice(at - back + 1, at).join(' ')),
      ) ||
      (behind.size > 0 &&
        values[at - 1] === undefined &&
        stemsOf(words[at - 1] ?? '', language).some(({ word }) => numbers.get(word) === max));
    return outOf || led || first || points.has(words[at + 1] ?? '');
  };
  const found = values.filter((value, at) => value !== undefined && isMark(value, at)) as number[];
  const others = words.filter((word) => /^\d+$/.test(word) && ![...found, max].includes(Number(word)));
  return found.length === 1 && others.length === 0 ? found : undefined;
}

/** What stands between the highest and the mark, where the highest is said first. */
const outOfBehind = (language: string): Set<string> =>
  new Set((grammar[language as Language]?.outOf ?? []).map(normaliseName));

const OUT_OF_WORDS = new Set(['sur', 'of', 'de', 'sobre', 'em', 'din', 'من', 'على', '3la']);
const OF = new Set(['de', 'of', 'a', 'est', 'is']);

function byName(
  text: string,
  said: string,
  { min, max, names }: { min: number; max: number; names: string[][] },
  language: string,
): Reading<number> {
  const limits = [min, max];
  // "pas du tout" is a name, and holds a word that denies: it counts only as the whole reply.
  const whole = labelMeant(said, names);
  if (whole) return { kind: 'value', value: limits[whole - 1] as number };
  // "pas du tout" of "pas du tout satisfait"
  const [begun, ...more] = names.flatMap(([name = ''], index) =>
    said.includes(' ') && `${normalise(name)} `.startsWith(`${said} `) ? [index] : [],
  );
  if (begun !== undefined && more.length === 0) return { kind: 'value', value: limits[begun] as number };
  const [end, ...others] = labelsIn(said, names, language);
  const value = limits[(end ?? 0) - 1];
  if (value === undefined || others.length > 0) return UNCLEAR;
  const figures = said.match(/\d+/g) ?? [];
  if (figures.some((figure) => Number(figure) !== value)) return UNCLEAR;
  const comment = besides(text, language);
  return { kind: 'value', value, ...(comment && { comment }) };
}
