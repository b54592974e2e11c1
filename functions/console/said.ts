/** Figures and moments as staff read them. */
import { inParis } from '../../conversations/hours.ts';

const moment = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const year = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** "mer. 25 nov., 14:05"; with the year instead of the weekday where it is another year than `now`. */
export const at = (when: string | Date, now: Date): string => {
  const date = new Date(when);
  return (inParis(date).date.slice(0, 4) === inParis(now).date.slice(0, 4) ? moment : year).format(date);
};

export const figure = (value: number): string => value.toLocaleString('fr-FR');

const plural = new Intl.PluralRules('fr');
/** "1 habitant", "3 habitants": French counts nought and one alike. */
export const counted = (count: number, one: string, more: string): string =>
  `${figure(count)} ${plural.select(count) === 'one' ? one : more}`;

/** "42 %" */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole).toLocaleString('fr-FR')} %`;

/** "12,40 €"; `digits` where a part costs less than a cent. */
export const euros = (value: number, digits = 2): string =>
  `${value.toLocaleString('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: digits })} €`;

/** What the acts and lints say for a terminal, with the apostrophes and colons of a page. */
export const typeset = (said: string): string =>
  said.replace(/'/g, '’').replace(/(?<=[\p{L}\p{N}»)]):(?=\s|$)/gu, ' :');

/** The same as a sentence begins. */
export const sentence = (said: string): string => {
  const set = typeset(said);
  return set.charAt(0).toLocaleUpperCase('fr') + set.slice(1);
};
