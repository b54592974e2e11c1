/** `npm run survey -- import` and `export` as staff run them: what is saved, what is said, and what is left alone. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-forms-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function survey(...args: string[]) {
  const env = { DATA_DIR: path.join(home, 'data') };
  const { code, out, error } = await runCommand('infra/survey.ts', args, { cwd: home, env });
  return { code, out, error };
}

function file(name: string, lines: string[]): string {
  const to = path.join(home, name);
  writeFileSync(to, `${lines.join('\n')}\n`);
  return to;
}

const OWN = [
  'porte_voix',
  ',field,value,text::Français (fr)',
  ',key,velos,',
  ',keywords,VELOS,',
  ',opens,2026-05-01,',
  ',closes,2030-06-30,',
  ',topic,,les vélos',
  ',intro,,Deux questions sur les vélos. Réponses confidentielles.',
  ',thanks,,Merci!',
  ',over,,Ce sondage est fini.',
];
const velos = (...rows: string[]): string[] => [
  'survey',
  ',type,name,label::Français (fr),required',
  ...rows,
  'choices',
  ',list_name,name,label::Français (fr)',
  ',lieu,gare,à la gare',
  ',lieu,ecole,à l’école',
  ...OWN,
];
const WHERE = ',select_one lieu,lieu,Où manque-t-il un arceau?,';
const WHY = ',text,pourquoi,Pourquoi là?,';

describe('npm run survey -- import', () => {
  it('saves a first revision, then only what has changed; export gives it back', async () => {
    const first = await survey('import', file('velos.csv', velos(WHERE, WHY)));
    expect(first.error).toBe('');
    expect(first.out).toContain("« velos »: révision 1 enregistrée, 2 questions, jusqu'au 2030-06-30");
    expect(first.code).toBe(0);

    const again = await survey('import', file('velos.csv', velos(WHERE, WHY)));
    expect(again.out).toContain("« velos » est déjà ainsi: rien n'est enregistré");

    const more = await survey('import', file('velos.csv', velos(WHERE, WHY, ',integer,combien,Combien?,')));
    expect(more.out).toContain('« velos »: révision 2 enregistrée, 3 questions');
    expect(more.out).toContain('de la révision 1 à la révision 2');

    for (const format of ['xlsx', 'csv']) {
      const out = await survey('export', 'velos', '--format', format, '--out', 'sorties');
      expect(out).toMatchObject({ code: 0, out: `${path.join('sorties', `velos.r2.${format}`)}\n` });
      const back = await survey('import', path.join('sorties', `velos.r2.${format}`));
      expect(back.out).toBe("« velos » est déjà ainsi: rien n'est enregistré\n");
    }
    expect(readdirSync(path.join(home, 'sorties')).sort()).toEqual(['velos.r2.csv', 'velos.r2.xlsx']);
  }, 120_000);

  it('names every fault with its cell, saves nothing and ends with 1', async () => {
    await survey('import', file('velos.csv', velos(WHERE)));
    const broken = velos(WHERE, ',video,film,Filmez,', ',text,pourquoi,,peut-être', ',text,lieu,Encore?,');
    const { code, out, error } = await survey('import', file('velos.csv', broken));
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(error.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^feuille « survey », ligne 4, cellule B4 \(type\): une vidéo .*; reçu: "video"; permis: text, /,
      ),
      expect.stringMatching(
        /^feuille « survey », ligne 5, cellule D5 \(label::Français \(fr\)\): le texte .* manque; reçu: rien; permis: /,
      ),
      expect.stringMatching(
        /^feuille « survey », ligne 6, cellule C6 \(name\): ce nom est déjà en C3; reçu: "lieu"/,
      ),
      "3 erreurs: rien n'est enregistré",
    ]);
    const kept = await survey('export', 'velos', '--format', 'csv');
    expect(kept.out).toBe(`${path.join('exports', 'velos.r1.csv')}\n`);
  }, 60_000);

  it('what the lint refuses is refused with its cell', async () => {
    const stop = velos(WHERE).map((line) => line.replace('à la gare', 'stop'));
    const { code, error } = await survey('import', file('velos.csv', stop));
    expect(code).toBe(1);
    expect(error).toMatch(/^erreur: feuille « choices », ligne 6, cellule D6 .*« stop »/m);
    expect(error).toContain("rien n'est enregistré");
    expect((await survey('export', 'velos')).error).toContain("« velos » n'existe pas");
  }, 60_000);

  it('a trial says what would be, and saves nothing', async () => {
    const { code, out } = await survey('import', '--essai', file('velos.csv', velos(WHERE)));
    expect(code).toBe(0);
    expect(out).toContain("essai: « velos » deviendrait la révision 1; rien n'est enregistré");
    expect((await survey('export', 'velos')).code).toBe(1);
  }, 60_000);

  it('a form of another tool says what was made up, and keeps it at the next import', async () => {
    const plain = (label: string): string[] => [
      'survey',
      ',type,name,label',
      `,text,idee,${label}`,
      'settings',
      ',form_title,form_id',
      ',Les idées,idees_2026',
    ];
    const first = await survey('import', file('idees.csv', plain('Votre idée?')));
    expect(first.out).toContain(
      "note: feuille « settings », ligne 6, cellule C6 (form_id): « key » n'est pas dit: idees-2026",
    );
    expect(first.out).toContain("« opens » n'est pas dit: ");
    expect(first.out).toContain('« idees-2026 »: révision 1 enregistrée');
    const next = await survey('import', file('idees.csv', plain('Votre idée pour le square?')));
    expect(next.out).toContain("« closes » n'est pas dit: comme dans la révision 1");
    expect(next.out).toContain('« idees-2026 »: révision 2 enregistrée');
  }, 60_000);

  it.each([
    ['no file', [], /^usage: npm run survey -- import FICHIER/],
    ['an unknown option', ['a.csv', '--colour'], /^usage: npm run survey -- import FICHIER/],
    ['a file that is not there', ['absent.xlsx'], /^il n'y a pas de fichier « absent\.xlsx »/],
    ['a file of another kind', ['package.ods'], /enregistrez le formulaire en \.xlsx ou en \.csv/],
  ])('%s', async (_, args, message) => {
    writeFileSync(path.join(home, 'package.ods'), 'PK');
    const { code, error } = await survey('import', ...args);
    expect(code).toBe(1);
    expect(error).toMatch(message);
    expect(existsSync(path.join(home, 'data'))).toBe(false);
  });
});

it.each([
  ['no survey', [], /^usage: npm run survey -- export SONDAGE/],
  ['a format there is not', ['square', '--format', 'ods'], /^usage: npm run survey -- export SONDAGE/],
  ['a survey there is not', ['piscine'], /^le sondage « piscine » n'existe pas\. Sondages: .*square/],
])('export: %s', async (_, args, message) => {
  const { code, error } = await survey('export', ...args);
  expect(code).toBe(1);
  expect(error).toMatch(message);
  expect(existsSync(path.join(home, 'exports'))).toBe(false);
});

it('loses no translation unless it is told to', async () => {
  const form = (header: string, row: string): string[] => ['survey', header, row, ...OWN];
  const two = form(
    ',type,name,label::Français (fr),label::English (en)',
    ',text,mot,Un mot à dire?,A word to say?',
  );
  expect(await survey('import', file('deux.csv', two))).toMatchObject({ code: 0, error: '' });
  const one = file('un.csv', form(',type,name,label::Français (fr)', ',text,mot,Un mot de plus?'));
  const refused = await survey('import', one);
  expect(refused).toMatchObject({ code: 1, out: expect.not.stringContaining('enregistrée') });
  expect(refused.error).toContain('la révision 1 existe en « en », celle-ci non');
  const told = await survey('import', one, '--sans', 'en');
  expect(told).toMatchObject({ code: 0, error: '' });
  expect(told.out).toContain('révision 2 enregistrée');
});
