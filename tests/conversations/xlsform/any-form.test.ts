/** Any form, right or wrong: reading it never breaks; what is read goes out and comes back the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSurvey } from '../../../conversations/survey.ts';
import { exportForm } from '../../../conversations/xlsform/export-form.ts';
import { readForm } from '../../../conversations/xlsform/read-form.ts';
import type { Workbook } from '../../../conversations/xlsform/workbook.ts';
import { KNOWN } from './forms.ts';

const HEADERS = [
  'hint',
  'hint::English (en)',
  'label::English (en)',
  'Label::Français',
  'label:ar',
  'guidance_hint',
  'required',
  'relevant',
  'relevance',
  'constraint',
  'constraint message',
  'constraint_message::en',
  'calculation',
  'default',
  'choice_filter',
  'appearance',
  'parameters',
  'bind::pv:type',
  'bind::pv:min',
  'bind::pv:list',
  'bind::pv:other',
  'note',
  '',
  'image',
  'disabled',
  'bind::jr:constraintMsg',
  'sms_option',
  '::',
  'label::',
  'bind::',
  ':',
];
const TYPES = [
  'text',
  'integer',
  'decimal',
  'note',
  'calculate',
  'date',
  'select_one l',
  'select_multiple l',
  'rank l',
  'geopoint',
  'select_one yn',
  'select_one marks',
  'select_one l or_other',
  'begin group',
  'end group',
  'start',
  'image',
  'range',
  'select_one',
  '',
  'video',
  'begin repeat',
  'constructor',
  'select_one constructor',
];
const VALUES = [
  '',
  '',
  '',
  'a',
  'b',
  '1',
  'yes',
  'no',
  '. >= 1 and . <= 5',
  '. >= 2',
  '${q0} = 1',
  '${q1} > ${q0}',
  "selected(., 'a')",
  'region = ${q0}',
  'likert',
  'headcount',
  'single',
  'scale',
  'yesno',
  'own',
  'list:x',
  '2',
  'start=0 end=5',
  '2026-05-24',
  'today()',
  'Hello ${q0}',
  'constructor',
  '__proto__',
  ' blanks  inside ',
  '((((',
  '${',
  'porte_voix',
];

/** What often stands under a header, so that many forms are right. */
const FITTING: Record<string, string[]> = {
  required: ['yes', 'no', 'true()'],
  relevant: ['${q0} = 1', "selected(${q1}, 'a')"],
  relevance: ['${q0} != 2'],
  constraint: ['. >= 1 and . <= 5', '. >= 2', '. <= 9', '. > ${q0}'],
  calculation: [''],
  default: ['', ''],
  choice_filter: ['region = ${q0}', "name != 'b'"],
  appearance: ['likert', 'minimal', 'label'],
  parameters: ['start=0 end=5', ''],
  'bind::pv:type': ['headcount', 'single', 'scale', 'yesno'],
  'bind::pv:min': ['1', '-2.5'],
  'bind::pv:list': ['own', 'list:x', 'list: '],
  'bind::pv:other': ['a', 'a b'],
  image: [''],
  disabled: ['', 'no', 'yes'],
};

const cells = (headers: string[]): fc.Arbitrary<string[]> =>
  fc.tuple(
    ...headers.map((header) => {
      const fitting = FITTING[header] ?? ['Some text', 'Hello ${q0}', ' blanks  inside '];
      return fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('', '', ...fitting) },
        { weight: 1, arbitrary: fc.constantFrom(...VALUES) },
      );
    }),
  );

/** More often what can be asked than what is refused. */
const type = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'text',
      'integer',
      'note',
      'date',
      'select_one l',
      'select_multiple l',
      'select_one yn',
      'select_one marks',
      'rank l',
      'select_one l or_other',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
);
const CHOICES = [
  ['l', 'a', 'Premier', 'north'],
  ['l', 'b', 'Second', ''],
  ['yn', '1', 'Oui', ''],
  ['yn', '0', 'Non', ''],
  ['marks', '1', 'peu', ''],
  ['marks', '2', '2', ''],
  ['marks', '3', 'beaucoup', ''],
];

const anyForm: fc.Arbitrary<Workbook> = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...HEADERS), { maxLength: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([headers, count]) =>
    fc.tuple(
      fc.constant(headers),
      fc.array(fc.tuple(type, fc.integer({ max: 9, min: 0 }).map(Boolean), cells(headers)), {
        minLength: count,
        maxLength: count,
      }),
      fc.array(
        fc.tuple(
          fc.constantFrom('l', 'yn', 'marks', ''),
          fc.constantFrom('a', 'b', '1', '2', '3', 'other', 'x y', 'constructor'),
          fc.constantFrom('Oui', 'Non', '2', 'Autre', ''),
          fc.constantFrom('', 'north', '1'),
        ),
        { maxLength: 1 },
      ),
      fc.option(
        fc.tuple(
          fc.constantFrom(
            'key',
            'opens',
            'topic',
            'list',
            'sections',
            'review',
            'base',
            'form',
            'constructor',
            'languages',
          ),
          fc.constantFrom('fr', 'en', 'x', '', '2026-01-01', 'none', 'reviewed'),
          fc.constantFrom('', 'les bancs', 'reviewed'),
        ),
        { nil: undefined },
      ),
      fc.constantFrom('', 'French', 'English (en)', 'Klingon', 'no (xx)'),
    ),
  )
  .map(([headers, rows, choices, own, language]) => ({
    sheets: [
      {
        name: 'Survey ',
        rows: [
          ['type', 'name', 'label', ...headers],
          ...rows.map(([type, labelled, more], index) => [
            type,
            `q${index}`,
            labelled ? `Question ${index}?` : '',
            ...more,
          ]),
        ],
      },
      { name: 'choices', rows: [['list_name', 'name', 'label', 'region'], ...CHOICES, ...choices] },
      {
        name: 'settings',
        rows: [
          ['form_id', 'default_language'],
          ['un_essai', language],
        ],
      },
      ...(own ? [{ name: 'porte_voix', rows: [['field', 'value', 'text::Français (fr)'], [...own]] }] : []),
    ],
  }));

it('any form is read or refused, and what is read comes back the same', () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(anyForm, (workbook) => {
      const { survey, faults, notices } = readForm(workbook, KNOWN);
      for (const { cell, row, reason } of [...faults, ...notices]) {
        expect(cell).toMatch(/^[A-Z]+\d+$/);
        expect(cell).toMatch(new RegExp(`[A-Z]${row}$`));
        expect(reason).not.toBe('');
      }
      expect(survey === undefined).toBe(faults.length > 0);
      if (!survey) {
        refused += 1;
        return;
      }
      read += 1;
      const back = readForm(exportForm(readSurvey({ ...survey, revision: 2 }, 'any')), KNOWN);
      expect(back.faults).toEqual([]);
      expect(back.survey).toEqual(survey);
    }),
    { numRuns: 1500 },
  );
  // Both have been tried.
  expect(Math.min(read, refused)).toBeGreaterThan(50);
}, 60_000);

it('any grid at all is read or refused', () => {
  const grid = fc.array(
    fc.array(
      fc.oneof(fc.constantFrom(...VALUES, ...HEADERS, ...TYPES, 'type', 'name', 'label'), fc.string()),
      { maxLength: 8 },
    ),
    { maxLength: 8 },
  );
  const sheets = fc.array(
    fc.record({ name: fc.constantFrom('survey', 'choices', 'settings', 'porte_voix', 'autre'), rows: grid }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(sheets, (all) => {
      const { survey, faults } = readForm({ sheets: all }, KNOWN);
      expect(survey === undefined).toBe(faults.length > 0);
    }),
    { numRuns: 500 },
  );
}, 60_000);
