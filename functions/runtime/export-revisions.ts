/** What differs between the revisions of a survey, as a file beside its answers: the sheet to read before comparing. */
import { diffSurveys } from '../../conversations/revision-diff.ts';
import type { Survey } from '../../conversations/survey.ts';
import type { Cell } from './export-csv.ts';

/** One row a change. `revisions` from the first to the latest, as they were written. */
export function* revisionNotes(revisions: Survey[]): Generator<Cell[]> {
  yield ['de_revision', 'a_revision', 'question', 'changement', 'resultats', 'a_verifier'];
  for (const [index, after] of revisions.entries()) {
    const before = revisions[index - 1];
    if (!before) continue;
    for (const { question, what, results, warning } of diffSurveys(before, after))
      yield [before.revision, after.revision, question, what, results, warning ? 'oui' : 'non'];
  }
}
