/** How many people, whoever is counted and however ("moi + 2 enfants"). Stored: the number. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readHeadcount } from '../understand/headcount.ts';
import { commentColumn, common, type QuestionType, rawColumn } from './type.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('headcount'),
  max: z.int().min(1).max(20).optional(),
});
type Headcount = z.infer<typeof schema>;

const MOST = 20;

export const headcount = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase('question.numberHint', { min: 2 })}`,
  again: (question, voice, got) => {
    const range = { min: 1, max: question.max ?? MOST };
    return got === undefined
      ? voice.phrase('question.againNumber', range)
      : voice.phrase('question.notInRange', { got, ...range });
  },
  choices: (_question, voice) => ({
    hint: voice.phrase('question.numberHint', { min: 2 }),
    choices: [{ token: '0', label: voice.phrase('tap.skip') }],
  }),
  parse: (question, said, language) => readHeadcount(said, language, question.max),
  worth: (_question, answer) => Number(answer.v),
  columns: () => [
    { suffix: '', coded: true, kind: 'number', cell: (answer) => Number(answer.v) },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Headcount> & { schema: typeof schema };
