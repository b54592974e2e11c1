/** A text changed in a JSON file: that line, and no other byte. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { withTexts } from '../../../conversations/translate/json-edit.ts';

const FILE = `{
  "a": "un",

  "b.c": "deux \\u00e9 \\"x\\"",
  "list": ["a",   "b"],
  "d": "trois"
}
`;

it.each([
  ['the first', { a: 'one' }, FILE.replace('"un"', '"one"')],
  ['one with escapes', { 'b.c': 'two "2" \\' }, FILE.replace('"deux \\u00e9 \\"x\\""', '"two \\"2\\" \\\\"')],
  ['the last, which has no comma', { d: 'three' }, FILE.replace('"trois"', '"three"')],
  ['the same again', { 'b.c': 'deux é "x"' }, FILE.replace('\\u00e9', 'é')],
])('%s', (_, changes, expected) => {
  expect(withTexts(FILE, changes)).toBe(expected);
});

it.each([
  ['after the one before it', { b: '1' }, ['a', 'b', 'd'], FILE.replace('"un",\n', '"un",\n  "b": "1",\n')],
  ['at the end', { e: '1' }, ['a', 'd', 'e'], FILE.replace('"trois"\n', '"trois",\n  "e": "1"\n')],
  ['at the beginning', { x: '1' }, ['x', 'a'], FILE.replace('{\n', '{\n  "x": "1",\n')],
])('a new one stands %s', (_, changes, order, expected) => {
  expect(withTexts(FILE, changes, order)).toBe(expected);
});

it('any text of any key goes in, and the rest stays', () => {
  const key = fc.stringMatching(/^[a-z.]{1,6}$/);
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(
      fc.dictionary(key, text, { minKeys: 1, noNullPrototype: true }),
      fc.nat(),
      text,
      (texts, at, changed) => {
        const keys = Object.keys(texts);
        const name = keys[at % keys.length] as string;
        const before = `${JSON.stringify(texts, null, 2)}\n`;
        const after = withTexts(before, { [name]: changed });
        expect(JSON.parse(after)).toEqual({ ...texts, [name]: changed });
        const now = after.split('\n');
        const others = before.split('\n').filter((line, index) => line !== now[index]);
        expect(others).toHaveLength(texts[name] === changed ? 0 : 1);
      },
    ),
  );
});

it('a file in another form is left alone', () => {
  expect(() => withTexts('{"a": "un", "b": "deux"}', { a: 'one' })).toThrow();
});
