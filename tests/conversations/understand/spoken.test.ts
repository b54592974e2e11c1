/**
 * Replies as they are written in six languages, in their script and in Latin letters: `tests/vectors/spoken/`.
 * A line is type|reply|options|what is read; "?" is asked first, "-" asked again, "dk" does not know.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../infra/read/read-line.ts';

const FOLDER = new URL('../../vectors/spoken/', import.meta.url);
const TUESDAY = '2026-11-24';

interface Spoken {
  lang: string;
  type: string;
  input: string;
  options: string[];
  wanted: string;
}

function spokenIn(file: string): Spoken[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n').filter(Boolean);
  const lists = new Map<string, string>();
  const found: Spoken[] = [];
  for (const line of lines) {
    const [, name, list] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (name && list) lists.set(name, list);
    else {
      const [type = '', input = '', options = '', wanted = ''] = line.split('|');
      const each = (lists.get(options) ?? options).split(';').filter(Boolean);
      found.push({ lang: file.replace('.txt', ''), type, input, options: each, wanted });
    }
  }
  return found;
}

interface Read {
  value?: unknown;
  values?: number[];
  ask?: true;
  skip?: true;
  dontKnow?: true;
  invalid?: true;
  command?: string;
}

function shown({ lang, type, input, options }: Spoken): string {
  const limits = { rank: { max: 3 }, integer: { min: 0, max: 100 }, decimal: { min: 0, max: 100 } }[type];
  const line = { type, lang, input, reference: TUESDAY, ...limits, ...(options.length > 0 && { options }) };
  const read = readLine(JSON.stringify(line)) as Read;
  if (read.command) return read.command;
  if (read.skip) return 'skip';
  if (read.dontKnow) return 'dk';
  if (read.invalid) return '-';
  const value = read.values ? read.values.join(',') || '[]' : String(read.value);
  return `${value}${read.ask ? '?' : ''}`;
}

describe.each(readdirSync(FOLDER).sort())('%s', (file) => {
  it.each(spokenIn(file))('$type: $input → $wanted', (spoken) => {
    expect(shown(spoken)).toBe(spoken.wanted);
  });
});
