/**
 * Which groups are too small to be shown apart (channels.md L16: eleven, INSEE's rule for data on persons), so that
 * none of them can be worked out from the total and the others either.
 */

export const SMALLEST_GROUP = 11;

/**
 * The groups to hide, by their names. Where those too small come together to fewer than the smallest that may be shown,
 * the next smallest is hidden with them: else the total less what is shown would tell them.
 */
export function tooSmall(sizes: ReadonlyMap<string, number>, smallest = SMALLEST_GROUP): Set<string> {
  const bySize = [...sizes]
    .filter(([, size]) => size > 0)
    .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  const hidden = new Set<string>();
  let together = 0;
  for (const [name, size] of bySize) {
    if (size >= smallest && (together === 0 || together >= smallest)) break;
    hidden.add(name);
    together += size;
  }
  return hidden;
}
