/** The sums of a survey from every sheet, as they must be. */

import type { Deps } from '../../functions/runtime/deps.ts';
import { apply } from '../../functions/runtime/results/apply.ts';
import { contributionOf } from '../../functions/runtime/results/tokens.ts';
import type { Sums } from '../../functions/store/tallies.ts';

export async function recount(
  { sheets, world }: Pick<Deps, 'sheets' | 'world'>,
  survey: string,
): Promise<Sums> {
  const sums: Sums = {};
  for await (const { sheet } of sheets.all(survey)) {
    const revision = world.surveys.get(survey, sheet.revision);
    if (revision) apply(sums, contributionOf(sheet, revision), 1);
  }
  return sums;
}
