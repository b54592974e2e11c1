/** A form as .csv: what parts its cells, and how it may be written. */
import { describe, expect, it } from 'vitest';
import { readFormFile, writeFormFile } from '../../../functions/forms/form-file.ts';

const sheetsOf = async (text: string | Buffer) =>
  (await readFormFile('F.CSV', Buffer.from(text as string))).sheets;
const survey = (origin: object, rows: string[][], name = 'survey') => ({ name, rows, origin });

describe('readCsv', () => {
  it.each([
    ['commas', 'survey,,\n,type,name\n,text,"a;b"\n'],
    ['semicolons', 'survey;;\n;type;name\n;text;"a;b"\n'],
    ['tabs', 'survey\t\t\n\ttype\tname\n\ttext\ta;b\n'],
    ['a mark in front', '\ufeffsurvey,,\n,type,name\n,text,a;b\n'],
    ['line ends of Windows', 'survey,,\r\n,type,name\r\n,text,a;b\r\n'],
    ['no line end at the end', 'survey,,\n,type,name\n,text,a;b'],
  ])('cells apart by %s', async (_, text) => {
    expect(await sheetsOf(text)).toEqual([
      survey({ row: 1, column: 2 }, [
        ['', ''],
        ['type', 'name'],
        ['text', 'a;b'],
      ]),
    ]);
  });

  it('several sheets, each where it stands in the file', async () => {
    const sheets = await sheetsOf('survey\n,type\n,text\n\nchoices,list_name\n,l\n');
    expect(sheets).toEqual([
      survey({ row: 1, column: 2 }, [[], ['type'], ['text'], []]),
      survey({ row: 5, column: 2 }, [['list_name'], ['l']], 'choices'),
    ]);
  });

  it('a plain table with types is a survey sheet', async () => {
    expect(await sheetsOf('type,name,label\ntext,q1,Why?\n')).toEqual([
      survey({ row: 1, column: 1 }, [
        ['type', 'name', 'label'],
        ['text', 'q1', 'Why?'],
      ]),
    ]);
  });

  it('the letters of old French spreadsheets', async () => {
    const text = Buffer.from('survey;;\n;type;label\n;text;Pr\xe9nom\n', 'latin1');
    expect((await sheetsOf(text))[0]?.rows.at(-1)).toEqual(['text', 'Prénom']);
  });

  it('line ends and quotes inside a cell', async () => {
    const [sheet] = await sheetsOf('survey,\n,"two\nlines, ""quoted"""\n');
    expect(sheet?.rows.at(-1)).toEqual(['two\nlines, "quoted"']);
  });

  it('a quote that is never closed is named with its line', async () => {
    await expect(sheetsOf('survey,,\n,type,name\n,text,"open\n')).rejects.toThrow(
      /après la ligne 2, un guillemet/,
    );
  });
});

describe('texts that a spreadsheet would run', () => {
  const HEADS = ['type', 'name', 'label::French (fr)', 'hint', 'relevant', 'calculation'];
  const ROW = (label: string, hint = '') => ['text', 'q1', label, hint, "'-1' = ${q0}", '-${q0} + 1'];

  it.each(['=HYPERLINK("http://x","y")', '+33', '-1', '@SUM(A1)', "'=1", "''=1", ' =1', '\u200e=1', '＝1'])(
    '%j is inert in the file and as it was when it is read',
    async (text) => {
      const sheets = [{ name: 'survey', rows: [HEADS, ROW(text, text)] }];
      const file = await writeFormFile({ sheets }, 'csv');
      const cell = `"'${text.replaceAll('"', '""')}"`;
      expect(file.toString().split('\n')[2]).toBe(
        `,"text","q1",${cell},${cell},"'-1' = \${q0}","-\${q0} + 1"`,
      );
      expect((await sheetsOf(file))[0]?.rows.slice(1)).toEqual([HEADS, ROW(text, text)]);
    },
  );

  it('an apostrophe before anything else stays', async () => {
    const sheets = [{ name: 'survey', rows: [HEADS, ROW("'tis", "d'ici = là")] }];
    const file = await writeFormFile({ sheets }, 'csv');
    expect(file.toString()).toContain(`"'tis","d'ici = là"`);
    expect((await sheetsOf(file))[0]?.rows.slice(1)).toEqual([HEADS, ROW("'tis", "d'ici = là")]);
  });
});
