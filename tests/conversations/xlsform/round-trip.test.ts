/** What goes out comes back: any survey, as a workbook. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { anySurvey } from './any-survey.ts';

const known = { today: '2026-05-24', name: 'fichier' };

it('any survey that is exported is imported as it was', () => {
  fc.assert(
    fc.property(anySurvey, (survey) => {
      const { revision: _, ...unsaved } = survey;
      const read = readForm(exportForm(survey), known);
      expect(read.faults).toEqual([]);
      expect(read.survey).toEqual(unsaved);
    }),
    { numRuns: 120 },
  );
}, 60_000);
