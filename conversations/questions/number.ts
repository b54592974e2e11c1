/** A number from min to max, whole unless `decimals` says otherwise. Stored: the number. */
import * as z from 'zod';
import { local } from '../phrase.ts';
import { lexicon } from '../understand/lexicon.ts';
import { fold, normalise } from '../understand/normalise.ts';
import { passes, passesInWords, type Reading, SKIP, UNCLEAR } from '../understand/reading.ts';
import { commentColumn, common, type QuestionType, rawColumn } from './type.ts';

const schema = z.strictObject({
  ...common,
  type: z.literal('number'),
  min: z.number(),
  max: z.number(),
  decimals: z.literal(true).optional(),
});
type NumberQuestion = z.infer<typeof schema>;

export const number = {
  schema,
  prompt: (question, voice) =>
    `${local(question.text, voice.language)} ${voice.phrase('question.numberHint', { min: Math.max(question.min, 1) })}`,
  again: (question, voice, got) =>
    got === undefined
      ? voice.phrase('question.againNumber', { min: question.min, max: question.max })
      : voice.phrase('question.notInRange', { got, min: question.min, max: question.max }),
  parse: (question, said, language) => read(question, said, language),
  columns: () => [
    { suffix: '', coded: true, kind: 'number', cell: (answer) => Number(answer.v) },
    commentColumn,
    rawColumn,
  ],
} satisfies QuestionType<NumberQuestion> & { schema: typeof schema };

const THOUSANDS = /(?<=\b\d{1,3})[.\u00a0\u202f ](\d{3})\b(?![.,]?\d)/g;
const FIGURES = /(?<![\d.,])-?\d{1,9}(?:[.,]\d{1,6})?(?![\d.,]*\d)/g;

/** One number in the reply, in figures ("2,5", "on sera 4") or in words ("vingt deux"). Two numbers ask again. */
function read(question: NumberQuestion, text: string, language: string): Reading<number> {
  const said = normalise(text);
  if (!said) return UNCLEAR;
  const zeroCounts = question.min <= 0;
  if (zeroCounts ? passesInWords(said, language) : passes(said, language)) return SKIP;
  // "1.000" is a thousand to a French reader; "10k" is nobody's guess.
  if (/\d+\s*k\b/.test(fold(text))) return UNCLEAR;
  const figures = fold(text).replace(THOUSANDS, '$1').match(FIGURES);
  const value = figures
    ? figures.length === 1
      ? Number(figures[0].replace(',', '.'))
      : undefined
    : spelled(said, language);
  if (value === undefined) return UNCLEAR;
  if (!question.decimals && !Number.isInteger(value)) return UNCLEAR;
  if (value < question.min || value > question.max) return { kind: 'unclear', got: String(value) };
  const bare = said.replace(/[\d ]/g, '') === '' || !figures;
  return { kind: 'value', value, ...(bare ? {} : { comment: text.trim() }) };
}

/** "vingt deux" → 22, "dix-sept" → 17; undefined where any word is not a number or filler. */
function spelled(said: string, language: string): number | undefined {
  const words = lexicon(language);
  let total: number | undefined;
  for (const word of said.split(' ')) {
    const value = words.numbers.get(word);
    if (value === undefined) {
      if (words.filler.has(word) || words.units.has(word)) continue;
      return undefined;
    }
    if (total === undefined) total = value;
    else if (total === 10 && value < 10) total += value;
    else if (total >= 20 && total % 10 === 0 && (value < 10 || (value < 20 && [60, 80].includes(total))))
      total += value;
    else return undefined;
  }
  return total;
}
