/** Edit distance between two short words, for spelling slips. */

const PAIRS = /[\ud800-\udfff]/;

/** Whether `a` becomes `b` in at most `limit` insertions, deletions, replacements or swaps of neighbours. */
export function within(a: string, b: string, limit: number): boolean {
  const gap = Math.abs(a.length - b.length);
  // A letter outside the first plane is two units long.
  if (gap > 2 * limit || (gap > limit && !PAIRS.test(a) && !PAIRS.test(b))) return false;
  const left = [...a];
  const right = [...b];
  if (Math.abs(left.length - right.length) > limit) return false;
  let leastBefore = 0;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      let best = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + same,
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        best = Math.min(best, (before[column - 2] as number) + 1);
      current.push(best);
      if (best < least) least = best;
    }
    // A swap looks two rows back, and no further: what is over the limit in two rows stays over it.
    if (least > limit && leastBefore > limit) return false;
    leastBefore = least;
    before = previous;
    previous = current;
  }
  return (previous[right.length] as number) <= limit;
}
