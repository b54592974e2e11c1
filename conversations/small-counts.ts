/**
 * Counts of people that are shown to staff before a message goes out. Lists, quartiers and languages alone are what
 * staff work with; what several filters leave of them may be one person, whose age or silence the count would tell.
 * So a count that two filters or more have made is not shown below five, and a line of a table is one filter more.
 * Five, not the eleven of published results (channels.md L16): the count stays with staff, and plans a message. Nobody
 * is kept from a message by it, and it cannot help against comparing many audiences with each other.
 */

/** Below it a count is one of few. */
export const FEW = 5;
const MANY_FILTERS = 2;

/** `few`: from 1 to 4; `hidden`: shown, it would tell how few another is. */
export type Shown = number | 'few' | 'hidden';

export const shownCount = (count: number, filters: number): Shown =>
  filters >= MANY_FILTERS && count > 0 && count < FEW ? 'few' : count;

/** The lines of a table whose total is shown; where a single line is withheld the next smallest is too. */
export function shownTable(counts: number[], filters: number): Shown[] {
  const shown: Shown[] = counts.map((count) => shownCount(count, filters + 1));
  if (shown.filter((each) => each === 'few').length !== 1) return shown;
  const rest = counts.filter((_, index) => shown[index] !== 'few' && counts[index] !== 0);
  const next = counts.findIndex((count, index) => shown[index] !== 'few' && count === Math.min(...rest));
  if (rest.length > 0) shown[next] = 'hidden';
  return shown;
}

/**
 * The lines of a table for who sees no resident, whatever filters there are: a count of few is one of somebody. With
 * the total shown, what is withheld is known as a sum: the smallest lines go too until it is of many.
 */
export function guardedTable(counts: number[]): Shown[] {
  const shown = shownTable(counts, MANY_FILTERS - 1);
  if (counts.length < 2 || shown.every((each) => typeof each === 'number')) return shown;
  const withheld = (): number =>
    counts.reduce((sum, count, index) => (typeof shown[index] === 'number' ? sum : sum + count), 0);
  const rest = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count, index }) => count > 0 && typeof shown[index] === 'number')
    .sort((a, b) => a.count - b.count);
  for (const { index } of rest) {
    if (withheld() >= 2 * FEW) break;
    shown[index] = 'hidden';
  }
  return shown;
}
