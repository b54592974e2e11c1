/** `npm run survey -- preview`: what it prints and writes, and what it refuses. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { previewSurvey } from '../../../conversations/preview/preview.ts';
import { transcript } from '../../../conversations/preview/transcript.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { writePreview } from '../../../infra/survey/preview/files.ts';
import { run } from '../../../infra/survey/preview.ts';
import { MONDAY, squareSurvey } from '../../conversations/play.ts';
import { quartierSurvey } from '../../support/branching.ts';

let folder: string;
const before = process.env.DATA_DIR;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porte-voix-preview-'));
  process.env.DATA_DIR = join(folder, 'nothing-kept');
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  await rm(folder, { recursive: true, force: true });
});

async function printed(...args: string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await run(args);
  return log.mock.calls.map(([line]) => String(line)).join('\n');
}

describe('the command', () => {
  it('prints the dialogues of a survey, and makes no data folder for it', async () => {
    const said = await printed('square', '--channel', 'sms', '--language', 'fr,ar');
    expect(said.match(/^# SMS, .*$/gm)).toEqual([
      "# SMS, français, l'habitant envoie le mot-clé",
      "# SMS, arabe, l'habitant envoie le mot-clé",
    ]);
    expect(said).toContain("Prix d'un sondage rempli: 0,48\u00a0€.");
    expect(existsSync(process.env.DATA_DIR as string)).toBe(false);
  });

  it('takes the file of a survey that is not saved yet', async () => {
    const file = join(folder, 'quartier.json');
    await writeFile(file, JSON.stringify(quartierSurvey));
    const said = await printed(file, '--channel', 'sms', '--language', 'fr');
    expect(said).toContain('## Parcours 4 sur 4\nhabite: non');
  });

  it.each([
    [[], /^usage: npm run survey -- preview/],
    [['square', 'repas'], /^usage/],
    [['square', '--langue', 'fr'], /^usage/],
    [['rond-point'], /^sondage inconnu: « rond-point »/],
    [['square', '--language', 'fr,de'], /^--language: « de » n'en fait pas partie. Possible: fr, en, ar/],
    [
      ['square', '--channel', 'pigeon'],
      /^--channel: « pigeon » n'en fait pas partie. Possible: sms, whatsapp, messenger$/,
    ],
    [['square', '--start', 'demain'], /^--start est « keyword » ou « invitation », reçu: « demain »$/],
  ])('refuses %j', async (args, sentence) => {
    await expect(run(args)).rejects.toThrow(
      expect.objectContaining({ name: 'Refused', message: expect.stringMatching(sentence) }),
    );
  });
});

it('writes pages, texts and the drawing where no browser starts, and says so', async () => {
  const out = join(folder, 'no-browser');
  const preview = previewSurvey({
    survey: squareSurvey,
    city: localWorld().city,
    now: MONDAY,
    languages: ['fr'],
    channels: ['sms'],
  });
  const written = await writePreview(preview, out, () => Promise.reject(new Error('no browser')));
  expect(written.pictures).toBe(false);
  expect(written.files.map((file) => file.slice(out.length + 1))).toEqual([
    'apercu.html',
    'parcours.svg',
    'sms-fr.html',
    'sms-fr.txt',
  ]);
  const [scene] = preview.scenes;
  expect(await readFile(join(out, 'sms-fr.txt'), 'utf8')).toBe(scene && transcript(preview, scene));
});
