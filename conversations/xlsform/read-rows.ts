/** The survey sheet row by row: sections as they open and close, questions in their order. */
import type { Question } from '../questions.ts';
import type { Section } from '../survey.ts';
import type { Places } from './places.ts';
import type { Lists } from './read-choices.ts';
import { type Context, readFormula, readTexts, refuseMedia } from './read-context.ts';
import { isName, readQuestion } from './read-question.ts';
import type { Row, Table } from './sheet.ts';
import { type Kind, kindOf, TYPES_ALLOWED } from './types.ts';
import type { Cell } from './workbook.ts';

export interface Items {
  sections: Section[];
  questions: Question[];
}

const MOST = 200;
const TRUE = new Set(['yes', 'true', 'true()', 'oui']);

/** A row that says something, with its type. Comments, disabled rows and blank ones are not among them. */
export interface Typed {
  row: Row;
  kind: Kind;
  type: Cell;
}

export function typedRows({ rows }: Table, context: Context): Typed[] {
  return rows.flatMap((row): Typed[] => {
    const disabled = row.get('disabled');
    if (disabled && TRUE.has(disabled.value.toLowerCase())) {
      context.findings.notice(disabled, 'ligne désactivée, laissée de côté');
      return [];
    }
    const type = row.get('type');
    const kind = type && kindOf(type.value);
    if (kind?.kind === 'select' && row.get('appearance')?.value === 'label') {
      context.findings.notice(
        row.place('appearance'),
        "cette ligne n'affiche que les choix d'un tableau: laissée de côté",
      );
      return [];
    }
    if (kind) return [{ row, kind, type }];
    const said = row.get('name') ?? Object.values(row.texts('label'))[0];
    if (said) context.findings.fault(row.place('type'), 'le type de la question manque', TYPES_ALLOWED);
    return [];
  });
}

/** The names that formulas may use; the same pass knows which rows are asked at all. */
export function namesOf(rows: Typed[]): { names: Set<string>; left: Set<string> } {
  const names = new Set<string>();
  const left = new Set<string>();
  for (const { row, kind, type } of rows) {
    const name = row.get('name')?.value ?? (kind.kind === 'ignored' ? type.value : undefined);
    if (name)
      (kind.kind === 'ignored' ? left : kind.kind === 'begin' || kind.kind === 'end' ? new Set() : names).add(
        name,
      );
  }
  return { names, left };
}

interface Open {
  row: Typed;
  /** Nothing for a repeat: it has been refused, and what is in it is read to find what else is wrong. */
  id?: string;
}

export function readRows(rows: Typed[], lists: Lists, context: Context, places: Places): Items {
  const { findings } = context;
  const items: Items = { sections: [], questions: [] };
  const open: Open[] = [];
  const used: Used = { section: new Map(), question: new Map(), beside: new Map() };
  const section = (): string | undefined => open.findLast(({ id }) => id !== undefined)?.id;
  for (const typed of rows) {
    const { row, kind, type } = typed;
    if (kind.kind === 'end') close(open, typed, context);
    else if (kind.kind === 'begin') {
      if (kind.of !== 'group') findings.fault(type, 'une partie répétée n’est pas reprise', 'begin_group');
      const id = kind.of === 'group' ? nameOf(typed, used, section() ?? '', context) : undefined;
      if (id) {
        refuseMedia(row, context);
        items.sections.push(sectionOf(row, id, section(), context));
        places.sections.push(row);
      }
      open.push({ row: typed, id });
    } else if (kind.kind === 'refused') findings.fault(type, kind.reason, TYPES_ALLOWED);
    else if (kind.kind === 'unknown') findings.fault(type, 'type inconnu', TYPES_ALLOWED);
    else if (kind.kind === 'ignored')
      findings.notice(type, "écrit par l'appareil de qui enquête: rien de cela n'est recueilli ici");
    else if (kind.kind === 'item' || kind.kind === 'select') {
      const id = nameOf(typed, used, section() ?? '', context);
      const question = id && readQuestion(row, kind, id, section(), lists, context);
      if (question) {
        items.questions.push(question);
        places.questions.push({ row, choices: kind.kind === 'select' ? lists.rows(kind.list) : [] });
        if (items.questions.length === MOST + 1) findings.fault(type, 'trop de questions', `${MOST} au plus`);
      }
    }
  }
  for (const { row } of open)
    findings.fault(
      row.type,
      `rien ne ferme « ${row.type.value} »`,
      `une ligne ${row.type.value.replace(/^begin/i, 'end')}`,
    );
  return items;
}

function close(open: Open[], { type, kind }: Typed, { findings }: Context): void {
  const last = open.at(-1);
  const opened = last?.row.kind;
  if (opened?.kind === 'begin' && kind.kind === 'end' && opened.of === kind.of) open.pop();
  else
    findings.fault(
      type,
      last
        ? `« ${last.row.type.value} » de la ligne ${last.row.type.row} est à fermer d'abord`
        : "rien n'est ouvert",
      last ? last.row.type.value.replace(/^begin/i, 'end') : 'begin_group plus haut',
    );
}

function sectionOf(row: Row, id: string, section: string | undefined, context: Context): Section {
  const title = readTexts(row, 'label', context);
  const relevant = readFormula(row.get('relevant'), context);
  const hint = row.get('hint') ?? Object.values(row.texts('hint'))[0];
  if (hint) context.findings.notice(hint, 'une section n’a pas de hint ici: laissé de côté');
  return { id, ...(title && { title }), ...(relevant && { relevant }), ...(section && { section }) };
}

/** Cells by the name in them; `beside` also by the section around: a group and a question in it may share a name. */
type Used = Record<'section' | 'question' | 'beside', Map<string, Cell>>;

/** Once among the questions, and once among the sections: answers are stored under it, formulas use it. */
function nameOf(
  { row, kind }: Typed,
  used: Used,
  section: string,
  { findings, names }: Context,
): string | undefined {
  const cell = row.get('name');
  if (!cell) {
    if (kind.kind === 'item' && kind.type === 'note')
      return free('note', used.question, names, row.place('type'));
    findings.fault(
      row.place('name'),
      'le nom manque',
      'une lettre ou _, puis des lettres sans accent, des chiffres, _ . et -',
    );
    return undefined;
  }
  const name = cell.value;
  const same = used[kind.kind === 'begin' ? 'section' : 'question'];
  const beside = `${section}\n${name}`;
  const before = same.get(name) ?? used.beside.get(beside);
  if (!isName(name))
    findings.fault(
      cell,
      "ce nom n'est pas possible",
      'une lettre ou _, puis des lettres sans accent, des chiffres, _ . et -, sans espace',
    );
  else if (before) findings.fault(cell, `ce nom est déjà en ${before.at}`, 'chaque nom une seule fois');
  if (!before) {
    same.set(name, cell);
    used.beside.set(beside, cell);
  }
  return name;
}

function free(stem: string, used: Map<string, Cell>, names: Set<string>, cell: Cell): string {
  let name = stem;
  for (let number = 2; used.has(name) || names.has(name); number += 1) name = `${stem}_${number}`;
  used.set(name, cell);
  return name;
}
