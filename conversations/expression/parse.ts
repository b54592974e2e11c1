/** A formula as a tree. `or` binds least, then `and`, `=`, `<`, `+`, `*`, and a minus in front most (XPath 1.0). */
import { FormulaError, FUNCTIONS, OPERATORS, type Token, tokensOf } from './tokens.ts';

export type Parsed =
  | { kind: 'literal'; value: string | number }
  | { kind: 'answer' | 'column'; name: string }
  | { kind: 'self' }
  /** An operator or a function with what it is used on; `negative` is the minus in front. */
  | { kind: 'call'; name: string; of: Parsed[] };

const LEVELS: string[][] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

/** Function name → the fewest and the most values it takes. */
const TAKES: Record<string, [least: number, most: number]> = {
  selected: [2, 2],
  'count-selected': [1, 1],
  not: [1, 1],
  if: [3, 3],
  concat: [1, Number.POSITIVE_INFINITY],
};
/** XLSForm writes truth as a function too. */
const CONSTANTS: Record<string, Parsed> = {
  true: { kind: 'call', name: '=', of: [literal(1), literal(1)] },
  false: { kind: 'call', name: '=', of: [literal(1), literal(0)] },
};
/** Deeper brackets than anybody writes; a stack is not to run over. */
const DEEPEST = 60;

function literal(value: string | number): Parsed {
  return { kind: 'literal', value };
}

export function parse(formula: string): Parsed {
  const tokens = tokensOf(formula);
  let at = 0;
  let depth = 0;
  const here = (): Token => tokens[at] as Token;
  const wrong = (problem: string, allowed: string, token = here()): FormulaError =>
    new FormulaError(problem, token.at, token.value && `"${token.value}"`, allowed);
  const isSign = (value: string): boolean => here().kind === 'sign' && here().value === value;
  const take = (value: string): void => {
    if (!isSign(value)) throw wrong(`"${value}" is missing`, `"${value}"`);
    at += 1;
  };

  function level(index: number): Parsed {
    const names = LEVELS[index];
    if (!names) return negative();
    let left = level(index + 1);
    while (['sign', 'name'].includes(here().kind) && names.includes(here().value)) {
      const name = here().value;
      at += 1;
      left = { kind: 'call', name, of: [left, level(index + 1)] };
    }
    return left;
  }

  function negative(): Parsed {
    if (!isSign('-')) return single();
    at += 1;
    return { kind: 'call', name: 'negative', of: [nested(negative)] };
  }

  function nested(read: () => Parsed): Parsed {
    depth += 1;
    if (depth > DEEPEST) throw wrong('nested too deep', `at most ${DEEPEST} levels`);
    const inner = read();
    depth -= 1;
    return inner;
  }

  function single(): Parsed {
    const token = here();
    at += 1;
    if (token.kind === 'number') return literal(Number(token.value));
    if (token.kind === 'text') return literal(token.value);
    if (token.kind === 'answer') return { kind: 'answer', name: token.value };
    if (token.kind === 'name') return isSign('(') ? call(token) : { kind: 'column', name: token.value };
    if (token.kind === 'sign' && token.value === '.') return { kind: 'self' };
    if (token.kind === 'sign' && token.value === '(') {
      const inner = nested(() => level(0));
      take(')');
      return inner;
    }
    throw wrong('a value is missing', 'a number, a quoted text, an answer, . or a function', token);
  }

  function call(token: Token): Parsed {
    const of: Parsed[] = [];
    take('(');
    if (!isSign(')')) {
      of.push(nested(() => level(0)));
      while (isSign(',')) {
        at += 1;
        of.push(nested(() => level(0)));
      }
    }
    take(')');
    const constant = CONSTANTS[token.value];
    if (constant && of.length === 0) return constant;
    const takes = Object.hasOwn(TAKES, token.value) ? TAKES[token.value] : undefined;
    if (!takes) throw wrong('this function is not available', FUNCTIONS, token);
    if (of.length < takes[0] || of.length > takes[1])
      throw wrong(`${token.value}() got ${of.length} values`, `${takes[0]} of them`, token);
    return { kind: 'call', name: token.value, of };
  }

  const parsed = level(0);
  if (here().kind !== 'end') throw wrong('not understood', OPERATORS);
  return parsed;
}
