/** Lists of choices that say more than a list: yes and no, and the marks of a scale. Both ways look here. */
import { phrase } from '../phrase.ts';
import type { Texts } from '../questions/type.ts';
import { normalise } from '../understand/normalise.ts';

export interface Choice {
  id: string;
  label: Texts;
  typed?: string;
  columns?: Record<string, string>;
}

const isBare = ({ typed, columns }: Choice): boolean => typed === undefined && columns === undefined;

/** Our own word for it in each language, and nothing else: "Oui, souvent" says more, and so does "D'accord". */
const says = (label: Texts, key: 'question.yes' | 'question.no'): boolean =>
  Object.entries(label).every(([language, text]) => normalise(text) === normalise(phrase(language, key)));

/** The ids of yes and of no, where the two choices are these in every language, in either order. */
export function yesNoIn(choices: Choice[]): [string, string] | undefined {
  const [first, second] = choices;
  if (choices.length !== 2 || !first || !second || !choices.every(isBare)) return undefined;
  if (says(first.label, 'question.yes') && says(second.label, 'question.no')) return [first.id, second.id];
  return says(first.label, 'question.no') && says(second.label, 'question.yes')
    ? [second.id, first.id]
    : undefined;
}

export interface Marks {
  min: number;
  max: number;
  low: Texts;
  high: Texts;
}

/** Whole numbers in a row, of which only the ends have names. */
export function marksIn(choices: Choice[]): Marks | undefined {
  const [first, last] = [choices[0], choices.at(-1)];
  if (!first || !last || choices.length < 2 || choices.length > 10 || !choices.every(isBare))
    return undefined;
  const min = Number(first.id);
  const inRow = choices.every(({ id }, index) => /^\d{1,2}$/.test(id) && id === String(min + index));
  const between = choices.slice(1, -1);
  const bare = between.every(({ id, label }) => Object.values(label).every((text) => text === id));
  const max = min + choices.length - 1;
  return inRow && bare && min >= 1 && max <= 10
    ? { min, max, low: first.label, high: last.label }
    : undefined;
}

/** The same the other way: each mark between is its own name, in each language of the ends. */
export function choicesOf({ min, max, low, high }: Marks): Choice[] {
  const languages = [...new Set([...Object.keys(low), ...Object.keys(high)])];
  return Array.from({ length: max - min + 1 }, (_, index) => {
    const id = String(min + index);
    const label = Object.fromEntries(languages.map((language) => [language, id]));
    return { id, label: index === 0 ? low : index === max - min ? high : label };
  });
}
