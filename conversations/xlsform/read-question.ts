/** One row of the survey sheet as a question of ours. */

import { phrase } from '../phrase.ts';
import { Name, type Option } from '../questions/type.ts';
import type { Question } from '../questions.ts';
import { type Bounds, boundsInFormula, isBounded, withoutBounds } from './bounds.ts';
import { type Choice, marksIn, yesNoIn } from './lists.ts';
import type { Lists } from './read-choices.ts';
import { type Context, readFormula, readTexts, refuseMedia } from './read-context.ts';
import { readDefault } from './read-default.ts';
import { readParameters } from './read-parameters.ts';
import type { Row } from './sheet.ts';
import type { Kind } from './types.ts';

export type Asking = Extract<Kind, { kind: 'item' | 'select' }>;

/** How the `pv:list` cell says that a list is the question's own, and in front of a name where it is not. */
export const OWN_LIST = 'own';
export const LIST_NAMED = 'list:';
const OTHER = 'other';
export const YES_NO = ['yes', 'no'] as const;

const YES = new Set(['yes', 'true', 'true()', 'oui', 'vrai']);
const NO = new Set(['no', 'false', 'false()', 'non', 'faux']);

/** Nothing where a fault stands in the way; it has been said. */
export function readQuestion(
  row: Row,
  kind: Asking,
  id: string,
  section: string | undefined,
  lists: Lists,
  context: Context,
): Question | undefined {
  const relevant = readFormula(row.get('relevant'), context);
  const item = { id, ...(section && { section }), ...(relevant && { relevant }) };
  refuseWhatIsNotSaid(row, kind, context);
  if (isWorkedOut(row, kind)) return readCalculate(row, item, context);
  const { text, hint } = readLabel(row, context);
  if (kind.kind === 'item' && kind.type === 'note') return text && { ...item, type: 'note', text };
  if (!text) return undefined;
  const guidance = readTexts(row, 'guidance_hint', context);
  const message = readTexts(row, 'constraint_message', context);
  const constraint = readFormula(row.get('constraint'), context, { self: true });
  const common = {
    ...item,
    text,
    ...(hint && { hint }),
    ...(guidance && { guidance }),
    ...(readRequired(row, context) && { required: true as const }),
    ...(constraint && { constraint }),
    ...(message && { constraintMessage: message }),
  };
  if (kind.kind === 'select') return readSelect(row, kind, common, lists, context);
  const asked = plainQuestion(row, kind, common, context);
  const fallback = readDefault(row.get('default'), asked, context);
  return { ...asked, ...(fallback && { default: fallback }) };
}

interface Common {
  id: string;
  text: Record<string, string>;
  constraint?: string;
  constraintMessage?: Record<string, string>;
}

/** Types that are their own name. */
function plainQuestion(
  row: Row,
  kind: Extract<Asking, { kind: 'item' }>,
  common: Common,
  context: Context,
): Question {
  if (kind.type === 'media') return { ...common, type: 'media', accepts: kind.accepts ?? 'photo' };
  if (kind.type !== 'number') return { ...common, type: kind.type } as Question;
  if (kind.range) return { ...common, type: 'number', ...readParameters(row, context) };
  const { constraint, constraintMessage, ...rest } = common;
  const own = row.get('pv:type')?.value === 'headcount';
  const [min, max] = ['pv:min', 'pv:max'].map((column) => numberIn(row, column, context));
  const kept: Bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if (own) {
    const written = withoutBounds({ min: 1, ...kept }, constraint);
    return {
      ...rest,
      type: 'headcount',
      ...kept,
      ...(written && { constraint: written }),
      ...(constraintMessage && { constraintMessage }),
    };
  }
  const natural =
    constraint && !constraintMessage && !row.get('pv:bounds') && !isBounded(kept)
      ? boundsInFormula(constraint)
      : undefined;
  const written = natural ? undefined : withoutBounds(kept, constraint);
  return {
    ...rest,
    type: 'number',
    ...(kind.decimals && { decimals: true as const }),
    ...(natural ?? kept),
    ...(written && { constraint: written }),
    ...(constraintMessage && { constraintMessage }),
  };
}

function numberIn(row: Row, column: string, { findings }: Context): number | undefined {
  const cell = row.get(column);
  if (!cell) return undefined;
  const number = Number(cell.value);
  if (Number.isFinite(number)) return number;
  findings.fault(cell, 'un nombre est attendu', '0, 12, -3.5');
  return undefined;
}

function readSelect(
  row: Row,
  kind: Extract<Asking, { kind: 'select' }>,
  common: Common,
  lists: Lists,
  context: Context,
): Question | undefined {
  const { findings } = context;
  const choices = lists.take(kind.list);
  if (!choices) {
    findings.fault(
      row.place('type'),
      `la liste « ${kind.list} » n'est pas dans la feuille choices`,
      lists.names.length > 0
        ? `une des listes ${lists.names.join(', ')}`
        : 'une feuille choices avec list_name, name et label',
    );
    return undefined;
  }
  // `name` is the choice's own.
  const columns = new Set(['name', ...choices.flatMap((choice) => Object.keys(choice.columns ?? {}))]);
  const filter = readFormula(row.get('choice_filter'), context, { columns });
  if (filter && kind.orOther)
    findings.fault(row.place('choice_filter'), 'un filtre ne va pas avec or_other', "l'un ou l'autre");
  const recognised =
    kind.type === 'single' && !kind.orOther && !row.get('choice_filter') ? recognise(row, choices) : {};
  if (recognised.yesno) {
    const [yes, no] = recognised.yesno;
    const named = yes !== YES_NO[0] || no !== YES_NO[1] || row.get('pv:names') !== undefined;
    const asked = {
      ...common,
      type: 'yesno' as const,
      ...(named && { names: [yes, no] as [string, string] }),
    };
    return withDefault(row, asked, choices, context, { [yes]: 'yes', [no]: 'no' });
  }
  if (recognised.marks)
    return withDefault(row, { ...common, type: 'scale' as const, ...recognised.marks }, choices, context);
  const options = readOptions(row, kind, choices, context);
  const list = listOf(row, kind.list, common.id);
  const choosing = { ...common, options, ...(list !== undefined && { list }), ...(filter && { filter }) };
  if (kind.type === 'single') return withDefault(row, { ...choosing, type: 'single' }, options, context);
  if (kind.type === 'multiple') {
    const ranges = row.get('pv:ranges') !== undefined;
    return withDefault(
      row,
      { ...choosing, type: 'multiple', ...(ranges && { ranges }) } as Question,
      options,
      context,
    );
  }
  const most = numberIn(row, 'pv:most', context);
  return withDefault(
    row,
    { ...choosing, type: 'rank', ...(most !== undefined && { most }) },
    options,
    context,
  );
}

function withDefault(
  row: Row,
  question: Question,
  choices: Choice[],
  context: Context,
  as: Record<string, string> = {},
): Question {
  const written = readDefault(
    row.get('default'),
    question,
    context,
    choices.map(({ id }) => id),
  );
  const fallback = written !== undefined && Object.hasOwn(as, written) ? as[written] : written;
  return { ...question, ...(fallback && { default: fallback }) };
}

/** What the form says it is, in our column; else what its choices say. */
function recognise(
  row: Row,
  choices: Choice[],
): { yesno?: [string, string]; marks?: ReturnType<typeof marksIn> } {
  const said = row.get('pv:type')?.value;
  if (said === 'single') return {};
  const [first, second] = choices;
  if (said === 'yesno' && choices.length === 2 && first && second) return { yesno: [first.id, second.id] };
  const appearance = row.get('appearance')?.value.split(/\s+/u) ?? [];
  if (said === 'scale' || appearance.includes('likert')) return { marks: marksIn(choices) };
  return { yesno: yesNoIn(choices) };
}

function readOptions(
  row: Row,
  kind: Extract<Asking, { kind: 'select' }>,
  choices: Choice[],
  context: Context,
): Option[] {
  const asking = new Set(row.get('pv:other')?.value.split(/\s+/u) ?? []);
  if (kind.orOther) asking.add(OTHER);
  const options = choices.map(
    (choice): Option => ({ ...choice, ...(asking.has(choice.id) && { other: true as const }) }),
  );
  if (!kind.orOther || choices.some(({ id }) => id === OTHER)) return options;
  const { languages, base, findings } = context;
  const label = Object.fromEntries(
    [...new Set([base, ...languages])].map((code) => [code, phrase(code, 'form.other')]),
  );
  findings.notice(
    row.place('type'),
    `or_other: le choix « ${label[base]} » est ajouté, et demande de préciser`,
  );
  return [...options, { id: OTHER, label, other: true }];
}

function listOf(row: Row, written: string, id: string): string | undefined {
  const said = row.get('pv:list')?.value;
  if (said === OWN_LIST) return undefined;
  if (said?.startsWith(LIST_NAMED)) return said.slice(LIST_NAMED.length);
  return written === id ? undefined : written;
}

/** A calculation that is asked of nobody is one whatever its type says. */
const isWorkedOut = (row: Row, kind: Asking): boolean =>
  kind.kind === 'item' &&
  (kind.type === 'calculate' ||
    (row.get('calculation') !== undefined &&
      ['text', 'number', 'date', 'time', 'datetime'].includes(kind.type) &&
      Object.keys({ ...row.texts('label'), ...row.texts('hint') }).length === 0));

function readCalculate(row: Row, item: { id: string }, context: Context): Question | undefined {
  const calculation = readFormula(row.get('calculation'), context);
  if (!row.get('calculation'))
    context.findings.fault(
      row.place('calculation'),
      'le calcul manque',
      'une formule dans la colonne calculation',
    );
  return calculation ? { ...item, type: 'calculate', calculation } : undefined;
}

/** A hint with no label is what is asked. */
function readLabel(
  row: Row,
  context: Context,
): { text?: Record<string, string>; hint?: Record<string, string> } {
  const text = readTexts(row, 'label', context);
  const hint = readTexts(row, 'hint', context);
  if (text) return { text, hint };
  if (hint) {
    context.findings.notice(row.place('hint'), "la question n'a pas de label: son hint en tient lieu");
    return { text: hint };
  }
  context.findings.fault(
    row.place('label'),
    'le texte de la question manque',
    'un texte dans label, ou au moins dans hint',
  );
  return {};
}

function readRequired(row: Row, { findings }: Context): boolean {
  const cell = row.get('required');
  const value = cell?.value.toLowerCase().replace(/\s/gu, '') ?? '';
  if (!cell || NO.has(value)) return false;
  if (YES.has(value)) return true;
  findings.fault(
    cell,
    'obligatoire sous condition: ce n’est pas possible ici',
    'yes, no, true(), false() ou rien',
  );
  return false;
}

/** What would be lost in silence: it changes what is asked, or what counts. */
function refuseWhatIsNotSaid(row: Row, kind: Asking, context: Context): void {
  const { findings } = context;
  refuseMedia(row, context);
  const appearance = row.get('appearance');
  if (appearance && /\bsearch\s*\(/.test(appearance.value))
    findings.fault(
      appearance,
      'des choix cherchés dans un fichier à part ne sont pas repris',
      'les choix dans la feuille choices',
    );
  const trigger = row.get('trigger');
  if (trigger)
    findings.fault(trigger, 'un calcul déclenché (trigger) n’est pas repris', 'rien dans cette colonne');
  const readOnly = row.get('read_only');
  const { type } = kind;
  const silent = type === 'note' || type === 'calculate';
  if (readOnly && !silent && !NO.has(readOnly.value.toLowerCase()))
    findings.fault(readOnly, "une question qui ne se remplit pas n'est pas reprise", 'rien, ou le type note');
  const calculation = row.get('calculation');
  if (calculation && !isWorkedOut(row, kind))
    findings.fault(
      calculation,
      'un calcul dans une question qui est posée n’est pas repris',
      'le type calculate',
    );
  if (!silent) return;
  const untold = [
    'hint',
    'guidance_hint',
    'constraint_message',
    ...(isWorkedOut(row, kind) ? ['label'] : []),
  ];
  for (const column of untold)
    for (const cell of Object.values(row.texts(column)).slice(0, 1))
      findings.notice(cell, 'sans effet ici: laissé de côté');
  for (const column of ['required', 'constraint', 'default']) {
    const cell = row.get(column);
    if (cell && !NO.has(cell.value.toLowerCase())) findings.notice(cell, 'sans effet ici: laissé de côté');
  }
}

export const isName = (text: string): boolean => Name.safeParse(text).success;
