/** Formulas as XLSForm writes them, against what ODK's XPath makes of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormulaError } from '../../conversations/expression/tokens.ts';
import { evaluate, isTrue, namesIn, parseFormula } from '../../conversations/expression.ts';

const ANSWERS: Record<string, string | number> = {
  age: 17,
  sport: 'foot',
  several: 'foot judo',
  empty: '',
  day: '2026-05-24',
  at: '18:00',
  yes: 'yes',
};
const scope = {
  answer: (name: string) => ANSWERS[name] ?? '',
  column: (name: string) => ({ region: 'nord' })[name] ?? '',
  self: 5,
};
const worth = (text: string) => evaluate(parseFormula(text), scope);

describe('a formula is worth', () => {
  test.each<[string, string | number | boolean]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 div 2', 3.5],
    ['7 mod 2', 1],
    ['-3 + 1', -2],
    ['2 - -2', 4],
    ['. >= 1 and . <= 5', true],
    ['.>5', false],
    ["${sport} = 'foot'", true],
    ['${sport} = "foot"', true],
    ['${sport} = ‘foot’', true],
    ["${sport} != 'foot'", false],
    ["selected(${several}, 'judo')", true],
    ["selected(${several}, 'jud')", false],
    ["not(selected(${several}, 'danse'))", true],
    ['count-selected(${several})', 2],
    ['count-selected(${empty})', 0],
    ["${empty} = ''", true],
    ["${empty} != 'x'", true],
    ['${empty} > 3', false],
    ['${empty} < 3', false],
    ['${age} < 18 or ${age} > 60', true],
    ['1 = 1 and 2 = 3 or 4 = 4', true],
    ['${age} < 18 and ${sport} = "judo"', false],
    ["if(${age} < 18, 'jeune', 'adulte')", 'jeune'],
    ["concat('a', ${age}, 'b')", 'a17b'],
    ["concat('x', 0.1 + 0.2)", 'x0.3'],
    ["region = 'nord'", true],
    ["${day} < '2026-06-01'", true],
    ["${day} = '2026-05-24'", true],
    ["${at} >= '17:30'", true],
    ['true()', true],
    ['false()', false],
    ["${age} = '17'", true],
    ['${unknown} = 1', false],
  ])('%s', (text, expected) => {
    expect(worth(text)).toBe(expected);
  });
});

describe('what is not a formula is refused with its place', () => {
  test.each([
    ['', 0, 'the end'],
    ['${a} = ', 7, 'the end'],
    ['${a} == 1', 6, '"="'],
    ["regex(., '^[0-9]+$')", 0, 'not available'],
    ['today()', 0, 'not available'],
    ['selected(${a})', 0, 'got 1 values'],
    ['(1 + 2', 6, '")" is missing'],
    ["${a} = 'b", 7, 'not understood'],
    ['../a = 1', 2, 'not understood'],
    ['${a} ${b}', 5, 'not understood'],
    ['constructor(1)', 0, 'not available'],
    [`${'('.repeat(80)}1${')'.repeat(80)}`, 61, 'nested too deep'],
  ])('%s', (text, position, problem) => {
    let error: unknown;
    try {
      parseFormula(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FormulaError);
    expect((error as FormulaError).position).toBe(position);
    expect((error as FormulaError).message).toContain(problem);
  });
});

test('a formula says what it looks at', () => {
  expect(namesIn(parseFormula("${a} = . and region = ${b} or not(selected(${a}, 'c'))"))).toEqual({
    answers: ['a', 'b'],
    columns: ['region'],
    self: true,
  });
});

/** Trees written out with every bracket, and the value JavaScript gives them. */
const sums = fc.letrec<Record<'leaf' | 'sum', [string, number]>>((tie) => ({
  leaf: fc.integer({ min: 0, max: 50 }).map((number): [string, number] => [String(number), number]),
  sum: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc
      .tuple(tie('sum'), fc.constantFrom('+', '-', '*'), tie('sum'))
      .map(([[a, x], sign, [b, y]]): [string, number] => {
        const value = sign === '+' ? x + y : sign === '-' ? x - y : x * y;
        return [`(${a} ${sign} ${b})`, value];
      }),
  ),
})).sum;

test('arithmetic is what it is elsewhere', () => {
  fc.assert(fc.property(sums, ([text, value]) => worth(text) === value));
});

test('any text is read or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'${a}().=<>!\'"+-*,01 andor') }), (text) => {
      try {
        isTrue(parseFormula(text), scope);
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
      }
    }),
  );
});
