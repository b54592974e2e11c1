import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PseudonymSet } from '../../functions/runtime/pseudonym-set.ts';

it('knows exactly those it was given, and stays so as it grows', () => {
  const name = fc.integer({ min: 1, max: 4_000 }).map((n) => `p${n}`);
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5_000, size: 'max' }), (names) => {
      const [set, known] = [new PseudonymSet(), new Set<string>()];
      for (const each of names) {
        expect(set.has(each)).toBe(known.has(each));
        expect(set.add(each)).toBe(!known.has(each));
        known.add(each);
      }
      expect([...known].every((each) => set.has(each))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

it('tells fifty thousand apart', () => {
  const set = new PseudonymSet();
  const all = Array.from({ length: 50_000 }, (_, index) => `Vq3x-_9ZkTbAe0${index}`);
  expect(all.filter((each) => set.add(each))).toHaveLength(all.length);
  expect(all.filter((each) => set.has(each))).toHaveLength(all.length);
  expect(all.some((each) => set.has(`${each}.`))).toBe(false);
});
