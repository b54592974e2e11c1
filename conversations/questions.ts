/**
 * The question types: one object each, all with the same members. Nothing else asks "is it a scale?".
 */
import * as z from 'zod';
import { calculate } from './questions/calculate.ts';
import { headcount } from './questions/headcount.ts';
import { media } from './questions/media.ts';
import { multiple } from './questions/multiple.ts';
import { note } from './questions/note.ts';
import { number } from './questions/number.ts';
import { place } from './questions/place.ts';
import { rank } from './questions/rank.ts';
import { scale } from './questions/scale.ts';
import { single } from './questions/single.ts';
import { text } from './questions/text.ts';
import type { QuestionType } from './questions/type.ts';
import { date, datetime, time } from './questions/when.ts';
import { yesno } from './questions/yesno.ts';

const types = {
  single,
  multiple,
  rank,
  yesno,
  scale,
  number,
  headcount,
  text,
  date,
  time,
  datetime,
  place,
  media,
  note,
  calculate,
};

export const Question = z.discriminatedUnion('type', [
  single.schema,
  multiple.schema,
  rank.schema,
  yesno.schema,
  scale.schema,
  number.schema,
  headcount.schema,
  text.schema,
  date.schema,
  time.schema,
  datetime.schema,
  place.schema,
  media.schema,
  note.schema,
  calculate.schema,
]);
export type Question = z.infer<typeof Question>;

/** The object that knows everything about this question's type. */
export const typeOf = (question: Question): QuestionType<Question> =>
  types[question.type] as unknown as QuestionType<Question>;

/** The formula that chooses among its options, where it has one. */
export const filterOf = (question: Question): string | undefined =>
  'filter' in question ? question.filter : undefined;

/** The formula that an answer to it must meet, where it has one. */
export const constraintOf = (question: Question): string | undefined =>
  'constraint' in question ? question.constraint : undefined;

/** What decides which answers it takes. */
export const narrowingOf = (question: Question): string[] =>
  [filterOf(question), constraintOf(question)].filter((formula) => formula !== undefined);
