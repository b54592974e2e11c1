/** Options in an order, the most important first. Stored: their numbers in that order. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import type { Voice } from '../moment.ts';
import { local } from '../phrase.ts';
import { readRank } from '../understand/rank.ts';
import { againAmong, idsOf, labelsOf, namesOf, numbered, numbersOf } from './options.ts';
import { choosing, commentColumn, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together } from './zero.ts';

const schema = z.strictObject({
  ...choosing,
  type: z.literal('rank'),
  /** How many are to be put in order; without it all of them. */
  most: z.int().min(1).optional(),
});
type Rank = z.infer<typeof schema>;

/** An order that can be: of as many as are asked for, none beyond the list. */
function exampleOf({ options, most = options.length }: Rank): string {
  const last = Math.min(options.length, 5);
  const some = [last, 2, 1].filter((number, index, all) => all.indexOf(number) === index && number <= last);
  return some.slice(0, Math.max(1, most)).join(' ');
}

const order = (answer: Answer): number[] => (Array.isArray(answer.v) ? answer.v : []);

const known = {
  fromWorth(question: Rank, worth: string): number[] | undefined {
    const numbers = numbersOf(question.options, worth);
    return new Set(numbers).size === numbers?.length ? numbers : undefined;
  },
  labels: (question: Rank, answer: Answer, language: string) =>
    labelsOf(question.options, order(answer), language),
};

const hint = (question: Rank, voice: Voice): string =>
  together(
    voice.phrase('question.rankHint', { example: exampleOf(question) }),
    numbered(question.options, voice),
    defaultHint(question, voice, known),
  );

export const rank = {
  ...known,
  schema,
  prompt: (question, voice) => together(local(question.text, voice.language), hint(question, voice)),
  again: (question, voice, got) =>
    againAmong(question, voice, known, {
      got,
      said: () =>
        voice.phrase('question.againRank', {
          example: exampleOf(question),
          options: numbered(question.options, voice),
        }),
    }),
  // An order is typed: what can be put in order stands in the text.
  choices: (question, voice) => ({
    hint: hint(question, voice),
    choices: passing(question, voice),
  }),
  parse: (question, said, language) =>
    readRank(said, namesOf(question.options, language), language, question.most),
  worth: (question, answer) => idsOf(question.options, order(answer)),
  columns: (question) => [
    ...question.options.map((option, index) => ({
      suffix: `_${option.id}`,
      option: option.id,
      coded: true,
      kind: 'number' as const,
      // 0: not among those put in order.
      cell: (answer: Answer) => order(answer).indexOf(index + 1) + 1,
      codes: [
        ...question.options.map((_, place) => ({ code: place + 1, label: `rang ${place + 1}` })),
        { code: 0, label: 'non classé' },
      ],
    })),
    {
      suffix: '_ordre',
      coded: false,
      kind: 'text',
      cell: (answer) =>
        answer.v === undefined ? undefined : labelsOf(question.options, order(answer), 'fr').join(' > '),
    },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Rank> & { schema: typeof schema };
