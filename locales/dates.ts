/**
 * The words of days and hours, one `dates.json` a language, as residents write them; the full names of months and
 * weekdays are those of Intl and need no list. Owns the data's type; `conversations/understand/when.ts` reads it.
 */
import ar from './ar/dates.json';
import bn from './bn/dates.json';
import en from './en/dates.json';
import es from './es/dates.json';
import fr from './fr/dates.json';
import frFacile from './fr-facile/dates.json';
import type { Language } from './index.ts';
import pt from './pt/dates.json';
import ro from './ro/dates.json';
import ta from './ta/dates.json';
import tr from './tr/dates.json';
import ur from './ur/dates.json';
import zh from './zh/dates.json';

export interface DateWords {
  /** Days from today. */
  days: Record<string, number>;
  past: string[];
  /** Days before today; each of them stands in `past` too. */
  pastDays: Record<string, number>;
  /** A day that nobody can name, or many: "one of these days", "every". */
  vague: string[];
  /** Before a day or an hour: another one than that, "after". */
  bounds: string[];
  /** Before or after "3 days". */
  inWords: string[];
  dayUnits: string[];
  weekUnits: string[];
  next: string[];
  /** After a weekday: the one a week later. */
  weekAfter: string[];
  weekend: string[];
  /** The first of a month. */
  firsts: string[];
  /** Short and misspelt names, by the month's number. */
  months: Record<string, number>;
  /** Short and misspelt names; 0 is Sunday. */
  weekdays: Record<string, number>;
  /** Beside a number: it is an hour. */
  hourWords: string[];
  halfPast: string[];
  quarterPast: string[];
  quarterTo: string[];
  noon: string[];
  midnight: string[];
  morning: string[];
  afternoon: string[];
  evening: string[];
  night: string[];
}

export const dateWords: Record<Language, DateWords> = {
  fr,
  'fr-facile': frFacile,
  en,
  tr,
  ar,
  pt,
  ro,
  es,
  ta,
  ur,
  bn,
  zh,
};
