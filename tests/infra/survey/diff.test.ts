/** `npm run survey -- diff` as staff run it, on a folder that holds a saved revision. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Survey } from '../../../conversations/survey.ts';
import { createDb } from '../../../functions/store/db.ts';
import { createSurveyStore } from '../../../functions/store/surveys.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { openStore } from '../../../infra/local/store.ts';
import { runCommand } from '../../support/command.ts';

const { city, surveys: shipped } = localWorld();
let home: string;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-diff-'));
  const { client, table, close } = await openStore(path.join(home, 'data'));
  const now = () => new Date('2026-11-23T09:00:00.000Z');
  const square = shipped.latest('square') as Survey;
  const saved = await createSurveyStore(createDb(client, table), shipped.every(), now).save(
    { ...square, questions: square.questions.slice(0, 3) },
    { city, today: '2026-11-23' },
  );
  expect(saved).toMatchObject({ saved: { revision: 2 } });
  await close();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function run(data: string, ...args: string[]) {
  const env = { DATA_DIR: path.join(home, data), TABLE: '' };
  const { code, output } = await runCommand('infra/survey.ts', ['diff', ...args], { env });
  return { code, output };
}

const REMOVED =
  'square, de la révision 1 à la révision 2:\n- mot: question retirée → la colonne reste, après les autres: vide (-2, non posé) pour les révisions suivantes\n';

it.each([
  ['the last two revisions', 'data', ['square'], 0, REMOVED],
  ['two by their numbers', 'data', ['square', '1', '2'], 0, REMOVED],
  [
    'one with itself',
    'data',
    ['square', '2', '2'],
    0,
    'square, de la révision 2 à la révision 2: rien ne change\n',
  ],
  ['a single revision', 'data', ['repas'], 0, 'repas: une seule révision, la 1\n'],
  [
    'a revision that is not there',
    'data',
    ['square', '1', '9'],
    1,
    "il n'y a pas de révision « 9 ». Révisions: 1, 2\n",
  ],
  [
    'a survey that is not there',
    'data',
    ['parc'],
    1,
    "le sondage « parc » n'existe pas. Sondages: square, repas\n",
  ],
  ['no survey', 'data', [], 1, 'usage: npm run survey -- diff SONDAGE [ANCIENNE NOUVELLE]\n'],
  ['a machine without data', 'nothing', ['square'], 0, 'square: une seule révision, la 1\n'],
])('%s', async (_what, data, args, code, output) => {
  expect(await run(data, ...args)).toEqual({ code, output });
  expect(existsSync(path.join(home, 'nothing'))).toBe(false);
});
