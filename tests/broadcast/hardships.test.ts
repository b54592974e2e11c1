/** R6 and R9 of the fault table (speed-and-faults.md 3.3) for an announcement, at a size that fits here. */
import { describe, expect, it } from 'vitest';
import { parisMoment } from '../../conversations/hours.ts';
import { MOST_SKEW, skewed, throttled } from './hardships.ts';

const RESIDENTS = 60;
/** What failed is tried again after a minute, and a worker that died is missed after two. */
const CATCHING_UP = 5 * 60_000;

describe('a store that throttles for a minute', () => {
  it.each([0.1, 0.5, 1])('%f of all calls: everyone hears it once', { timeout: 120_000 }, async (share) => {
    const { wrong, faults, took } = await throttled({ residents: RESIDENTS, share, seed: 3 });
    expect(wrong).toEqual([]);
    expect(faults).toBeGreaterThan(10);
    expect(took).toBeLessThan(60_000 + 60_000 + CATCHING_UP);
  });
});

describe(`clocks that are wrong by up to ${MOST_SKEW / 60_000} minutes, workers that die`, () => {
  it.each([
    ['the clocks go forward', '2026-03-28'],
    ['Easter', '2026-04-04'],
    ['the clocks go back', '2026-10-24'],
    ['the end of the year', '2026-12-31'],
  ])('%s', { timeout: 120_000 }, async (_, day) => {
    for (const seed of [5, 6, 7]) {
      const { wrong, faults, took } = await skewed({
        ...{ residents: RESIDENTS, at: parisMoment(day, '19:59'), seed },
      });
      expect(wrong).toEqual([]);
      expect(faults).toBeGreaterThan(10);
      // Some before the night, the rest after it.
      expect(took).toBeGreaterThan(12 * 3_600_000);
    }
  });
});
