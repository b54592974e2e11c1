/**
 * The worker of an announcement killed at random points on the disk store, STOP said between one worker and the next:
 * what `npm run bench -- kills` does with a thousand residents. (The whole host is killed in `broadcast.test.ts`.)
 */
import { expect, it } from 'vitest';
import { killRuns } from '../bench/kills.ts';

const RESIDENTS = 60;
const RUNS = 3;

it(`${RESIDENTS} residents, ${RUNS} runs: nobody twice, nobody left out, nobody after STOP`, {
  timeout: 300_000,
}, async () => {
  const all = await killRuns({ residents: RESIDENTS, runs: RUNS, seed: 11 });
  expect(all.map(({ wrong }) => wrong)).toEqual(all.map(() => []));
  // The kills came in the middle: some had been told, and some had not.
  expect(all.some(({ at }) => at.some((count) => count > 0 && count < RESIDENTS))).toBe(true);
});
