/** Our own sheet: what a survey is beside its questions. Everything in it is optional; what is wrong in it is said. */
import { Survey } from '../survey.ts';
import { languageInFrench, languageNamed } from './languages.ts';
import { FORM, REVIEW, TEXTS, VALUES } from './own-sheet.ts';
import type { Places } from './places.ts';
import type { Context } from './read-context.ts';
import type { Row, Table } from './sheet.ts';
import type { Cell } from './workbook.ts';

export interface Own {
  values: Partial<Omit<Survey, 'revision' | 'questions' | 'sections' | 'form'>>;
  /** The order of the sections, where it is not that of the rows. */
  sections?: string[];
  form?: (typeof FORM)[keyof typeof FORM];
}

type Value = (typeof VALUES)[number];

const ALLOWED: Record<Value, string> = {
  key: 'des minuscules, des chiffres et des tirets',
  keywords: 'des mots de 3 à 20 majuscules et chiffres, séparés par des espaces',
  opens: 'un jour, comme 2026-05-24',
  closes: 'un jour, comme 2026-05-24',
  languages: 'des codes comme fr en ar, séparés par des espaces',
  base: 'un code comme fr',
  list: 'le nom d’une liste de diffusion',
  opening: 'question, ou rien',
  promise: 'un jour, comme 2026-05-24',
  anonymous: 'yes, ou rien',
  remind_after: 'un nombre d’heures, de 1 à 144',
  sections: 'les noms des sections, séparés par des espaces',
  form: Object.values(FORM).join(', '),
};

const FIELDS: Partial<Record<Value, [field: keyof Own['values'], read: (text: string) => unknown]>> = {
  key: ['key', (text) => text],
  keywords: ['keywords', words],
  opens: ['opens', (text) => text.slice(0, 10)],
  closes: ['closes', (text) => text.slice(0, 10)],
  languages: ['languages', words],
  base: ['base', (text) => text],
  opening: ['opening', (text) => text],
  promise: ['promise', (text) => text.slice(0, 10)],
  anonymous: ['anonymous', (text) => (/^(?:yes|true|oui)$/i.test(text) ? true : text)],
  remind_after: ['remindAfter', Number],
};

function words(text: string): string[] {
  return text.split(/[\s,;]+/u).filter(Boolean);
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

export function readOwn(table: Table, context: Context, places: Places): Own {
  const own: Own = { values: {} };
  const seen = new Map<string, Cell>();
  for (const row of table.rows) {
    const cell = row.get('field');
    const field = cell?.value.toLowerCase() ?? '';
    if (!cell) continue;
    const before = seen.get(field);
    if (before && field !== 'list')
      context.findings.fault(cell, `« ${field} » est déjà en ${before.at}`, 'chaque champ une seule fois');
    seen.set(field, cell);
    places.own.set(field, row);
    if (isOneOf(VALUES, field)) readValue(field, row, own, context);
    else if (isOneOf(TEXTS, field)) own.values[field] = textsOf(row);
    else if (field === REVIEW) readReview(row, own, context);
    else context.findings.fault(cell, 'champ inconnu', [...VALUES, ...TEXTS, REVIEW].join(', '));
  }
  return own;
}

const textsOf = (row: Row): Record<string, string> | undefined => {
  const texts = Object.entries(row.texts('text')).map(([code, { value }]) => [code, value] as const);
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
};

function readValue(field: Value, row: Row, own: Own, { findings }: Context): void {
  const cell = row.get('value') ?? row.place('value');
  const text = cell.value;
  if (field === 'sections') own.sections = words(text);
  else if (field === 'list') own.values.lists = [...(own.values.lists ?? []), text];
  else if (field === 'form') {
    if (isOneOf(Object.values(FORM), text)) own.form = text;
    else findings.fault(cell, 'valeur impossible', ALLOWED.form);
  } else if (text) {
    const [name, read] = FIELDS[field] as [keyof Own['values'], (text: string) => unknown];
    const parsed = Survey.shape[name].safeParse(read(text));
    if (parsed.success) Object.assign(own.values, { [name]: parsed.data });
    else findings.fault(cell, 'valeur impossible', ALLOWED[field]);
  }
}

function readReview(row: Row, own: Own, { findings }: Context): void {
  const review: NonNullable<Survey['review']> = {};
  for (const [code, cell] of Object.entries(row.texts('text')))
    if (cell.value === 'reviewed' || cell.value === 'to be reviewed') review[code] = cell.value;
    else
      findings.fault(
        cell,
        `relecture en ${languageInFrench(code)}: valeur impossible`,
        'reviewed, to be reviewed',
      );
  own.values.review = review;
}

/** The code of the default language that our sheet names, before anything else is read. */
export function ownBase(table: Table): string | undefined {
  const text = table.rows.find((row) => row.get('field')?.value === 'base')?.get('value')?.value;
  return text === undefined ? undefined : languageNamed(text).code;
}
