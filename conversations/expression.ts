/**
 * Formulas: the part of XLSForm's that a survey may use (participation.md 6.1). `${name}` is an answer, `.` the answer
 * at hand, a plain name a column of the choice that is being filtered. What was not answered is '', as in ODK.
 */
import { type Parsed, parse } from './expression/parse.ts';

/** What a formula is worked out from. Several chosen options stand apart by spaces. */
export interface Scope {
  answer(name: string): string | number;
  column?(name: string): string;
  self?: string | number;
}

export type Worth = string | number | boolean;

/** A formula that has been read: worked out as often as needed. */
export interface Formula {
  readonly text: string;
  readonly parsed: Parsed;
}

const known = new Map<string, Formula>();
/** Formulas are the surveys' own, a few dozen each: this is reached only by whoever tries out thousands. */
const MEMORY = 5000;

/** Reads a formula. Throws `FormulaError` (expression/tokens.ts) with what is wrong, where, and what was got. */
export function parseFormula(text: string): Formula {
  const before = known.get(text);
  if (before) return before;
  const formula = { text, parsed: parse(text) };
  if (known.size >= MEMORY) known.clear();
  known.set(text, formula);
  return formula;
}

/** What a formula looks at: answers (`${…}`), columns (plain names), the answer at hand (`.`). */
export function namesIn({ parsed }: Formula): { answers: string[]; columns: string[]; self: boolean } {
  const answers = new Set<string>();
  const columns = new Set<string>();
  let self = false;
  const visit = (node: Parsed): void => {
    if (node.kind === 'answer') answers.add(node.name);
    else if (node.kind === 'column') columns.add(node.name);
    else if (node.kind === 'self') self = true;
    else if (node.kind === 'call') for (const inner of node.of) visit(inner);
  };
  visit(parsed);
  return { answers: [...answers], columns: [...columns], self };
}

export const isTrue = (formula: Formula, scope: Scope): boolean => truth(evaluate(formula, scope));

/** What the formula is worth. Never throws: what cannot be reckoned is NaN. */
export const evaluate = ({ parsed }: Formula, scope: Scope): Worth => worth(parsed, scope);

function worth(node: Parsed, scope: Scope): Worth {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'answer':
      return scope.answer(node.name);
    case 'column':
      return scope.column?.(node.name) ?? '';
    case 'self':
      return scope.self ?? '';
    case 'call':
      return called(node, scope);
  }
}

function called({ name, of }: Extract<Parsed, { kind: 'call' }>, scope: Scope): Worth {
  const at = (index: number): Worth => worth(of[index] as Parsed, scope);
  switch (name) {
    case 'or':
      return truth(at(0)) || truth(at(1));
    case 'and':
      return truth(at(0)) && truth(at(1));
    case 'not':
      return !truth(at(0));
    case 'if':
      return truth(at(0)) ? at(1) : at(2);
    case 'selected':
      return chosenIn(at(0)).includes(text(at(1)));
    case 'count-selected':
      return chosenIn(at(0)).length;
    case 'concat':
      return of.map((_, index) => text(at(index))).join('');
    case 'negative':
      return -number(at(0));
    default:
      return name in COMPARE ? compared(name, at(0), at(1)) : reckoned(name, number(at(0)), number(at(1)));
  }
}

const chosenIn = (value: Worth): string[] => text(value).split(' ').filter(Boolean);

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** As XPath 1.0 compares, and days and hours as ODK does: 2026-05-24 comes before 2026-05-25. */
function compared(name: string, a: Worth, b: Worth): boolean {
  const compare = COMPARE[name] as (a: number, b: number) => boolean;
  const [first, second] = [momentOf(a), momentOf(b)];
  if (first !== undefined && second !== undefined) return compare(first, second);
  if (name === '=' || name === '!=') {
    if (typeof a === 'boolean' || typeof b === 'boolean') return compare(Number(truth(a)), Number(truth(b)));
    if (typeof a === 'string' && typeof b === 'string') return (a === b) === (name === '=');
  }
  return compare(number(a), number(b));
}

const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/;
const HOUR = /^\d{2}:\d{2}$/;

function momentOf(value: Worth): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (DAY.test(value)) return Date.parse(value.length > 10 ? `${value}Z` : value);
  return HOUR.test(value) ? Date.parse(`1970-01-01T${value}Z`) : undefined;
}

function reckoned(name: string, a: number, b: number): number {
  switch (name) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case 'div':
      return a / b;
    default:
      return a % b;
  }
}

/** XPath 1.0: '' and NaN are false, any other text is true. */
const truth = (value: Worth): boolean =>
  typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value);

/** XPath 1.0: '' is no number, true is 1. */
const number = (value: Worth): number =>
  typeof value === 'string' ? (value.trim() === '' ? Number.NaN : Number(value)) : Number(value);

/** A value as it stands in a text: no number is nothing, and 0.1 + 0.2 reads 0.3. */
export const text = (value: Worth): string =>
  typeof value === 'number'
    ? Number.isFinite(value)
      ? String(Number(value.toPrecision(12)))
      : ''
    : String(value);
