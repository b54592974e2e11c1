/** `npm run qr` and `npm run audience` as staff run them: what is written and said, and what is refused with nothing written. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createDb } from '../../functions/store/db.ts';
import { type LocalFile, writeLocal } from '../../infra/local/folder.ts';
import { openStore } from '../../infra/local/store.ts';
import { createTestCity } from '../support/city.ts';

const ROOT = path.join(import.meta.dirname, '../..');
let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-qr-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function run(command: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(ROOT, `infra/${command}.ts`), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, DATA_DIR: path.join(home, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

it('writes a code and a poster a language, and says which texts nobody has read', async () => {
  const out = path.join(home, 'out');
  const { code, output } = await run(
    'qr',
    '--liste',
    'chene',
    '--langue',
    'fr,tr',
    '--code',
    'a12',
    '--out',
    out,
  );
  expect(output).toContain("à faire relire avant d'imprimer: tr\n");
  expect(code).toBe(0);
  const files = readdirSync(out).filter((name) => name !== 'polices');
  expect(files.sort()).toEqual(
    ['fr', 'tr']
      .flatMap((language) => [`affiche-chene-${language}-sms-A12.html`])
      .concat(
        ['fr', 'tr'].flatMap((language) =>
          ['png', 'svg'].map((kind) => `qr-chene-${language}-sms-A12.${kind}`),
        ),
      ),
  );
  const page = readFileSync(path.join(out, 'affiche-chene-tr-sms-A12.html'), 'utf8');
  for (const [, font] of page.matchAll(/url\('([^']+)'\)/g))
    expect(existsSync(path.join(out, font as string))).toBe(true);
});

it('refuses with what is allowed, and writes nothing', async () => {
  const out = path.join(home, 'out');
  const refused = await run('qr', '--liste', 'chene', '--langue', 'fr,xx', '--out', out);
  expect(refused).toEqual({ code: 1, output: expect.stringContaining('--langue « xx »: fr, fr-facile, en') });
  const unknown = await run('qr', '--liste', 'foret', '--out', out);
  expect(unknown.output).toBe('liste inconnue: « foret ». Listes: haut, bas, chene, temple, ville, aines\n');
  expect((await run('qr', '--liste', 'chene', '--canal', 'fax')).output).toContain(
    'sms, whatsapp, messenger',
  );
  expect((await run('qr')).output).toContain('usage: npm run qr');
  expect(existsSync(out)).toBe(false);
});

it('counts beside the running host, and tells nobody how few there are', async () => {
  const store = await openStore(path.join(home, 'data'));
  await waitUntilTableExists(
    { client: store.client, maxWaitTime: 10, minDelay: 1 },
    { TableName: store.table },
  );
  const { deps } = createTestCity(createDb(store.client, store.table));
  let events = 0;
  for (let n = 0; n < 7; n += 1)
    for (const text of [n < 6 ? 'CHENE' : 'CHENE tr', 'oui', ...(n < 6 ? ['1', '3'] : ['5'])]) {
      const event = { type: 'said', id: `q${++events}`, channel: 'sms', text } as const;
      await takeTurn(deps, `sms:+3363998000${n}`, event, 'response');
    }
  await writeLocal(path.join(home, 'data'), { store: store.endpoint, pid: process.pid } as LocalFile);
  const all = await run('audience', 'count');
  const narrow = await run('audience', 'count', '--liste', 'chene', '--langue', 'tr');
  const wrong = await run('audience', 'count', '--liste', 'foret', '--sans-reponse', 'parc');
  await store.close();
  expect(all.output).toBe(
    `tous les habitants inscrits
7 habitants

Par liste (chacun compte une fois)
  7  Chêne Pointu

Par langue
  6  français
  1  turc

Par canal
  7  SMS

Un message peut-il les atteindre maintenant?
  7  oui
`,
  );
  expect(narrow.output).toBe('habitants de la liste Chêne Pointu, en turc\nmoins de 5 habitants\n');
  expect(wrong).toEqual({
    code: 1,
    output:
      'liste inconnue: « foret ». Listes: haut, bas, chene, temple, ville, aines\n' +
      'sondage inconnu: « parc ». Sondages: square, repas\n',
  });
});
