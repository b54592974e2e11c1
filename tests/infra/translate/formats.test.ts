/** PO and CSV files of any texts: what goes out comes back, and other programs read the same in them. */
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { po } from 'gettext-parser';
import { expect, it } from 'vitest';
import { tidied } from '../../../conversations/translate/check.ts';
import type { Catalogue, Entry } from '../../../conversations/translate/entry.ts';
import { readTable, writeTable } from '../../../infra/translate/csv.ts';
import { readPo, writePo } from '../../../infra/translate/po.ts';
import { decoded } from '../../../infra/translate/unreadable.ts';

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom('"', '\\', '\n', ';', "'", '=', '+', '-', '@', ' ', 'é', 'ع', '1', '\\n', '#', '\t'),
        {
          maxLength: 12,
        },
      )
      .map((letters) => letters.join('')),
    fc.constantFrom('10-15', "'10-15", '=1+1', "'=1", '-1', '#, fuzzy', 'msgstr "x"', '{{count}}', '${age}'),
  )
  .map(tidied)
  // gettext-parser, which judges here, takes the names that every object has for texts it knows.
  .filter((each) => !(each in {}));

const entries: fc.Arbitrary<Entry[]> = fc.uniqueArray(
  fc.record({
    key: fc.stringMatching(/^[a-z]{1,8}\/[A-Za-z_.-]{1,12}$/),
    source: text.filter((each) => each !== ''),
    text,
    unread: fc.boolean(),
    notes: fc.array(fc.constantFrom('Un bouton.', '« 4 » au plus'), { maxLength: 2 }),
    rules: fc.constant({ places: 'phrase' as const }),
  }),
  { selector: ({ key }) => key, maxLength: 8 },
);
const catalogue = fc.record({
  name: fc.constantFrom('phrases', 'survey square r12'),
  language: fc.constantFrom('tr', 'fr-facile', 'zh'),
  entries,
});

const expected = ({ entries: all }: Catalogue) =>
  all.map(({ key, source, text: translation, unread }) => ({
    key,
    source,
    text: translation,
    unsure: unread,
  }));

it('what goes out as PO comes back, each text on its line', () => {
  fc.assert(
    fc.property(catalogue, (given) => {
      const file = decoded(writePo(given));
      const { name, language, reviewed, rows } = readPo(file);
      expect({ name, language, reviewed }).toEqual({
        name: given.name,
        language: given.language,
        reviewed: false,
      });
      // A text that is missing is no unsure one.
      expect(rows.map(({ line: _, ...row }) => row)).toEqual(
        expected(given).map((row) => ({ ...row, unsure: row.unsure && row.text !== '' })),
      );
      const lines = file.split('\n');
      for (const { line } of rows) expect(lines[line - 1]).toMatch(/^msgstr "/);
    }),
    { numRuns: 300 },
  );
});

it('another program reads the same in our PO files', () => {
  fc.assert(
    fc.property(catalogue, (given) => {
      const { translations } = po.parse(writePo(given), { validation: true } as never);
      for (const { key, source, text: translation } of given.entries)
        expect(translations[key]?.[source]?.msgstr).toEqual([translation]);
    }),
    { numRuns: 100 },
  );
});

it('what another program folds and moves is read all the same', () => {
  fc.assert(
    fc.property(catalogue, (given) => {
      const folded = po.compile(po.parse(writePo(given)), { foldLength: 20 });
      expect(readPo(decoded(folded).replaceAll('\n', '\r\n')).rows.map(({ line: _, ...row }) => row)).toEqual(
        readPo(decoded(writePo(given))).rows.map(({ line: _, ...row }) => row),
      );
    }),
    { numRuns: 100 },
  );
});

it('what goes out as CSV comes back, each text on its line, and no cell is a formula', async () => {
  await fc.assert(
    fc.asyncProperty(catalogue, async (given) => {
      const file = decoded(await writeTable(given));
      const { name, language, rows } = readTable(file);
      expect({ name, language }).toEqual({ name: given.name, language: given.language });
      expect(rows.map(({ line: _, ...row }) => row)).toEqual(
        expected(given).map((row) => ({ ...row, unsure: row.unsure || row.text === '' })),
      );
      const lines = file.split(/\r\n|\n/);
      for (const { key, line } of rows) expect(lines[line - 1]?.startsWith(`${key};`)).toBe(true);
      for (const cell of (parse(file, { delimiter: ';', relax_column_count: true }) as string[][]).flat())
        expect(cell).not.toMatch(/^\s*[=+@-]/);
    }),
    { numRuns: 300 },
  );
});

it.each([[','], ['\t']])('a table saved with %j is read too', async (delimiter) => {
  const given: Catalogue = {
    name: 'phrases',
    language: 'tr',
    entries: [
      {
        key: 'phrases/a',
        source: 'Oui.',
        text: 'Evet.',
        unread: false,
        notes: [],
        rules: { places: 'phrase' },
      },
    ],
  };
  const file = decoded(await writeTable(given)).replaceAll(';', delimiter);
  expect(readTable(file).rows).toEqual([
    { line: 5, key: 'phrases/a', source: 'Oui.', text: 'Evet.', unsure: false },
  ]);
});
