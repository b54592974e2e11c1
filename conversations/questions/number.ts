/** A number from min to max, whole unless `decimals` says otherwise. Stored: the number. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readAmount } from '../understand/amount.ts';
import { commentColumn, common, type QuestionType, rawColumn } from './type.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.literal(true).optional(),
});
type NumberQuestion = z.infer<typeof schema>;

export const number = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase('question.numberHint', { min: Math.max(question.min, 1) })}`,
  again: (question, voice, got) =>
    got === undefined
      ? voice.phrase('question.againNumber', { min: question.min, max: question.max })
      : voice.phrase('question.notInRange', { got, min: question.min, max: question.max }),
  // Where the number may be 0, a 0 does not pass: the word does, which is understood in every language.
  choices: (question, voice) => ({
    hint: voice.phrase('question.numberHint', { min: Math.max(question.min, 1) }),
    choices: [{ token: 'passer', label: voice.phrase('tap.skip') }],
  }),
  parse: (question, said, language) => readAmount(said, question, language),
  worth: (_question, answer) => Number(answer.v),
  columns: () => [
    { suffix: '', coded: true, kind: 'number', cell: (answer) => Number(answer.v) },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<NumberQuestion> & { schema: typeof schema };
