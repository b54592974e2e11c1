/** `npm run read`: what goes in and what comes out, line by line. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../infra/read/read-line.ts';

const SQUARE = ['tous les jours', 'chaque semaine', 'parfois', 'jamais'];
const read = (line: object) => readLine(JSON.stringify({ lang: 'fr', ...line }));

describe('a line', () => {
  it.each([
    [{ type: 'single', input: '3 parfois le dimanche', options: SQUARE }, { value: 3 }],
    [{ type: 'single', input: 'semaine', options: SQUARE }, { value: 2 }],
    [
      { type: 'single', input: '3 non 4', options: SQUARE },
      { ask: true, value: 4 },
    ],
    [{ type: 'single', input: '13', options: SQUARE }, { invalid: true }],
    [{ type: 'multiple', input: '1-3', options: SQUARE }, { values: [1, 3] }],
    [{ type: 'multiple', input: '1-3', options: SQUARE, ranges: true }, { values: [1, 2, 3] }],
    [{ type: 'multiple', input: 'aucun', options: SQUARE }, { values: [] }],
    [{ type: 'yesno', input: 'jsp' }, { dontKnow: true }],
    [{ type: 'yesno', input: '0' }, { skip: true }],
    [
      { type: 'yesno', input: 'oui mais pas le soir' },
      { value: true, comment: 'oui mais pas le soir' },
    ],
    [{ type: 'scale', input: '⭐⭐⭐⭐' }, { value: 4 }],
    [{ type: 'integer', input: '1 200 euros' }, { value: 1200 }],
    [{ type: 'integer', input: 'aucun' }, { value: 0 }],
    [{ type: 'integer', input: '150', max: 20 }, { invalid: true }],
    [
      { type: 'integer', input: 'une vingtaine' },
      { ask: true, value: 20 },
    ],
    [{ type: 'decimal', input: 'deux et demi' }, { value: 2.5 }],
    [{ type: 'rank', input: "d'abord 4 puis 2", options: SQUARE }, { values: [4, 2] }],
    [{ type: 'rank', input: '1 1', options: SQUARE }, { invalid: true }],
    [{ type: 'command', input: 'langue turque' }, { command: 'language:tr' }],
    [{ type: 'command', input: 'LANGUE TR' }, { command: 'language:tr' }],
    [{ type: 'command', input: 'modif 2' }, { command: 'modify:2' }],
    [{ type: 'command', input: 'stop aux voitures' }, { command: 'stop_confirm' }],
  ])('%j gives %j', (line, expected) => {
    expect(read(line)).toMatchObject(expected);
  });
});

describe('a line at fault says so', () => {
  it.each([
    ['nonsense', 'ligne illisible'],
    ['{"type":"colour","lang":"fr","input":"x"}', '« type »: reçu "colour", attendu: single'],
    ['{"type":"yesno","lang":"xx","input":"x"}', '« lang »: reçu "xx", attendu: fr'],
    ['{"type":"single","lang":"fr","input":"x"}', '« options »: reçu rien, attendu: au moins deux textes'],
  ])('%s', (line, message) => {
    expect(readLine(line)).toMatchObject({ error: expect.stringContaining(message) });
  });
});

describe('the command', () => {
  const run = (input: string) =>
    spawnSync('npx', ['tsx', 'infra/read.ts'], { input, encoding: 'utf8', timeout: 30_000 });

  it('loses no line and keeps their order, and says by its exit code that one was at fault', () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      index === 4000 ? 'nonsense' : JSON.stringify({ type: 'integer', lang: 'fr', input: `${index}\u2028` }),
    );
    const { status, stdout } = run(lines.join('\n'));
    const out = stdout.trimEnd().split('\n');
    expect(out).toHaveLength(lines.length);
    expect(JSON.parse(out[4000] as string)).toHaveProperty('error');
    expect(JSON.parse(out[4999] as string)).toEqual({ value: 4999 });
    expect(status).toBe(1);
  });

  it('ends well where every line was good', () => {
    expect(run('{"type":"yesno","lang":"fr","input":"oui"}')).toMatchObject({
      status: 0,
      stdout: '{"value":true}\n',
    });
  });
});
