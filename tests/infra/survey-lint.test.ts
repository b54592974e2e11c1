/** `npm run survey -- lint` as staff run it: on what is shipped, on what is saved, on a file, and refused. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import square from '../../conversations/surveys/square.r1.json';
import { withSurveys } from '../../infra/survey/saved.ts';
import { runCommand } from '../support/command.ts';

let home: string;
let data: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-lint-'));
  data = path.join(home, 'data');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function lint(...args: string[]) {
  const { code, output } = await runCommand('infra/survey.ts', ['lint', ...args], {
    env: { DATA_DIR: data },
  });
  return { code, output };
}

function written(change: (survey: typeof square) => void): string {
  const survey = structuredClone(square);
  change(survey);
  const file = path.join(home, 'square.json');
  writeFileSync(file, JSON.stringify(survey));
  return file;
}

it('has nothing to say of what is shipped, and makes no data folder', async () => {
  expect(await lint()).toEqual({
    code: 0,
    output: 'square, révision 1: rien à signaler\n\nrepas, révision 1: rien à signaler\n',
  });
  expect(existsSync(data)).toBe(false);
});

it('shows warnings, and exits 0 with nothing worse', async () => {
  const file = written(({ over }) => {
    over.fr = 'Ce sondage a duré deux mois.';
  });
  const { code, output } = await lint(file);
  expect(output).toContain(
    'square, révision 1: 1 avertissement\n  avertissement  over.fr  (spelled-number)\n',
  );
  expect(code).toBe(0);
});

it('shows errors first, and exits 1', async () => {
  const file = written((survey) => {
    survey.over.fr = 'Ce sondage a duré deux mois.';
    survey.keywords = ['AIDE'];
  });
  const { code, output } = await lint(file);
  expect(output).toContain('square, révision 1: 1 erreur, 1 avertissement\n  erreur  keywords[0]');
  expect(code).toBe(1);
});

it('looks at what was saved on this machine', async () => {
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = data;
  try {
    const saved = await withSurveys(({ store, world, today }) =>
      store.save(
        {
          ...square,
          key: 'marche',
          keywords: ['MARCHE'],
          over: { ...square.over, fr: 'Fini depuis deux mois.' },
        },
        { city: world.city, today },
      ),
    );
    expect(saved).toMatchObject({ saved: { key: 'marche' } });
  } finally {
    if (before === undefined) delete process.env.DATA_DIR;
    else process.env.DATA_DIR = before;
  }
  const { code, output } = await lint('marche');
  expect(output).toContain(
    'marche, révision 1: 1 avertissement\n  avertissement  over.fr  (spelled-number)\n',
  );
  expect(code).toBe(0);
});

it.each([
  ['a survey that does not exist', () => 'nope', 'sondage inconnu: « nope ». Sondages: square, repas'],
  ['a file that does not exist', () => path.join(home, 'no.json'), "il n'y a pas de fichier"],
  [
    'a file that is no survey',
    () =>
      written((survey) => {
        for (const question of survey.questions) question.id = 'mot';
      }),
    'questions[1].id: "mot" is used twice',
  ],
])('refuses %s', async (_label, name, said) => {
  const { code, output } = await lint(name());
  expect(output).toContain(said);
  expect(output).not.toContain('    at ');
  expect(code).toBe(1);
});
