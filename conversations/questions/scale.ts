/** A whole number from min to max, both ends named. Stored: the number. */
import * as z from 'zod';
import { local, phrase } from '../phrase.ts';
import { fold, normalise } from '../understand/normalise.ts';
import {
  besides,
  labelMeant,
  labelsIn,
  numbersIn,
  passes,
  type Reading,
  SKIP,
  UNCLEAR,
} from '../understand/reading.ts';
import { commentColumn, common, type QuestionType, rawColumn, Texts } from './type.ts';

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

export const scale = {
  schema,
  prompt: (question, language) =>
    `${local(question.text, language)} ${phrase(language, 'question.scaleHint', ends(question, language))}`,
  again: (question, language, got) =>
    got === undefined
      ? phrase(language, 'question.againScale', ends(question, language))
      : phrase(language, 'question.notInRange', { got, min: question.min, max: question.max }),
  parse: (question, said, language) => read(question, said, language),
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

/** "4", "deux", "cinq étoiles", "4/5", "4 sur 5". "4,5" is two numbers and is asked again. */
function read(question: Scale, text: string, language: string): Reading<number> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  if (passes(said, language)) return SKIP;
  const outOf = /^\D*(\d+) ?(?:\/|sur|out of) ?(\d+)\D*$/.exec(fold(text));
  const numbers = outOf && Number(outOf[2]) === question.max ? [Number(outOf[1])] : numbersIn(text, language);
  if (!Array.isArray(numbers)) {
    const names = [namesOfEnd(question.low, language), namesOfEnd(question.high, language)];
    const limits = [question.min, question.max];
    // "pas du tout" is a name, and holds a word that denies: it counts only as the whole reply.
    const whole = labelMeant(said, names);
    if (whole) return { kind: 'value', value: limits[whole - 1] as number };
    const [end, ...others] = labelsIn(said, names, language);
    const value = limits[(end ?? 0) - 1];
    if (value === undefined || others.length > 0) return UNCLEAR;
    const figures = said.match(/\d+/g) ?? [];
    if (figures.some((figure) => Number(figure) !== value)) return UNCLEAR;
    const comment = besides(text, language);
    return { kind: 'value', value, ...(comment && { comment }) };
  }
  const distinct = [...new Set(numbers)];
  if (distinct.length !== 1) return UNCLEAR;
  const [value] = distinct as [number];
  if (value < question.min || value > question.max) return { kind: 'unclear', got: String(value) };
  const comment = outOf ? undefined : besides(text, language);
  return { kind: 'value', value, ...(comment && { comment }) };
}
