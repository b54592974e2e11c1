/** Importing is a stream: what is in memory does not grow with the table. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Counts } from '../../../functions/contacts/import-contacts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-contacts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('needs no more memory for 50,000 rows than for 5,000, and tells every bad one', async () => {
  const program = new URL('./counting-import.ts', import.meta.url).pathname;
  const run = async (rows: number) => {
    const args = ['--expose-gc', '--import', 'tsx', program, String(rows), path.join(folder, `${rows}.csv`)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as { counts: Counts; put: number; unexpected: number; peakMb: number };
  };
  const [few, many] = [await run(5_000), await run(50_000)];
  for (const [rows, { counts, put, unexpected }] of [
    [5_000, few],
    [50_000, many],
  ] as const) {
    expect(unexpected).toBe(0);
    expect(counts).toMatchObject({ rows, refused: rows / 20, new: rows * 0.95, duplicate: 0 });
    expect(put).toBe(rows * 0.95);
  }
  // The set of numbers grows by a megabyte or two; rows that were held would be ten.
  expect(many.peakMb - few.peakMb).toBeLessThan(4);
}, 120_000);
