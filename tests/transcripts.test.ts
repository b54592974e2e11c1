/**
 * Dialogues as a non-programmer reads them (tests/transcripts/*.txt), played again through the hosted engine.
 * `npm test -- -u` rewrites them; the change is then read in the diff.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../conversations/shape.ts';
import { localWorld } from '../infra/local/city.ts';
import { replay } from '../infra/say/dialogue.ts';

const folder = path.join(import.meta.dirname, 'transcripts');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('transcripts', () => {
  it.each(files)('%s', async (name) => {
    const file = path.join(folder, name);
    await expect(await replay(readFileSync(file, 'utf8'), localWorld())).toMatchFileSnapshot(file);
  });

  it('are at least 25, in four languages', () => {
    const all = files.map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(files.length).toBeGreaterThanOrEqual(25);
    for (const sign of [
      /répondez/,
      /Answer|Hello/,
      /Merhaba|Teşekkürler|Tesekkürler/,
      /\p{Script=Arabic}{3}/u,
    ])
      expect(all.some((text) => sign.test(text))).toBe(true);
  });

  it('no French message of ours is longer than one part', () => {
    for (const name of files.filter((each) => each.startsWith('fr-')))
      for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n'))
        if (line.startsWith('Ville'))
          expect(measure(line.replace(/^Ville[^:]*: /, '')).parts, `${name}: ${line}`).toBe(1);
  });
});
