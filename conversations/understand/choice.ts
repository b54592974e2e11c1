/** Reads the choice of one option, and of several. The rule is docs/reading.md. */
import { isWhole, labelMeant, labelsIn, noneOption } from './labels.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { normalise, normaliseName } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readByClause, readEither, SKIP, UNCLEAR } from './reading.ts';
import { besides, contentIn, numbersIn } from './tokens.ts';

/** The one option among `labels` that a reply names, by its number or by its label; numbers from 1. */
export const readOne = (text: string, labels: string[][], language: string): Reading<number> =>
  readEither(text, language, (said) => readByClause(said, (clause) => oneAsIs(clause, labels, language)));

function oneAsIs(text: string, labels: string[][], language: string): Reading<number> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const whole = labelMeant(said, labels);
  if (whole && !/^\d+$/.test(said)) return { kind: 'value', value: whole };
  const words = lexicon(language);
  const meant = essence(said, words);
  if (words.none.has(said) || words.none.has(meant)) {
    const none = noneOption(labels, language);
    return none ? { kind: 'value', value: none } : SKIP;
  }
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (words.lastOnes.has(meant)) return { kind: 'value', value: labels.length };
  const corrected = correction(said, labels.length, words);
  if (corrected) return { kind: 'value', value: corrected, certainty: 'ask' };
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language, numbers === undefined);
  if (numbers === 'mixed' || numbers === undefined) {
    if (labelled.length !== 1) return UNCLEAR;
    const [value] = labelled as [number];
    const comment = isWhole(said, labels[value - 1], language) ? undefined : text.trim();
    return { kind: 'value', value, ...(comment && { comment }) };
  }
  const distinct = [...new Set(numbers)];
  if (distinct.length > 1) return UNCLEAR;
  const [value] = distinct as [number];
  if (value === 0) return besides(text, language) ? UNCLEAR : SKIP;
  if (value > labels.length) return { kind: 'unclear', got: String(value) };
  if (labelled.length > 0 && !labelled.includes(value)) return UNCLEAR;
  const comment = besides(text, language);
  return { kind: 'value', value, ...(comment && { comment }) };
}

/** The reply without greetings and courtesy around it. */
const essence = (said: string, words: Lexicon): string =>
  said
    .split(' ')
    .filter((word) => !words.filler.has(word) && !politeness.has(word))
    .join(' ');

/** "3 non 4", "2 euh pardon 3": the last is meant, and is asked. */
function correction(said: string, count: number, words: Lexicon): number | undefined {
  const parts = said.split(' ');
  const at = parts.findIndex((word, index) => index > 0 && words.corrections.has(word));
  if (at < 0) return undefined;
  const before = parts.slice(0, at).filter((word) => /^\d+$/.test(word));
  const after = parts.slice(at + 1).filter((word) => /^\d+$/.test(word));
  const rest = parts.filter(
    (word) => !/^\d+$/.test(word) && !words.corrections.has(word) && !words.filler.has(word),
  );
  const last = Number(after[0]);
  const clear = before.length === 1 && after.length === 1 && rest.length === 0 && before[0] !== after[0];
  return clear && last >= 1 && last <= count ? last : undefined;
}

/** "1,3 et 6", "1-3" (two choices unless `ranges`), "bancs et fleurs", "les deux premiers". Ascending, each once. */
export const readSeveral = (
  text: string,
  labels: string[][],
  language: string,
  { ranges = false }: { ranges?: boolean } = {},
): Reading<number[]> =>
  readEither(
    text,
    language,
    (said) => pieceByPiece(said, labels, language) ?? severalAsIs(said, labels, language, ranges),
  );

const BETWEEN = /[,;/+&\n]|\s(?:et|and|puis|ve|y|e|și|si|و)\s/giu;

/** A piece of a list is short: a sentence with a comma in it is no list. */
const FEW_WORDS = 3;

/** "loyer, bruit", "cantine 1, sorties 4": two pieces or more of which each is one option, by number or label. */
function pieceByPiece(text: string, labels: string[][], language: string): Reading<number[]> | undefined {
  const pieces = text.split(BETWEEN).filter((piece) => normalise(piece));
  if (pieces.length < 2 || labels.some((names) => names.some((name) => name.search(BETWEEN) >= 0)))
    return undefined;
  const { none } = lexicon(language);
  const values = new Set<number>();
  for (const piece of pieces) {
    if (none.has(normalise(piece))) return undefined;
    const one = oneAsIs(piece, labels, language);
    const few = normalise(piece).split(' ').length <= FEW_WORDS;
    if (one.kind !== 'value' || one.certainty || (one.comment && !few)) return undefined;
    values.add(one.value);
  }
  return { kind: 'value', value: [...values].sort((a, b) => a - b) };
}

function severalAsIs(text: string, labels: string[][], language: string, ranges: boolean): Reading<number[]> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const exact = labelMeant(said, labels);
  if (exact && !/^\d+$/.test(said)) return { kind: 'value', value: [exact] };
  const words = lexicon(language);
  const meant = essence(said, words);
  if (words.none.has(said) || words.none.has(meant)) {
    const none = noneOption(labels, language);
    return { kind: 'value', value: none ? [none] : [] };
  }
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (words.all.has(meant) || words.all.has(said)) return UNCLEAR;
  const placed = byPlace(said, labels.length, words);
  if (placed) return { kind: 'value', value: placed };
  const span = spanIn(text, labels.length, words, ranges);
  if (span) return { kind: 'value', value: span.values, ...(!span.sure && { certainty: 'ask' }) };
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language, numbers === undefined);
  const named = Array.isArray(numbers) ? numbers : [];
  if (numbers === 'mixed' && labelled.length === 0) return UNCLEAR;
  if (counts(said, labels)) return UNCLEAR;
  const beyond = named.find((number) => number > labels.length);
  if (beyond !== undefined) return { kind: 'unclear', got: String(beyond) };
  const values = [...new Set([...named, ...labelled])].sort((a, b) => a - b);
  if (values.length === 0 || values.includes(0)) return UNCLEAR;
  const rest = leftOver(text, labels, language);
  return { kind: 'value', value: values, ...(rest && { comment: rest }) };
}

/** "les deux premiers", "les 3 derniers", "les deux" where there are two, "le dernier". */
function byPlace(said: string, count: number, words: Lexicon): number[] | undefined {
  const all = said.split(' ');
  const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
  if ((words.both.has(said) || words.both.has(essence(said, words))) && count === 2) return upTo(2);
  const meant = all.filter((word) => !words.filler.has(word) && !politeness.has(word));
  const number = meant
    .map((word) => (/^\d$/.test(word) ? Number(word) : words.numbers.get(word)))
    .find((value) => value !== undefined);
  const place = meant.find((word) => words.firstOnes.has(word) || words.lastOnes.has(word));
  if (!place || meant.length > 2) return undefined;
  const last = words.lastOnes.has(place);
  if (meant.length === 1) return last ? [count] : undefined;
  if (!number || number < 2 || number > count) return undefined;
  return last ? upTo(count).slice(-number) : upTo(number);
}

const DASHED = /^\D*(\d)\s*[-–—]\s*(\d)\D*$/u;

/** "1 à 3" in words is likely a range and is asked; "1-3" is one only where the question says so. */
function spanIn(
  text: string,
  count: number,
  words: Lexicon,
  ranges: boolean,
): { values: number[]; sure: boolean } | undefined {
  const dashed = ranges ? DASHED.exec(text) : null;
  const parts = normalise(text)
    .split(' ')
    .filter((word) => !politeness.has(word));
  const at = parts.findIndex((word, index) => index > 0 && words.to.has(word));
  const [from, to] = dashed
    ? [Number(dashed[1]), Number(dashed[2])]
    : [Number(parts[at - 1]), Number(parts[at + 1])];
  if (!dashed && (at < 1 || parts.length > 4)) return undefined;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to > count || to <= from)
    return undefined;
  return { values: Array.from({ length: to - from + 1 }, (_, index) => from + index), sure: Boolean(dashed) };
}

/** "3 bancs": three benches, or choice 3 and the benches? A number right before another choice's label is not clear. */
const counts = (said: string, labels: string[][]): boolean => {
  const spaced = ` ${said} `;
  return labels.some((names, index) =>
    names.map(normaliseName).some((name) => {
      const at = name ? spaced.indexOf(` ${name} `) : -1;
      const before = at < 0 ? undefined : /(\d+)$/.exec(spaced.slice(0, at))?.[1];
      return before !== undefined && Number(before) !== index + 1;
    }),
  );
};

/** The reply where it has words that are neither numbers nor labels nor joining words. */
function leftOver(text: string, labels: string[][], language: string): string | undefined {
  let left = ` ${normalise(text)} `;
  for (const name of labels
    .flat()
    .map(normaliseName)
    .sort((a, b) => b.length - a.length))
    if (name) left = left.replaceAll(` ${name} `, ' ');
  const words = contentIn(left, language).filter((word) => [...word].length > 3);
  return words.length > 0 ? text.trim() : undefined;
}
