/** A form as .xlsx: cells as the texts that whoever wrote them sees. */
import exceljs from 'exceljs';
import { addressOf, type Sheet, type Workbook } from '../../conversations/xlsform/workbook.ts';
import { FormFileError } from './form-file-error.ts';
import { escaped, MAX_CELL } from './xlsx-text.ts';
import { checkZip } from './zip-guard.ts';

/** What is drawn and checked on a sheet; some of it stands for a million cells, and none of it has a text. */
const UNREAD = [
  'dataValidations',
  'conditionalFormatting',
  'mergeCells',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'autoFilter',
  'extLst',
];
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 500;

/** Only these are read: in other sheets there may stand anything. */
const READ = new Set(['survey', 'choices', 'settings', 'porte_voix']);

export async function readXlsx(bytes: Buffer): Promise<Workbook> {
  if (!checkZip(bytes).includes('xl/workbook.xml'))
    throw new FormFileError(
      "le fichier n'est pas un classeur .xlsx; enregistrez le formulaire en .xlsx ou en .csv",
    );
  const file = await loadXlsx(bytes).catch(() => {
    throw new FormFileError('le classeur ne se lit pas; ouvrez-le et enregistrez-le de nouveau en .xlsx');
  });
  return { sheets: file.worksheets.map(sheetOf) };
}

/**
 * Throws what exceljs throws; what it unpacks to is `checkZip`'s to look at before. Not by exceljs' streaming reader: its
 * unzipper may end before the last parts are read, and loses them.
 */
export async function loadXlsx(bytes: Buffer): Promise<exceljs.Workbook> {
  const file = new exceljs.Workbook();
  await file.xlsx.load(bytes as unknown as ArrayBuffer, { ignoreNodes: UNREAD } as exceljs.XlsxReadOptions);
  return file;
}

function sheetOf(worksheet: exceljs.Worksheet): Sheet {
  const { name } = worksheet;
  const rows: string[][] = [];
  if (!READ.has(name.trim().toLowerCase())) return { name, rows };
  worksheet.eachRow((row, number) => {
    row.eachCell((cell, column) => {
      const text = textOf(cell.value, `feuille « ${name} », cellule ${addressOf(number, column)}`);
      if (text === '') return;
      if (number > MAX_ROWS || column > MAX_COLUMNS)
        throw new FormFileError(
          `la feuille « ${name} » dépasse ${MAX_ROWS} lignes ou ${MAX_COLUMNS} colonnes`,
        );
      while (rows.length < number) rows.push([]);
      const cells = rows[number - 1] as string[];
      while (cells.length < column) cells.push('');
      cells[column - 1] = text;
    });
  });
  return { name, rows };
}

/** `where` is for a formula that has no value to show. */
function textOf(value: exceljs.CellValue, where: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  // As pyxform writes them.
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return momentOf(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) throw new FormFileError(`${where}: la formule donne ${value.error}; corrigez-la`);
  if ('text' in value) return textOf(value.text as exceljs.CellValue, where);
  const { result } = value as exceljs.CellFormulaValue;
  if (result === undefined)
    throw new FormFileError(
      `${where}: la formule n'a pas de valeur, ou un texte vide; videz la cellule, ou ouvrez le classeur et enregistrez-le de nouveau`,
    );
  return textOf(result, where);
}

/** Spreadsheets count days from here; an hour alone is a part of day nought. */
const DAY_NOUGHT = '1899-12-30';

function momentOf(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  const hour = time.slice(0, 5);
  if (day === DAY_NOUGHT) return hour;
  return hour === '00:00' ? day : `${day}T${hour}`;
}

export async function writeXlsx({ sheets }: Workbook): Promise<Buffer> {
  const file = new exceljs.Workbook();
  for (const { name, rows } of sheets) {
    const worksheet = file.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    for (const [index, row] of rows.entries())
      for (const [column, text] of row.entries()) {
        if (text === '') continue;
        if (text.length > MAX_CELL)
          throw new FormFileError(
            `feuille « ${name} », cellule ${addressOf(index + 1, column + 1)}: ${text.length} caractères; une cellule en a ${MAX_CELL} au plus`,
          );
        worksheet.getCell(index + 1, column + 1).value = escaped(text);
      }
    worksheet.getRow(1).font = { bold: true };
    for (const column of worksheet.columns) column.width = 24;
  }
  return Buffer.from(await file.xlsx.writeBuffer());
}
