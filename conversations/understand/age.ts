/** Reads an age as a band: the menu's number, years, a band, or a year of birth. */
import type { AgeBand } from '../events.ts';
import { latinDigits } from './normalise.ts';
import { numbersIn } from './tokens.ts';

/** The bands in the order of J01's menu, from the last; the first there is too young for a profile. */
const BANDS: [lowest: number, band: AgeBand | 'child'][] = [
  [60, '60+'],
  [25, '25-59'],
  [18, '18-24'],
  [15, '15-17'],
  [0, 'child'],
];

const YEARS = /(?:\b(?:ans?|years?|yaş\p{L}*|años?|anos?|ani|de ani)\b|سن|عام|سال|வயது|বছর|岁|歲)/u;
const LESS_THAN = /(?:moins de|under|less than|menos de|sub|küçük|أقل من|سے کم)/u;
const BORN = /\b(19[2-9]\d|20[0-2]\d)\b/u;

const inYears = (years: number): AgeBand | 'child' | undefined =>
  BANDS.find(([lowest]) => years >= lowest)?.[1];

/**
 * 1 to 5 is the menu; with "ans", or from 11 on, an age in years; two numbers are a band; 0 is "I do not say". Of a
 * year of birth the younger of the two ages it can be, at `today` (YYYY-MM-DD): a child is not to be taken for older.
 */
export function readAge(
  text: string,
  language: string,
  today: string,
): AgeBand | 'child' | 'unsaid' | undefined {
  const said = latinDigits(text).toLowerCase();
  const figures = (said.match(/\d{1,4}/g) ?? []).map(Number);
  const born = figures.length === 1 ? BORN.exec(said)?.[1] : undefined;
  if (born) {
    const years = Number(today.slice(0, 4)) - Number(born) - 1;
    return years >= 0 ? inYears(years) : undefined;
  }
  // "11-14", "entre 11 et 14 ans", "moins de 15 ans", "10 ans": never older than the lower end.
  if (figures.length === 2 && figures.every((figure) => figure >= 6 && figure <= 120))
    return inYears(Math.min(...figures));
  if (figures.length === 1 && LESS_THAN.test(said)) return inYears((figures[0] as number) - 1);
  if (figures.length === 1 && YEARS.test(said) && figures[0] !== 0 && Number(figures[0]) <= 120)
    return inYears(figures[0] as number);
  const numbers = numbersIn(text, language);
  if (!Array.isArray(numbers) || numbers.length !== 1) return undefined;
  const [number] = numbers as [number];
  if (number === 0) return 'unsaid';
  if (number <= 5) return BANDS.toReversed()[number - 1]?.[1];
  return number >= 11 && number <= 120 ? inYears(number) : undefined;
}
