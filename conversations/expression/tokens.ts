/** A formula cut into its words and signs, each with its place. */

/** `position` counts characters from 0; `got` is what stands there, `allowed` what could. */
export class FormulaError extends Error {
  override name = 'FormulaError';
  constructor(
    readonly problem: string,
    readonly position: number,
    readonly got: string,
    readonly allowed: string,
  ) {
    super(`${problem} at character ${position + 1}: got ${got || 'the end'}, allowed: ${allowed}`);
  }
}

export interface Token {
  kind: 'number' | 'text' | 'answer' | 'name' | 'sign' | 'end';
  /** Without quotes and `${}`. */
  value: string;
  at: number;
}

const FORMS: [kind: Token['kind'] | 'space', form: RegExp][] = [
  ['space', /\s+/uy],
  ['answer', /\$\{\s*([^{}\s]+)\s*\}/uy],
  ['number', /\d+(?:\.\d+)?|\.\d+/uy],
  // Spreadsheets turn straight quotes into curly ones.
  ['text', /"([^"]*)"|'([^']*)'|[“”]([^“”]*)[“”]|[‘’]([^‘’]*)[‘’]/uy],
  ['name', /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*/uy],
  ['sign', /!=|<=|>=|[=<>()+*,.-]/uy],
];

export const OPERATORS = '= != < <= > >= and or + - * div mod';
export const FUNCTIONS = 'selected() count-selected() not() if() concat()';

export function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < formula.length) {
    const found = next(formula, at);
    if (!found)
      throw new FormulaError(
        'not understood',
        at,
        formula.slice(at, at + 20),
        `numbers, quoted texts, answers as in \${name}, ${OPERATORS}, ${FUNCTIONS}`,
      );
    if (found.token) tokens.push(found.token);
    at = found.end;
  }
  return [...tokens, { kind: 'end', value: '', at }];
}

function next(formula: string, at: number): { token?: Token; end: number } | undefined {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const match = form.exec(formula);
    if (!match) continue;
    const end = at + match[0].length;
    if (kind === 'space') return { end };
    const value = match.slice(1).find((group) => group !== undefined) ?? match[0];
    return { token: { kind, value, at }, end };
  }
  return undefined;
}
