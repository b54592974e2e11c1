/** A value worked out from the answers, never asked: formulas and texts use it, the export has its column. */
import * as z from 'zod';
import { UNCLEAR } from '../understand/reading.ts';
import { item, type QuestionType } from './type.ts';

const schema = z.strictObject({ ...item, type: z.literal('calculate'), calculation: z.string().min(1) });
type Calculate = z.infer<typeof schema>;

export const calculate = {
  schema,
  silent: 'worked-out',
  prompt: () => '',
  again: () => '',
  choices: () => ({ choices: [] }),
  parse: () => UNCLEAR,
  fromWorth: () => undefined,
  worth: (_question, { v = '' }) => (typeof v === 'number' ? v : String(v)),
  columns: () => [
    {
      suffix: '',
      coded: true,
      kind: 'text',
      cell: ({ v }) => (typeof v === 'number' || typeof v === 'string' ? v : undefined),
    },
  ],
} satisfies QuestionType<Calculate> & { schema: typeof schema };
