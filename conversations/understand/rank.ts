/** Reads an order of options, most important first: "5 2 1", "d'abord 5 puis 2", labels. */
import { lexicon } from './lexicon.ts';
import { normalise, normaliseName } from './normalise.ts';
import { DONT_KNOW, passes, type Reading, readEither, SKIP, UNCLEAR } from './reading.ts';
import { numbersIn } from './tokens.ts';

/** `most`: how many at most; fewer is fine. The same twice, not on offer or too many is asked again. */
export const readRank = (
  text: string,
  labels: string[][],
  language: string,
  most: number = labels.length,
): Reading<number[]> => readEither(text, language, (said) => readAsIs(said, labels, language, most));

function readAsIs(text: string, labels: string[][], language: string, most: number): Reading<number[]> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const passed = passes(said, language);
  if (passed) return passed === 'skip' ? SKIP : DONT_KNOW;
  const given = inOrder(text, said, labels, language);
  if (!given || given.length === 0 || given.includes(0)) return UNCLEAR;
  const beyond = given.find((number) => number > labels.length);
  if (beyond !== undefined) return { kind: 'unclear', got: String(beyond) };
  if (new Set(given).size < given.length || given.length > most) return UNCLEAR;
  return { kind: 'value', value: given };
}

function inOrder(text: string, said: string, labels: string[][], language: string): number[] | undefined {
  const { negations } = lexicon(language);
  const spaced = ` ${said} `;
  const labelled = labels
    .map((names, index) => ({
      number: index + 1,
      at: Math.max(...names.map((name) => spaced.indexOf(` ${normaliseName(name)} `))),
    }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (labelled.length > 0 && !/\d/.test(said))
    return said.split(' ').some((word) => negations.has(word))
      ? undefined
      : labelled.map(({ number }) => number);
  const numbers = numbersIn(text, language);
  if (Array.isArray(numbers)) return numbers;
  // "d'abord 5 puis 2": what leads from one to the next is no comment on them.
  const figures = said.split(' ').filter((word) => /^\d$/.test(word));
  const denied = said.split(' ').some((word) => negations.has(word) || /\d{2,}/.test(word));
  return figures.length > 1 && !denied ? figures.map(Number) : undefined;
}
