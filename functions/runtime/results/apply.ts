/** What a sheet adds to sums, or takes from them. */
import type { Added, Sums } from '../../store/tallies.ts';

/** Nothing stays behind at nought: equal sums are equal objects. */
export function apply(sums: Sums, added: Added | undefined, by: 1 | -1): void {
  if (!added) return;
  for (const slice of ['', ...added.slices]) {
    sums[slice] ??= {};
    const own = sums[slice];
    for (const token of added.tokens) {
      const count = (own[token] ?? 0) + by;
      if (count === 0) delete own[token];
      else own[token] = count;
    }
    if (Object.keys(own).length === 0) delete sums[slice];
  }
}
