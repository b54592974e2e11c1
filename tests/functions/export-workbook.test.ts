/** What a workbook of answers holds, read back by another library: the cells of the CSV, and nothing that runs. */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type exceljs from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnswerSheet } from '../../conversations/events.ts';
import { loadXlsx } from '../../functions/forms/xlsx.ts';
import { openBook } from '../../functions/forms/xlsx-stream.ts';
import { exportWorkbook } from '../../functions/runtime/export-workbook.ts';
import { createTestCity } from '../support/city.ts';
import { exportOf, readCsv, undo } from '../support/exported.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { twoRevisions } from '../support/two-revisions.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => path.join(folder, 'reponses.xlsx');
const HOSTILE = [
  '=HYPERLINK("http://exemple.fr";"voir")',
  '+33612345678',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  ' bords ',
  'deux\nlignes',
  'a\u0000b\u0007c\ufffe',
  '_x0041_ et <b>&amp;</b>',
  'نريد ساحة آمنة',
  '🎉 fête',
  'e\u0301te\u0301',
];

function cityWith(texts: string[]) {
  const { deps } = createTestCity(createMemoryDb(), { world: twoRevisions });
  const sheets = texts.map(
    (v, index): AnswerSheet => ({
      survey: 'parc',
      revision: 1,
      end: 'done',
      channel: 'sms',
      language: 'fr',
      mode: 'QR',
      quartier: 'chene',
      started: '2026-11-23T09:00:00.000Z',
      ended: '2026-11-23T09:03:10.000Z',
      reminders: 0,
      answers: { ancien: { v, t: 1 }, priorites: { v: [1 + (index % 3)], c: v, t: 1 } },
    }),
  );
  return {
    deps,
    record: () => Promise.all(sheets.map((sheet, index) => deps.sheets.record(`p${index}`, sheet, 1))),
  };
}

async function workbookOf(
  deps: Parameters<typeof exportWorkbook>[0],
  maxRows?: number,
): Promise<exceljs.Workbook> {
  await exportWorkbook(
    deps,
    { survey: 'parc', folder, ...(maxRows !== undefined && { maxRows }) },
    createWriteStream(file()),
  );
  return loadXlsx(readFileSync(file()));
}

/** Cells as the CSV has them. */
function cellsOf(sheet: exceljs.Worksheet): string[][] {
  const rows: string[][] = [];
  const [{ cellCount = 0 } = {}] = sheet.getRows(1, 1) ?? [];
  sheet.eachRow((row) => {
    const cells = Array.from({ length: cellCount }, (_, index) => row.getCell(index + 1).value);
    rows.push(cells.map(csvText));
  });
  return rows;
}

function csvText(value: exceljs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  if (value instanceof Date) {
    const text = value.toISOString();
    return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)} ${text.slice(11, 16)}`;
  }
  if (typeof value !== 'string') throw new Error(`a cell that is no text: ${JSON.stringify(value)}`);
  return value;
}

it('has the cells of the CSV, its texts as they were written', async () => {
  const { deps, record } = cityWith(HOSTILE);
  await record();
  const csv = readCsv(
    (
      Object.entries((await exportOf(deps, 'parc')).texts).find(([name]) =>
        name.endsWith('_reponses.csv'),
      )?.[1] ?? ''
    ).slice(1),
  );
  const book = await workbookOf(deps);
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    'Réponses',
    'Réponses codes',
    'Codebook',
    'Méthode',
    'Questions ouvertes',
  ]);
  const codes = cellsOf(book.getWorksheet('Réponses codes') as exceljs.Worksheet);
  expect(codes).toEqual(csv.map((row) => row.map(undo)));
});

it('says in words what the codes say, and lists the open answers', async () => {
  const { deps, record } = cityWith(['des bancs', '=1+1']);
  await record();
  const book = await workbookOf(deps);
  const [header = [], first = []] = cellsOf(book.getWorksheet('Réponses') as exceljs.Worksheet);
  const at = header.findIndex((title) => title.startsWith('q2_'));
  expect(first[at]).toMatch(/\D/);
  const open = cellsOf(book.getWorksheet('Questions ouvertes') as exceljs.Worksheet);
  expect(open.slice(1).map(([, question, , nature, text]) => [question, nature, text])).toEqual(
    expect.arrayContaining([
      ['q7_texte', 'réponse', 'des bancs'],
      ['q7_texte', 'réponse', '=1+1'],
      ['q2_commentaire', 'commentaire', '=1+1'],
    ]),
  );
  const cell = book.getWorksheet('Questions ouvertes')?.getColumn(5).values.indexOf('=1+1');
  expect(cell).toBeGreaterThan(1);
  const begun = book.getWorksheet('Réponses codes')?.getRow(2).getCell(12).value;
  expect(begun).toEqual(new Date('2026-11-23T10:00:00.000Z'));
  const view = book.getWorksheet('Réponses')?.views[0];
  expect(view).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(book.getWorksheet('Réponses')?.getRow(1).getCell(1).font?.bold).toBe(true);
});

it('goes on in a second sheet, header again, where one is full', async () => {
  const { deps, record } = cityWith(Array.from({ length: 7 }, (_, index) => `texte ${index}`));
  await record();
  const book = await workbookOf(deps, 4);
  const [one, two, three] = ['Réponses codes', 'Réponses codes 2', 'Réponses codes 3'].map((name) =>
    cellsOf(book.getWorksheet(name) as exceljs.Worksheet),
  );
  expect([one, two, three].map((rows) => rows?.length)).toEqual([4, 4, 2]);
  expect(two?.[0]).toEqual(one?.[0]);
  expect(book.worksheets.map(({ name }) => name).slice(0, 4)).toEqual([
    'Réponses',
    'Réponses 2',
    'Réponses 3',
    'Réponses codes',
  ]);
});

it('cuts what a cell does not hold, says so, and tears no sign apart', async () => {
  const { deps, record } = cityWith([`${'x'.repeat(32_765)}🎉 et la suite`]);
  await record();
  const book = await workbookOf(deps);
  const texts = book.getWorksheet('Questions ouvertes')?.getColumn(5).values as string[];
  expect(texts[2]).toBe(`${'x'.repeat(32_765)}…`);
  expect(cellsOf(book.getWorksheet('Méthode') as exceljs.Worksheet).map(([what]) => what)).toContain(
    'Textes coupés',
  );
});

it('refuses a name that no sheet can have', () => {
  expect(() => openBook(folder).sheet('a/b', [])).toThrow('no name of a sheet: "a/b"');
  expect(() => openBook(folder).sheet('x'.repeat(29), [])).toThrow('at most 28');
});

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);

it.skipIf(!office)('opens in LibreOffice with equal cells', { timeout: 120_000 }, async () => {
  const { deps, record } = cityWith(HOSTILE);
  await record();
  const written = valuesOf(await workbookOf(deps));
  const saved = path.join(folder, 'saved');
  const run = spawnSync(office as string, [
    `-env:UserInstallation=file://${path.join(folder, 'profile')}`,
    ...['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', saved, file()],
  ]);
  expect(run.status).toBe(0);
  const read = await loadXlsx(readFileSync(path.join(saved, 'reponses.xlsx')));
  expect(valuesOf(read)).toEqual(written);
  const begun = read.getWorksheet('Réponses codes')?.getRow(2).getCell(12);
  expect([begun?.value, begun?.numFmt]).toEqual([
    new Date('2026-11-23T10:00:00.000Z'),
    expect.stringMatching(/^dd\/mm\/yyyy/),
  ]);
});

/** Every cell of every sheet, with its type. */
const valuesOf = (book: exceljs.Workbook): Record<string, unknown[][]> =>
  Object.fromEntries(
    book.worksheets.map((sheet) => {
      const rows: unknown[][] = [];
      sheet.eachRow((row) => rows.push(Array.from(row.values as unknown[], unescaped)));
      return [sheet.name, rows];
    }),
  );

/** LibreOffice writes what XML cannot hold with small letters, `_xfffe_`, and exceljs takes capitals for it alone. */
const unescaped = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/_x(?=\d*[a-f])([\da-f]{4})_/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : (value ?? undefined);
