/** `npm run announce` as staff run it: beside a running host from the draft to its end, and on a folder by itself. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

const ROOT = path.join(import.meta.dirname, '../..');
let home: string;
let host: SpawnedHost;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-announce-'));
  host = await spawnHost(path.join(home, 'host'));
  // A Monday at 10:00 in Paris.
  await host.clock({ set: '2027-01-11T09:00:00.000Z' });
  for (const from of ['+33639980001', '+33639980002'])
    for (const text of ['CHENE', 'oui', '1', '4']) await host.text(from, text);
  await host.text('+33639980002', 'LANGUE TR');
});
afterAll(async () => {
  await host?.stop();
  rmSync(home, { recursive: true, force: true });
});

function run(folder: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(ROOT, 'infra/announce.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: path.join(home, folder), TABLE: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
const FR = 'Ville de Clichy: visite du quartier samedi 16 a 10h, square du Chêne Pointu';
const TR = 'Clichy: mahalle ziyareti cumartesi saat 10, Chêne Pointu parki';
const fine = async (...args: string[]): Promise<string> => {
  const { code, output } = await run('host', ...args);
  expect(output).not.toMatch(/\bat file:/);
  expect(code, output).toBe(0);
  return output;
};
const refused = async (...args: string[]): Promise<string> => {
  const { code, output } = await run('host', ...args);
  expect(output).not.toMatch(/\bat file:/);
  expect(code, output).toBe(1);
  return output;
};
const ID = 'A-2027-001';

it('goes from the draft to its moment and is called off, with a line for every act', async () => {
  const made = await fine(
    'nouvelle',
    '--de',
    'Agent@exemple',
    '--genre',
    'visite',
    '--texte',
    FR,
    '--texte',
    `tr=${TR}`,
    '--listes',
    'chene',
  );
  expect(made).toMatch(/^A-2027-001 {2}visite {2}à valider {2}Ville de Clichy: visite du quartier/);
  expect(made).toContain('avertissement  texts: pas de texte en français facile');

  expect(await refused('approuver', ID, '--de', 'agent@exemple')).toContain("a écrit l'annonce");
  expect(await refused('programmer', ID, '--de', 'agent@exemple')).toContain('est à valider');
  expect(await fine('approuver', ID, '--de', 'chef@exemple', '--note', 'vu')).toContain('validée');

  const scheduled = await fine('programmer', ID, '--de', 'agent@exemple', '--quand', '2027-01-11T21:00');
  expect(scheduled).toContain('programmée, part mardi 12 janvier 2027 à 08:30');
  expect(scheduled).toContain("lundi 11 janvier 2027 à 21:00, la ville n'écrit pas");

  const counted = await fine('compter', ID);
  // One part each, limits.partEuros 0.08.
  expect(counted).toContain('SMS, fr: 1 personne × 1 × 0,08 € = 0,08 €');
  expect(counted).toContain('SMS, tr: 1 personne × 1 × 0,08 € = 0,08 €');
  expect(counted).toContain('total: 2 personnes, 2 messages ou parties, 0,16 €');

  const preview = await fine('apercu', ID);
  expect(preview).toContain(`tr, SMS (1 partie, ${TR.length + 10} caractères GSM-7)`);
  expect(preview).toContain("fr, WhatsApp après 24 h: rien ne part, il n'y a pas de modèle « visit »");
  expect(preview).toMatch(/ar, pt.*zh: comme en « fr »/);

  expect(await fine('suspendre', ID, '--de', 'agent@exemple')).toContain('suspendue');
  expect(await fine('reprendre', ID, '--de', 'agent@exemple')).toContain('programmée, part mardi 12 janvier');
  expect(
    await fine('modifier', ID, '--de', 'collegue@exemple', '--texte', FR.replace('10h', '11h')),
  ).toContain("elle doit l'être de nouveau");
  expect(await refused('approuver', ID, '--de', 'collegue@exemple')).toContain('a écrit');
  expect(await fine('annuler', ID, '--de', 'chef@exemple', '--note', 'pluie')).toContain("rien n'est parti");
  expect(await refused('approuver', ID, '--de', 'chef@exemple')).toContain('est annulée');

  const shown = await fine('voir', 'a-2027-001');
  const journal = shown.slice(shown.indexOf('journal:')).trim().split('\n').slice(1);
  expect(journal.map((line) => line.trim().split(/ {2}/).slice(1).join(' '))).toEqual([
    'agent@exemple nouvelle',
    'chef@exemple approuver: vu',
    'agent@exemple programmer',
    'agent@exemple suspendre',
    'agent@exemple reprendre',
    'collegue@exemple modifier',
    'chef@exemple annuler: pluie',
  ]);
  expect(await fine('liste')).toMatch(/^A-2027-001 {2}visite {2}annulée/);
  // Nothing went out.
  expect(
    (await host.thread('+33639980001')).filter(({ text }) => text.includes('visite du quartier')),
  ).toEqual([]);
});

it('is for those whom the filters leave, in words, and does not tell how few they are', async () => {
  const made = await fine(
    ...['nouvelle', '--de', 'agent@exemple', '--genre', 'visite', '--texte', FR],
    ...['--listes', 'chene', '--langues', 'fr,tr', '--ages', '25-59', '--canaux', 'sms'],
    ...['--actifs-depuis', '2027-01-01', '--pas-repondu', 'square'],
  );
  const id = made.slice(0, 10);
  const who =
    "pour: habitants de la liste Chêne Pointu, 25 à 59 ans, en français ou en turc, par SMS, qui ont écrit depuis le 1er janvier 2027, qui n'ont pas répondu à SQUARE";
  expect(await fine('voir', id)).toContain(who);
  const counted = await fine('compter', id);
  expect(counted).toContain('total: moins de 5 personnes');
  expect(counted).not.toMatch(/€|SMS, fr|\d personnes? |ne recevront rien/);
  await fine('modifier', id, '--de', 'agent@exemple', '--ages', '', '--silencieux-depuis', '2027-01-01');
  expect(await fine('compter', id)).toContain('total: 0 personne');
  const lune = await fine('modifier', id, '--de', 'agent@exemple', '--a-repondu', 'lune');
  expect(lune).toMatch(/erreur {2}audience\.answered: « lune » n'existe pas\. Possible: .*square/);
  expect(await refused('modifier', id, '--de', 'agent@exemple', '--ages', '12')).toMatch(
    /15-17.*reçu « 12 »/,
  );
  expect(await refused('modifier', id, '--de', 'agent@exemple', '--canaux', 'fax')).toContain('reçu « fax »');
  expect(await refused('modifier', id, '--de', 'agent@exemple', '--actifs-depuis', 'hier')).toContain(
    '« hier »',
  );
});

describe('on a folder by itself', () => {
  it('takes a file, and says what is wrong in it', async () => {
    const file = path.join(home, 'annonce.json');
    writeFileSync(file, JSON.stringify({ kind: 'info', texts: { fr: 'Reunion demain ${nom}' } }));
    const { code, output } = await run('alone', 'nouvelle', file, '--de', 'agent@exemple');
    expect(code).toBe(0);
    expect(output).toMatch(/erreur {2}texts\.fr: le texte ne dit pas qui écrit/);
    expect(output).toMatch(/erreur {2}texts\.fr: « \$\{nom\} » ne sera pas remplacé/);
    const approved = await run('alone', 'approuver', output.slice(0, 10), '--de', 'chef@exemple');
    expect(approved.code).toBe(1);
    expect(approved.output).toContain("a 2 erreurs: corrigez-la d'abord");
  });

  it.each<[string, string[], RegExp]>([
    ['no command', [], /^commande inconnue: « » ?.*|^commande inconnue: « {2}»/],
    ['nobody', ['nouvelle', '--genre', 'visite', '--texte', 'Clichy'], /--de agent@exemple/],
    [
      'a name',
      ['nouvelle', '--de', 'Anne Martin', '--genre', 'visite', '--texte', 'Clichy'],
      /reçu « Anne Martin »/,
    ],
    [
      'a kind that is none',
      ['nouvelle', '--de', 'a@b', '--genre', 'pub', '--texte', 'Clichy'],
      /--genre est info, visite.*reçu « pub »/,
    ],
    ['no text', ['nouvelle', '--de', 'a@b', '--genre', 'visite'], /texts: has no text/],
    ['no such file', ['nouvelle', 'rien.json', '--de', 'a@b'], /il n'y a pas de fichier « rien\.json »/],
    ['no such announcement', ['voir', 'A-2026-999'], /il n'y a pas d'annonce « A-2026-999 »/],
    ['no id', ['approuver', '--de', 'a@b'], /^usage: npm run announce -- approuver ID/],
    [
      'a moment that is none',
      ['programmer', 'A-2026-001', '--de', 'a@b', '--quand', '2026-02-31T10:00'],
      /reçu « 2026-02-31T10:00 »/,
    ],
    [
      'an option of another command',
      ['annuler', 'A-2026-001', '--de', 'a@b', '--quand', 'demain'],
      /^usage: npm run announce -- annuler/,
    ],
  ])('refuses %s', async (_, args, says) => {
    const { code, output } = await run('alone', ...args);
    expect(output).toMatch(says);
    expect(output).not.toMatch(/\bat file:/);
    expect(code).toBe(1);
  });
});
