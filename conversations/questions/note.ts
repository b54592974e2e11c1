/** A text that asks nothing: it is said before the next question, or before the thanks. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { UNCLEAR } from '../understand/reading.ts';
import { item, type QuestionType, Texts } from './type.ts';

const schema = z.strictObject({ ...item, type: z.literal('note'), text: Texts });
type Note = z.infer<typeof schema>;

export const note = {
  schema,
  silent: 'told',
  prompt: (question, voice) => local(question.text, voice.language),
  again: () => '',
  choices: () => ({ choices: [] }),
  parse: () => UNCLEAR,
  fromWorth: () => undefined,
  worth: () => '',
  columns: () => [],
} satisfies QuestionType<Note> & { schema: typeof schema };
