/** What goes out as a file comes back: any survey, as .xlsx and as .csv. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import { FORMATS, readFormFile, writeFormFile } from '../../../functions/forms/form-file.ts';
import { anySurvey } from '../../conversations/xlsform/any-survey.ts';

const known = { today: '2026-05-24', name: 'fichier' };

it.each(FORMATS)(
  'any survey that is exported as .%s is imported as it was',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anySurvey, async (survey) => {
        const { revision: _, ...unsaved } = survey;
        const file = await writeFormFile(exportForm(survey), format);
        const read = readForm(await readFormFile(`f.${format}`, file), known);
        expect(read.faults).toEqual([]);
        expect(read.survey).toEqual(unsaved);
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);
