/** Cells as spreadsheets keep them, and files that are no forms. */
import { crc32, deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readFormFile } from '../../../functions/forms/form-file.ts';
import { FormFileError } from '../../../functions/forms/form-file-error.ts';
import { writeXlsx } from '../../../functions/forms/xlsx.ts';

async function made(fill: (worksheet: exceljs.Worksheet) => void, name = 'survey'): Promise<Buffer> {
  const file = new exceljs.Workbook();
  fill(file.addWorksheet(name));
  return Buffer.from(await file.xlsx.writeBuffer());
}

const cellsOf = async (bytes: Buffer): Promise<string[][]> =>
  (await readFormFile('f.xlsx', bytes)).sheets[0]?.rows ?? [];

it('a cell is read as what its reader sees', async () => {
  const bytes = await made((sheet) => {
    sheet.addRow([1, 1.5, true, false, 'text', -99]);
    sheet.addRow([
      { formula: 'A1+1', result: 2 },
      { formula: 'CONCAT("a","b")', result: 'ab' },
      { richText: [{ text: 'bold ' }, { font: { bold: true }, text: 'and not' }] },
      { text: 'a link', hyperlink: 'https://exemple.fr' },
    ]);
    sheet.addRow([new Date('2026-05-24T00:00:00Z'), new Date('2026-05-24T18:30:00Z')]);
    sheet.getCell('C3').value = 0.75;
    sheet.getCell('C3').numFmt = 'hh:mm';
    sheet.getCell('A4').value = 'merged';
    sheet.mergeCells('A4:B5');
  });
  expect(await cellsOf(bytes)).toEqual([
    ['1', '1.5', 'TRUE', 'FALSE', 'text', '-99'],
    ['2', 'ab', 'bold and not', 'a link'],
    ['2026-05-24', '2026-05-24T18:30', '18:00'],
    ['merged'],
  ]);
});

it('rows and columns that are empty keep their place', async () => {
  const bytes = await made((sheet) => {
    sheet.getCell('C3').value = 'here';
    sheet.getCell('A1000').font = { bold: true };
  });
  expect(await cellsOf(bytes)).toEqual([[], [], ['', '', 'here']]);
});

it('what checks and draws a sheet is not read, however large', async () => {
  const bytes = await made((sheet) => {
    sheet.addRow(['type']);
    sheet.getColumn(1).width = 30;
    // biome-ignore lint/suspicious/noExplicitAny: the library has it, its types do not
    (sheet as any).dataValidations.add('A2:A9999', { type: 'list', formulae: ['"text,note"'] });
  });
  expect(await cellsOf(bytes)).toEqual([['type']]);
});

it.each([
  ['an error', { formula: 'A1/0', result: { error: '#DIV/0!' } }, /cellule A1: la formule donne #DIV\/0!/],
  ['no value at all', { formula: 'A2' }, /cellule A1: la formule n'a pas de valeur/],
])('a formula with %s is refused with its cell', async (_, value, message) => {
  const bytes = await made((sheet) => {
    sheet.getCell('A1').value = value as exceljs.CellValue;
  });
  await expect(cellsOf(bytes)).rejects.toThrow(message);
});

it('in a sheet that is none of the form, anything may stand', async () => {
  const bytes = await made((sheet) => {
    sheet.getCell('A1').value = { formula: 'A1/0', result: { error: '#DIV/0!' } } as exceljs.CellValue;
  }, 'brouillon');
  expect((await readFormFile('f.xlsx', bytes)).sheets).toEqual([{ name: 'brouillon', rows: [] }]);
});

it('characters that XML has no place for are kept', async () => {
  const texts = ['a\u0001b', 'line\r\nend', '\rfirst', '_x0041_', 'tab\there', '\u0085', ' blanks '];
  const bytes = await writeXlsx({ sheets: [{ name: 'survey', rows: [texts] }] });
  expect(await cellsOf(bytes)).toEqual([texts]);
});

it('a text longer than a cell is refused with its cell', async () => {
  const rows = [['', 'é'.repeat(32_768)]];
  await expect(writeXlsx({ sheets: [{ name: 'survey', rows }] })).rejects.toThrow(
    /cellule B1: 32768 caractères/,
  );
});

/** A zip with one part, of which the header says what it likes. */
function zipOf(name: string, data: Buffer, said = data.length): Buffer {
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(data), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(data), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(said, 24);
  entry.writeUInt16LE(name.length, 28);
  const head = Buffer.concat([local, Buffer.from(name), packed]);
  const directory = Buffer.concat([entry, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(head.length, 16);
  return Buffer.concat([head, directory, end]);
}

describe('files that are no forms', () => {
  it.each<[string, string, Buffer, RegExp]>([
    [
      'more than five megabytes',
      'f.xlsx',
      Buffer.alloc(5 * 1024 * 1024 + 1),
      /5\.0 Mo; un formulaire en fait 5/,
    ],
    [
      'a zip that unpacks to gigabytes',
      'f.xlsx',
      zipOf('xl/workbook.xml', Buffer.alloc(70 * 1024 * 1024)),
      /dépasse 60 Mo/,
    ],
    [
      'a zip that says it is small',
      'f.xlsx',
      zipOf('xl/workbook.xml', Buffer.alloc(70 * 1024 * 1024), 10),
      /dépasse 60 Mo/,
    ],
    [
      'a zip that is no workbook',
      'f.xlsx',
      zipOf('content.xml', Buffer.from('<a/>')),
      /n'est pas un classeur/,
    ],
    ['a workbook with nothing in it', 'f.xlsx', zipOf('xl/workbook.xml', Buffer.from('<nothing')), /./],
    ['no zip at all', 'f.xlsx', Buffer.from('type,name,label\n'.repeat(20)), /abîmé/],
    ['an empty file', 'f.xlsx', Buffer.alloc(0), /abîmé/],
    ['an old workbook', 'f.xls', Buffer.from('d0cf11e0', 'hex'), /« \.xls » n'est pas lu/],
    ['a text', 'notes', Buffer.from('type'), /enregistrez le formulaire/],
  ])('%s', async (_, name, bytes, message) => {
    const reading = readFormFile(name, bytes);
    await expect(reading).rejects.toThrow(FormFileError);
    await expect(reading).rejects.toThrow(message);
  });

  it('a workbook that is cut short', async () => {
    const bytes = await made((sheet) => sheet.addRow(['type']));
    await expect(readFormFile('f.xlsx', bytes.subarray(0, bytes.length - 40))).rejects.toThrow(/abîmé/);
    const torn = Buffer.from(bytes);
    torn.fill(7, 60, 120);
    await expect(readFormFile('f.xlsx', torn)).rejects.toThrow(FormFileError);
  });
});
