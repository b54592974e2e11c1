/** Reads an order of options, most important first: "5 2 1", "d'abord 5 puis 2", labels. */
import { type Lexicon, lexicon, politeness } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { HAN } from './segment.ts';
import { type Item, itemsIn, takesBack } from './several.ts';
import { numbersIn } from './tokens.ts';

/** An order, and whether it is sure. */
interface Order {
  given: number[];
  sure: boolean;
}

/** `most`: how many at most; fewer is fine. The same twice, not on offer or too many is asked again. */
export const readRank = (
  text: string,
  labels: string[][],
  language: string,
  most: number = labels.length,
): Reading<number[]> =>
  readEither(apart(text, labels), language, (said) => readAsIs(said, labels, language, most));

/** Chinese sets no spaces: its labels stand apart from what is around them. */
const apart = (text: string, labels: string[][]): string =>
  HAN.test(text)
    ? labels.flat().reduce((said, name) => (HAN.test(name) ? said.replaceAll(name, ` ${name} `) : said), text)
    : text;

function readAsIs(text: string, labels: string[][], language: string, most: number): Reading<number[]> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  if (lexicon(language).none.has(said)) return SKIP;
  const order = inOrder(text, said, labels, language);
  if (!order || order.given.length === 0 || order.given.includes(0)) return UNCLEAR;
  const { given, sure } = order;
  const beyond = given.find((number) => number > labels.length);
  if (beyond !== undefined) return { kind: 'unclear', got: String(beyond) };
  if (new Set(given).size < given.length || given.length > most) return UNCLEAR;
  return { kind: 'value', value: given, ...(!sure && { certainty: 'ask' as const }) };
}

function inOrder(text: string, said: string, labels: string[][], language: string): Order | undefined {
  const words = lexicon(language);
  const all = said.split(' ');
  const named = itemsIn(all, labels, language, true);
  // "غير ذلك" (other) holds a word of denial, and denies nothing.
  const inLabel = (at: number): boolean =>
    named.some(({ label, from, to }) => label && at >= from && at < to);
  const denies = all.some((word, at) => words.negations.has(word) && !inLabel(at));
  if (denies || /\d\s*=\s*\d/.test(text)) return undefined;
  const unclear = named.some(({ from }, index) => {
    const link = all.slice(named[index - 1]?.to ?? from, from);
    return link.some((word) => words.or.has(word) || takesBack(word, words));
  });
  if (unclear) return undefined;
  const labelled = named.filter(({ label }) => label);
  const figures = named.filter(({ label, from }) => !label && /\d/.test(all[from] as string));
  if (labelled.length > 0) {
    if (figures.length > 0) return numbered(labelled, figures);
    return { given: labelled.map(({ number }) => number), sure: !leavesOut(all, labelled, words) };
  }
  const numbers = numbersIn(text, language);
  if (Array.isArray(numbers)) return { given: numbers, sure: true };
  // "d'abord 5 puis 2": what leads from one to the next is no comment on them.
  const single = all.filter((word) => /^\d$/.test(word));
  if (single.length < 2 || all.some((word) => /\d{2,}/.test(word))) return undefined;
  return { given: single.map(Number), sure: true };
}

/**
 * "5 logement, 2 écoles" says each twice; in "1) logement 2) écoles" the figures are the order. As many figures as
 * labels, each before its label or each behind it.
 */
function numbered(labelled: Item[], figures: Item[]): Order | undefined {
  if (labelled.length !== figures.length) return undefined;
  const pairs = labelled.map((label, index) => ({ label, figure: figures[index] as Item }));
  const before = pairs.map(({ label, figure }) => figure.from < label.from);
  if (new Set(before).size > 1) return undefined;
  const apart = pairs.some(({ label, figure }, index) => {
    const next = pairs[index + 1];
    return next && Math.max(label.from, figure.from) > Math.min(next.label.from, next.figure.from);
  });
  if (apart) return undefined;
  if (pairs.every(({ label, figure }) => label.number === figure.number))
    return { given: labelled.map(({ number }) => number), sure: true };
  const places = pairs.map(({ figure }) => figure.number);
  if (places.toSorted((a, b) => a - b).some((place, index) => place !== index + 1)) return undefined;
  const sorted = pairs.toSorted((a, b) => a.figure.number - b.figure.number);
  return { given: sorted.map(({ label }) => label.number), sure: true };
}

/** "transport école secu": in a bare list a word that is no option may be one that was not understood. */
function leavesOut(all: string[], labelled: Item[], words: Lexicon): boolean {
  const others = all.filter(
    (word, at) =>
      !labelled.some(({ from, to }) => at >= from && at < to) &&
      !politeness.has(word) &&
      !words.filler.has(word),
  );
  const named = labelled.reduce((sum, { from, to }) => sum + to - from, 0);
  return labelled.length > 1 && all.at(-1) === others[0] && all.length === named + 1;
}
