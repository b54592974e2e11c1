/** How long a text is as it is sent and how long it may be, for translators. The rule is that of docs/message-parts.md. */
import { languages, words } from '../../locales/index.ts';
import { isLanguage } from '../phrase.ts';
import { foldToGsm, measure, sms } from '../shape.ts';
import type { Rules } from './entry.ts';

/** No phrase of every day costs more than this in any language (tests/locales/parts.test.ts). */
const MOST = 3;

/** 3GPP TS 23.038: one part, and each of several. */
const ROOM = { 'GSM-7': { one: 160, each: 153 }, 'UCS-2': { one: 70, each: 67 } };

const latin = new Set<string>(
  languages.filter((language) => measure(foldToGsm(words[language].name)).encoding === 'GSM-7'),
);

/** One part where the alphabet of SMS has the letters of the language, three where it has not. */
export const mostParts = (language: string): number => {
  const [stem = ''] = language.split('-');
  return !isLanguage(stem) || latin.has(stem) ? 1 : MOST;
};

const count = (number: number, noun: string): string => `${number} ${noun}${number > 1 ? 's' : ''}`;

/** "Aujourd'hui 143 caractères une fois rempli, 1 SMS. Au plus 1 SMS: 160 caractères, ou 70 avec …" */
export function lengthNote(text: string, { filled, most = 1 }: Rules): string[] {
  if (!filled) return [];
  const limit = ({ one, each }: { one: number; each: number }): number => (most === 1 ? one : each * most);
  const allowed = `Au plus ${most} SMS: ${limit(ROOM['GSM-7'])} caractères de l'alphabet SMS, ou ${limit(ROOM['UCS-2'])} s'il y en a un autre.`;
  if (!text) return [allowed];
  const { parts, units, encoding } = sms(filled(text));
  const letters = encoding === 'GSM-7' ? "de l'alphabet SMS" : "hors de l'alphabet SMS";
  return [
    `Rempli au plus long, aujourd'hui: ${count(units, 'caractère')} ${letters}, ${parts} SMS. ${allowed}`,
  ];
}

/** "4 SMS une fois rempli (212 caractères), 3 au plus"; nothing where it fits. */
export function tooLong(text: string, { filled, most, width }: Rules): string | undefined {
  const letters = [...text].length;
  if (width !== undefined && letters > width)
    return `${letters} caractères pour un bouton, ${width} au plus: il sera abrégé`;
  if (!filled || most === undefined) return undefined;
  const { parts, units } = sms(filled(text));
  return parts > most ? `${parts} SMS une fois rempli (${units} caractères), ${most} au plus` : undefined;
}
