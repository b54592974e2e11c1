/** `npm run export` as staff run it: beside a running host, on a closed folder, after a crash, and refused. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadXlsx } from '../../functions/forms/xlsx.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createDb } from '../../functions/store/db.ts';
import { type LocalFile, writeLocal } from '../../infra/local/folder.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { runCommand } from '../support/command.ts';
import { readRows } from '../support/exported.ts';

const ANNA = 'sms:+33639980001';
/** Above what Linux gives to any process. */
const NO_PROCESS = 2 ** 30;

let home: string;
let data: string;
let out: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-export-'));
  data = path.join(home, 'data');
  out = path.join(home, 'out');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (...args: string[]) => runCommand('infra/export.ts', args, { env: { DATA_DIR: data } });

async function open(): Promise<{ store: Store; city: TestCity }> {
  const store = await openStore(data);
  await waitUntilTableExists(
    { client: store.client, maxWaitTime: 10, minDelay: 1 },
    { TableName: store.table },
  );
  return { store, city: createTestCity(createDb(store.client, store.table)) };
}

let events = 0;
async function say({ deps }: TestCity, ...texts: string[]): Promise<void> {
  for (const text of texts)
    await takeTurn(deps, ANNA, { type: 'said', id: `e${++events}`, channel: 'sms', text }, 'response');
}

const local = (store: Store, pid: number): Promise<void> =>
  writeLocal(data, { store: store.endpoint, pid } as LocalFile);
const fileOf = (what: string): string =>
  path.join(out, readdirSync(out).find((name) => name.endsWith(`_square_${what}.csv`)) as string);
const rowsOf = (what: string) => readRows(readFileSync(fileOf(what), 'utf8').slice(1));

it('writes a workbook too where it is asked for', async () => {
  const { store, city } = await open();
  await say(city, 'SQUARE', '1', '2');
  await store.close();
  const { code, output } = await run('square', '--out', out, '--xlsx');
  expect([code, output.split('\n').filter((line) => line.endsWith('_square_reponses.xlsx')).length]).toEqual([
    0, 1,
  ]);
  const file = path.join(out, readdirSync(out).find((name) => name.endsWith('.xlsx')) as string);
  const book = await loadXlsx(readFileSync(file));
  expect(book.getWorksheet('Réponses codes')?.getRow(2).getCell(2).value).toBe(
    rowsOf('reponses')[0]?.id_participant,
  );
});

it('asks the running host, says where the files are and nothing about anyone', async () => {
  const { store, city } = await open();
  await say(city, 'SQUARE', '1', '2', 'RAPPEL');
  await local(store, process.pid);
  const { code, output } = await run('square', '--out', out);
  await store.close();
  expect(output).toBe(
    `1 réponse\n${fileOf('reponses')}\n${fileOf('codebook')}\n${fileOf('rappels')}\n` +
      "Le fichier « rappels » contient des numéros de téléphone: ne le donnez qu'à qui rappelle.\n",
  );
  expect(code).toBe(0);
  expect(readdirSync(out)).toHaveLength(3);
  expect(rowsOf('reponses')).toEqual([expect.objectContaining({ q1: '2', termine: 'non' })]);
  expect(rowsOf('rappels')).toEqual([expect.objectContaining({ telephone: "'+33639980001" })]);
  expect(statSync(fileOf('rappels')).mode & 0o077).toBe(0);
});

it('opens the folder a killed host left, with what its last turn had decided', async () => {
  const { store, city } = await open();
  await say(city, 'SQUARE', '1', '2', '1', '3');
  city.deps.sheets.record = () => Promise.reject(new Error('killed here'));
  await say(city, 'merci');
  await local(store, NO_PROCESS);
  await store.close();
  const { code, output } = await run('square', '--out', out);
  expect([code, output.split('\n')[0]]).toEqual([0, '1 réponse']);
  expect(rowsOf('reponses')).toEqual([expect.objectContaining({ q4_texte: 'merci', termine: 'oui' })]);
});

it('leaves no half file, and the last export as it was', async () => {
  const { store, city } = await open();
  await say(city, 'SQUARE', '1', '2');
  await local(store, process.pid);
  await run('square', '--out', out);
  const before = readFileSync(fileOf('reponses'));
  await say(city, '1', '3', 'merci');
  await city.deps.sheets.record(
    'p',
    {
      ...{ survey: 'square', revision: 9, end: 'done', channel: 'sms', language: 'fr', mode: 'QR' },
      ...{ started: '2026-11-23T09:00:00.000Z', reminders: 0, answers: {} },
    },
    1,
  );
  const { code, output } = await run('square', '--out', out);
  await store.close();
  expect(code).toBe(1);
  expect(output).toMatch(/réponses à la révision 9 du sondage « square »/);
  expect(readdirSync(out)).toHaveLength(3);
  expect(readFileSync(fileOf('reponses'))).toEqual(before);
});

it.each([
  [
    'no survey named',
    [],
    /^usage: npm run export -- SONDAGE \[--out DOSSIER\] \[--xlsx\]\nSondages: square, repas\n$/,
  ],
  ['an option that is not known', ['square', '--oui'], /^usage: /],
  [
    'a folder without data',
    ['square'],
    /^il n'y a pas encore de données dans « .* »: lancez d'abord npm start\n$/,
  ],
])('refuses %s in a sentence', async (_what, args, sentence) => {
  const { code, output } = await run(...args);
  expect(code).toBe(1);
  expect(output).toMatch(sentence);
  expect(existsSync(data)).toBe(false);
});

it('refuses a survey that is not there, and says which are', async () => {
  const { store } = await open();
  await store.close();
  const { code, output } = await run('sqare', '--out', out);
  expect([code, output]).toEqual([1, "le sondage « sqare » n'existe pas. Sondages: square, repas\n"]);
  expect(existsSync(out)).toBe(false);
});

it('refuses a folder that another process has open', async () => {
  const { store } = await open();
  const { code, output } = await run('square', '--out', out);
  await store.close();
  expect(code).toBe(1);
  expect(output).toMatch(/« .* » est ouvert par un autre programme: /);
});
