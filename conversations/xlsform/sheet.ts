/** A sheet read by its headers: rows that know their cells by column, wherever they stand. */
import { type Column, columnOf, type Known, TRANSLATED } from './columns.ts';
import { languageInFrench, languageNamed } from './languages.ts';
import { addressOf, type Cell, type Findings, type Sheet, type Workbook } from './workbook.ts';

export interface Row {
  /** The cell, where there is something in it. */
  get(column: string): Cell | undefined;
  /** Where the column would be; the row's first cell where the sheet has no such column. */
  place(column: string): Cell;
  /** Texts by language code, those that are there. */
  texts(column: string): Record<string, Cell>;
  /** Cells under headers that are no column of XLSForm's. */
  extra: Cell[];
}

export interface Table {
  rows: Row[];
  /** The codes of the languages in the headers, in their order. */
  languages: string[];
  has(column: string): boolean;
}

export interface Reading {
  findings: Findings;
  /** Whose texts stand under a header without a language. */
  base: string;
  /** The form says itself what language that is. */
  baseSaid?: boolean;
  /** Blanks around a text are part of it (`clean_text_values` is no). */
  exact?: boolean;
}

/** Where a blank can be meant; names and types never begin with one. */
const EXACT = new Set([
  ...TRANSLATED,
  'default',
  'relevant',
  'constraint',
  'calculation',
  'choice_filter',
  'sms_option',
  'pv:list',
  'value',
  'form_title',
  'form_id',
  'version',
]);

interface Head extends Column {
  index: number;
  cell: Cell;
  code?: string;
}

/** Sheet names are written in any case. */
export const sheetsNamed = ({ sheets }: Workbook, name: string): Sheet[] =>
  sheets.filter((sheet) => sheet.name.trim().toLowerCase() === name);

export function readSheet(sheets: Sheet[], known: Known, reading: Reading): Table {
  const tables = sheets.map((sheet) => readOne(sheet, known, reading));
  return {
    rows: tables.flatMap(({ rows }) => rows),
    languages: [...new Set(tables.flatMap(({ languages }) => languages))],
    has: (column) => tables.some((table) => table.has(column)),
  };
}

function readOne(sheet: Sheet, known: Known, reading: Reading): Table {
  const top = sheet.rows.findIndex((row) => row.some((value) => value.trim() !== ''));
  const headers = sheet.rows[top] ?? [];
  const cellAt = (row: number, column: number, raw = sheet.rows[row]?.[column] ?? ''): Cell => ({
    sheet: sheet.name,
    row: row + (sheet.origin?.row ?? 1),
    at: addressOf(row + (sheet.origin?.row ?? 1), column + (sheet.origin?.column ?? 1)),
    column: (headers[column] ?? '').trim(),
    value: raw.trim(),
  });
  const double = headers.some((header) => header.includes('::'));
  const heads: Head[] = headers.flatMap((header, index) => {
    const written = header.trim().replace(/\s+/gu, ' ');
    if (!written) return [];
    return [{ ...columnOf(written, known, double), index, cell: cellAt(top, index) }];
  });
  nameLanguages(heads, reading);
  checkTwice(heads, reading);
  checkBare(heads, sheet.rows.slice(top + 1), (row, column) => cellAt(row + top + 1, column), reading);
  const rows = sheet.rows.flatMap((values, index): Row[] =>
    index <= top || values.every((value) => value.trim() === '')
      ? []
      : [rowOf(heads, (column) => cellAt(index, column), values, reading)],
  );
  return {
    rows,
    languages: [
      ...new Set(
        heads.flatMap(({ code, index }) =>
          code && sheet.rows.some((row, at) => at > top && row[index]?.trim()) ? [code] : [],
        ),
      ),
    ],
    has: (column) => heads.some(({ name, extra }) => !extra && name === column),
  };
}

function nameLanguages(heads: Head[], { findings, base }: Reading): void {
  for (const head of heads) {
    if (head.extra || !TRANSLATED.has(head.name)) continue;
    if (head.language === undefined) {
      head.code = base;
      continue;
    }
    const { code, unknownCode, unknownName } = languageNamed(head.language);
    head.code = code;
    if (unknownCode)
      findings.fault(head.cell, `la langue « ${code} » n'existe pas`, 'un code comme fr, en, ar, tr, zh');
    if (unknownName)
      findings.notice(
        head.cell,
        `langue inconnue, gardée sous le code « ${code} »; écrivez par exemple « Français (fr) »`,
      );
  }
}

/** A column that stands twice would hide one of the two. `label` and `label::Français (fr)` are two columns. */
function checkTwice(heads: Head[], { findings }: Reading): void {
  const seen = new Map<string, Head>();
  for (const head of heads) {
    const name = `${head.name}\n${head.language === undefined ? '' : head.code}\n${head.extra ?? ''}`;
    const first = seen.get(name);
    if (first)
      findings.fault(
        head.cell,
        `cette colonne est déjà en ${first.cell.at}`,
        'chaque colonne une seule fois',
      );
    else seen.set(name, head);
  }
}

/**
 * `label` beside `label::Français (fr)` may well be English: where the form does not say, one of the two texts would
 * be lost. Once a column.
 */
function checkBare(
  heads: Head[],
  rows: string[][],
  cellAt: (row: number, column: number) => Cell,
  { findings, base, baseSaid }: Reading,
): void {
  for (const bare of heads) {
    if (bare.extra || bare.language !== undefined || !TRANSLATED.has(bare.name)) continue;
    const named = heads.find(
      ({ name, extra, language, code }) =>
        name === bare.name && !extra && language !== undefined && code === bare.code,
    );
    if (!named) continue;
    const text = (row: string[], { index }: Head): string => (row[index] ?? '').trim();
    const at = rows.findIndex(
      (row) => text(row, bare) && text(row, named) && text(row, bare) !== text(row, named),
    );
    if (at < 0) continue;
    const language = languageInFrench(base);
    if (baseSaid)
      findings.notice(
        cellAt(at, bare.index),
        `« ${bare.cell.value} » et « ${named.cell.value} » sont tous deux en ${language}: le second est gardé`,
      );
    else
      findings.fault(
        bare.cell,
        `sans langue, cette colonne est en ${language}, et « ${named.cell.value} » dit autre chose (${named.cell.at}, ligne ${cellAt(at, bare.index).row}): l'un des deux textes serait perdu`,
        `${bare.name}::English (en), ou default_language dans la feuille settings`,
      );
  }
}

function rowOf(heads: Head[], cellAt: (column: number) => Cell, values: string[], reading: Reading): Row {
  const cells = (column: string): Cell[] =>
    heads.filter(({ name, extra }) => !extra && name === column).map(({ index }) => cellAt(index));
  const filled = heads.flatMap((head) => {
    const cell = cellAt(head.index);
    const exact = reading.exact && (head.extra || EXACT.has(head.name));
    const value = exact ? (values[head.index] ?? '') : cell.value;
    return value ? [{ ...head, cell: { ...cell, value } }] : [];
  });
  const first = cellAt(
    Math.max(
      0,
      values.findIndex((value) => value.trim() !== ''),
    ),
  );
  return {
    get: (column) => filled.find(({ name, extra }) => !extra && name === column)?.cell,
    place: (column) => cells(column)[0] ?? { ...first, column, value: '' },
    texts: (column) =>
      Object.fromEntries(
        filled
          .filter(({ name, extra, code }) => !extra && name === column && code !== undefined)
          // What names its language comes last: it is kept where the bare column says something too.
          .sort((a, b) => Number(a.language !== undefined) - Number(b.language !== undefined))
          .map(({ code, cell }) => [code as string, cell]),
      ),
    extra: filled.filter(({ extra }) => extra).map(({ cell }) => cell),
  };
}
