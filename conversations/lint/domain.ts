/**
 * What a question may be answered, as far as formulas can tell: every choice where there are few, one of those that
 * no formula names where there are many, and numbers, days and texts at and beside what they are compared with.
 */
import type { Parsed } from '../expression/parse.ts';
import { DAY, MINUTE } from '../hours.ts';
import type { Value } from '../questions/type.ts';
import type { Question } from '../questions.ts';
import type { PlacedFormula } from './formulas.ts';

export interface Domain {
  values: Value[];
  /** Whether no other value could make a formula turn out otherwise. */
  exact: boolean;
}

/** How formulas use a value, the most demanding last. */
type Use = 'equality' | 'count' | 'order' | 'free';

export interface Usage {
  /** By question id. */
  uses: Map<string, Set<Use>>;
  /** All that values are compared with anywhere, as texts. */
  literals: Set<string>;
}

const COMPARES = new Set(['=', '!=', '<', '<=', '>', '>=']);

export function usageOf(formulas: PlacedFormula[], questions: Question[]): Usage {
  const uses = new Map<string, Set<Use>>();
  const literals = new Set<string>();
  const note = (id: string, use: Use): void => {
    uses.set(id, (uses.get(id) ?? new Set<Use>()).add(use));
  };
  for (const { formula, index } of formulas) {
    const own = index === undefined ? undefined : questions[index]?.id;
    const nameOf = (node: Parsed): string | undefined =>
      node.kind === 'answer' ? node.name : node.kind === 'self' ? own : undefined;
    const visit = (node: Parsed, parent?: Extract<Parsed, { kind: 'call' }>): void => {
      const name = nameOf(node);
      if (name !== undefined) note(name, useIn(parent, node));
      else if (node.kind === 'literal') for (const word of String(node.value).split(' ')) literals.add(word);
      else if (node.kind === 'call') for (const inner of node.of) visit(inner, node);
    };
    visit(formula.parsed);
  }
  for (const question of questions)
    if ('options' in question)
      for (const { columns } of question.options)
        for (const value of Object.values(columns ?? {})) literals.add(value);
  return { uses, literals };
}

function useIn(parent: Extract<Parsed, { kind: 'call' }> | undefined, node: Parsed): Use {
  if (!parent) return 'equality';
  const beside = parent.of.filter((each) => each !== node);
  const plain = beside.every((each) => each.kind === 'literal' || each.kind === 'column');
  if (parent.name === 'count-selected') return 'count';
  if (parent.name === 'selected') return plain && parent.of[0] === node ? 'equality' : 'free';
  if (!COMPARES.has(parent.name)) return ['and', 'or', 'not'].includes(parent.name) ? 'equality' : 'free';
  if (!plain) return 'free';
  return parent.name === '=' || parent.name === '!=' ? 'equality' : 'order';
}

const FEW = 5;
const MOST_OPTIONS = 40;
const MOST_SUBSETS = 5;
const SMALL_RANGE = 25;

/** A value that no formula names. */
const ANYTHING = 'autre chose';

export function domainOf(question: Question, { uses, literals }: Usage): Domain {
  const use = uses.get(question.id) ?? new Set<Use>();
  const is = (...allowed: Use[]): boolean => [...use].every((each) => allowed.includes(each));
  switch (question.type) {
    case 'single': {
      const all = question.options.map((_, index) => index + 1);
      if (all.length <= FEW || question.filter || !is('equality', 'count'))
        return { values: all.slice(0, MOST_OPTIONS), exact: all.length <= MOST_OPTIONS };
      return { values: named(question.options, literals, 1), exact: true };
    }
    case 'multiple':
    case 'rank':
      return subsets(question, literals, is('equality', 'count') && !question.filter);
    case 'yesno':
      return { values: [true, false], exact: true };
    case 'scale':
      return { values: range(question.min, question.max), exact: true };
    case 'headcount':
      return { values: range(1, question.max ?? 20), exact: true };
    case 'number':
      return numbersOf(question, literals, is('equality', 'order'));
    case 'date':
    case 'time':
    case 'datetime':
      return { values: moments(question.type, literals), exact: is('equality', 'order') };
    case 'text':
    case 'place':
    case 'media':
      return { values: [...[...literals].filter(Boolean), ANYTHING], exact: is('equality') };
    default:
      return { values: [], exact: true };
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** The numbers of the options that formulas name, and of so many that none does. */
function named(options: { id: string }[], literals: Set<string>, others: number): number[] {
  const all = options.map(({ id }, index) => ({ number: index + 1, known: literals.has(id) }));
  const rest = all.filter(({ known }) => !known).slice(0, others);
  return all.flatMap((each) => (each.known || rest.includes(each) ? [each.number] : []));
}

function subsets(
  question: Extract<Question, { type: 'multiple' | 'rank' }>,
  literals: Set<string>,
  simple: boolean,
): Domain {
  const all = question.options.map((_, index) => index + 1);
  const chosen =
    all.length <= MOST_SUBSETS
      ? all
      : all.filter((number) => literals.has(question.options[number - 1]?.id ?? '')).slice(0, MOST_SUBSETS);
  const rest = all.filter((number) => !chosen.includes(number));
  const exact = all.length <= MOST_SUBSETS || (simple && chosen.length < MOST_SUBSETS);
  const most = question.type === 'rank' ? Math.min(question.most ?? all.length, all.length) : undefined;
  const values: number[][] = [];
  for (let bits = 0; bits < 2 ** chosen.length; bits += 1) {
    const some = chosen.filter((_, index) => bits & (1 << index));
    for (let more = 0; more <= rest.length; more += 1)
      values.push([...some, ...rest.slice(0, more)].sort((a, b) => a - b));
  }
  const possible = values.filter(({ length }) => (most === undefined ? length > 0 : length === most));
  // Of a ranking every order is another value, where it is compared as a whole.
  return { values: possible, exact: exact && (question.type === 'multiple' || simple) };
}

function numbersOf(
  { min, max, decimals }: Extract<Question, { type: 'number' }>,
  literals: Set<string>,
  simple: boolean,
): Domain {
  if (!decimals && min !== undefined && max !== undefined && max - min <= SMALL_RANGE)
    return { values: range(Math.ceil(min), Math.floor(max)), exact: true };
  const named = [...literals]
    .filter((word) => word.trim() !== '')
    .map(Number)
    .filter(Number.isFinite);
  const marks = [...named, min ?? 0, max ?? 0, 0];
  const beside = marks.flatMap((mark) =>
    decimals
      ? [mark - 0.5, mark, mark + 0.5]
      : [Math.ceil(mark) - 1, Math.floor(mark), Math.ceil(mark), Math.floor(mark) + 1],
  );
  const values = [...new Set(beside)].filter(
    (value) => value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY),
  );
  return { values: values.sort((a, b) => a - b), exact: simple };
}

const FORMS = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{2}:\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/,
};

/** What is compared with, and just before and after it. */
function moments(type: 'date' | 'time' | 'datetime', literals: Set<string>): string[] {
  const length = type === 'date' ? 10 : 16;
  const found = [...literals].flatMap((word) => {
    if (!FORMS[type].test(word)) return [];
    const at = Date.parse(type === 'time' ? `1970-01-02T${word}Z` : word.length > 10 ? `${word}Z` : word);
    const step = type === 'date' ? DAY : MINUTE;
    return Number.isNaN(at) ? [] : [at - step, at, at + step];
  });
  const all = found.length > 0 ? found : [Date.parse('2026-05-20T10:00Z')];
  return [...new Set(all)].map((at) => {
    const iso = new Date(at).toISOString();
    return type === 'time' ? iso.slice(11, 16) : iso.slice(0, length);
  });
}
