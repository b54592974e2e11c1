/** `npm run contacts` as staff run it: beside a running host, killed on the way, and refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numberOf, writeTable } from '../functions/contacts/table-of-contacts.ts';
import { ended, startCommand } from '../support/command.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let home: string;
let data: string;
let host: SpawnedHost;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-contacts-'));
  data = path.join(home, 'data');
  host = await spawnHost(data);
}, 60_000);
afterAll(async () => {
  await host.stop();
  rmSync(home, { recursive: true, force: true });
});

const start = (args: string[]) => startCommand('infra/contacts.ts', args, { env: { DATA_DIR: data } });

async function run(args: string[], input = ''): Promise<{ code: number | null; output: string }> {
  const { code, output } = await ended(start(args), input);
  return { code, output };
}

const file = (name: string, text: string): string => {
  const to = path.join(home, name);
  writeFileSync(to, text);
  return to;
};
const PROOF = ['--preuve', 'Bulletin signé à la fête', '--le', '05/09/2026', '--par', 'accueil'];

it('a list is made, tried, filled, counted and left, and the residents are those who write', async () => {
  const made = ['list', 'add', 'delegues', '--nom', 'Délégués de classe', '--but', 'Le conseil des jeunes'];
  expect(await run([...made, '--base', 'consentement', '--par', 'service jeunesse'])).toEqual({
    code: 0,
    output: 'liste « delegues » créée: Délégués de classe\n',
  });
  const again = await run([...made, '--base', 'interet', '--par', 'x']);
  expect([again.code, again.output]).toEqual([1, expect.stringContaining('existe déjà')]);

  // One has joined by herself, one has said STOP.
  for (const text of ['CHENE', 'oui', '3', '4']) await host.text('+33639980001', text);
  await host.text('+33639980002', 'STOP');
  const contacts = file(
    'contacts.csv',
    'Téléphone;Langue\n06 39 98 00 01;fr\n06 39 98 00 02;fr\n06 39 98 00 03;fr\n0639980003;fr\n01 99 00 12 34;fr\n',
  );
  const args = ['import', contacts, '--liste', 'delegues', ...PROOF];
  const summary = (title: string, fresh: number, added: number, known: number) =>
    [
      'ligne 3: a dit STOP',
      'ligne 5: le même numéro est plus haut dans le fichier',
      'ligne 6, colonne A (téléphone): ce numéro ne reçoit pas de SMS: il faut un portable',
      title,
      'lignes: 5',
      `nouveaux contacts: ${fresh}`,
      `contacts connus, ajoutés à la liste: ${added}`,
      `déjà sur la liste: ${known}`,
      'ont dit STOP ou EFFACER: 1',
      'en double dans le fichier: 1',
      'refusées: 1',
    ].sort();
  const linesOf = ({ output }: { output: string }) =>
    output
      .trim()
      .split('\n')
      .map((line) => line.replace(", n'est pas repris", ''))
      .filter((line) => !line.startsWith('ont quitté'))
      .sort();
  const trial = "essai pour « Délégués de classe »: rien n'est enregistré";
  expect(linesOf(await run([...args, '--essai']))).toEqual(summary(trial, 1, 1, 0));
  expect((await run(['members', 'delegues'])).output).toBe('Délégués de classe: 0 contact\n');
  const imported = 'import dans « Délégués de classe »';
  expect(linesOf(await run(args))).toEqual(summary(imported, 1, 1, 0));
  expect(linesOf(await run(args))).toEqual(summary(imported, 0, 0, 2));
  expect((await run(['members', 'delegues'])).output).toBe(
    'Délégués de classe: 2 contacts\nlangues: fr 1, tr 1\nâges: 25-59 1, non dit 1\n',
  );
  expect((await run(['lists'])).output).toContain(
    'delegues: Délégués de classe, 2 contacts; Le conseil des jeunes (consentement)\n',
  );
  // Nothing was sent to who was imported; what they say now finds them known.
  expect(await host.thread('+33639980003')).toEqual([]);
  expect((await host.text('+33639980003', 'STOP')).at(-1)?.text).toContain('plus de message');
  expect((await run(['members', 'delegues'])).output).toContain(': 1 contact\n');

  const removed = await run(['remove', 'delegues', '--demande'], '06 39 98 00 01\n');
  expect(removed.output).toContain('retiré de « Délégués de classe »');
  // The same paper does not bring them back.
  expect((await run(args)).output).toContain('ligne 2: a quitté cette liste');
  expect((await run(['lists'])).output).toMatch(/^chene: Chêne Pointu, 1 contact$/m);
}, 120_000);

it('killed on the way and run again, everybody is there once', async () => {
  const ROWS = 600;
  const table = path.join(home, 'table.csv');
  await writeTable(table, ROWS);
  const args = ['import', table, '--liste', 'ville'];
  for (const wait of [700, 1200, 1800]) {
    const child = start(args);
    const ended = new Promise((resolve) => child.once('close', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, wait / 10));
    child.kill('SIGKILL');
    await ended;
  }
  const { code, output } = await run(args);
  expect(code).toBe(0);
  const count = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(output)?.[1]);
  expect(count('refusées')).toBe(ROWS / 20);
  expect(count('nouveaux contacts') + count('déjà sur la liste')).toBe(ROWS * 0.95);
  expect(output).not.toContain(numberOf(0).slice(4));
  expect((await run(['lists'])).output).toMatch(/^ville: Toute la ville, 570 contacts$/m);
}, 120_000);

it.each([
  [[], 'commande inconnue'],
  [['import', 'x.csv'], 'usage: npm run contacts -- import'],
  [['import', 'x.csv', '--liste', 'personne'], "la liste « personne » n'existe pas. Listes: haut, "],
  [['import', 'absent.csv', '--liste', 'haut'], "« absent.csv »: il n'existe pas"],
  [['import', 'x.csv', '--liste', 'haut', '--le', '31/02/2026'], 'reçu: 31/02/2026'],
  [
    ['list', 'add', 'É', '--nom', 'x', '--but', 'x', '--base', 'interet', '--par', 'x'],
    'identifiant: 2 à 30',
  ],
  [['list', 'add', 'haut', '--nom', 'x', '--but', 'x', '--base', 'interet', '--par', 'x'], 'existe déjà'],
  [['members'], 'usage: npm run contacts -- members'],
])(
  '%j is refused in words',
  async (args, words) => {
    const { code, output } = await run(args);
    expect(code).toBe(1);
    expect(output).toContain(words);
  },
  30_000,
);
