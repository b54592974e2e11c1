/**
 * A survey as an XLSForm, by its published rules: sheets survey, choices and settings, and ours for the rest. Read
 * again it is the same survey.
 */
import type { Texts } from '../questions/type.ts';
import type { Survey } from '../survey.ts';
import { OWN } from './columns.ts';
import { extraColumns, type List, listsOut } from './export-lists.ts';
import type { RowOut } from './export-question.ts';
import { rowsOut } from './export-rows.ts';
import { languageHeader } from './languages.ts';
import { FORM, OWN_SHEET_NAME, REVIEW, TEXTS } from './own-sheet.ts';
import type { Sheet, Workbook } from './workbook.ts';

/** The attributes of `bind::pv:` columns are in this name's space; it is a name, not an address. */
const NAMESPACE = 'pv="urn:porte-voix:survey"';

const FRENCH = 'fr';
const CELLS = [
  'type',
  'name',
  'required',
  'default',
  'relevant',
  'constraint',
  'calculation',
  'choice_filter',
  'appearance',
];
/** After which column the texts of another stand. */
const TEXTS_BEHIND: Record<string, string[]> = {
  name: ['label', 'hint', 'guidance_hint'],
  constraint: ['constraint_message'],
};
const ALWAYS = new Set(['type', 'name', 'label', 'list_name']);

export function exportForm(survey: Survey): Workbook {
  const languages = languagesOf(survey);
  const base = survey.base ?? FRENCH;
  const lists = listsOut();
  const { rows, order } = rowsOut(survey, lists, [...new Set([base, ...survey.languages])]);
  const sheets = [
    table('survey', rows, [...CELLS, ...OWN.map((name) => `pv:${name}`)], languages),
    choicesSheet(lists.all, languages),
    settingsSheet(
      survey,
      base,
      rows.some(({ cells }) => Object.keys(cells).some((name) => name.startsWith('pv:'))),
    ),
    ownSheet(survey, order, languages),
  ];
  const settings = sheets[2] as Sheet;
  // Other readers take blanks for carelessness, unless the form says that they are meant.
  if (
    sheets.some((sheet) =>
      sheet.rows.some((row) => row.some((value) => value !== value.trim() || value.includes('  '))),
    )
  ) {
    settings.rows[0]?.push('clean_text_values');
    settings.rows[1]?.push('no');
  }
  return { sheets };
}

/** The survey's own, in their order, then any other that a text is in. */
function languagesOf(survey: Survey): string[] {
  const found = new Set([...survey.languages, survey.base ?? FRENCH]);
  const visit = (value: unknown, isText: boolean): void => {
    if (!value || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (isText) found.add(key);
      else visit(inner, TEXT_FIELDS.has(key));
    }
  };
  visit(survey, false);
  return [...found];
}

const TEXT_FIELDS = new Set([
  ...TEXTS,
  REVIEW,
  'title',
  'text',
  'hint',
  'guidance',
  'constraintMessage',
  'label',
  'low',
  'high',
]);

/** A sheet with the columns that have something in them, and those that every form has. */
function table(name: string, rows: RowOut[], columns: string[], languages: string[]): Sheet {
  const used = (column: string): boolean =>
    ALWAYS.has(column) || rows.some(({ cells }) => cells[column] !== undefined);
  const heads: { header: string; cell(row: RowOut): string }[] = columns.flatMap((column) => [
    ...(used(column)
      ? [
          {
            header: column.startsWith('pv:') ? `bind::${column}` : column,
            cell: ({ cells }: RowOut) => cells[column] ?? '',
          },
        ]
      : []),
    ...(TEXTS_BEHIND[column] ?? []).flatMap((texts) => textHeads(texts, rows, languages)),
  ]);
  return {
    name,
    rows: [heads.map(({ header }) => header), ...rows.map((row) => heads.map(({ cell }) => cell(row)))],
  };
}

function textHeads(
  column: string,
  rows: RowOut[],
  languages: string[],
): { header: string; cell(row: RowOut): string }[] {
  const used = languages.filter((code) => rows.some(({ texts }) => texts[column]?.[code] !== undefined));
  const shown = used.length === 0 && ALWAYS.has(column) ? languages.slice(0, 1) : used;
  return shown.map((code) => ({
    header: `${column}::${languageHeader(code)}`,
    cell: ({ texts }) => texts[column]?.[code] ?? '',
  }));
}

function choicesSheet(lists: List[], languages: string[]): Sheet {
  const extras = [
    ...new Set(
      lists.flatMap(({ choices }) => choices.flatMap((choice) => Object.keys(extraColumns(choice)))),
    ),
  ];
  const rows = lists.flatMap(({ name, choices }) =>
    choices.map(
      (choice): RowOut => ({
        cells: {
          list_name: name,
          name: choice.id,
          ...(choice.typed !== undefined && { sms_option: choice.typed }),
          ...extraColumns(choice),
        },
        texts: { label: choice.label },
      }),
    ),
  );
  return table('choices', rows, ['list_name', 'name', 'sms_option', ...extras], languages);
}

function settingsSheet(survey: Survey, base: string, own: boolean): Sheet {
  const { key, revision, topic, form, keywords } = survey;
  const settings: [string, string][] = [
    ['form_title', form?.title ?? topic[base] ?? key],
    ['form_id', form?.id ?? key],
    // Servers take a form that comes again only with another version.
    ['version', form ? (form.version ?? '') : String(revision)],
    ['default_language', languageHeader(base)],
    ['sms_keyword', keywords[0] ?? ''],
    ...(own ? [['namespaces', NAMESPACE] as [string, string]] : []),
  ];
  return { name: 'settings', rows: [settings.map(([name]) => name), settings.map(([, value]) => value)] };
}

function ownSheet(survey: Survey, order: string[], languages: string[]): Sheet {
  const { form, sections, review } = survey;
  const inOrder = sections?.length !== 0 && (sections ?? []).every(({ id }, index) => order[index] === id);
  const values: [string, string][] = [
    ['key', survey.key],
    ['keywords', survey.keywords.join(' ')],
    ['opens', survey.opens],
    ['closes', survey.closes],
    ['languages', survey.languages.join(' ')],
    ...optional('base', survey.base),
    ...(survey.lists ?? []).map((list): [string, string] => ['list', list]),
    ...optional('opening', survey.opening),
    ...optional('promise', survey.promise),
    ...optional('anonymous', survey.anonymous && 'yes'),
    ...optional('remind_after', survey.remindAfter?.toString()),
    ...optional('sections', inOrder ? undefined : (sections ?? []).map(({ id }) => id).join(' ')),
    ['form', !form ? FORM.none : form.version === undefined ? FORM.plain : FORM.versioned],
  ];
  const texts: [string, Texts | undefined][] = [
    ...TEXTS.map((name): [string, Texts | undefined] => [name, survey[name]]),
    [REVIEW, review],
  ];
  const rows: RowOut[] = [
    ...values.map(([field, value]): RowOut => ({ cells: { field, value }, texts: {} })),
    ...texts.flatMap(([field, text]): RowOut[] => (text ? [{ cells: { field }, texts: { text } }] : [])),
  ];
  const heads = languages.filter((code) => rows.some(({ texts }) => texts.text?.[code] !== undefined));
  return {
    name: OWN_SHEET_NAME,
    rows: [
      ['field', 'value', ...heads.map((code) => `text::${languageHeader(code)}`)],
      ...rows.map(({ cells, texts }) => [
        cells.field ?? '',
        cells.value ?? '',
        ...heads.map((code) => texts.text?.[code] ?? ''),
      ]),
    ],
  };
}

const optional = (field: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[field, value]];
