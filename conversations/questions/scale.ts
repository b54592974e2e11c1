/** A whole number from min to max, both ends named. Stored: the number. */
import * as z from 'zod';
import { hasRoom } from '../offer.ts';
import { local } from '../phrase.ts';
import { readScale } from '../understand/scale.ts';
import { commentColumn, common, type QuestionType, rawColumn, Texts } from './type.ts';
import { defaultHint, passing, together, zero, zeroOrHelp } from './zero.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('scale'),
  min: z.int().min(1),
  max: z.int().max(10),
  low: Texts,
  high: Texts,
});
type Scale = z.infer<typeof schema>;

const ends = (question: Scale, language: string) => ({
  min: question.min,
  max: question.max,
  low: local(question.low, language),
  high: local(question.high, language),
});

const known = {
  fromWorth(question: Scale, worth: string): number | undefined {
    const mark = Number(worth);
    return Number.isInteger(mark) && mark >= question.min && mark <= question.max ? mark : undefined;
  },
};

export const scale = {
  ...known,
  schema,
  prompt: (question, voice) =>
    together(
      local(question.text, voice.language),
      voice.phrase('question.scaleHint', ends(question, voice.language)),
      zero(question, voice, known, voice.phrase('question.dontKnow')),
    ),
  again: (question, voice, got) =>
    got === undefined
      ? together(
          voice.phrase('question.againScale', ends(question, voice.language)),
          zero(question, voice, known, `(${voice.phrase('question.dontKnow')})`),
        )
      : together(
          voice.phrase('question.notInRange', { got, min: question.min, max: question.max }),
          zeroOrHelp(question, voice, known),
        ),
  choices(question, voice) {
    const { min, max, low, high } = ends(question, voice.language);
    const marks = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    const named = (mark: number): string =>
      mark === min ? `${mark} ${low}` : mark === max ? `${mark} ${high}` : String(mark);
    const all = marks.map((mark) => ({ token: String(mark), label: named(mark) }));
    const room = hasRoom(all.length);
    const hint = room ? defaultHint(question, voice, known) : zero(question, voice, known);
    return {
      choices: [...all, ...(room ? passing(question, voice, { label: 'tap.dontKnow' }) : [])],
      ...(hint && { hint }),
    };
  },
  parse: (question, said, language) =>
    readScale(
      said,
      {
        min: question.min,
        max: question.max,
        low: namesOfEnd(question.low, language),
        high: namesOfEnd(question.high, language),
      },
      language,
    ),
  worth: (_question, answer) => Number(answer.v),
  columns: (question) => [
    {
      suffix: '',
      coded: true,
      kind: 'number',
      cell: (answer) => Number(answer.v),
      codes: Array.from({ length: question.max - question.min + 1 }, (_, index) => {
        const code = question.min + index;
        const end = code === question.min ? question.low : code === question.max ? question.high : undefined;
        return { code, label: end ? local(end, 'fr') : String(code) };
      }),
    },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<Scale> & { schema: typeof schema };

const namesOfEnd = (texts: Record<string, string>, language: string): string[] => [
  local(texts, language),
  local(texts, 'fr'),
];
