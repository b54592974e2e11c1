/** Our texts out to a translator and back: not a byte lost, one line for one change, and what is broken refused with its line. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../../../infra/command/refused.ts';
import { run as exportTexts } from '../../../infra/translate/export.ts';
import { run as importTexts } from '../../../infra/translate/import.ts';
import { run as showStatus } from '../../../infra/translate/status.ts';
import { languages } from '../../../locales/index.ts';
import { BROKEN_CSV, BROKEN_PO, type Broken } from './broken.ts';

const LOCALES = path.join(import.meta.dirname, '../../../locales');

let home: string;
let locales: string;
let out: string;
let printed: string[];

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'porte-voix-translate-'));
  locales = path.join(home, 'locales');
  out = path.join(home, 'out');
  cpSync(LOCALES, locales, { recursive: true });
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

const takeOut = (language: string, format: string): Promise<void> =>
  exportTexts(['--locales', locales, '--language', language, '--format', format, '--out', out]);
const bringIn = (...files: string[]): Promise<void> => importTexts(['--locales', locales, ...files]);
const fileOf = (language: string, format = 'po'): string => path.join(out, `phrases.${language}.${format}`);

/** Every file of the folder, by its path. */
function everything(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
}

const linesThatDiffer = (before: string, after: string): number[] => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return old.flatMap((line, index) => (line === now[index] ? [] : [index + 1]));
};

/** The refusal, or nothing where it was taken. */
async function refusal(...files: string[]): Promise<string> {
  try {
    await bringIn(...files);
    return '';
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

describe('an export that comes back as it went out', () => {
  it.each(['po', 'csv'])('changes not one byte, in any language: %s', async (format) => {
    for (const language of languages) await takeOut(language, format);
    await bringIn(...languages.map((language) => fileOf(language, format)));
    expect(everything(locales)).toEqual(everything(LOCALES));
    expect(printed.filter((line) => line === '  rien de changé')).toHaveLength(languages.length);
  });

  it.each(['po', 'csv'])('is the same file when it is exported again: %s', async (format) => {
    await takeOut('ar', format);
    const first = readFileSync(fileOf('ar', format));
    await bringIn(fileOf('ar', format));
    await takeOut('ar', format);
    expect(readFileSync(fileOf('ar', format)).equals(first)).toBe(true);
  });
});

describe('one phrase changed', () => {
  it.each(['po', 'csv'])('is one line changed: %s', async (format) => {
    await takeOut('tr', format);
    const file = fileOf('tr', format);
    const before = everything(locales);
    const quoted = format === 'po' ? 'Düzelttik: \\"tamam\\".' : '"Düzelttik: ""tamam""."';
    writeFileSync(file, readFileSync(file, 'utf8').replace('Düzeltildi.', quoted));
    await bringIn(file);
    const after = everything(locales);
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed).toEqual(['tr/phrases.json']);
    expect(linesThatDiffer(before['tr/phrases.json'] ?? '', after['tr/phrases.json'] ?? '')).toHaveLength(1);
    expect(JSON.parse(after['tr/phrases.json'] ?? '')['survey.corrected']).toBe('Düzelttik: "tamam".');
    expect(printed).toContain('  1 changé: phrases/survey.corrected');
  });

  it('goes with what else is in other files, or not at all', async () => {
    await takeOut('tr', 'po');
    await takeOut('es', 'po');
    const good = readFileSync(fileOf('tr'), 'utf8').replaceAll('Merhaba!', 'Selam!');
    writeFileSync(fileOf('tr'), good);
    writeFileSync(fileOf('es'), readFileSync(fileOf('es'), 'utf8').replace('msgstr "{{city}}', 'msgstr "'));
    expect(await refusal(fileOf('tr'), fileOf('es'))).toMatch(
      /phrases\.es\.po:\d+: .*\nRien n'a été importé\.$/s,
    );
    expect(everything(locales)).toEqual(everything(LOCALES));
  });

  it('is refused where two files say it', async () => {
    await takeOut('tr', 'po');
    await takeOut('tr', 'csv');
    expect(await refusal(fileOf('tr'), fileOf('tr', 'csv'))).toContain('même langue et mêmes textes');
  });

  it('keeps what the file does not have, and fills what was missing', async () => {
    const file = path.join(locales, 'tr/phrases.json');
    const whole = readFileSync(file, 'utf8');
    const texts: Record<string, string> = JSON.parse(whole);
    const last = Object.keys(texts).at(-1) as string;
    const gone = ['survey.corrected', last];
    const kept = whole.split('\n').filter((line) => !gone.some((key) => line.startsWith(`  "${key}": `)));
    writeFileSync(file, kept.join('\n').replace(/,(\n\}\n)$/, '$1'));
    await takeOut('tr', 'po');
    expect(printed.at(-1)).toContain('2 à traduire');
    const [head, ...blocks] = readFileSync(fileOf('tr'), 'utf8').split('\n\n');
    const filled = gone.map((key) =>
      blocks
        .find((block) => block.includes(`msgctxt "phrases/${key}"`))
        ?.replace('msgstr ""', `msgstr ${JSON.stringify(texts[key])}`),
    );
    writeFileSync(fileOf('tr'), [head, ...filled].join('\n\n'));
    await bringIn(fileOf('tr'));
    expect(readFileSync(file, 'utf8')).toBe(whole);
  });

  it('is left as it is where its French has changed since the export', async () => {
    await takeOut('tr', 'po');
    const french = path.join(locales, 'fr/phrases.json');
    writeFileSync(french, readFileSync(french, 'utf8').replace("C'est corrigé.", 'Nous avons corrigé.'));
    const own = readFileSync(path.join(locales, 'tr/phrases.json'), 'utf8');
    writeFileSync(fileOf('tr'), readFileSync(fileOf('tr'), 'utf8').replaceAll('Düzeltildi.', 'Tamam.'));
    await bringIn(fileOf('tr'));
    expect(printed.join('\n')).toMatch(
      /laissé tel quel, .*:\d+: « phrases\/survey\.corrected »: le texte de départ a changé/,
    );
    expect(JSON.parse(readFileSync(path.join(locales, 'tr/phrases.json'), 'utf8'))['survey.corrected']).toBe(
      JSON.parse(own)['survey.corrected'],
    );
  });
});

describe('French', () => {
  it.each([
    ['longer than one part', (text: string) => `${text}${' encore un mot'.repeat(12)}`, /trop long, 2 SMS/],
    ['with typography that costs', (text: string) => text.replace("C'est", 'C’est'), /« ’ » \(U\+2019\)/],
  ])('%s is refused', async (_, change, says) => {
    await takeOut('fr', 'po');
    const file = fileOf('fr');
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.indexOf('msgctxt "phrases/survey.correctedEnd"') + 2;
    lines[at] = change((lines[at] ?? '').replace(/"$/, '')).concat('"');
    writeFileSync(file, lines.join('\n'));
    const said = await refusal(file);
    expect(said).toMatch(says);
    expect(said).toContain(`phrases.fr.po:${at + 1}: `);
  });
});

describe('the review', () => {
  const statusOf = (language: string): { messages: string; page: string } => ({
    messages: JSON.parse(readFileSync(path.join(locales, language, 'words.json'), 'utf8')).status,
    page: JSON.parse(readFileSync(path.join(locales, language, 'notice.json'), 'utf8')).status,
  });
  const marked = (): void => {
    const text = readFileSync(fileOf('tr'), 'utf8').replace('X-Review: to be reviewed', 'X-Review: reviewed');
    writeFileSync(fileOf('tr'), text.replaceAll('#, fuzzy\n', ''));
  };
  const UNREAD = 'to be reviewed by a native speaker';

  it('is done where the file says so and nothing in it is unsure', async () => {
    await takeOut('tr', 'po');
    const before = everything(locales);
    marked();
    await bringIn(fileOf('tr'));
    expect(statusOf('tr')).toEqual({ messages: 'reviewed', page: 'reviewed' });
    const after = everything(locales);
    for (const name of ['tr/words.json', 'tr/notice.json'])
      expect(linesThatDiffer(before[name] ?? '', after[name] ?? '')).toHaveLength(1);
    await takeOut('tr', 'po');
    expect(readFileSync(fileOf('tr'), 'utf8')).not.toContain('#, fuzzy');
  });

  it('is not done where one text is unsure, and says so', async () => {
    await takeOut('tr', 'po');
    marked();
    const text = readFileSync(fileOf('tr'), 'utf8');
    writeFileSync(
      fileOf('tr'),
      text.replace('msgctxt "phrases/mute.info"', '#, fuzzy\nmsgctxt "phrases/mute.info"'),
    );
    await bringIn(fileOf('tr'));
    expect(statusOf('tr')).toEqual({ messages: UNREAD, page: 'reviewed' });
    expect(printed.join('\n')).toContain('des textes manquent, sont à revoir');
  });

  it('is to be done again once a text has changed, and shows which', async () => {
    await takeOut('tr', 'po');
    marked();
    await bringIn(fileOf('tr'));
    await takeOut('tr', 'po');
    writeFileSync(fileOf('tr'), readFileSync(fileOf('tr'), 'utf8').replaceAll('Düzeltildi.', 'Tamam.'));
    await bringIn(fileOf('tr'));
    expect(statusOf('tr')).toEqual({ messages: UNREAD, page: 'reviewed' });
    printed = [];
    await showStatus(['--locales', locales]);
    expect(printed.join('\n')).toMatch(/ {2}tr .*messages: à relire, \d+ changés? depuis la relecture/);
  });

  it('of a text whose French has changed since is to be done again', async () => {
    await takeOut('tr', 'po');
    marked();
    await bringIn(fileOf('tr'));
    const french = path.join(locales, 'fr/phrases.json');
    writeFileSync(
      french,
      readFileSync(french, 'utf8').replace('"Bon retour! Vous pouvez', '"Re-bonjour! Vous pouvez'),
    );
    await takeOut('tr', 'po');
    const fuzzy = readFileSync(fileOf('tr'), 'utf8').match(/#, fuzzy\nmsgctxt ".*"/g);
    expect(fuzzy).toEqual(['#, fuzzy\nmsgctxt "phrases/stop.resumedNoList"']);
  });
});

describe('a broken file is refused with its line, and nothing is imported', () => {
  const cases = [
    ...BROKEN_PO.map((broken) => ({ format: 'po', ...broken })),
    ...BROKEN_CSV.map((broken) => ({ format: 'csv', ...broken })),
  ];
  it.each(cases)(
    '$format: $what',
    async ({ format, near, below = 0, by, says }: Broken & { format: string }) => {
      await takeOut('tr', format);
      const file = fileOf('tr', format);
      const lines = readFileSync(file, 'utf8').split('\n');
      const at = lines.findIndex((line) => line.includes(near)) + below;
      const changed = by(lines[at] ?? '');
      expect(changed).not.toBe(lines[at]);
      lines[at] = changed;
      writeFileSync(file, lines.join('\n'));
      const said = await refusal(file);
      expect(said).toMatch(says);
      expect(said).toMatch(/\nRien n'a été importé\.$/);
      for (const line of said.split('\n').slice(0, -1)) expect(line.startsWith(`${file}:`), line).toBe(true);
      expect(everything(locales)).toEqual(everything(LOCALES));
      const named = said.split('\n').map((line) => Number(line.slice(file.length + 1).split(':')[0]));
      expect(named).toContain(lineAtFault(format, near, at + 1, lines));
    },
  );

  /** What is said of the head is said of its first line, what is said of an entry of its translation. */
  const lineAtFault = (format: string, near: string, line: number, lines: string[]): number => {
    if (/Language|X-Porte|Content|X-Review/.test(near)) return lines.indexOf('msgid ""') + 1;
    // The entry begins a line later without it.
    if (format === 'po' && !lines[line - 1] && near.includes('msgctxt')) return line + 1;
    if (format === 'po' && lines[line - 1]?.startsWith('msgctxt')) return line + 2;
    return line;
  };

  it('bytes that are no UTF-8', async () => {
    await takeOut('tr', 'po');
    const lines = readFileSync(fileOf('tr'), 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('ı'));
    lines[at] = (lines[at] ?? '').replace('ı', '\u00fd');
    const bytes = lines.map((line, index) => Buffer.from(`${line}\n`, index === at ? 'latin1' : 'utf8'));
    writeFileSync(fileOf('tr'), Buffer.concat(bytes));
    expect(await refusal(fileOf('tr'))).toContain(`phrases.tr.po:${at + 1}: n'est pas en UTF-8`);
  });

  it.each([
    ['traduction.docx', /attendu un fichier \.po ou \.csv/],
    ['absent.po', /ne peut pas être lu/],
  ])('%s', async (name, says) => {
    expect(await refusal(path.join(out, name))).toMatch(says);
  });
});
