/** Options in an order, the most important first. Stored: their numbers in that order. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { local } from '../phrase.ts';
import { readRank } from '../understand/rank.ts';
import {
  choosing,
  commentColumn,
  idsOf,
  labelsOf,
  namesOf,
  numbered,
  type QuestionType,
  rawColumn,
} from './type.ts';

const schema = z.strictObject({
  ...choosing,
  type: z.literal('rank'),
  /** How many are to be put in order; without it all of them. */
  most: z.int().min(1).optional(),
});
type Rank = z.infer<typeof schema>;

const order = (answer: Answer): number[] => (Array.isArray(answer.v) ? answer.v : []);

export const rank = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase('question.rankHint')} ${numbered(question.options, voice)}`,
  again: (question, voice) =>
    voice.phrase('question.againRank', { options: numbered(question.options, voice) }),
  choices: (_question, voice) => ({
    hint: voice.phrase('question.rankHint'),
    choices: [{ token: '0', label: voice.phrase('tap.skip') }],
  }),
  parse: (question, said, language) =>
    readRank(said, namesOf(question.options, language), language, question.most),
  worth: (question, answer) => idsOf(question.options, order(answer)),
  labels: (question, answer, language) => labelsOf(question.options, order(answer), language),
  columns: (question) => [
    ...question.options.map((option, index) => ({
      suffix: `_${option.id}`,
      option: option.id,
      coded: true,
      kind: 'number' as const,
      // 0: not among those put in order.
      cell: (answer: Answer) => order(answer).indexOf(index + 1) + 1,
    })),
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Rank> & { schema: typeof schema };
