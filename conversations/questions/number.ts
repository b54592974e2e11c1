/** A number from min (0 where it is missing) to max, whole unless `decimals` says otherwise. Stored: the number. */
import * as z from 'zod';
import type { Voice } from '../moment.ts';
import { local } from '../phrase.ts';
import { readAmount } from '../understand/amount.ts';
import { commentColumn, common, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together, zero, zeroOrHelp } from './zero.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.literal(true).optional(),
});
type NumberQuestion = z.infer<typeof schema>;

const known = {
  fromWorth(question: NumberQuestion, worth: string): number | undefined {
    const value = Number(worth);
    const within = value >= (question.min ?? 0) && value <= (question.max ?? Number.MAX_SAFE_INTEGER);
    return within && (question.decimals || Number.isInteger(value)) ? value : undefined;
  },
};

/** Where the number may be 0, a 0 does not pass: the word does, which is understood in every language. */
const takesZero = (question: NumberQuestion): boolean => (question.min ?? 0) <= 0 && (question.max ?? 0) >= 0;

const ownDefault = (question: NumberQuestion, voice: Voice): string =>
  defaultHint(
    question,
    voice,
    known,
    takesZero(question) && !voice.plain ? 'question.defaultWord' : 'question.default',
  );

const hint = (question: NumberQuestion, voice: Voice): string =>
  together(
    voice.phrase('question.numberHint', { min: Math.max(question.min ?? 1, 1) }),
    ownDefault(question, voice),
  );

export const number = {
  ...known,
  schema,
  prompt: (question, voice) => together(local(question.text, voice.language), hint(question, voice)),
  again(question, voice, got) {
    const { min = 0, max } = question;
    if (got !== undefined)
      return together(
        max === undefined
          ? voice.phrase('question.notInRangeMin', { got, min })
          : voice.phrase('question.notInRange', { got, min, max }),
        takesZero(question)
          ? together(ownDefault(question, voice), voice.plain ? '' : voice.phrase('question.orHelp'))
          : zeroOrHelp(question, voice, known),
      );
    return together(
      max !== undefined
        ? voice.phrase('question.againNumber', { min, max })
        : question.min === undefined
          ? voice.phrase('question.againNumberFree')
          : voice.phrase('question.againNumberMin', { min }),
      takesZero(question) ? ownDefault(question, voice) : zero(question, voice, known),
    );
  },
  choices: (question, voice) => ({
    hint: hint(question, voice),
    choices: passing(question, voice, { token: 'passer' }),
  }),
  parse: (question, said, language) => readAmount(said, question, language),
  worth: (_question, answer) => Number(answer.v),
  columns: () => [
    { suffix: '', coded: true, kind: 'number', cell: (answer) => Number(answer.v) },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<NumberQuestion> & { schema: typeof schema };
