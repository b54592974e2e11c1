/** Faults on demand on the line to Meta, in the same words as the carrier's: what, how often, for whom. */
import * as z from 'zod';
import type { MetaCall, MetaFault } from './meta-api.ts';
import { frenchNumber } from './phone-number.ts';
import { type Refusal, refusal } from './refusal.ts';

const Fault = z.strictObject({
  on: z.enum(['send', 'find', 'inbound', 'callback']),
  kind: z
    .enum([
      'late',
      'duplicate',
      'reordered',
      '429',
      '500',
      'html',
      'timeout',
      'timeout-after-accept',
      'reset',
    ])
    .or(z.string().regex(/^(?:200:)?\d{1,7}(?:\/\d{1,8})?$/)),
  times: z.int().min(1).max(1_000_000).or(z.literal('always')).default(1),
  address: z.string().optional(),
});
type Fault = z.infer<typeof Fault>;

export interface MetaFaults {
  set(faults: unknown): Fault[] | Refusal;
  list(): Fault[];
  /** What the next call meets. */
  next(call: MetaCall): MetaFault;
}

export function createMetaFaults(): MetaFaults {
  let all: Fault[] = [];
  return {
    list: () => all.map((fault) => ({ ...fault })),
    set(faults) {
      const read = z.array(Fault).max(100).safeParse(faults);
      if (!read.success)
        return refusal(
          'Pannes illisibles',
          faults,
          'une liste de {"on": send, find, inbound ou callback, "kind": late, duplicate, reordered, 429, 500, html, timeout, timeout-after-accept, reset ou un code de Meta, "times": un nombre ou "always"}',
        );
      all = read.data;
      return all.map((fault) => ({ ...fault }));
    },
    next({ kind, psid }) {
      const legs = kind === 'webhook' ? ['inbound', 'callback'] : [kind];
      const fault = all.find(
        ({ on, address }) => legs.includes(on) && (!address || figuresOf(address) === psid),
      );
      if (!fault) return 'none';
      if (fault.times !== 'always') {
        fault.times -= 1;
        if (fault.times === 0) all = all.filter((each) => each !== fault);
      }
      return fault.kind as MetaFault;
    },
  };
}

/** A person's own figures, or the number that stands for them here, as people type it (phones.ts). */
function figuresOf(address: string): string {
  const phone = frenchNumber(address);
  return ('number' in phone ? phone.number : address).replace(/\D/g, '');
}
