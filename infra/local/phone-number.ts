/** One phone, one address: a French number as people type it, in E.164. Knows no other country. */
import { type Refusal, refusal } from './refusal.ts';

/** "06 12 34 56 78", "0033 6…" and "+33 (0)6…" are the same phone as "+33612345678". */
export function frenchNumber(typed: string): { number: string } | Refusal {
  const digits = typed.replace(/[\s.\-()\u00a0\u202f]/g, '').replace(/^00/, '+');
  const national = /^(?:0|\+330?)([1-9]\d{8})$/.exec(digits)?.[1];
  if (national) return { number: `+33${national}` };
  return refusal('Numéro illisible', typed, 'un numéro français, comme 06 39 98 00 01 ou +33639980001');
}
