/**
 * Texts of a form that a spreadsheet would run as formulas when its .csv is opened: an apostrophe stands before them in
 * the file, and is taken off when it is read. Cells that are formulas of XLSForm stay as they are.
 */
import type { Sheet } from '../../conversations/xlsform/workbook.ts';
import { isFormula } from '../runtime/export-csv.ts';

/** A header up to its first colon, where people read what stands below. */
const TEXTS = new Set([
  'label',
  'caption',
  'hint',
  'guidance_hint',
  'constraint_message',
  'required_message',
  'text',
  'form_title',
]);

export const inertTexts = (sheet: Sheet): Sheet =>
  overTexts(sheet, (text) => (isFormula(text) ? `'${text}` : text));

export const plainTexts = (sheet: Sheet): Sheet =>
  overTexts(sheet, (text) => (text.startsWith("'") && isFormula(text) ? text.slice(1) : text));

function overTexts(sheet: Sheet, change: (text: string) => string): Sheet {
  const top = sheet.rows.findIndex((row) => row.some((cell) => cell.trim()));
  const isText = (sheet.rows[top] ?? []).map((header) =>
    TEXTS.has((header.split(':')[0] ?? '').trim().toLowerCase().replace(/\s+/gu, '_')),
  );
  const rows = sheet.rows.map((row, at) =>
    at <= top ? row : row.map((cell, column) => (isText[column] ? change(cell) : cell)),
  );
  return { ...sheet, rows };
}
