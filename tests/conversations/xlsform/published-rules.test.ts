/**
 * What goes out follows XLSForm's published rules (xlsform.org, and what pyxform refuses), written down here without
 * the code that reads forms.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import type { Sheet } from '../../../conversations/xlsform/workbook.ts';
import { anySurvey } from './any-survey.ts';

const PLAIN = [
  'text',
  'integer',
  'decimal',
  'note',
  'date',
  'time',
  'datetime',
  'geopoint',
  'image',
  'audio',
  'file',
  'calculate',
];
const SELECT = /^(select_one|select_multiple|rank) (\S+)( or_other)?$/;
const XML_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const SURVEY_HEADERS =
  /^(type|name|required|default|relevant|constraint|calculation|choice_filter|appearance|(label|hint|guidance_hint|constraint_message)::.+|bind::pv:[a-z]+)$/;

type Row = Record<string, string>;

function rowsOf(sheets: Sheet[], name: string): { headers: string[]; rows: Row[] } {
  const [headers = [], ...rows] = sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  expect(new Set(headers).size).toBe(headers.length);
  return {
    headers,
    rows: rows.map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index] ?? '']))),
  };
}

it('any survey goes out as a form that follows the published rules', () => {
  fc.assert(
    fc.property(anySurvey, (survey) => {
      const { sheets } = exportForm(survey);
      const { headers, rows } = rowsOf(sheets, 'survey');
      const choices = rowsOf(sheets, 'choices');
      const settings = rowsOf(sheets, 'settings');
      const [setting = {}] = settings.rows;

      expect(headers.slice(0, 2)).toEqual(['type', 'name']);
      for (const header of headers) expect(header).toMatch(SURVEY_HEADERS);
      expect(choices.headers.slice(0, 2)).toEqual(['list_name', 'name']);
      expect(settings.rows).toHaveLength(1);
      // A namespace is declared where an attribute uses it.
      if (headers.some((header) => header.startsWith('bind::pv:')))
        expect(setting.namespaces).toBe('pv="urn:porte-voix:survey"');
      // The default language is one of those that the labels are in.
      const labels = headers.filter((header) => header.startsWith('label::'));
      expect(labels).toContain(`label::${setting.default_language}`);

      const lists = new Map<string, string[]>();
      for (const row of choices.rows) {
        expect(row.list_name).toMatch(/^\S+$/);
        expect(row.name).toMatch(/^\S+$/);
        lists.set(row.list_name as string, [
          ...(lists.get(row.list_name as string) ?? []),
          row.name as string,
        ]);
      }
      for (const names of lists.values()) expect(new Set(names).size).toBe(names.length);

      const open: Set<string>[] = [new Set()];
      for (const row of rows) {
        if (row.type === 'end_group') {
          open.pop();
          continue;
        }
        const siblings = open.at(-1) as Set<string>;
        expect(row.name).toMatch(XML_NAME);
        expect(siblings.has(row.name as string)).toBe(false);
        siblings.add(row.name as string);
        if (row.type === 'begin_group') {
          open.push(new Set());
          continue;
        }
        const select = SELECT.exec(row.type as string);
        if (select) {
          const [, command, list = '', orOther] = select;
          expect(lists.has(list)).toBe(true);
          expect(list).not.toMatch(/\.(csv|xml|geojson)$/i);
          if (orOther) expect(row.choice_filter ?? '').toBe('');
          if (orOther) expect(command).not.toBe('rank');
        } else expect(PLAIN).toContain(row.type);
        if (row.type === 'calculate') expect(row.calculation).not.toBe('');
        // Every question has its text in the default language.
        else expect(row[`label::${setting.default_language}`]).not.toBe('');
        expect(['', 'yes', undefined]).toContain(row.required);
      }
      expect(open).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
}, 60_000);
