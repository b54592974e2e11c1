/** The rows of a .csv as spreadsheets on French machines write it: `;`, `,` or tabs; UTF-8, UTF-16 or windows-1252. */
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Row, TableFileError } from './table.ts';

const DELIMITERS = [';', ',', '\t'];
/** No contact has a longer row; a quote that is never closed would take in the rest of the file. */
const MAX_ROW = 16_384;

export async function* csvRows(file: string): AsyncGenerator<Row> {
  const encoding = await encodingOf(file);
  // Of the last whole row: where it breaks, those before it may not have been handed over.
  let whole = 0;
  const parser = parse({
    delimiter: await delimiterOf(file, encoding),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW,
    on_record: (record, { lines }) => {
      whole = lines;
      return record;
    },
  });
  // What goes wrong arrives at the parser, which is read below.
  pipeline(Readable.from(textOf(file, encoding)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (record.some((cell) => cell.trim())) yield { line: info.lines, cells: record };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new TableFileError(
      `il ne se lit plus après la ligne ${whole}: un guillemet y est ouvert et n'est jamais fermé`,
      { cause },
    );
  }
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

async function* textOf(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file)) {
    const text = decoder.decode(chunk as Buffer, { stream: true });
    if (text) yield text;
  }
  const rest = decoder.decode();
  if (rest) yield rest;
}

/** By the whole file: the first letter with an accent may come late. */
async function encodingOf(file: string): Promise<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(file)) {
      const bytes = chunk as Buffer;
      if (first && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
      first = false;
      utf8.decode(bytes, { stream: true });
    }
    utf8.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

/** The one that parts the headers most. */
async function delimiterOf(file: string, encoding: string): Promise<string> {
  let head = '';
  for await (const text of textOf(file, encoding)) {
    head += text;
    if (/\S[^\n]*\n/.test(head) || head.length > MAX_ROW) break;
  }
  const line = head.trimStart().split('\n')[0] as string;
  const parts = (delimiter: string): number => line.split(delimiter).length;
  return DELIMITERS.reduce((best, each) => (parts(each) > parts(best) ? each : best));
}
