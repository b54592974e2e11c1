/** Yes or no. Stored: true or false. */
import * as z from 'zod';
import { local, phrase } from '../phrase.ts';
import { readYesNo } from '../understand/yes-no.ts';
import { commentColumn, common, numbers, Option, passing, type QuestionType, rawColumn } from './type.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('yesno'),
  /** What formulas know yes and no by, where that is not `yes` and `no`. */
  names: z.tuple([Option.shape.id, Option.shape.id]).optional(),
});
type YesNo = z.infer<typeof schema>;

export const yesno = {
  schema,
  prompt: (question, voice) => `${local(question.text, voice.language)} ${voice.phrase('question.yesno')}`,
  again: (_question, voice, got) =>
    got === undefined || voice.plain
      ? voice.phrase('question.againYesno')
      : voice.phrase('question.notInList', { got, choices: numbers(2, voice) }),
  choices: (_question, voice) => ({
    choices: [
      { token: '1', label: voice.phrase('question.yes') },
      { token: '2', label: voice.phrase('question.no') },
      passing(voice),
    ],
  }),
  parse: (_question, said, language) => readYesNo(said, language),
  worth: (question, answer) => (question.names ?? ['yes', 'no'])[answer.v === true ? 0 : 1],
  labels: (_question, answer, language) => [phrase(language, answer.v ? 'question.yes' : 'question.no')],
  columns: () => [
    {
      suffix: '',
      coded: true,
      kind: 'number',
      cell: (answer) => (answer.v === true ? 1 : 0),
      codes: [
        { code: 1, label: 'oui' },
        { code: 0, label: 'non' },
      ],
    },
    {
      suffix: '_libelle',
      coded: false,
      kind: 'text',
      cell: (answer) => (answer.v === undefined ? undefined : answer.v ? 'oui' : 'non'),
    },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<YesNo> & { schema: typeof schema };
