/** What questions with options share: how options are numbered and shown in pages, and every name one answers to. */
import type { Voice } from '../moment.ts';
import type { Tap } from '../offer.ts';
import { local } from '../phrase.ts';
import { normalise } from '../understand/normalise.ts';
import type { Reading } from '../understand/reading.ts';
import type { Option } from './type.ts';
import { type Known, type Passable, together, zero, zeroOrHelp } from './zero.ts';

/** So many stand in one message, and have a row each beside the one that passes. */
const ONE_PAGE = 9;
/** Of more than that, so many at a time: beside them are a row for the next ones and one that passes. */
const PAGE = 8;

/** What shows the next options, typed or tapped. */
export const NEXT = '+';

/** How many pages the options take. */
export const pagesOf = (count: number): number => (count > ONE_PAGE ? Math.ceil(count / PAGE) : 1);

/** The page on which an option stands, from 0. `number` counts from 1 over all pages. */
export const pageOf = (number: number, count: number): number =>
  pagesOf(count) > 1 ? Math.ceil(number / PAGE) - 1 : 0;

interface Shown {
  /** With their numbers, from 1 over all pages. */
  options: { number: number; label: string }[];
  more: boolean;
}

/** The options of the page at hand. */
function shown(options: Option[], { language, page = 0 }: Voice): Shown {
  const pages = pagesOf(options.length);
  const at = Math.min(page, pages - 1);
  const from = pages > 1 ? at * PAGE : 0;
  return {
    options: options.slice(from, pages > 1 ? from + PAGE : undefined).map(({ label }, index) => ({
      number: from + index + 1,
      label: local(label, language),
    })),
    more: at < pages - 1,
  };
}

/** "1 tous les jours 2 chaque semaine …", and "+ suite" while there are more; in plain mode with commas between. */
export function numbered(options: Option[], voice: Voice): string {
  const { options: here, more } = shown(options, voice);
  const all = here.map(({ number, label }) => `${number} ${label}`);
  return [...all, ...(more ? [voice.phrase('question.more')] : [])].join(voice.plain ? ', ' : ' ');
}

/** A row an option of the page, and one for the next page. `withNumbers`: where the numbers can be typed all at once. */
export function rowsOf(options: Option[], voice: Voice, withNumbers = false): Tap[] {
  const { options: here, more } = shown(options, voice);
  return [
    ...here.map(({ number, label }) => ({
      token: String(number),
      label: withNumbers ? `${number} ${label}` : label,
    })),
    ...(more ? [{ token: NEXT, label: voice.phrase('tap.next') }] : []),
  ];
}

/** "1, 2, 3 ou 4" */
export function numbers(count: number, voice: Voice): string {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return count < 2
    ? all.join()
    : `${all.slice(0, -1).join(', ')} ${voice.phrase('question.or')} ${all.at(-1)}`;
}

/** That a number is not on offer, and which ones are. */
const notOffered = (options: Option[], voice: Voice, got: string): string =>
  options.length > ONE_PAGE
    ? voice.phrase('question.notInRange', { got, min: 1, max: options.length })
    : voice.phrase('question.notInList', { got, choices: numbers(options.length, voice) });

/** How a question with options is asked again: `said` where nothing was understood, else what `got` is not on offer of. */
export const againAmong = <Question extends Passable & { options: Option[] }>(
  question: Question,
  voice: Voice,
  known: Known<Question>,
  { got, said }: { got: string | undefined; said: () => string },
): string =>
  got === undefined
    ? together(said(), zero(question, voice, known))
    : together(notOffered(question.options, voice, got), zeroOrHelp(question, voice, known));

const named = new WeakMap<Option[], Map<string, string[][]>>();

/**
 * Every name an option answers to: the label in the resident's language and in French, and what else it may be typed
 * as. Made once a question.
 */
export function namesOf(options: Option[], language: string): string[][] {
  const known = named.get(options) ?? new Map<string, string[][]>();
  named.set(options, known);
  const made =
    known.get(language) ??
    options.map(({ label, typed }) => [
      // A figure would be taken for a number of the list: `readTyped` has it.
      ...new Set([local(label, language), local(label, 'fr'), ...(typed && !isFigure(typed) ? [typed] : [])]),
    ]);
  known.set(language, made);
  return made;
}

const isFigure = (typed: string): boolean => /^\d+$/.test(normalise(typed));

/** The option a whole reply is the typed name of, where that is a figure ("10") and no number on offer. */
export function readTyped(options: Option[], said: string): Reading<number> | undefined {
  const plain = normalise(said);
  if (!/^\d+$/.test(plain) || Number(plain) <= options.length) return undefined;
  const at = options.findIndex(({ typed }) => typed !== undefined && normalise(typed) === plain);
  return at < 0 ? undefined : { kind: 'value', value: at + 1 };
}

/** The ids of chosen options, as formulas see them. */
export const idsOf = (options: Option[], numbers: number[]): string =>
  numbers.flatMap((number) => options[number - 1]?.id ?? []).join(' ');

/** The numbers of options by their ids, in that order; undefined where one is not on offer. */
export function numbersOf(options: Option[], ids: string): number[] | undefined {
  const numbers = ids.split(/\s+/).map((id) => options.findIndex((option) => option.id === id) + 1);
  return numbers.includes(0) ? undefined : numbers;
}

/** The labels of chosen options, by their numbers from 1. */
export const labelsOf = (options: Option[], numbers: number[], language: string): string[] =>
  numbers.flatMap((number) => {
    const option = options[number - 1];
    return option ? [local(option.label, language)] : [];
  });
