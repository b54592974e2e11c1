/** Yes or no. Stored: true or false. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { local, phrase } from '../phrase.ts';
import { readYesNo } from '../understand/yes-no.ts';
import { numbers } from './options.ts';
import { commentColumn, common, Option, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, passing, together, zero, zeroOrHelp } from './zero.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('yesno'),
  /** What formulas know yes and no by, where that is not `yes` and `no`. */
  names: z.tuple([Option.shape.id, Option.shape.id]).optional(),
});
type YesNo = z.infer<typeof schema>;

const namesIn = (question: YesNo): readonly [string, string] => question.names ?? ['yes', 'no'];

const known = {
  fromWorth(question: YesNo, worth: string): boolean | undefined {
    const [yes, no] = namesIn(question);
    return worth === yes || (worth === no ? false : undefined);
  },
  labels: (_question: YesNo, answer: Answer, language: string) => [
    phrase(language, answer.v ? 'question.yes' : 'question.no'),
  ],
};

export const yesno = {
  ...known,
  schema,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.phrase('question.yesno'),
      defaultHint(question, voice, known),
    ),
  again: (question, voice, got) =>
    got === undefined || voice.plain
      ? together(voice.phrase('question.againYesno'), zero(question, voice, known))
      : together(
          voice.phrase('question.notInList', { got, choices: numbers(2, voice) }),
          zeroOrHelp(question, voice, known),
        ),
  choices(question, voice) {
    const hint = defaultHint(question, voice, known);
    return {
      choices: [
        { token: '1', label: voice.phrase('question.yes') },
        { token: '2', label: voice.phrase('question.no') },
        ...passing(question, voice),
      ],
      ...(hint && { hint }),
    };
  },
  parse: (_question, said, language) => readYesNo(said, language),
  worth: (question, answer) => namesIn(question)[answer.v === true ? 0 : 1],
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
