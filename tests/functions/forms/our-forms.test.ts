/**
 * Forms of our own making, as public collections write them and as we do: each is read, goes out and comes back the
 * same. What was made of each stands in `tests/forms/read/`, to be reviewed in the diff.
 */
import { readdirSync, readFileSync } from 'node:fs';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../conversations/survey.ts';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import { type ReadForm, readForm } from '../../../conversations/xlsform/read-form.ts';
import type { Workbook } from '../../../conversations/xlsform/workbook.ts';
import { FORMATS, readFormFile, writeFormFile } from '../../../functions/forms/form-file.ts';

const folder = new URL('../../forms/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
const known = { today: '2026-05-24', name: 'fichier' };

const fromCsv = (name: string): Promise<Workbook> => readFormFile(name, readFileSync(new URL(name, folder)));

/** As a person would have typed the sheet: numbers are numbers, TRUE is a boolean. */
async function typedIn({ sheets }: Workbook): Promise<Buffer> {
  const file = new exceljs.Workbook();
  for (const { name, rows } of sheets)
    file.addWorksheet(name).addRows(
      rows.map((row) =>
        row.map((text) => {
          if (/^-?\d{1,9}(\.\d+)?$/.test(text)) return Number(text);
          if (text === 'TRUE' || text === 'FALSE') return text === 'TRUE';
          return text === '' ? null : text.replace(/_(?=x[0-9A-F]{4}_)/g, '_x005F_');
        }),
      ),
    );
  return Buffer.from(await file.xlsx.writeBuffer());
}

const seen = ({ survey, notices }: ReadForm): string =>
  [
    JSON.stringify(survey, null, 2),
    ...notices.map(({ sheet, cell, reason }) => `${sheet} ${cell}: ${reason}`),
    '',
  ].join('\n');

describe.each(names)('%s', (name) => {
  it('is read without a fault, as it is meant', async () => {
    const read = readForm(await fromCsv(name), known);
    expect(read.faults).toEqual([]);
    await expect(seen(read)).toMatchFileSnapshot(`../../forms/read/${name.replace('.csv', '.txt')}`);
  });

  it('is the same as a workbook with numbers and booleans in its cells', async () => {
    const workbook = await fromCsv(name);
    const read = readForm(await readFormFile('f.xlsx', await typedIn(workbook)), known);
    expect(read.faults).toEqual([]);
    expect(read.survey).toEqual(readForm(workbook, known).survey);
  });

  it.each(FORMATS)('goes out as .%s and comes back the same, with nothing left to say', async (format) => {
    const { survey } = readForm(await fromCsv(name), known);
    if (!survey) throw new Error('not read');
    const out = exportForm(readSurvey({ ...survey, revision: 3 }, name));
    const back = readForm(await readFormFile(`f.${format}`, await writeFormFile(out, format)), known);
    expect(back.faults).toEqual([]);
    expect(back.survey).toEqual(survey);
    // What could still be said is that a translation is missing, or that nobody knows a language.
    expect(back.notices.filter(({ reason }) => !/^(pas de traduction|langue inconnue)/.test(reason))).toEqual(
      [],
    );
  });
});
