/** A day, an hour of the day, or both. Stored: `YYYY-MM-DD`, `HH:MM`, `YYYY-MM-DDTHH:MM`, in Paris. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { fullDate } from '../hours.ts';
import { local } from '../phrase.ts';
import { readHour } from '../understand/hour.ts';
import { readDate, readDateTime } from '../understand/when.ts';
import { type Column, commentColumn, common, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together, zero } from './zero.ts';

const dateSchema = z.strictObject({ ...common, type: z.literal('date') });
const timeSchema = z.strictObject({ ...common, type: z.literal('time') });
const datetimeSchema = z.strictObject({ ...common, type: z.literal('datetime') });
type When = z.infer<typeof dateSchema> | z.infer<typeof timeSchema> | z.infer<typeof datetimeSchema>;

const HOUR = /^(?:[01]\d|2[0-3]):[0-5]\d/;
const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;
const isHour = (text: string): boolean => HOUR.test(text);

const known = {
  /** XLSForm writes seconds and a time zone behind an hour; they are dropped. */
  fromWorth({ type }: When, worth: string): string | undefined {
    const [date = '', hour = ''] = type === 'time' ? ['', worth] : worth.split(/[T ]/);
    if (type !== 'time' && !isDay(date)) return undefined;
    if (type === 'date') return date;
    if (!isHour(hour)) return undefined;
    return type === 'time' ? hour.slice(0, 5) : `${date}T${hour.slice(0, 5)}`;
  },
  shown({ v }: Answer, language: string): string {
    const [first = '', hour] = String(v).split('T');
    if (isHour(first)) return first;
    return together(isDay(first) ? fullDate(first, language) : first, hour);
  },
};

/** `JJ/MM/AAAA`, `HH:MM`, `JJ/MM/AAAA HH:MM`, as the other dates of the export. */
const column: Column = {
  suffix: '',
  coded: true,
  kind: 'text',
  cell({ v }) {
    const [date = '', hour] = String(v).split('T');
    return together(isHour(date) ? date : date.split('-').reverse().join('/'), hour);
  },
};

const when = {
  ...known,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.phrase(`question.${question.type}Hint`),
      defaultHint(question, voice, known),
    ),
  again: (question, voice) =>
    together(voice.phrase(`question.${question.type}Again`), zero(question, voice, known)),
  choices: (question, voice) => ({
    hint: together(voice.phrase(`question.${question.type}Hint`), defaultHint(question, voice, known)),
    choices: passing(question, voice),
  }),
  worth: (_question, answer) => String(answer.v),
  columns: () => [column, commentColumn, rawColumn],
} satisfies Omit<QuestionType<When>, 'schema' | 'parse'>;

export const date = {
  ...when,
  schema: dateSchema,
  parse: (_question, said, language, now) => readDate(said, now, language),
} satisfies QuestionType<When> & { schema: typeof dateSchema };

export const time = {
  ...when,
  schema: timeSchema,
  parse: (_question, said, language) => readHour(said, language),
} satisfies QuestionType<When> & { schema: typeof timeSchema };

export const datetime = {
  ...when,
  schema: datetimeSchema,
  parse: (_question, said, language, now) => readDateTime(said, now, language),
} satisfies QuestionType<When> & { schema: typeof datetimeSchema };
