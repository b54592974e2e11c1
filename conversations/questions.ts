/**
 * The question types: one object each, all with the same members. Nothing else asks "is it a scale?".
 */
import * as z from 'zod';
import { multiple } from './questions/multiple.ts';
import { number } from './questions/number.ts';
import { scale } from './questions/scale.ts';
import { single } from './questions/single.ts';
import { text } from './questions/text.ts';
import type { QuestionType } from './questions/type.ts';
import { yesno } from './questions/yesno.ts';

export const Question = z.discriminatedUnion('type', [
  single.schema,
  multiple.schema,
  yesno.schema,
  scale.schema,
  number.schema,
  text.schema,
]);
export type Question = z.infer<typeof Question>;

const types = { single, multiple, yesno, scale, number, text } satisfies Record<Question['type'], unknown>;

/** The object that knows everything about this question's type. */
export const typeOf = (question: Question): QuestionType<Question> =>
  types[question.type] as unknown as QuestionType<Question>;
