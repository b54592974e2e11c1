/** What goes out comes back: any survey, those that are shipped, and those of other tests. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSurvey, type Survey } from '../../../conversations/survey.ts';
import repas from '../../../conversations/surveys/repas.r1.json';
import square from '../../../conversations/surveys/square.r1.json';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { quartierSurvey } from '../../support/branching.ts';
import { everyType } from '../../support/every-type.ts';
import { twelve } from '../../support/twelve.ts';
import { anySurvey } from './any-survey.ts';
import { KNOWN } from './forms.ts';

function comesBack(survey: Survey): void {
  const { revision: _, ...unsaved } = survey;
  const read = readForm(exportForm(survey), KNOWN);
  expect(read.faults).toEqual([]);
  expect(read.survey).toEqual(unsaved);
}

it('any survey that is exported is imported as it was', () => {
  fc.assert(fc.property(anySurvey, comesBack), { numRuns: 120 });
}, 60_000);

it.each([
  ['square', readSurvey(square, 'square')],
  ['repas', readSurvey(repas, 'repas')],
  ['branches', quartierSurvey],
  ['every type', everyType],
  ['twelve questions in five languages', twelve],
])('%s', (_, survey) => comesBack(survey));

it('a section that is left and entered again cannot go out, and says so', () => {
  const { questions } = readSurvey(square, 'square');
  const [first, second, third, ...rest] = questions;
  const survey = {
    ...readSurvey(square, 'square'),
    sections: [{ id: 's' }],
    questions: [{ ...first, section: 's' }, second, { ...third, section: 's' }, ...rest],
  } as Survey;
  expect(() => exportForm(survey)).toThrow(
    /section "s" is left and entered again; put its questions together/,
  );
});
