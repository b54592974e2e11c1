/** Reads the choice of several options. The rule is docs/reading.md. */
import { essence, noneOfThese, numberOf, oneAsIs, saidByOption, saysBoth } from './choice.ts';
import { begunIn, labelMeant, labelsIn, noneOption, placesIn } from './labels.ts';
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { normalise, normaliseName } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { contentIn, numberNamed, numbersIn } from './tokens.ts';

/** "1,3 et 6", "1-3" (two choices unless `ranges`), "bancs et fleurs", "les deux premiers". Ascending, each once. */
export const readSeveral = (
  text: string,
  labels: string[][],
  language: string,
  { ranges = false }: { ranges?: boolean } = {},
): Reading<number[]> =>
  bareList(text, labels) ??
  readEither(
    text,
    language,
    (said) => pieceByPiece(said, labels, language) ?? severalAsIs(said, labels, language, ranges),
  );

/** "1", "1,3 et 6", "1 3": nothing but figures, as most replies are. */
const BARE_LIST = /^\s*[1-9](?:\s*(?:[,;]|\bet\b|\s)\s*[1-9])*\s*[.!]*\s*$/;

/** What needs no reading, where no label is a figure itself. */
function bareList(text: string, labels: string[][]): Reading<number[]> | undefined {
  if (!BARE_LIST.test(text) || labels.some((names) => names.some((name) => /\d/.test(name))))
    return undefined;
  const values = [...new Set((text.match(/\d/g) ?? []).map(Number))].sort((a, b) => a - b);
  return values.every((value) => value <= labels.length) ? { kind: 'value', value: values } : undefined;
}

const BETWEEN = /[,;/+&\n]|(?<=\d)(?:et|and)(?=\d)|\s(?:et|and|puis|ve|y|e|și|si|و)\s/giu;

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
  if (words.none.has(said) || words.none.has(meant) || noneOfThese(said, labels.length, words)) {
    const none = noneOption(labels, language);
    return { kind: 'value', value: none ? [none] : [] };
  }
  const spoken = saidByOption(meant, labels, words);
  if (spoken) return { kind: 'value', value: [spoken] };
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (words.all.has(meant) || words.all.has(said)) return UNCLEAR;
  const placed = byPlace(said, labels.length, words, language);
  if (placed) return { kind: 'value', value: placed };
  // "لفٹ اور ہیٹنگ دونوں": both of the two that are named.
  const both = saysBoth(said, words) && labelsIn(said, labels, language).length !== 2;
  if (both || allOf(said, words)) return UNCLEAR;
  const linked = linkedIn(text, labels, language, ranges);
  if (linked === 'unclear') return UNCLEAR;
  if (linked) return { kind: 'value', value: linked.values, ...(!linked.sure && { certainty: 'ask' }) };
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language, numbers === undefined);
  const named = Array.isArray(numbers) ? numbers : [];
  if (numbers === 'mixed' && labelled.length === 0) return UNCLEAR;
  if (counts(said, labels, words)) return UNCLEAR;
  const beyond = named.find((number) => number > labels.length);
  if (beyond !== undefined) return { kind: 'unclear', got: String(beyond) };
  const begun = labelled.length > 0 ? begunIn(contentIn(text, language), labels) : [];
  const values = [...new Set([...named, ...labelled, ...begun])].sort((a, b) => a - b);
  if (values.length === 0 || values.includes(0)) return UNCLEAR;
  const rest = leftOver(text, labels, language);
  return { kind: 'value', value: values, ...(rest && { comment: rest }) };
}

/** "les deux premiers", "les 3 derniers", "les deux" where there are two, "le dernier". */
function byPlace(said: string, count: number, words: Lexicon, language: string): number[] | undefined {
  const all = said.split(' ');
  const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
  if (count === 2 && saysBoth(said, words)) return upTo(2);
  const meant = all.filter((word) => !words.filler.has(word) && !politeness.has(word));
  // "ilk ikisi", "শেষের ৩টা": what is written onto the number says nothing.
  const namedIn = (word: string): number | undefined => {
    const figures = figuresOf(word, words);
    return /^\d$/.test(figures) ? Number(figures) : numberNamed(word, words, language, { places: false });
  };
  const counted = (word: string): number | undefined =>
    numberOf(word, words) ?? (isPlace(word) ? undefined : namedIn(word));
  const isPlace = (word: string): boolean => words.firstOnes.has(word) || words.lastOnes.has(word);
  const number = meant.map(counted).find((value) => value !== undefined);
  const place = meant.find(isPlace);
  if (!place || meant.length > 2) return undefined;
  const last = words.lastOnes.has(place);
  if (meant.length === 1) return last ? [count] : undefined;
  if (!number || number < 2 || number > count) return undefined;
  return last ? upTo(count).slice(-number) : upTo(number);
}

/** "৩টা" without the ending. */
const figuresOf = (word: string, words: Lexicon): string => {
  const [, figures, suffix = ''] = /^(\d)(\D+)$/u.exec(word) ?? [];
  return figures && words.suffixes.has(suffix) ? figures : word;
};

/** "tous les 6": all of them. */
function allOf(said: string, words: Lexicon): boolean {
  const all = said.split(' ');
  return all.some((word, at) => {
    if (!words.all.has(word)) return false;
    const next = all.slice(at + 1).find((each) => !words.filler.has(each));
    return next !== undefined && /^\d+$/.test(next);
  });
}

const DASHED = /(?<=\d)\s*[-–—]\s*(?=\d)/gu;
/** A word that stands for the dash in "1-3"; French is understood beside every language. */
const TO = ' a ';

/**
 * "1 à 3" and "lundi à jeudi" are likely ranges and are asked; "1-3" is one only where the question says so.
 * "1 ou 3" and "1 3 non 4" are not clear.
 */
function linkedIn(
  text: string,
  labels: string[][],
  language: string,
  ranges: boolean,
): { values: number[]; sure: boolean } | 'unclear' | undefined {
  const words = lexicon(language);
  const dashes = ranges && DASHED.test(text);
  const all = normalise(dashes ? text.replace(DASHED, TO) : text).split(' ');
  if (!all.some((word) => words.to.has(word) || words.or.has(word) || takesBack(word, words)))
    return undefined;
  const items = itemsIn(all, labels, language);
  const values = new Set<number>();
  let spans = 0;
  for (const [index, { number, from }] of items.entries()) {
    const before = items[index - 1];
    const link = before ? all.slice(before.to, from) : [];
    if (link.some((word) => words.or.has(word) || takesBack(word, words))) return 'unclear';
    const isTo = link.some((word) => words.to.has(word));
    if (before && isTo && link.every((word) => words.to.has(word) || words.filler.has(word))) {
      if (number <= before.number) return 'unclear';
      for (let each = before.number; each < number; each += 1) values.add(each);
      spans += 1;
    }
    values.add(number);
  }
  if (spans === 0) return undefined;
  const found = [...values].sort((a, b) => a - b);
  const given = found.every((value) => value >= 1 && value <= labels.length);
  if (!given || all.some((word) => words.negations.has(word))) return 'unclear';
  const written = text.match(DASHED)?.length ?? 0;
  return { values: found, sure: dashes && written === spans };
}

/** "non", "pardon" between two choices; "enfin" and "plutôt" also lead on. */
export const takesBack = (word: string, words: Lexicon): boolean =>
  words.corrections.has(word) && (words.no.has(word) || politeness.has(word));

export interface Item {
  number: number;
  /** Named by its label, not by its number. */
  label?: true;
  from: number;
  to: number;
}

/** The choices a reply names in the order they stand in, by number or by label. */
export function itemsIn(all: string[], labels: string[][], language: string, partly = false): Item[] {
  const words = lexicon(language);
  const named = placesIn(all, labels, language, partly).map((each): Item => ({ ...each, label: true }));
  const isNamed = (at: number): boolean => named.some(({ from, to }) => at >= from && at < to);
  const numbered = all.flatMap((word, at): Item[] => {
    if (isNamed(at)) return [];
    const [, figures, suffix = ''] = /^(\d+)(\p{L}*)$/u.exec(word) ?? [];
    const number =
      figures !== undefined && (suffix === '' || words.suffixes.has(suffix))
        ? Number(figures)
        : // "1 முதல் 3": from 1 to 3; the word is "first" too.
          at > 0 && words.to.has(word)
          ? undefined
          : numberNamed(word, words, language);
    return number === undefined ? [] : [{ number, from: at, to: at + 1 }];
  });
  return [...named, ...numbered].sort((a, b) => a.from - b.from);
}

/** "3 bancs": three benches, or choice 3 and the benches? A number right before another choice's label is not clear. */
const counts = (said: string, labels: string[][], words: Lexicon): boolean => {
  // "un banc" is any bench.
  const several = (word: string): number | undefined => {
    const value = words.numbers.get(word);
    return value !== undefined && value > 1 ? value : undefined;
  };
  const spaced = ` ${said} `;
  return labels.some((names, index) =>
    names.map(normaliseName).some((name) => {
      const at = name ? spaced.indexOf(` ${name} `) : -1;
      const before = at < 0 ? undefined : spaced.slice(0, at).split(' ').at(-1);
      const count = before && (/^\d+$/.test(before) ? Number(before) : several(before));
      return count !== undefined && count !== '' && count !== index + 1;
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
