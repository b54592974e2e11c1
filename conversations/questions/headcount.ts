/** How many people, whoever is counted and however ("moi + 2 enfants"). Stored: the number. */
import * as z from 'zod';
import type { Voice } from '../moment.ts';
import { local } from '../phrase.ts';
import { readHeadcount } from '../understand/headcount.ts';
import { commentColumn, common, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together, zero, zeroOrHelp } from './zero.ts';

const MOST = 20;

const schema = z.strictObject({
  ...common,
  type: z.literal('headcount'),
  max: z.int().min(1).max(MOST).optional(),
});
type Headcount = z.infer<typeof schema>;

const known = {
  fromWorth(question: Headcount, worth: string): number | undefined {
    const value = Number(worth);
    return Number.isInteger(value) && value >= 1 && value <= (question.max ?? MOST) ? value : undefined;
  },
};

const hint = (question: Headcount, voice: Voice): string =>
  together(
    voice.phrase('question.numberHint', { min: Math.min(2, question.max ?? MOST) }),
    defaultHint(question, voice, known),
  );

export const headcount = {
  ...known,
  schema,
  prompt: (question, voice) => together(local(question.text, voice.language), hint(question, voice)),
  again(question, voice, got) {
    const range = { min: 1, max: question.max ?? MOST };
    return got === undefined
      ? together(voice.phrase('question.againNumber', range), zero(question, voice, known))
      : together(voice.phrase('question.notInRange', { got, ...range }), zeroOrHelp(question, voice, known));
  },
  choices: (question, voice) => ({ hint: hint(question, voice), choices: passing(question, voice) }),
  parse: (question, said, language) => readHeadcount(said, language, question.max),
  worth: (_question, answer) => Number(answer.v),
  columns: () => [
    { suffix: '', coded: true, kind: 'number', cell: (answer) => Number(answer.v) },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Headcount> & { schema: typeof schema };
