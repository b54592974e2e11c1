/** One choice of several. Stored: the option's number, from 1. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { local } from '../phrase.ts';
import { readOne } from '../understand/choice.ts';
import { againAmong, idsOf, labelsOf, namesOf, numbered, numbersOf, readTyped, rowsOf } from './options.ts';
import { choosing, commentColumn, otherColumns, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together } from './zero.ts';

const schema = z.strictObject({ ...choosing, type: z.literal('single') });
type Single = z.infer<typeof schema>;

const known = {
  fromWorth(question: Single, worth: string): number | undefined {
    const [number, ...more] = numbersOf(question.options, worth) ?? [];
    return more.length > 0 ? undefined : number;
  },
  labels: (question: Single, answer: Answer, language: string) =>
    labelsOf(question.options, [Number(answer.v)], language),
};

export const single = {
  ...known,
  schema,
  prompt(question, voice) {
    const options = numbered(question.options, voice);
    return together(
      local(question.text, voice.language),
      voice.plain ? voice.phrase('plain.question.single', { options }) : options,
      defaultHint(question, voice, known),
    );
  },
  again: (question, voice, got) =>
    againAmong(question, voice, known, {
      got,
      said: () => voice.phrase('question.again', { options: numbered(question.options, voice) }),
    }),
  choices(question, voice) {
    const hint = defaultHint(question, voice, known);
    return {
      choices: [...rowsOf(question.options, voice), ...passing(question, voice)],
      ...(hint && { hint }),
    };
  },
  parse: (question, said, language) =>
    readTyped(question.options, said) ?? readOne(said, namesOf(question.options, language), language),
  asksOther: (question, value) => question.options[Number(value) - 1]?.other === true,
  worth: (question, answer) => idsOf(question.options, [Number(answer.v)]),
  columns: (question) => [
    {
      suffix: '',
      coded: true,
      kind: 'number',
      cell: (answer) => Number(answer.v),
      codes: question.options.map((option, index) => ({ code: index + 1, label: local(option.label, 'fr') })),
    },
    {
      suffix: '_libelle',
      coded: false,
      kind: 'text',
      cell: (answer) => {
        const option = question.options[Number(answer.v) - 1];
        return option && local(option.label, 'fr');
      },
    },
    ...otherColumns(question.options),
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Single> & { schema: typeof schema };
