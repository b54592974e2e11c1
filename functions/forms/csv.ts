/**
 * A form as .csv, as pyxform has it: the first column holds the name of a sheet, the rows of that sheet stand below it
 * with nothing there. A plain table, with `type` among its headers, is a survey sheet.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Sheet, Workbook } from '../../conversations/xlsform/workbook.ts';
import { FormFileError } from './form-file-error.ts';
import { inertTexts, plainTexts } from './inert-texts.ts';

const DELIMITERS = [',', ';', '\t'];
/** How many records are looked at to find out what parts the cells. */
const PROBE = 20;

export function readCsv(bytes: Buffer): Workbook {
  const text = decoded(bytes);
  const parsed = DELIMITERS.map((delimiter) => recordsIn(text, delimiter));
  // The one that parts most is the one that was meant.
  const columns = ({ records }: { records: string[][] }): number =>
    records.slice(0, PROBE).reduce((sum, record) => sum + record.length, 0);
  const best = parsed.reduce((a, b) => (columns(b) > columns(a) ? b : a));
  if (best.broken)
    throw new FormFileError(
      best.broken.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `après la ligne ${best.records.length}, un guillemet ouvert n'est jamais fermé`
        : `le fichier .csv ne se lit pas après la ligne ${best.records.length}: ${best.broken.code}`,
    );
  return { sheets: sheetsIn(best.records).map(plainTexts) };
}

function sheetsIn(records: string[][]): Sheet[] {
  const top = records.findIndex((record) => record.some((value) => value.trim()));
  const isTable = (records[top] ?? []).some(
    (value, index, all) =>
      value.trim().toLowerCase() === 'type' &&
      (index === 0 || !!all[0]?.trim()) &&
      all[0]?.trim().toLowerCase() !== 'survey',
  );
  if (isTable) return [{ name: 'survey', rows: records.slice(top), origin: { row: top + 1, column: 1 } }];
  const sheets: Sheet[] = [];
  for (const [index, [name = '', ...rest]] of records.entries()) {
    if (name.trim()) sheets.push({ name: name.trim(), rows: [], origin: { row: index + 1, column: 2 } });
    sheets.at(-1)?.rows.push(rest);
  }
  return sheets;
}

/** Without a mark in front: pyxform takes it for a part of the first sheet's name. No text runs as a formula. */
export function writeCsv({ sheets }: Workbook): Buffer {
  const rows = sheets
    .map(inertTexts)
    .flatMap(({ name, rows: own }) => [[name], ...own.map((row) => ['', ...row])]);
  // Every cell in quotes: blanks and line ends in it are its own.
  return Buffer.from(stringify(rows, { quoted: true, quoted_empty: false }), 'utf8');
}

/** UTF-8, or what spreadsheets on French machines write where nobody says otherwise. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

interface Records {
  records: string[][];
  /** What stands in the way of reading on; the records before it are there. */
  broken?: CsvError;
}

function recordsIn(text: string, delimiter: string): Records {
  const records: string[][] = [];
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      onRecord: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (error instanceof CsvError) return { records, broken: error };
    throw error;
  }
}
