/**
 * The Lambdas that go through everyone there is, started with a heap that such work keeps to. V8 left alone takes what
 * the function has before it collects much. What was measured with these sizes: docs/performance.md.
 */
import path from 'node:path';

/** Starts node with the sizes that it finds in `heapEnvironment`; lies at the root of such a bundle. */
export const SMALL_HEAP = path.join(import.meta.dirname, 'small-heap');

/** MB: what has just been made, a semi-space; what stays. More than that ends the process. */
export interface HeapSize {
  young: number;
  old: number;
  /** V8 has no threads besides the program's: less memory at its peak, as much CPU in all. */
  alone?: true;
}

export const HEAPS: Readonly<Record<string, HeapSize | undefined>> = {
  broadcast: { young: 4, old: 48, alone: true },
  // 40 do for a million rows of the bench; the rest is room for surveys that have more in them.
  export: { young: 4, old: 56 },
};

/** What `infra/build/small-heap` reads. */
export const heapEnvironment = ({ young, old, alone }: HeapSize): Record<string, string> => ({
  HEAP_YOUNG_MB: String(young),
  HEAP_OLD_MB: String(old),
  ...(alone && { HEAP_ALONE: 'yes' }),
});
