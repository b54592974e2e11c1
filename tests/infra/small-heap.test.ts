import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { HEAPS, type HeapSize, heapEnvironment, SMALL_HEAP } from '../../infra/build/heaps.ts';

const SHOWN = `console.log(JSON.stringify({
  limit: require('node:v8').getHeapStatistics().heap_size_limit / 1048576,
  arenas: process.env.MALLOC_ARENA_MAX,
  gc: typeof gc,
  alone: process.execArgv.includes('--single-threaded'),
}))`;

const shown = ([file = '', ...rest]: string[], env: Record<string, string> = {}): unknown =>
  JSON.parse(
    execFileSync(file, [...rest, `--eval=${SHOWN}`], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: 'pipe',
    }),
  );

/** As the runtime of a Lambda with 512 MB starts node. */
const RUNTIME = [
  process.execPath,
  '--expose-gc',
  '--max-http-header-size',
  '81920',
  '--max-semi-space-size=25',
  '--max-old-space-size=461',
];

describe('what starts those that go through everyone', () => {
  test.each(Object.entries(HEAPS))(
    "%s: the runtime's own sizes count for less than ours, its other arguments stay",
    (_name, heap) => {
      const { young, old, alone = false } = heap as HeapSize;
      expect(shown(RUNTIME)).toMatchObject({ limit: expect.toSatisfy((limit: number) => limit > 400) });
      expect(shown([SMALL_HEAP, ...RUNTIME], heapEnvironment(heap as HeapSize))).toEqual({
        alone,
        limit: old + 3 * young,
        arenas: '1',
        gc: 'function',
      });
    },
  );

  test.each(['HEAP_YOUNG_MB', 'HEAP_OLD_MB'])('nothing is started without %s', (missing) => {
    const { [missing]: _, ...rest } = heapEnvironment({ young: 4, old: 40 });
    expect(() => shown([SMALL_HEAP, ...RUNTIME], rest)).toThrow(`${missing}: MB of the`);
  });
});
