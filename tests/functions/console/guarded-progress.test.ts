/** Of the table told to who sees no resident, no count of few follows from its total. */
import { expect, it } from 'vitest';
import { guardedProgress } from '../../../functions/runtime/guarded-progress.ts';
import { newProgress } from '../../../functions/store/ledger.ts';

it('withholds so much that no few follow from the total', () => {
  const of = (states: Record<string, number>) =>
    guardedProgress({
      ...newProgress(),
      planned: Object.values(states).reduce((all, each) => all + each, 0),
      states,
    });
  expect(of({ delivered: 80, sent: 6, held: 8, failed: 2 })).toEqual({
    ...{ delivered: 80, unconfirmed: 'hidden', failed: 'few', held: 'hidden', rest: 0 },
    whole: false,
  });
  // One and one of a known two would follow.
  expect(of({ delivered: 90, failed: 1, held: 1 })).toMatchObject({ delivered: 'hidden', whole: false });
  expect(of({ delivered: 80, failed: 10 })).toMatchObject({
    delivered: 80,
    failed: 10,
    held: 0,
    whole: true,
  });
});
