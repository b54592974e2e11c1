/** A catalogue as a CSV file that French Excel opens: three rows that say what it is, then one row a text. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CsvError, parse } from 'csv-parse/sync';
import type { Catalogue, Remark, Row, Sheet } from '../../conversations/translate/entry.ts';
import { isFormula, writeCsv } from '../../functions/runtime/export-csv.ts';
import { Unreadable } from './unreadable.ts';

const NAME = 'catalogue';
const LANGUAGE = 'langue';
const REVIEW = 'relecture';
const READ = 'relu';
const UNREAD = 'à relire';
const COLUMNS = ['clé', 'texte de départ', 'traduction', 'état', 'notes'];

/** A spreadsheet makes a day or a number of these, and saves that. */
const FIGURES = /^'*\d[\d\s.,/:-]*$/;

const guarded = (text: string): string => (FIGURES.test(text) ? `'${text}` : text);

/** What was put before a text so that no spreadsheet reads it as something else is taken away again. */
function unguarded(cell: string): string {
  const text = cell.slice(1);
  return cell.startsWith("'") && (isFormula(text) || FIGURES.test(text)) ? text : cell;
}

/** The bytes of the file. */
export async function writeTable({ name, language, entries }: Catalogue): Promise<Buffer> {
  const rows = [
    [NAME, name],
    [LANGUAGE, language],
    [REVIEW, UNREAD],
    COLUMNS,
    ...entries.map(({ key, source, text, notes, unread }) => [
      key,
      guarded(source),
      guarded(text),
      !text ? 'à traduire' : unread ? UNREAD : READ,
      notes.join(' '),
    ]),
  ];
  const sink = new PassThrough();
  const [bytes] = await Promise.all([buffer(sink), writeCsv(rows, sink)]);
  return bytes;
}

interface Line {
  line: number;
  cells: string[];
}

/** Throws `Unreadable` with the lines at fault. */
export function readTable(text: string): Sheet {
  const records = recordsOf(text).filter(({ cells }) => cells.some((cell) => cell.trim()));
  const at = records.findIndex(({ cells }) => cells[0]?.trim().toLowerCase() === COLUMNS[0]);
  const titles = records[at];
  if (!titles) throw new Unreadable([{ line: 1, what: `la ligne de titres manque: ${COLUMNS.join(';')}` }]);
  const faults: Remark[] = [];
  const head = headOf(records.slice(0, at), faults);
  const column = (name: string): number =>
    titles.cells.findIndex((cell) => cell.trim().toLowerCase() === name);
  const [key, source, translation, state] = COLUMNS.map(column) as [number, number, number, number];
  for (const name of COLUMNS.slice(0, 3))
    if (column(name) < 0) faults.push({ line: titles.line, what: `la colonne « ${name} » manque` });
  const width = titles.cells.length;
  const rows = records.slice(at + 1).flatMap(({ line, cells }): Row[] => {
    const beyond = cells.slice(width).find((cell) => cell.trim());
    if (beyond !== undefined)
      faults.push({ line, what: `${cells.length} cellules au lieu de ${width}: un « ; » sans guillemets?` });
    const name = (cells[key] ?? '').trim();
    if (!name) faults.push({ line, what: 'la clé manque' });
    if (translation >= cells.length) faults.push({ line, what: 'la ligne est coupée: la traduction manque' });
    return [
      {
        line,
        key: name,
        source: unguarded(cells[source] ?? ''),
        text: unguarded(cells[translation] ?? ''),
        unsure: (cells[state] ?? '').trim().toLowerCase() !== READ,
      },
    ];
  });
  if (faults.length > 0) throw new Unreadable(faults);
  return { ...head, rows };
}

function headOf(records: Line[], faults: Remark[]): Omit<Sheet, 'rows'> {
  const said = (name: string): Line | undefined =>
    records.find(({ cells }) => cells[0]?.trim().toLowerCase() === name);
  const value = (name: string): string => said(name)?.cells[1]?.trim() ?? '';
  const missing = [NAME, LANGUAGE].filter((name) => !value(name));
  if (missing.length > 0)
    faults.push({ line: 1, what: `les premières lignes ne disent pas ${missing.join(' ni ')}` });
  const review = value(REVIEW).toLowerCase();
  if (review && review !== READ && review !== UNREAD)
    faults.push({
      line: said(REVIEW)?.line ?? 1,
      what: `${REVIEW}: reçu « ${review.slice(0, 40)} », attendu « ${READ} » ou « ${UNREAD} », sans nom`,
    });
  return {
    name: value(NAME),
    language: value(LANGUAGE),
    reviewed: review === READ,
    line: said(LANGUAGE)?.line ?? 1,
  };
}

/** Excel writes `;` in French, `,` or a tab elsewhere: the first row tells. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return [';', '\t', ','].find((each) => first.includes(each)) ?? ';';
}

const SENTENCES: { [code: string]: string } = {
  CSV_QUOTE_NOT_CLOSED: "un guillemet ouvert n'est pas refermé",
  CSV_INVALID_CLOSING_QUOTE: 'il y a du texte après un guillemet fermant',
  INVALID_OPENING_QUOTE: 'un guillemet au milieu d’une cellule: doublez-le',
};

function recordsOf(text: string): Line[] {
  const lines: Line[] = [];
  // `lines` of csv-parse is the last line of a record, and a cell may hold several.
  let next = 1;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      bom: true,
      // Hands and programs mix them in one file.
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], info) => {
        lines.push({ line: next, cells });
        next = info.lines + 1;
        return null;
      },
    });
    return lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Unreadable([{ line: next, what: SENTENCES[error.code] ?? 'la ligne est illisible' }]);
  }
}
