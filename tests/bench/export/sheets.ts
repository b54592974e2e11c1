/**
 * Answer sheets as residents make them, as many as wanted and never more than one in memory: four languages,
 * accents, line breaks, quotes, a formula, passed questions, a survey that was left.
 */
import type { Answer, AnswerSheet } from '../../../conversations/events.ts';

const FIRST = Date.parse('2026-11-23T08:00:00.000Z');
const TEXTS = [
  "Il faut que le gardien reste jusqu'à 20h",
  'des bancs à l’ombre; et une fontaine',
  'نريد ساحة آمنة ونظيفة للأطفال',
  'Akşamları daha çok ışık lazım',
  'plus de fleurs,\net moins de voitures',
  '=HYPERLINK("http://exemple.fr";"voir")',
  'on dit "square" mais c\'est un parking',
  'rien de spécial',
];
const LANGUAGES = ['fr', 'fr', 'ar', 'tr', 'fr', 'fr', 'en', 'fr'];
const QUARTIERS = ['chene', undefined, 'chene', undefined];
const AGES = ['25-59', '60+', undefined, '18-24'] as const;

/** As long as a real one, and cheap to make: making rows is no part of what is measured. */
export const pseudonymOf = (index: number): string =>
  `Vq3x-_9ZkTbAe0${(index + 1e7).toString(36).padStart(8, '0')}`;

function answersOf(index: number, language: string): Record<string, Answer> {
  const kind = index % 8;
  const l = language === 'fr' ? {} : { l: language };
  const answers: Record<string, Answer> = {
    frequence:
      kind === 0
        ? { v: 3, t: 21, r: '3 parfois le dimanche', c: 'parfois le dimanche', ...l }
        : { v: 1 + (index % 4), t: 20, ...l },
  };
  if (kind === 7) return answers;
  answers.priorites =
    kind === 1
      ? { v: [1, 3, 6], t: 44, r: '1,3 et 6', o: 'des toilettes publiques', ...l }
      : { v: [1 + (index % 3), 4], t: 44, r: `${1 + (index % 3)} 4`, ...l };
  answers.securite =
    kind === 2 ? { m: 'unknown', t: 90, x: ['nickel', '7', 'c koi'] } : { v: 2, t: 60, r: 'deux', ...l };
  answers.mot = kind === 3 ? { m: 'skip', t: 80 } : { v: TEXTS[(index >> 3) % 8] as string, t: 80, ...l };
  return answers;
}

/** Sheets come in the order of their pseudonyms, so that their times lie anywhere in the survey's month. */
const secondOf = (index: number): number => (Math.imul(index, 2654435761) >>> 0) % 2_592_000;

/** The sheet of a number. */
export function sheetOf(index: number): { pseudonym: string; sheet: AnswerSheet } {
  const started = FIRST + secondOf(index) * 1000;
  const language = LANGUAGES[index % 8] as string;
  return {
    pseudonym: pseudonymOf(index),
    sheet: {
      survey: 'square',
      revision: 1,
      end: index % 8 === 7 ? 'expired' : 'done',
      channel: 'sms',
      language,
      mode: 'mot-clé',
      quartier: QUARTIERS[index % 4],
      age: AGES[index % 4],
      started: new Date(started).toISOString(),
      ended: new Date(started + 190_000).toISOString(),
      reminders: 0,
      answers: answersOf(index, language),
    },
  };
}
