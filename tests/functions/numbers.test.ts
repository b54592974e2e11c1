import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNumberStore } from '../../functions/store/numbers.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const NOW = new Date('2026-11-25T10:00:00Z');

it('goes up by one, and gives the same message the same number', async () => {
  const numbers = createNumberStore(createMemoryDb());
  expect(await numbers.next('question', 'm1', NOW)).toBe(1);
  expect(await numbers.next('question', 'm2', NOW)).toBe(2);
  expect(await numbers.next('question', 'm1', NOW)).toBe(1);
  expect(await numbers.next('request', 'm1', NOW)).toBe(1);
});

it('whoever asks at once, no number is given twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { minLength: 2, maxLength: 8 }), async (events) => {
      const numbers = createNumberStore(createMemoryDb());
      const given = await Promise.all(
        events.map(async (event) => [event, await numbers.next('question', `m${event}`, NOW)] as const),
      );
      const byEvent = new Map(given);
      for (const [event, number] of given) expect(byEvent.get(event)).toBe(number);
      expect(new Set(byEvent.values()).size).toBe(byEvent.size);
    }),
    { numRuns: 200 },
  );
});

it('a crash between raising and giving leaves a gap, never a twin', async () => {
  const db = createMemoryDb();
  const numbers = createNumberStore({
    ...db,
    put: async (item, condition) => {
      if (item.sk === 'number' && item.number === 1) throw new Error('gone');
      return db.put(item, condition);
    },
  });
  await expect(numbers.next('subject', 'm1', NOW)).rejects.toThrow('gone');
  expect(await numbers.next('subject', 'm1', NOW)).toBe(2);
  expect(await numbers.next('subject', 'm2', NOW)).toBe(3);
});
