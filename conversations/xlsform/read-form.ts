/**
 * An XLSForm as a survey. Nothing comes of a form with a fault in it, and every fault is named with its cell; what
 * is left out or made up is a notice (participation.md 6.1).
 */
import type { Section, Survey } from '../survey.ts';
import { readSurvey } from '../survey.ts';
import { wholeInFrench } from '../survey-faults.ts';
import { CHOICES, OWN_SHEET, SURVEY } from './columns.ts';
import { type Known, madeUp } from './made-up.ts';
import { FORM, OWN_SHEET_NAME } from './own-sheet.ts';
import { Places } from './places.ts';
import { readChoices } from './read-choices.ts';
import type { Context } from './read-context.ts';
import { type Own, ownBase, readOwn } from './read-own.ts';
import { namesOf, readRows, typedRows } from './read-rows.ts';
import { readSettings, type Settings } from './read-settings.ts';
import { type Row, readSheet, sheetsNamed, type Table } from './sheet.ts';
import { type Cell, type Finding, Findings, type Workbook } from './workbook.ts';

/** A survey before it is stored: its revision is the caller's to give. */
export type UnsavedSurvey = Omit<Survey, 'revision'>;

export interface ReadForm {
  /** Nothing where there is a fault. */
  survey?: UnsavedSurvey;
  faults: Finding[];
  notices: Finding[];
  /** The cell that a part of the survey came from, by its place: `questions[2].text.tr`. */
  cellOf(place: string): Cell | undefined;
}

const SHEETS = ['survey', 'choices', 'settings', OWN_SHEET_NAME];
/** Columns of XLSForm's that say how a tablet shows a question, or how an old tool wrote it. */
const UNUSED = {
  appearance: "l'apparence ne concerne qu'un écran: laissée de côté",
  parameters: 'ces paramètres sont sans effet ici: laissés de côté',
  required_message: 'le message pour une réponse obligatoire est toujours le nôtre: laissé de côté',
  sms_field: "les réponses d'un SMS se donnent par le nom de la question: laissé de côté",
  sms_option: 'ces mots se mettent dans la feuille choices: laissés de côté',
} as const;

export function readForm(workbook: Workbook, known: Known): ReadForm {
  const findings = new Findings();
  const places = new Places();
  const order = workbook.sheets.map(({ name }) => name);
  const survey = read(workbook, known, findings, places);
  const { faults, notices } = findings.inOrder(order);
  return {
    ...(survey && faults.length === 0 && { survey }),
    faults,
    notices,
    cellOf: (place) => places.find(place),
  };
}

function read(
  workbook: Workbook,
  known: Known,
  findings: Findings,
  places: Places,
): UnsavedSurvey | undefined {
  const sheets = sheetsNamed(workbook, 'survey');
  if (sheets.length === 0) {
    const names = workbook.sheets.map(({ name }) => name).join(', ');
    findings.fault(nowhere('survey', names), 'la feuille « survey » manque', 'une feuille nommée survey');
    return undefined;
  }
  for (const { name } of workbook.sheets)
    if (!SHEETS.includes(name.trim().toLowerCase()))
      findings.notice(nowhere(name), 'feuille laissée de côté');
  const settings = readSettings(workbook, findings);
  const context = contextOf(workbook, settings, findings);
  const table = readSheet(sheets, SURVEY, context);
  if (!table.has('type') || table.rows.length === 0) {
    const first = { ...nowhere(sheets[0]?.name ?? 'survey'), column: 'type' };
    findings.fault(
      first,
      table.has('type') ? 'la feuille est vide' : 'la colonne « type » manque',
      'les colonnes type, name et label, puis une ligne par question',
    );
    return undefined;
  }
  const choices = readSheet(sheetsNamed(workbook, 'choices'), CHOICES, context);
  const ownTable = readSheet(sheetsNamed(workbook, OWN_SHEET_NAME), OWN_SHEET, context);
  const own = readOwn(ownTable, context, places);
  context.languages = own.values.languages ?? languagesOf(table, choices, ownTable, context.base);
  for (const table of [ownTable])
    for (const row of table.rows)
      for (const cell of row.extra) findings.notice(cell, 'colonne inconnue, laissée de côté');
  const rows = typedRows(table, context);
  Object.assign(context, namesOf(rows));
  for (const { row, kind } of rows) if (kind.kind === 'setting') settings[kind.name] ??= row.get('name');
  const lists = readChoices(choices, context);
  const { sections, questions } = readRows(rows, lists, context, places);
  lists.sayUnused();
  sayUnused(table, findings);
  if (questions.length === 0) {
    if (findings.faults.length === 0)
      findings.fault(
        nowhere(sheets[0]?.name ?? 'survey'),
        "il n'y a aucune question",
        'au moins une question',
      );
    return undefined;
  }
  const asked = questions.filter(({ type }) => type !== 'note' && type !== 'calculate').length;
  const made = madeUp(own.values, settings, asked, context, known, (what, value, cell) =>
    findings.notice(cell ?? nowhere(OWN_SHEET_NAME), `« ${what} » n'est pas dit: ${value}`),
  );
  const before = ownTable.rows.length === 0 ? known.before?.(made.key) : undefined;
  const survey: UnsavedSurvey = {
    ...(before && keptFrom(before, findings)),
    ...own.values,
    ...made,
    languages: context.languages,
    ...(ownTable.rows.length === 0 && context.base !== 'fr' && { base: context.base }),
    ...formOf(settings, own, made),
    ...sectionsOf(sections, own),
    questions,
  };
  places.settings
    .set('keywords', settings.sms_keyword)
    .set('key', settings.form_id)
    .set('topic', settings.form_title);
  places.settings.set('languages', settings.default_language);
  sortPlaces(places, sections, survey.sections);
  checkWhole(survey, findings, places);
  return survey;
}

const KEPT = ['lists', 'opening', 'promise', 'results', 'anonymous', 'remindAfter'] as const;

/** What only our sheet can say, in a form that has lost it on its way through another tool. */
function keptFrom(before: Survey, findings: Findings): Partial<UnsavedSurvey> {
  const kept = KEPT.filter((field) => before[field] !== undefined);
  for (const field of kept)
    findings.notice(
      nowhere(OWN_SHEET_NAME),
      `« ${field} » n'est pas dit: comme dans la révision ${before.revision}`,
    );
  return Object.fromEntries(kept.map((field) => [field, before[field]]));
}

/** The default language: the setting's, ours, or French where the form has it; else that of the first label. */
function contextOf(
  workbook: Workbook,
  settings: Settings & { exact: boolean; base?: string },
  findings: Findings,
): Context {
  const bare = { findings: new Findings(), base: '' };
  const inHeaders = readSheet(sheetsNamed(workbook, 'survey'), SURVEY, bare).languages;
  const own = ownBase(readSheet(sheetsNamed(workbook, OWN_SHEET_NAME), OWN_SHEET, bare));
  const said = own ?? settings.base;
  const base = said ?? (inHeaders.includes('fr') || inHeaders.includes('') ? 'fr' : (inHeaders[0] ?? 'fr'));
  return {
    findings,
    base,
    baseSaid: said !== undefined,
    exact: settings.exact,
    languages: [base],
    names: new Set(),
    left: new Set(),
  };
}

const languagesOf = (survey: Table, choices: Table, own: Table, base: string): string[] => {
  const found = [...new Set([...survey.languages, ...choices.languages, ...own.languages])];
  return [base, ...found.filter((code) => code !== base)];
};

/** One notice a column: a form may have hundreds of rows. */
function sayUnused({ rows }: Table, findings: Findings): void {
  const said = new Set<string>();
  const once = (cell: Cell, reason: string): void => {
    if (said.has(cell.column)) return;
    said.add(cell.column);
    findings.notice(cell, reason);
  };
  for (const row of rows) {
    for (const [column, reason] of Object.entries(UNUSED)) {
      const cell = row.get(column) ?? Object.values(row.texts(column))[0];
      const known =
        (column === 'appearance' && cell?.value === 'likert') ||
        (column === 'parameters' && row.get('type')?.value.toLowerCase() === 'range');
      if (cell && !known) once(cell, reason);
    }
    for (const cell of row.extra) once(cell, 'colonne inconnue, laissée de côté');
  }
}

/** What is already said by the survey's key and topic is not said again. */
function formOf(
  { form_title, form_id, version }: Settings,
  own: Own,
  { key, topic }: Pick<Survey, 'key' | 'topic'>,
): Pick<Survey, 'form'> {
  const [title, id] = [form_title?.value ?? form_id?.value ?? '', form_id?.value ?? key];
  const isOurs = id === key && Object.values(topic).includes(title);
  if (own.form === FORM.none && isOurs) return {};
  if (!own.form && !form_title && !form_id && !version) return {};
  const withVersion = own.form ? own.form === FORM.versioned : version !== undefined;
  return {
    form: {
      title: own.form ? (form_title?.value ?? '') : title,
      id: own.form ? (form_id?.value ?? '') : id,
      ...(withVersion && { version: version?.value ?? '' }),
    },
  };
}

function sectionsOf(sections: Section[], own: Own): Pick<Survey, 'sections'> {
  if (sections.length === 0) return own.sections ? { sections: [] } : {};
  const place = ({ id }: Section): number => {
    const at = own.sections?.indexOf(id) ?? -1;
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  return { sections: own.sections ? [...sections].sort((a, b) => place(a) - place(b) || 0) : sections };
}

/** The rows of the sections in the survey's order, which our sheet may have changed. */
function sortPlaces(places: Places, read: Section[], kept: Section[] = []): void {
  const rows = kept.map((section) => places.sections[read.indexOf(section)] as Row);
  places.sections.splice(0, places.sections.length, ...rows);
}

/** What only the whole can be wrong about: circles, a closing day before the opening one. */
function checkWhole(survey: UnsavedSurvey, findings: Findings, places: Places): void {
  if (findings.faults.length > 0) return;
  try {
    readSurvey({ ...survey, revision: 1 }, survey.key);
  } catch (error) {
    for (const line of (error as Error).message.split('\n').slice(1)) {
      const [, place = '', text = line] = /^- ([^:]+): (.*)$/s.exec(line) ?? [];
      const reason = wholeInFrench(text) ?? `pas possible ainsi: ${text}`;
      findings.fault(places.find(place) ?? nowhere(OWN_SHEET_NAME), reason);
    }
  }
}

/** A whole sheet, where no cell of it is at fault. */
const nowhere = (sheet: string, value = ''): Cell => ({ sheet, row: 1, at: 'A1', column: '', value });
