/** Lists of choices that say more than a list: yes and no, and the marks of a scale. Both ways look here. */
import type { Texts } from '../questions/type.ts';
import { readYesNo } from '../understand/yes-no.ts';

export interface Choice {
  id: string;
  label: Texts;
  typed?: string;
  columns?: Record<string, string>;
}

const isBare = ({ typed, columns }: Choice): boolean => typed === undefined && columns === undefined;

/** "Oui" is yes and nothing else; "Oui, souvent" and "1" are more or less than that. */
const says = (label: Texts, value: boolean): boolean =>
  Object.entries(label).every(([language, text]) => {
    const reading = readYesNo(text, language);
    const is = reading.kind === 'value' && reading.value === value;
    return (
      is &&
      reading.comment === undefined &&
      reading.certainty === undefined &&
      /\p{L}/u.test(text) &&
      !/\d/.test(text)
    );
  });

/** The ids of yes and of no, where the two choices are these in every language, in either order. */
export function yesNoIn(choices: Choice[]): [string, string] | undefined {
  const [first, second] = choices;
  if (choices.length !== 2 || !first || !second || !choices.every(isBare)) return undefined;
  if (says(first.label, true) && says(second.label, false)) return [first.id, second.id];
  return says(first.label, false) && says(second.label, true) ? [second.id, first.id] : undefined;
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
