/** The sums of a survey from every sheet, as they must be: for who doubts them, and for the tests. */
import type { Sums } from '../../store/tallies.ts';
import type { Deps } from '../deps.ts';
import { apply } from './apply.ts';
import { contributionOf } from './tokens.ts';

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
