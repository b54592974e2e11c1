/** Any number of choices of two to nine. Stored: the options' numbers in order, each once. */
import * as z from 'zod';
import type { Answer } from '../events.ts';
import { local, phrase } from '../phrase.ts';
import { normalise } from '../understand/normalise.ts';
import {
  contentIn,
  labelMeant,
  labelsIn,
  numbersIn,
  passes,
  type Reading,
  SKIP,
  UNCLEAR,
} from '../understand/reading.ts';
import {
  choices,
  commentColumn,
  common,
  labelsOf,
  namesOf,
  numbered,
  Options,
  type QuestionType,
  rawColumn,
} from './type.ts';

const schema = z.strictObject({ ...common, type: z.literal('multiple'), options: Options });
type Multiple = z.infer<typeof schema>;

const chosen = (answer: Answer): number[] => (Array.isArray(answer.v) ? answer.v : []);

export const multiple = {
  schema,
  prompt: (question, language) =>
    [
      local(question.text, language),
      phrase(language, 'question.multipleHint'),
      numbered(question.options, language),
    ].join(' '),
  again: (question, language, got) =>
    got === undefined
      ? phrase(language, 'question.againMultiple', { options: numbered(question.options, language) })
      : phrase(language, 'question.notInList', { got, choices: choices(question.options.length, language) }),
  parse: (question, said, language) => readSeveral(said, namesOf(question.options, language), language),
  asksOther: (question, value) =>
    Array.isArray(value) && value.some((number) => question.options[number - 1]?.other === true),
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

/** "1,3 et 6", "1-3" (two choices, not a range), "bancs et fleurs", "1 et fleurs". */
function readSeveral(text: string, labels: string[][], language: string): Reading<number[]> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  if (passes(said, language)) return SKIP;
  const exact = labelMeant(said, labels);
  if (exact && !/^\d+$/.test(said)) return { kind: 'value', value: [exact] };
  const numbers = numbersIn(text, language);
  const labelled = labelsIn(said, labels, language);
  const named = Array.isArray(numbers) ? numbers : [];
  if (numbers === 'mixed' && labelled.length === 0) return UNCLEAR;
  if (counts(said, labels)) return UNCLEAR;
  const beyond = named.find((number) => number > labels.length);
  if (beyond !== undefined) return { kind: 'unclear', got: String(beyond) };
  const values = [...new Set([...named, ...labelled])].sort((a, b) => a - b);
  if (values.length === 0 || values.includes(0)) return UNCLEAR;
  const rest = leftOver(text, labels, language);
  return { kind: 'value', value: values, ...(rest && { comment: rest }) };
}

/** "3 bancs": three benches, or choice 3 and the benches? A number right before another choice's label is not clear. */
const counts = (said: string, labels: string[][]): boolean =>
  labels.some((names, index) =>
    names.map(normalise).some((name) => {
      const before = name && new RegExp(`(?:^| )(\\d+) ${name}(?: |$)`, 'u').exec(said)?.[1];
      return before && Number(before) !== index + 1;
    }),
  );

/** The reply where it has words that are neither numbers nor labels nor joining words. */
function leftOver(text: string, labels: string[][], language: string): string | undefined {
  let left = ` ${normalise(text)} `;
  for (const name of labels
    .flat()
    .map(normalise)
    .sort((a, b) => b.length - a.length))
    if (name) left = left.replaceAll(` ${name} `, ' ');
  const words = contentIn(left, language).filter((word) => [...word].length > 3);
  return words.length > 0 ? text.trim() : undefined;
}
