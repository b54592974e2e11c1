/** What holds for any export: texts come back, counts are true, rows pass through and are never gathered. */
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer, AnswerSheet } from '../../conversations/events.ts';
import { create } from '../../functions/runtime/export-survey.ts';
import { createTestCity } from '../support/city.ts';
import { exportOf, type Rows, undo } from '../support/exported.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { twoRevisions } from '../support/two-revisions.ts';

const cityOf = () => ({ ...createTestCity(createMemoryDb()).deps, world: twoRevisions });

const sheetOf = (revision: number, answers: Record<string, Answer>, more: Partial<AnswerSheet> = {}) => ({
  survey: 'parc',
  revision,
  end: 'done' as const,
  channel: 'sms' as const,
  language: 'fr',
  mode: 'QR' as const,
  started: '2026-11-23T09:00:00.000Z',
  ended: '2026-11-23T09:03:10.000Z',
  reminders: 0,
  answers,
  ...more,
});

/** Any text, and more often than chance has it one that a spreadsheet or a reader of CSV stumbles over. */
const hostile = fc
  .array(fc.constantFrom(...'=+-@＝＋－＠\'";\t\r\n \u00a0\u200f\ufeff1aéن'), { maxLength: 6 })
  .map((characters) => characters.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), hostile);

it('gives every text back as it was, composed', async () => {
  const texts = fc.record({ v: anyText, x: anyText, c: anyText, o: anyText, source: anyText });
  await fc.assert(
    fc.asyncProperty(texts, async ({ v, x, c, o, source }) => {
      const deps = cityOf();
      const answers = { ancien: { v, x: [x], t: 1 }, priorites: { v: [3], c, o, t: 1 } };
      await deps.sheets.record('p', sheetOf(1, answers, { source }), 1);
      const [row] = (await exportOf(deps, 'parc')).answers;
      const read = [row?.q7_texte, row?.q7_incompris, row?.q2_commentaire, row?.q2_autre_texte, row?.source];
      expect(read.map((cell) => undo(cell ?? ''))).toEqual(
        [v, x, c, o, source].map((text) => text.normalize('NFC')),
      );
      const runs = /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\-@＝＋－＠]|^[\t\r\n]/;
      expect(read.filter((cell) => runs.test(cell ?? ''))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const t = 1;
const missing = fc.constantFrom<Answer>({ m: 'skip', t }, { m: 'unknown', t }, { m: 'erased', t });
const upTo = (most: number) => fc.integer({ min: 1, max: most }).map((v): Answer => ({ v, t }));
const several = fc.subarray([1, 2, 3], { minLength: 1 }).map((v): Answer => ({ v, t }));
const free = anyText.map((v): Answer => ({ v, t }));
const yesOrNo = fc.boolean().map((v): Answer => ({ v, t }));
const decimal = fc.integer({ min: -200, max: 500 }).map((tenths): Answer => ({ v: tenths / 10, t }));

/** Any answers to some of the questions. */
const answersTo = (of: Record<string, fc.Arbitrary<Answer>>) =>
  fc.record(Object.fromEntries(Object.entries(of).map(([id, answer]) => [id, fc.oneof(answer, missing)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Record<string, Answer>>;
const choices = { frequence: upTo(3), priorites: several };
const anySheet = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constant(1), answersTo({ ...choices, note: upTo(10), ancien: free })),
      fc.tuple(
        fc.constant(2),
        answersTo({ ...choices, note: upTo(5), temperature: decimal, venir: yesOrNo }),
      ),
    ),
    fc.constantFrom('done', 'expired', 'stopped', 'erased'),
  )
  .map(([[revision, answers], end]) => sheetOf(revision, answers, { end } as Partial<AnswerSheet>));

const GAPS: Record<string, string> = {
  '-1': 'n_passe',
  '-2': 'n_non_pose',
  '-3': 'n_incompris',
  '-4': 'n_abandon',
  '-5': 'n_efface',
};

it('counts in the codebook what stands in the rows, and names every code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anySheet, { maxLength: 12 }), async (sheets) => {
      const deps = cityOf();
      for (const [index, sheet] of sheets.entries()) await deps.sheets.record(`p${index}`, sheet, 1);
      const { answers, codebook, rows } = await exportOf(deps, 'parc');
      expect([rows, answers.length]).toEqual([sheets.length, sheets.length]);
      const coded = codebook.filter(({ codes }) => codes !== '');
      expect(coded.map(({ variable }) => variable)).toEqual(
        'q1 q2_fleurs q2_bancs q2_jeux q2_autre q3 q4 q5 q6 q7_texte'.split(' '),
      );
      for (const book of coded) recount(book, answers);
    }),
    { numRuns: 100 },
  );
});

function recount(book: Rows[number], answers: Rows): void {
  const counts: Record<string, number> = { n_repondu: 0 };
  for (const count of Object.values(GAPS)) counts[count] = 0;
  // A number of the resident's own may be -1 too: only a question of numbers has such a one.
  const numbers = book.type === 'nombre';
  const codes = undo(book.codes as string).split('|');
  expect(codes.length).toBe((book.libelles as string).split('|').length);
  for (const row of answers) {
    const cell = row[book.variable as string] as string;
    const count = (Object.hasOwn(GAPS, cell) ? GAPS[cell] : undefined) ?? 'n_repondu';
    counts[count] = (counts[count] ?? 0) + 1;
    if (book.type !== 'texte libre' && !numbers) expect(codes).toContain(cell);
    if (numbers) expect(cell).toMatch(/^-?\d+(,\d+)?$/);
  }
  const written = Object.keys(counts).map((name) => Number(book[name]));
  expect(written.reduce((sum, count) => sum + count, 0)).toBe(answers.length);
  if (!numbers)
    expect(Object.fromEntries(Object.keys(counts).map((name, index) => [name, written[index]]))).toEqual(
      counts,
    );
}

it('never reads far ahead of what is written', async () => {
  const deps = cityOf();
  const TOTAL = 5000;
  let made = 0;
  let most = 0;
  let written = 0;
  deps.sheets.all = async function* () {
    for (; made < TOTAL; made += 1) yield { pseudonym: `p${made}`, sheet: sheetOf(2, {}) };
  };
  const { rows } = await create(deps)(
    'parc',
    () =>
      new Writable({
        highWaterMark: 1024,
        write(chunk: Buffer, _encoding, callback) {
          written += chunk.toString('utf8').split('\r\n').length - 1;
          most = Math.max(most, made - written);
          setImmediate(callback);
        },
      }),
  );
  expect(rows).toBe(TOTAL);
  // Node buffers 64 kB between two streams: some 500 of these rows.
  expect(most).toBeLessThan(1000);
});

it('fails, and destroys the sink, where the store fails in the middle', async () => {
  const deps = cityOf();
  deps.sheets.all = async function* () {
    yield { pseudonym: 'p', sheet: sheetOf(2, {}) };
    throw new Error('the store is gone');
  };
  const sinks: Writable[] = [];
  const open = () => {
    const sink = new Writable({ write: (_chunk, _encoding, callback) => callback() });
    sinks.push(sink);
    return sink;
  };
  await expect(create(deps)('parc', open)).rejects.toThrow('the store is gone');
  expect(sinks.map(({ destroyed, writableFinished }) => [destroyed, writableFinished])).toEqual([
    [true, false],
  ]);
});
