/** `npm run translate` as it is typed: a phrase changed in a PO file comes back in one command, and the engine says it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT, runCommand } from '../../support/command.ts';

/** A Turkish speaker writes MODIF with nothing to correct; what the engine of the copy answers is printed. */
const TALK = `
import { createEngine } from './conversations/engine.ts';
import { newSession } from './conversations/session.ts';
import { localWorld } from './infra/local/city.ts';
const session = { ...newSession('a'), language: 'tr' };
const event = { type: 'said', id: 'e1', channel: 'sms', text: 'MODIF' };
const { effects } = createEngine(localWorld())(session, event, new Date('2026-03-02T10:00:00Z'));
for (const effect of effects) if (effect.type === 'say') console.log(effect.text);
`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-command-'));
  for (const folder of ['locales', 'conversations', 'functions', 'infra'])
    cpSync(path.join(ROOT, folder), path.join(home, folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(path.join(ROOT, file), path.join(home, file));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
  writeFileSync(path.join(home, 'talk.ts'), TALK);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function run(cwd: string, script: string, ...args: string[]) {
  const { code, output } = await runCommand(script, args, { cwd });
  return { code, output };
}
const translate = (...args: string[]) =>
  run(home, 'infra/translate.ts', ...args, '--locales', path.join(home, 'locales'));

it('a phrase changed in a PO file is what the engine says after one command', async () => {
  const text = JSON.parse(readFileSync(path.join(home, 'locales/tr/phrases.json'), 'utf8'))[
    'survey.noModify'
  ];
  expect((await run(home, path.join(home, 'talk.ts'))).output).toContain(text);

  expect(await translate('export', '--language', 'tr')).toEqual({
    code: 0,
    output: expect.stringMatching(/^traductions\/phrases\.tr\.po: \d+ textes, 0 à traduire\n$/),
  });
  const file = path.join(home, 'traductions/phrases.tr.po');
  const changed = 'Henüz düzeltecek cevabınız yok. AIDE = komutlar.';
  writeFileSync(file, readFileSync(file, 'utf8').replace(`msgstr "${text}"`, `msgstr "${changed}"`));

  const { code, output } = await translate('import', 'traductions/phrases.tr.po');
  expect(output).toContain('1 changé: phrases/survey.noModify');
  expect(code).toBe(0);
  expect((await run(home, path.join(home, 'talk.ts'))).output).toContain(changed);
});

it('a broken place is refused with its line, and the engine says what it said', async () => {
  await translate('export', '--language', 'tr');
  const file = path.join(home, 'traductions/phrases.tr.po');
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.indexOf('msgctxt "phrases/survey.remaining_other"') + 2;
  lines[at] = (lines[at] ?? '').replace('{{count}}', '{{cout}}');
  writeFileSync(file, lines.join('\n'));
  const before = readFileSync(path.join(home, 'locales/tr/phrases.json'), 'utf8');
  expect(await translate('import', 'traductions/phrases.tr.po')).toEqual({
    code: 1,
    output: [
      `traductions/phrases.tr.po:${at + 1}: « phrases/survey.remaining_other »: repère inconnu « {{cout}} »`,
      `traductions/phrases.tr.po:${at + 1}: « phrases/survey.remaining_other »: il manque le repère « {{count}} »`,
      "Rien n'a été importé.",
      '',
    ].join('\n'),
  });
  expect(readFileSync(path.join(home, 'locales/tr/phrases.json'), 'utf8')).toBe(before);
});

it.each([
  ['no command', [], /^usage: npm run translate/],
  ['an unknown option', ['export', '--lang', 'tr'], /^usage: npm run translate/],
  [
    'a language that is none of ours',
    ['export', '--language', 'kl'],
    /^langue inconnue: « kl »\. Langues: fr, /,
  ],
  ['another format', ['export', '--format', 'xliff'], /^format inconnu: « xliff »\. Formats: po, csv/],
  ['no file', ['import'], /^usage: npm run translate/],
])('%s is refused in French', async (_, args, says) => {
  const { code, output } = await run(home, 'infra/translate.ts', ...args);
  expect(output).toMatch(says);
  expect(code).toBe(1);
});
