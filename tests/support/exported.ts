/** Reads what an export wrote, with a CSV reader of its own: the writer's library is not asked about its own work. */
import { Writable } from 'node:stream';
import type { Deps } from '../../functions/runtime/deps.ts';
import { create } from '../../functions/runtime/export-survey.ts';

export type Rows = Record<string, string>[];

/** RFC 4180 with `;`, CRLF after every record, and nothing but doubled quotes inside quotes. Throws on anything else. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) throw new Error('a quoted cell does not end');
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    } else {
      const end = at + (/[;\r\n"]/.exec(text.slice(at))?.index ?? text.length);
      cell = text.slice(at, end);
      at = end;
    }
    record.push(cell);
    if (text[at] === ';') {
      at += 1;
      if (at === text.length) throw new Error('the last record does not end');
    } else if (text.startsWith('\r\n', at)) {
      at += 2;
      records.push(record);
      record = [];
    } else throw new Error(`neither a separator nor an end of record at ${at}`);
  }
  return records;
}

/** Records by the names in the first one; every record must be as long as it. */
export function readRows(text: string): Rows {
  const [header = [], ...records] = readCsv(text);
  return records.map((record) => {
    if (record.length !== header.length) throw new Error(`${record.length} cells, ${header.length} names`);
    return Object.fromEntries(header.map((name, index) => [name, record[index] as string]));
  });
}

/** Takes the apostrophe away that made a text inert. */
export function undo(cell: string): string {
  if (!cell.startsWith("'")) return cell;
  const behind = cell.replace(/^'+/, '');
  const visible = behind.replace(/^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]+/, '');
  return '\t\r\n'.includes(behind[0] ?? ' ') || '=+-@＝＋－＠'.includes(visible[0] ?? ' ')
    ? cell.slice(1)
    : cell;
}

/** Runs the export into memory. `texts` are by file name, still with their BOM. */
export async function exportOf(deps: Deps, survey = 'square') {
  const chunks: Record<string, Buffer[]> = {};
  const done = await create(deps)(survey, (name) => {
    const into: Buffer[] = [];
    chunks[name] = into;
    return new Writable({
      write(chunk, _encoding, callback) {
        into.push(Buffer.from(chunk));
        callback();
      },
    });
  });
  const texts = Object.fromEntries(
    Object.entries(chunks).map(([name, parts]) => [name, Buffer.concat(parts).toString('utf8')]),
  );
  const rows = (what: string): Rows =>
    readRows((texts[done.files.find((name) => name.endsWith(`_${what}.csv`)) as string] as string).slice(1));
  return { ...done, texts, answers: rows('reponses'), codebook: rows('codebook'), calls: rows('rappels') };
}
