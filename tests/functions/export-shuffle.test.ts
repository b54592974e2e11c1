/** Rows mixed on disk: none lost, none twice, every order as likely, nothing left behind. */
import { createWriteStream, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Survey, surveyShelf } from '../../conversations/survey.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import type { Cell } from '../../functions/runtime/export-csv.ts';
import { openShuffle } from '../../functions/runtime/export-shuffle.ts';
import { create } from '../../functions/runtime/export-survey.ts';
import { exportWorkbook } from '../../functions/runtime/export-workbook.ts';
import { localWorld } from '../../infra/local/city.ts';
import { sheetOf } from '../bench/export/sheets.ts';
import { createTestCity } from '../support/city.ts';
import { exportOf } from '../support/exported.ts';
import { createMemoryDb } from '../support/memory-db.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shuffle-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function mixedOf(rows: Cell[][], piles?: number): Cell[][] {
  const shuffle = openShuffle(piles);
  try {
    for (const row of rows) shuffle.add(row);
    return [...shuffle.rows()];
  } finally {
    shuffle.close();
  }
}

const numbered = (count: number): Cell[][] => Array.from({ length: count }, (_, index) => [index]);

/** Files of this folder that the process has open; they have no name there. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)].filter((file) => file.startsWith(`${folder}/`));
    } catch {
      return [];
    }
  });

describe('what is mixed', () => {
  it.each([0, 1, 2, 30_000])('%i rows are the same rows, as they were', (count) => {
    const texts = ['', 'é', 'deux\nlignes', '\r\n;"', '🎉', '\ud83c', '\u0000', 'نريد', '\u2028'];
    const rows = Array.from({ length: count }, (_, index): Cell[] => [
      index,
      undefined,
      texts[index % texts.length],
      index % 3 === 0 ? undefined : -index / 7,
    ]);
    const all = mixedOf(rows);
    expect(all.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual(rows);
  });

  it('a row may be longer than what waits in memory', () => {
    const rows = [3, 16_381, 16_384, 100_000, 5].map((length): Cell[] => ['é'.repeat(length)]);
    expect(mixedOf(rows, 1).toSorted()).toEqual(rows.toSorted());
  });

  it('is in another order, and in another again', () => {
    const rows = numbered(2_000);
    const [one, other] = [mixedOf(rows), mixedOf(rows)];
    expect(one).not.toEqual(rows);
    expect(other).not.toEqual(one);
    // Where a row comes from says nothing of where it goes: of 2,000 about one stays in its place.
    expect(one.filter(([index], at) => index === at).length).toBeLessThan(20);
  });

  it.each([1, 2, 128])('every order is as likely, in %i piles', (piles) => {
    const [runs, orders] = [1_200, 6];
    const seen = new Map<string, number>();
    for (let run = 0; run < runs; run += 1) {
      const order = mixedOf(numbered(3), piles).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(orders);
    const fair = runs / orders;
    const chi = [...seen.values()].reduce((sum, count) => sum + (count - fair) ** 2 / fair, 0);
    // Once in a hundred million runs of a fair one, at five degrees of freedom.
    expect(chi).toBeLessThan(45);
  });
});

const square: Survey = { ...(localWorld().surveys.latest('square') as Survey), anonymous: true };

/** A city whose store holds so many sheets, and breaks after them if asked to. */
function cityWith(sheets: number, broken = false): Deps {
  const { deps } = createTestCity(createMemoryDb(), {
    world: { ...localWorld(), surveys: surveyShelf([square]) },
  });
  async function* all() {
    for (let index = 0; index < sheets; index += 1) yield sheetOf(index);
    if (broken) throw new Error('the store is away');
  }
  return { ...deps, sheets: { ...deps.sheets, all } };
}

describe('an export of an anonymous survey', () => {
  it('has every row and every text, in no order, and leaves nothing', async () => {
    const made = await exportOf(cityWith(3_000));
    expect(made.answers).toHaveLength(3_000);
    const ages = made.answers.map(({ tranche_age }) => tranche_age);
    const asRead = Array.from({ length: 3_000 }, (_, index) => sheetOf(index).sheet.age ?? '');
    expect(ages.toSorted()).toEqual(asRead.toSorted());
    expect(ages).not.toEqual(asRead);
    expect(made.files.some((name) => name.endsWith('_textes.csv'))).toBe(true);
    expect([readdirSync(folder), openFiles()]).toEqual([[], []]);
  });

  it.skipIf(process.platform !== 'linux')('has no named file at any time, only open ones', async () => {
    const during: unknown[] = [];
    const sink = () =>
      new Writable({
        write(_chunk, _encoding, done) {
          during.push([readdirSync(folder), openFiles().length]);
          done();
        },
      });
    await create(cityWith(3_000))('square', sink);
    expect(during[0]).toEqual([[], 2]);
    expect(openFiles()).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['the store', cityWith(3_000, true), () => new Writable({ write: (_chunk, _encoding, done) => done() })],
    ['the sink', cityWith(3_000), () => createWriteStream(path.join(tmpdir(), 'no', 'such', 'folder'))],
  ])('leaves nothing where %s breaks', async (_what, deps, sink) => {
    await expect(create(deps)('square', sink)).rejects.toThrow();
    const sheets = mkdtempSync(path.join(folder, 'sheets-'));
    await expect(exportWorkbook(deps, { survey: 'square', folder: sheets }, sink())).rejects.toThrow();
    rmSync(sheets, { recursive: true });
    expect(readdirSync(folder)).toEqual([]);
    expect(openFiles().filter((file) => !file.includes('/sheets-'))).toEqual([]);
  });
});
