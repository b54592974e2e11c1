/** Any number of choices of two to nine. Stored: the options' numbers in order, each once. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { DONE } from '../offer.ts';
import { local } from '../phrase.ts';
import { readSeveral } from '../understand/several.ts';
import {
  choosing,
  commentColumn,
  idsOf,
  labelsOf,
  namesOf,
  numbered,
  numbers,
  type QuestionType,
  rawColumn,
} from './type.ts';

const schema = z.strictObject({
  ...choosing,
  type: z.literal('multiple'),
  /** "1-3" is all from 1 to 3, not 1 and 3. */
  ranges: z.literal(true).optional(),
});
type Multiple = z.infer<typeof schema>;

const chosen = (answer: Answer): number[] => (Array.isArray(answer.v) ? answer.v : []);

export const multiple = {
  schema,
  prompt: (question, voice) =>
    [
      local(question.text, voice.language),
      voice.phrase('question.multipleHint'),
      numbered(question.options, voice),
    ].join(' '),
  again: (question, voice, got) =>
    got === undefined
      ? voice.phrase('question.againMultiple', { options: numbered(question.options, voice) })
      : voice.phrase('question.notInList', { got, choices: numbers(question.options.length, voice) }),
  choices: (question, voice) => ({
    several: true,
    hint: voice.phrase('tap.several'),
    choices: [
      // Numbered, since the numbers can be typed all at once.
      ...question.options.map((option, index) => ({
        token: String(index + 1),
        label: `${index + 1} ${local(option.label, voice.language)}`,
      })),
      { token: DONE, label: voice.phrase('tap.done') },
    ],
  }),
  oneByOne: (question, language) => question.options.map((option) => local(option.label, language)),
  parse: (question, said, language) =>
    readSeveral(said, namesOf(question.options, language), language, { ranges: question.ranges }),
  asksOther: (question, value) =>
    Array.isArray(value) && value.some((number) => question.options[number - 1]?.other === true),
  worth: (question, answer) => idsOf(question.options, chosen(answer)),
  labels: (question, answer, language) => labelsOf(question.options, chosen(answer), language),
  columns: (question) => [
    ...question.options.map((option, index) => ({
      suffix: `_${option.id}`,
      option: option.id,
      coded: true,
      kind: 'number' as const,
      cell: (answer: Answer) => (chosen(answer).includes(index + 1) ? 1 : 0),
      codes: [
        { code: 1, label: local(option.label, 'fr') },
        { code: 0, label: `pas « ${local(option.label, 'fr')} »` },
      ],
    })),
    ...(question.options.some((option) => option.other)
      ? [{ suffix: '_autre_texte', coded: false, kind: 'text' as const, cell: (answer: Answer) => answer.o }]
      : []),
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Multiple> & { schema: typeof schema };
