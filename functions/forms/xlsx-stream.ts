/**
 * Writes a workbook row by row, several sheets side by side, in memory that does not grow. Every text is a string of
 * the format, never a formula, and stays one when a cell that begins like a formula is edited (`quotePrefix`).
 */
import type { Writable } from 'node:stream';
import { type Cell, isFormula } from '../runtime/export-csv.ts';
import { held, xmlText } from './xlsx-text.ts';
import { type Entry, openEntry, type Packed, writeZip } from './zip-write.ts';

/** A day or a moment as spreadsheets count them: days since the end of 1899, in the clock's own time. */
export interface Moment {
  days: number;
  shown: 'day' | 'moment' | 'hour';
}
export type SheetCell = Cell | Moment;

export interface SheetColumn {
  /** In characters, as Excel counts them. */
  width: number;
}

export interface SheetWriter {
  /** The first one is the header, bold, and repeated where the sheet goes on in another. */
  row(cells: SheetCell[]): Promise<unknown> | undefined;
}

export interface Book {
  /** `name` at most 28 characters, so that a number has room behind it. Sheets stand in the order they are made. */
  sheet(name: string, columns: SheetColumn[]): SheetWriter;
  /** Texts that were longer than a cell, so far. */
  cut(): number;
  /** Writes all of it; the sheets are whole then. */
  finish(at: Date, sink: Writable): Promise<void>;
}

/** Excel's own. */
export const MAX_ROWS = 1_048_576;
const MAX_NAME = 28;
const PIECE = 16_384;
/** A column with more different texts than these is written as it is; the table of shared ones stays small. */
const MOST_SHARED = 256;
const MAX_SHARED_LENGTH = 200;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const STYLE = { header: 1, day: 2, moment: 3, hour: 4, quoted: 5 } as const;

/** `maxRows` is only smaller than Excel's in tests. */
export function openBook(folder: string, maxRows = MAX_ROWS): Book {
  const parts: { name: string; number: number; sheet: number }[] = [];
  let sheets = 0;
  const ends: (() => Promise<Packed>[])[] = [];
  const shared = new Map<string, number>();
  let cuts = 0;
  const number = (text: string): number => {
    const known = shared.get(text) ?? shared.size;
    shared.set(text, known);
    return known;
  };
  return {
    cut: () => cuts,
    sheet(name, columns) {
      if (name.length > MAX_NAME || /[[\]:*?/\\]/.test(name))
        throw new Error(`no name of a sheet: "${name}", at most ${MAX_NAME} characters, none of []:*?/\\`);
      const letters = columns.map((_, index) => lettersOf(index));
      const known = columns.map((): Map<string, string> | undefined => new Map());
      let header: SheetCell[] | undefined;
      const packed: Promise<Packed>[] = [];
      let [rows, piece, count] = [0, '', 0];
      sheets += 1;
      const own = sheets;
      const open = (): Entry => {
        count += 1;
        const number = parts.length + 1;
        const entry = openEntry(`xl/worksheets/sheet${number}.xml`, folder, number);
        parts.push({ name: count === 1 ? name : `${name} ${count}`, number, sheet: own });
        [rows, piece] = [0, `${HEAD}${beginning(columns)}`];
        return entry;
      };
      let entry = open();
      const close = (): void => {
        // What goes wrong here is thrown by the end.
        entry.write(`${piece}</sheetData></worksheet>`)?.catch(() => {});
        packed.push(entry.end());
      };
      ends.push(() => {
        close();
        return packed;
      });
      const tail = (text: string, column: number): string => {
        const table = known[column];
        const found = table?.get(text);
        if (found) return found;
        const composed = held(/[\u0300-\uffff]/.test(text) ? text.normalize('NFC') : text);
        if (composed.endsWith('…') && text.length > composed.length) cuts += 1;
        const quoted = isFormula(composed) ? ` s="${STYLE.quoted}"` : '';
        if (table && text.length <= MAX_SHARED_LENGTH) {
          if (table.size < MOST_SHARED) {
            const made = `${quoted} t="s"><v>${number(composed)}</v></c>`;
            table.set(text, made);
            return made;
          }
          known[column] = undefined;
        }
        return `${quoted} t="inlineStr"><is>${stringOf(composed)}</is></c>`;
      };
      const write = (cells: SheetCell[]): void => {
        rows += 1;
        piece += `<row r="${rows}">`;
        for (let index = 0; index < cells.length; index += 1) {
          const cell = cells[index];
          if (cell === undefined || cell === '') continue;
          piece += `<c r="${letters[index]}${rows}"`;
          if (typeof cell === 'string') piece += tail(cell, index);
          else if (typeof cell === 'object') piece += ` s="${STYLE[cell.shown]}"><v>${cell.days}</v></c>`;
          else piece += Number.isFinite(cell) ? `><v>${cell}</v></c>` : tail(String(cell), index);
        }
        piece += '</row>';
      };
      const writeHeader = (cells: SheetCell[]): void => {
        rows += 1;
        const written = cells.map(
          (cell, index) =>
            `<c r="${letters[index]}${rows}" s="${STYLE.header}" t="inlineStr"><is>${stringOf(held(String(cell ?? '')))}</is></c>`,
        );
        piece += `<row r="${rows}">${written.join('')}</row>`;
      };
      return {
        row(cells) {
          if (!header) {
            header = cells;
            writeHeader(cells);
            return undefined;
          }
          if (rows >= maxRows) {
            close();
            entry = open();
            writeHeader(header);
          }
          write(cells);
          if (piece.length < PIECE) return undefined;
          const waiting = entry.write(piece);
          piece = '';
          return waiting;
        },
      };
    },
    async finish(at, sink) {
      const written = await Promise.all(ends.flatMap((end) => end()));
      // What a sheet goes on in stands behind it.
      const inOrder = parts.toSorted((one, other) => one.sheet - other.sheet || one.number - other.number);
      let last = parts.length;
      const small = async (name: string, text: string): Promise<Packed> => {
        last += 1;
        const entry = openEntry(name, folder, last);
        await entry.write(text);
        return entry.end();
      };
      await writeZip(
        [
          await small('[Content_Types].xml', contentTypes(parts.length)),
          await small('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])),
          await small('xl/workbook.xml', workbook(inOrder)),
          await small(
            'xl/_rels/workbook.xml.rels',
            relations([
              ...parts.map(({ number }): [string, string] => ['worksheet', `worksheets/sheet${number}.xml`]),
              ['styles', 'styles.xml'],
              ['sharedStrings', 'sharedStrings.xml'],
            ]),
          ),
          await small('xl/styles.xml', STYLES),
          await small('xl/sharedStrings.xml', sharedStrings([...shared.keys()])),
          ...written,
        ],
        at,
        sink,
      );
    },
  };
}

function lettersOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}

/** White space at the ends and line breaks count. */
const stringOf = (text: string): string =>
  `<t${/^\s|\s$|[\n\t]/.test(text) ? ' xml:space="preserve"' : ''}>${xmlText(text)}</t>`;

const beginning = (columns: SheetColumn[]): string =>
  [
    `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>',
    ...columns.map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    ),
    '</cols><sheetData>',
  ].join('');

const contentTypes = (sheets: number): string =>
  [
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>`,
    `<Override PartName="/xl/sharedStrings.xml" ContentType="${TYPES}.sharedStrings+xml"/>`,
    ...Array.from(
      { length: sheets },
      (_, index) =>
        `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
    ),
    '</Types>',
  ].join('');

const relations = (all: [string, string][]): string =>
  [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">`,
    ...all.map(
      ([type, target], index) =>
        `<Relationship Id="r${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    ),
    '</Relationships>',
  ].join('');

const workbook = (sheets: { name: string; number: number }[]): string =>
  [
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>`,
    ...sheets.map(
      ({ name, number }) => `<sheet name="${xmlText(name)}" sheetId="${number}" r:id="r${number}"/>`,
    ),
    '</sheets></workbook>',
  ].join('');

const sharedStrings = (texts: string[]): string =>
  `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${texts.length}">${texts.map((text) => `<si>${stringOf(text)}</si>`).join('')}</sst>`;

const xf = (format: number, more = ''): string =>
  `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0"${format ? ' applyNumberFormat="1"' : ''}${more}/>`;
/** In the order of `STYLE`. Formats from 164 on are one's own; 20 is `h:mm`. */
const STYLES = [
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2">`,
  '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>',
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${xf(0)}`,
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  `${xf(164)}${xf(165)}${xf(20)}${xf(0, ' quotePrefix="1"')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');
