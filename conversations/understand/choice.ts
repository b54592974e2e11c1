/** Reads the choice of one option. The rule is docs/reading.md. */
import { isWhole, labelMeant, labelsIn, noneOption, optionSaying, placesIn } from './labels.ts';
import { type Lexicon, lexicon, phrasesIn, politeness } from './lexicon.ts';
import { normalise, wordsOf } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readByClause, readEither, SKIP, UNCLEAR } from './reading.ts';
import { besides, contentIn, numbersIn } from './tokens.ts';

/** The one option among `labels` that a reply names, by its number or by its label; numbers from 1. */
export const readOne = (text: string, labels: string[][], language: string): Reading<number> =>
  bareFigure(text, labels) ??
  readEither(text, language, (said) => readByClause(said, (clause) => oneAsIs(clause, labels, language)));

/** "3": nothing but a figure, as most replies are; it needs no reading where no label is a figure itself. */
function bareFigure(text: string, labels: string[][]): Reading<number> | undefined {
  const [, figure] = /^\s*([1-9])\s*[.!]*\s*$/.exec(text) ?? [];
  const value = Number(figure);
  if (!figure || value > labels.length) return undefined;
  return labels.some((names) => names.some((name) => /\d/.test(name))) ? undefined : { kind: 'value', value };
}

export function oneAsIs(text: string, labels: string[][], language: string): Reading<number> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const whole = labelMeant(said, labels);
  if (whole && !/^\d+$/.test(said)) return { kind: 'value', value: whole };
  const words = lexicon(language);
  const meant = essence(said, words);
  if (words.none.has(said) || words.none.has(meant) || noneOfThese(said, labels.length, words)) {
    const none = noneOption(labels, language);
    return none ? { kind: 'value', value: none } : SKIP;
  }
  const spoken = saidByOption(meant, labels, words);
  if (spoken) return { kind: 'value', value: spoken };
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (isLast(meant, words)) return { kind: 'value', value: labels.length };
  const corrected = correction(said, labels.length, words);
  if (corrected) return { kind: 'value', value: corrected, certainty: 'ask' };
  if (namesSeveral(said, words)) return UNCLEAR;
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language, numbers === undefined);
  if (namesAnother(said, labels, labelled, words, language)) return UNCLEAR;
  const certainty = isDoubted(said, words) ? ({ certainty: 'ask' } as const) : {};
  if (numbers === 'mixed' || numbers === undefined) {
    if (labelled.length !== 1) return UNCLEAR;
    const [value] = labelled as [number];
    if (numbers === 'mixed' && endsOnAnother(said, value, labels.length)) return UNCLEAR;
    const byPart = labelsIn(said, labels, language).length === 0;
    if (byPart && countsOtherwise(said, labels[value - 1] as string[], words)) return UNCLEAR;
    const comment = isWhole(said, labels[value - 1], language) ? undefined : text.trim();
    return { kind: 'value', value, ...certainty, ...(comment && { comment }) };
  }
  const distinct = [...new Set(numbers)];
  if (distinct.length > 1) return UNCLEAR;
  const [value] = distinct as [number];
  if (value === 0) return besides(text, language) ? UNCLEAR : SKIP;
  if (value > labels.length) return { kind: 'unclear', got: String(value) };
  if (labelled.length > 0 && !labelled.includes(value)) return UNCLEAR;
  // "3 (tram)": the one word beside the number is a part of another's label.
  const [word, ...others] = contentIn(text, language);
  if (labelled.length === 0 && word && others.length === 0) {
    const [named] = labelsIn(word, labels, language, true);
    if (named !== undefined && named !== value) return UNCLEAR;
  }
  const comment = besides(text, language);
  return { kind: 'value', value, ...certainty, ...(comment && { comment }) };
}

/** "开车 2": a label, and at the end the number of another. */
const endsOnAnother = (said: string, value: number, count: number): boolean => {
  const figure = Number(/ (\d+)$/.exec(said)?.[1]);
  return figure >= 1 && figure <= count && figure !== value;
};

/** "haftada iki kere" is not "haftada bir": a part of the label, with another number before what is counted. */
function countsOtherwise(said: string, names: string[], words: Lexicon): boolean {
  const all = said.split(' ');
  const counted = all.flatMap((word, at) =>
    words.units.has(all[at + 1] ?? '') ? (numberOf(word, words) ?? []) : [],
  );
  const inLabel = new Set(
    names.flatMap((name) => normalise(name).split(' ')).flatMap((word) => numberOf(word, words) ?? []),
  );
  return counted.some((number) => number > 1 && !inLabel.has(number));
}

/** "la dernière", "آخر واحد": the last, and nothing else but "one". */
function isLast(meant: string, words: Lexicon): boolean {
  const all = meant.split(' ');
  const last = (word: string): boolean => words.lastOnes.has(word);
  return last(meant) || (all.some(last) && all.every((word) => last(word) || numberOf(word, words) === 1));
}

/** What joins "none" to what is on offer: "rien de tout ça", "none of them". */
const OF = new Set(['de', 'des', 'du', 'd', 'of', 'din', 'dintre', 'dos', 'das', 'do', 'da', 'del']);
const FEW_WORDS_OF = 5;

/** "aucun des 6", "none of them sorry": in a few words, with no other number and nothing excepted. */
export function noneOfThese(said: string, count: number, words: Lexicon): boolean {
  if (!wordsOf(said).some((word) => words.none.has(word))) return false;
  const all = wordsOf(said).filter((word) => !politeness.has(word));
  const start = all.findIndex((word) => !words.filler.has(word));
  const [first = '', second = '', ...rest] = all.slice(Math.max(start, 0));
  return (
    words.none.has(first) &&
    OF.has(second) &&
    rest.length <= FEW_WORDS_OF &&
    rest.every((word) => !words.negations.has(word) && (numberOf(word, words) ?? count) === count)
  );
}

/** "jsp" where an option says "Je ne sais pas", "ouais" where one says "Oui". */
export const saidByOption = (said: string, labels: string[][], words: Lexicon): number => {
  const list = [words.dontKnow, words.yes, words.no].find((each) => each.has(said));
  return list ? optionSaying(list, labels) : 0;
};

/** "bus et tram", "le bus sinon le tram": a second one joined to it, by a part of its label. */
function namesAnother(
  said: string,
  labels: string[][],
  labelled: number[],
  words: Lexicon,
  language: string,
): boolean {
  const all = wordsOf(said);
  if (
    labelled.length !== 1 ||
    !all.some((word) => JOINS.has(word) || words.or.has(word) || words.but.has(word))
  )
    return false;
  return placesIn(all, labels, language, true).some(({ number }) => number !== labelled[0]);
}

const JOINS = new Set(['et', 'and', 'y', 'e', 'si', 'puis', 'then', 'que', 'plus']);
/** "les 5" are all five, or option 5? */
const PLURAL = /^(?:les|los|las|os|as) \d$/u;

/** "les deux", "les 2 premiers": more than the one option that is asked for. */
function namesSeveral(said: string, words: Lexicon): boolean {
  if (saysBoth(said, words) || PLURAL.test(said)) return true;
  const all = essence(said, words).split(' ');
  const isPlace = (word: string): boolean => words.firstOnes.has(word) || words.lastOnes.has(word);
  const number = all.length === 2 ? all.find((word) => !isPlace(word)) : undefined;
  return number !== undefined && all.some(isPlace) && (numberOf(number, words) ?? 0) > 1;
}

/** "les deux svp", "les 2 cours": with no other number, and nothing taken back. */
export function saysBoth(said: string, words: Lexicon): boolean {
  // "দুটো" is the number as well.
  const phrase = phrasesIn(said, words.both).find((each) => !words.numbers.has(each));
  if (!phrase) return false;
  const rest = ` ${said} `.replace(` ${phrase} `, ' ').trim().split(' ');
  const isPlace = (word: string): boolean => words.firstOnes.has(word) || words.lastOnes.has(word);
  return !rest.some(
    (word) => /\d/.test(word) || words.negations.has(word) || words.none.has(word) || isPlace(word),
  );
}

export const numberOf = (word: string, words: Lexicon): number | undefined =>
  /^\d$/.test(word) ? Number(word) : words.numbers.get(word);

/** "peut-être 3", "presque jamais", "2 max": likely that one, and asked. "je dirais 3" is only how one speaks. */
export const isDoubted = (said: string, words: Lexicon): boolean =>
  phrasesIn(said, words.unsure).some((phrase) => phrase.includes(' ') && !phrase.startsWith('si ')) ||
  phrasesIn(said, words.about).some(
    (phrase) => !words.to.has(phrase) && !phrase.split(' ').every((word) => words.filler.has(word)),
  );

/** The reply without greetings and courtesy around it. */
export const essence = (said: string, words: Lexicon): string =>
  wordsOf(said)
    .filter((word) => !words.filler.has(word) && !politeness.has(word))
    .join(' ');

/** "3 non 4", "2 euh pardon 3": the last is meant, and is asked. */
export function correction(said: string, count: number, words: Lexicon): number | undefined {
  const parts = wordsOf(said);
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
