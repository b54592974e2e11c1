/** A day, an hour of the day, or both. Stored: `YYYY-MM-DD`, `HH:MM`, `YYYY-MM-DDTHH:MM`, in Paris. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readDay, readMoment } from '../understand/when.ts';
import { commentColumn, common, type QuestionType, rawColumn, textColumn } from './type.ts';

const dateSchema = z.strictObject({ ...common, type: z.literal('date') });
const timeSchema = z.strictObject({ ...common, type: z.literal('time') });
const datetimeSchema = z.strictObject({ ...common, type: z.literal('datetime') });
type When = z.infer<typeof dateSchema> | z.infer<typeof timeSchema> | z.infer<typeof datetimeSchema>;

const when = {
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase(`question.${question.type}Hint`)}`,
  again: (question, voice) => voice.phrase(`question.${question.type}Again`),
  choices: (question, voice) => ({
    hint: voice.phrase(`question.${question.type}Hint`),
    choices: [{ token: '0', label: voice.phrase('tap.skip') }],
  }),
  worth: (_question, answer) => String(answer.v),
  columns: () => [textColumn(''), commentColumn, rawColumn],
} satisfies Omit<QuestionType<When>, 'schema' | 'parse'>;

export const date = {
  ...when,
  schema: dateSchema,
  parse: (_question, said, language, now) => readDay(said, now, language),
} satisfies QuestionType<When> & { schema: typeof dateSchema };

export const time = {
  ...when,
  schema: timeSchema,
  parse: (_question, said, language, now) => readMoment(said, now, language),
} satisfies QuestionType<When> & { schema: typeof timeSchema };

export const datetime = {
  ...when,
  schema: datetimeSchema,
  parse: (_question, said, language, now) => readMoment(said, now, language),
} satisfies QuestionType<When> & { schema: typeof datetimeSchema };
