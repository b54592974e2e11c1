import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { SMALL_HEAP } from '../../infra/build.ts';

const SHOWN = `console.log(JSON.stringify({
  limit: require('node:v8').getHeapStatistics().heap_size_limit / 1048576,
  arenas: process.env.MALLOC_ARENA_MAX,
  gc: typeof gc,
}))`;

const shown = (...args: string[]): unknown => {
  const [file = '', ...rest] = args;
  return JSON.parse(execFileSync(file, [...rest, `--eval=${SHOWN}`], { encoding: 'utf8' }));
};

/** As the runtime of a Lambda with 512 MB starts node. */
const RUNTIME = [
  process.execPath,
  '--expose-gc',
  '--max-http-header-size',
  '81920',
  '--max-semi-space-size=25',
  '--max-old-space-size=461',
];

describe('what starts the broadcast', () => {
  test("the runtime's own sizes count for less than ours, its other arguments stay", () => {
    expect(shown(...RUNTIME)).toMatchObject({ limit: expect.toSatisfy((limit: number) => limit > 400) });
    expect(shown(SMALL_HEAP, ...RUNTIME)).toEqual({ limit: 40 + 3 * 4, arenas: '1', gc: 'function' });
  });
});
