/** One choice of two to nine. Stored: the option's number, from 1. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { readOne } from '../understand/choice.ts';
import {
  choosing,
  commentColumn,
  idsOf,
  labelsOf,
  namesOf,
  numbered,
  numbers,
  passing,
  type QuestionType,
  rawColumn,
} from './type.ts';

const schema = z.strictObject({ ...choosing, type: z.literal('single') });
type Single = z.infer<typeof schema>;

export const single = {
  schema,
  prompt(question, voice) {
    const options = numbered(question.options, voice);
    const asked = local(question.text, voice.language);
    return `${asked} ${voice.plain ? voice.phrase('plain.question.single', { options }) : options}`;
  },
  again: (question, voice, got) =>
    got === undefined
      ? voice.phrase('question.again', { options: numbered(question.options, voice) })
      : voice.phrase('question.notInList', { got, choices: numbers(question.options.length, voice) }),
  choices: (question, voice) => ({
    choices: [
      ...question.options.map((option, index) => ({
        token: String(index + 1),
        label: local(option.label, voice.language),
      })),
      passing(voice),
    ],
  }),
  parse: (question, said, language) => readOne(said, namesOf(question.options, language), language),
  asksOther: (question, value) => question.options[Number(value) - 1]?.other === true,
  worth: (question, answer) => idsOf(question.options, [Number(answer.v)]),
  labels: (question, answer, language) => labelsOf(question.options, [Number(answer.v)], language),
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
    ...(question.options.some((option) => option.other)
      ? [
          {
            suffix: '_autre_texte',
            coded: false,
            kind: 'text' as const,
            cell: (answer: { o?: string }) => answer.o,
          },
        ]
      : []),
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Single> & { schema: typeof schema };
