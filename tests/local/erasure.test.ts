/**
 * What is erased is gone from the disk: no item, index row, queue message or file of the store holds the number or
 * the words. By EFFACER, by being under 15, and by the daily round after the time a city keeps contacts.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create as createSweep } from '../../functions/sweep.ts';
import { type Host, startHost } from '../../infra/local/host.ts';

const NUMBER = '+33639987654';
const WORDS = ['kiosque-a-journaux', 'parking-sans-lumiere', 'ecole-buissonniere'];

let folder: string;
let host: Host;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  host = await startHost({ folder, port: 0 });
});
afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

const say = async (from: string, text: string): Promise<string> => {
  const answer = await fetch(`${host.url}/handset/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'sms', from, text }),
  });
  const { replies } = (await answer.json()) as { replies: { text: string }[] };
  return replies[0]?.text ?? '';
};

/** Where each of the marks stands, in the store's items and in its files. */
async function traces(marks: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const IndexName of [undefined, 'listed']) {
    const { Items = [] } = await host.store.client.send(
      new ScanCommand({ TableName: host.store.table, IndexName }),
    );
    const text = JSON.stringify(Items);
    for (const mark of marks) if (text.includes(mark)) found.push(`${mark} in the ${IndexName ?? 'table'}`);
  }
  const files = path.join(folder, 'store');
  for (const name of await readdir(files)) {
    const bytes = await readFile(path.join(files, name));
    for (const mark of marks) if (bytes.includes(mark)) found.push(`${mark} in a ${path.extname(name)} file`);
  }
  return found;
}

/** Joins, answers with words of their own, asks to be called, writes something free. */
async function live(from: string): Promise<void> {
  const script = ['CHENE A12', 'oui', '1', '4', WORDS[1], 'SQUARE', '1', `3 ${WORDS[2]}`, '6', WORDS[0], '4'];
  for (const said of script) await say(from, said as string);
  await say(from, `merci ${WORDS[1]}`);
  await say(from, 'RAPPEL');
}

/** The digits alone too: a number may be written in many ways. */
const marks = [NUMBER, NUMBER.slice(1), '0639987654', ...WORDS];

describe('erasure', () => {
  it('EFFACER leaves nothing, the choices stay in the totals', async () => {
    await live(NUMBER);
    await live('+33639980002');
    expect((await traces(marks)).length).toBeGreaterThan(0);
    await say(NUMBER, 'EFFACER');
    expect(await say(NUMBER, '1')).toMatch(/^C'est effacé\. Preuve: E-\d{7}\./);
    // The neighbour wrote the same words: only the number is searched until they go too.
    expect(await traces(marks.slice(0, 3))).toEqual([]);
    await say('+33639980002', 'EFFACER');
    await say('+33639980002', 'oui');
    expect(await traces(marks)).toEqual([]);
    const sheets = [];
    for await (const each of host.deps.sheets.all('square')) sheets.push(each.sheet);
    expect(sheets).toHaveLength(2);
    for (const sheet of sheets) {
      expect(sheet.answers).toMatchObject({
        frequence: { v: 3 },
        priorites: { v: [6] },
        securite: { v: 4 },
        mot: { m: 'erased' },
      });
      expect(sheet.source).toBeUndefined();
    }
  });

  it('a suppression hash outlives erasure, and is not the number', async () => {
    await live(NUMBER);
    await say(NUMBER, 'EFFACER');
    await say(NUMBER, '1');
    const { Items = [] } = await host.store.client.send(new ScanCommand({ TableName: host.store.table }));
    const suppressed = Items.filter((item) => item.pk?.S?.startsWith('suppressed#'));
    expect(suppressed).toHaveLength(1);
    expect(suppressed[0]?.pk?.S).toBe(`suppressed#${host.deps.hashes.suppression(`sms:${NUMBER}`)}`);
    const proofs = Items.filter((item) => item.pk?.S?.startsWith('erasures#'));
    expect(proofs.map((item) => item.sk?.S)).toEqual([expect.stringMatching(/^E-\d{7}$/)]);
  });

  it('under 15 nothing is kept', async () => {
    for (const said of ['CHENE', 'oui', '1', '1']) await say(NUMBER, said);
    expect(await traces(marks)).toEqual([]);
  });

  it('a resident silent for as long as the city keeps contacts is forgotten by the daily round', async () => {
    await live(NUMBER);
    const months = host.deps.world.city.notice.contactMonths;
    const later = (count: number): Date => {
      const at = new Date(host.clock.now());
      at.setUTCMonth(at.getUTCMonth() + count);
      return at;
    };
    const sweep = createSweep(host.deps);
    await host.advanceTo(later(months - 1));
    await say('+33639980002', 'CHENE');
    await say('+33639980002', 'oui');
    const hash = host.deps.hashes.address(`sms:${NUMBER}`);
    expect((await host.deps.turns.find(hash))?.address).toBe(NUMBER.replace('+', 'sms:+'));
    await host.advanceTo(later(1));
    await sweep();
    expect((await host.deps.turns.find(hash))?.address ?? '').toBe('');
    await host.store.compact();
    expect(await traces(marks)).toEqual([]);
    const left = await host.deps.turns.find(host.deps.hashes.address('sms:+33639980002'));
    expect(left?.address).toBe('sms:+33639980002');
  });

  it('raw messages kept for staff go after their ninety days, the resident stays', async () => {
    for (const said of ['CHENE', 'oui', '1', '4', WORDS[1]]) await say(NUMBER, said as string);
    await host.advanceTo(new Date(host.clock.now().getTime() + 91 * 86_400_000));
    await createSweep(host.deps)();
    await host.store.compact();
    expect(await traces(WORDS)).toEqual([]);
    expect((await traces([NUMBER])).length).toBeGreaterThan(0);
  });
});
