/** A survey out to translators and back: the next revision, with their texts, and no other. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Survey } from '../../../conversations/survey.ts';
import { Refused } from '../../../infra/command/refused.ts';
import { withSurveys } from '../../../infra/survey/saved.ts';
import { run as exportTexts } from '../../../infra/translate/export.ts';
import { run as importTexts } from '../../../infra/translate/import.ts';
import { run as showStatus } from '../../../infra/translate/status.ts';
import { play } from '../../conversations/play.ts';

let home: string;
let out: string;
let printed: string[];
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-translate-'));
  out = path.join(home, 'out');
  process.env.DATA_DIR = path.join(home, 'data');
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    printed.push(line);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  delete process.env.DATA_DIR;
  rmSync(home, { recursive: true, force: true });
});

const fileOf = (language: string, format = 'po'): string => path.join(out, `square.${language}.${format}`);
const takeOut = (language: string, format = 'po'): Promise<void> =>
  exportTexts(['--survey', 'square', '--language', language, '--format', format, '--out', out]);
const change = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};
const revisions = (): Promise<Survey[]> =>
  withSurveys(async ({ world }) => world.surveys.every().filter(({ key }) => key === 'square'));

async function refusal(...files: string[]): Promise<string> {
  try {
    await importTexts(files);
    return '';
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

it.each(['po', 'csv'])('an export that comes back as it went out saves nothing: %s', async (format) => {
  await takeOut('tr', format);
  await importTexts([fileOf('tr', format)]);
  expect(printed.at(-1)).toBe('Sondage square: révision 1, inchangée');
  expect(await revisions()).toHaveLength(1);
});

it('texts of two languages are one revision, which the engine says', async () => {
  await takeOut('tr');
  await takeOut('es');
  change(fileOf('tr'), 'msgstr "Parka gidiyor musunuz?"', 'msgstr "Parka gider misiniz?"');
  change(fileOf('es'), 'msgstr "¿Va usted a la plaza?"', 'msgstr "¿Usted va a la plaza?"');
  await importTexts([fileOf('tr'), fileOf('es')]);
  expect(printed.at(-1)).toBe('Sondage square: révision 2 enregistrée');
  const [shipped, saved] = await revisions();
  expect(shipped?.questions[0]).toMatchObject({
    text: { tr: 'Parka gidiyor musunuz?', es: '¿Va usted a la plaza?' },
  });
  const expected = structuredClone(shipped) as Survey;
  expected.revision = 2;
  const [first] = expected.questions;
  if (first && 'text' in first)
    Object.assign(first.text, { tr: 'Parka gider misiniz?', es: '¿Usted va a la plaza?' });
  expect(saved).toEqual(expected);

  const talk = await withSurveys(async ({ world }) => play(world));
  talk.say('SQUARE');
  talk.say('LANGUE');
  talk.say('3');
  expect(talk.say('1')).toContain('Parka gider misiniz?');
});

it('a broken place is refused with its line, and no revision is saved', async () => {
  await takeOut('tr');
  await takeOut('es');
  change(fileOf('es'), 'msgstr "¿Va usted a la plaza?"', 'msgstr "¿Va usted a la plaza, ${nombre}?"');
  change(fileOf('tr'), 'msgstr "Parka gidiyor musunuz?"', 'msgstr "Parka gider misiniz?"');
  const lines = readFileSync(fileOf('es'), 'utf8').split('\n');
  const line = lines.indexOf('msgctxt "question/frequence/text"') + 3;
  expect(await refusal(fileOf('tr'), fileOf('es'))).toBe(
    `${fileOf('es')}:${line}: « question/frequence/text »: repère inconnu « \${nombre} »\nRien n'a été importé.`,
  );
  expect(await revisions()).toHaveLength(1);
});

it('a label that is a command is refused with its line', async () => {
  await takeOut('tr');
  change(fileOf('tr'), 'msgstr "hiç"', 'msgstr "stop"');
  const line = readFileSync(fileOf('tr'), 'utf8').split('\n').indexOf('msgstr "stop"') + 1;
  expect(await refusal(fileOf('tr'))).toContain(
    `${fileOf('tr')}:${line}: « question/frequence/option/jamais »: `,
  );
  expect(await revisions()).toHaveLength(1);
});

it('a file of an earlier revision is taken where its sources still stand', async () => {
  await takeOut('tr');
  await takeOut('fr');
  change(fileOf('fr'), 'msgstr "Allez-vous au square?"', 'msgstr "Venez-vous au square?"');
  await importTexts([fileOf('fr')]);
  change(fileOf('tr'), 'msgstr "Parka gidiyor musunuz?"', 'msgstr "Parka gider misiniz?"');
  change(fileOf('tr'), 'msgstr "her gün"', 'msgstr "her gün!"');
  await importTexts([fileOf('tr')]);
  const saved = (await revisions()).at(-1);
  expect(saved?.revision).toBe(3);
  expect(saved?.questions[0]).toMatchObject({
    text: { fr: 'Venez-vous au square?', tr: 'Parka gidiyor musunuz?' },
    options: [{ label: { tr: 'her gün!' } }, {}, {}, {}],
  });
  expect(printed.join('\n')).toContain(
    '« question/frequence/text »: le texte de départ a changé depuis cet export',
  );
});

it('the review is kept, and lost by a change that does not say it', async () => {
  await takeOut('tr');
  change(fileOf('tr'), 'X-Review: to be reviewed', 'X-Review: reviewed');
  writeFileSync(fileOf('tr'), readFileSync(fileOf('tr'), 'utf8').replaceAll('#, fuzzy\n', ''));
  await importTexts([fileOf('tr')]);
  expect((await revisions()).at(-1)).toMatchObject({ revision: 2, review: { tr: 'reviewed' } });

  await takeOut('es');
  change(fileOf('es'), 'msgstr "cada semana"', 'msgstr "todas las semanas"');
  await importTexts([fileOf('es')]);
  expect((await revisions()).at(-1)).toMatchObject({ revision: 3, review: { tr: 'reviewed' } });

  await takeOut('tr');
  expect(readFileSync(fileOf('tr'), 'utf8')).not.toContain('#, fuzzy\n');
  change(fileOf('tr'), 'msgstr "her gün"', 'msgstr "günlük"');
  await importTexts([fileOf('tr')]);
  expect((await revisions()).at(-1)).toMatchObject({ revision: 4, review: { tr: 'to be reviewed' } });
  printed = [];
  await showStatus([]);
  expect(printed.find((line) => line.startsWith('  tr  ') && line.includes('20'))).toBe(
    '  tr          20 textes sur 20, 0 à traduire, à relire, 1 changé depuis la relecture',
  );
});

it('a survey and a language that do not exist are refused', async () => {
  await takeOut('tr');
  change(fileOf('tr'), 'survey square r1', 'survey halle r1');
  expect(await refusal(fileOf('tr'))).toContain(
    'sondage inconnu « survey halle r1 », attendu: square, repas',
  );
  await takeOut('tr');
  change(fileOf('tr'), 'Language: tr', 'Language: xx');
  expect(await refusal(fileOf('tr'))).toContain('langue inconnue « xx »');
});
