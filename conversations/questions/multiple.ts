/** Any number of choices of several. Stored: the options' numbers in order, each once. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { DONE } from '../offer.ts';
import { local } from '../phrase.ts';
import { readSeveral } from '../understand/several.ts';
import {
  againAmong,
  idsOf,
  labelsOf,
  namesOf,
  numbered,
  numbersOf,
  pagesOf,
  readTyped,
  rowsOf,
} from './options.ts';
import { choosing, commentColumn, otherColumns, type QuestionType, rawColumn } from './type.ts';
import { defaultHint, together } from './zero.ts';

const schema = z.strictObject({
  ...choosing,
  type: z.literal('multiple'),
  /** "1-3" is all from 1 to 3, not 1 and 3. */
  ranges: z.literal(true).optional(),
});
type Multiple = z.infer<typeof schema>;

const chosen = (answer: Answer): number[] => (Array.isArray(answer.v) ? answer.v : []);

const known = {
  fromWorth: (question: Multiple, worth: string) =>
    numbersOf(question.options, worth)?.toSorted((a, b) => a - b),
  labels: (question: Multiple, answer: Answer, language: string) =>
    labelsOf(question.options, chosen(answer), language),
};

export const multiple = {
  ...known,
  schema,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.phrase(
        voice.plain && pagesOf(question.options.length) > 1
          ? 'plain.question.numbers'
          : 'question.multipleHint',
      ),
      numbered(question.options, voice),
      defaultHint(question, voice, known),
    ),
  again: (question, voice, got) =>
    againAmong(question, voice, known, {
      got,
      said: () => voice.phrase('question.againMultiple', { options: numbered(question.options, voice) }),
    }),
  choices: (question, voice) => ({
    several: true,
    hint: together(voice.phrase('tap.several'), defaultHint(question, voice, known)),
    choices: [...rowsOf(question.options, voice, true), { token: DONE, label: voice.phrase('tap.done') }],
  }),
  oneByOne: (question, language) =>
    pagesOf(question.options.length) > 1
      ? undefined
      : question.options.map((option) => local(option.label, language)),
  parse(question, said, language) {
    const typed = readTyped(question.options, said);
    if (typed?.kind === 'value') return { kind: 'value', value: [typed.value] };
    return readSeveral(said, namesOf(question.options, language), language, { ranges: question.ranges });
  },
  asksOther: (question, value) =>
    Array.isArray(value) && value.some((number) => question.options[number - 1]?.other === true),
  worth: (question, answer) => idsOf(question.options, chosen(answer)),
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
    ...otherColumns(question.options),
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Multiple> & { schema: typeof schema };
