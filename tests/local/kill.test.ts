/**
 * `kill -9` while forty residents write: every acknowledged answer is there after a new start, the index says what
 * the table says, each goes on at the same question, nothing is said twice.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHashes } from '../../functions/runtime/hashes.ts';
import { createDb } from '../../functions/store/db.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import { readSecrets } from '../../infra/local/folder.ts';
import { compareIndex } from '../../infra/local/repair.ts';
import { connectStore } from '../../infra/local/store.ts';
import { type Item, type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

const RESIDENTS = Array.from({ length: 40 }, (_, index) => `+33639981${String(index).padStart(3, '0')}`);
const SCRIPT = ['SQUARE', '1', '3', '1 2', '4'];
const ASKED = ['0', 'frequence', 'priorites', 'securite', 'mot'];

/** Writes on from where this resident is, until the host is gone; returns how many texts were answered. */
async function write(host: SpawnedHost, from: string, begun: number): Promise<number> {
  for (let step = begun; step < SCRIPT.length; step += 1)
    try {
      await host.text(from, SCRIPT[step] as string);
    } catch {
      return step;
    }
  return SCRIPT.length;
}

const outgoing = (thread: Item[]): string[] =>
  thread.filter((item) => item.direction === 'out').map((item) => item.text);

describe('kill -9', () => {
  it.each([150, 400, 700])('after %i ms of forty residents writing', async (after) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
    let host = await spawnHost(folder);
    const writing = Promise.all(RESIDENTS.map((from) => write(host, from, 0)));
    await new Promise((resolve) => setTimeout(resolve, after));
    await host.kill();
    const acknowledged = await writing;

    host = await spawnHost(folder);
    const secrets = await readSecrets(folder);
    const hashes = createHashes({
      address: secrets.addressKey,
      answers: secrets.answersKey,
      suppression: secrets.suppressionKey,
    });
    const { client, table, close } = connectStore(host.local.store);
    const turns = createTurnStore(createDb(client, table));
    const { stale, missing } = await compareIndex(client, table);
    expect([stale, missing]).toEqual([[], []]);
    for (const [index, from] of RESIDENTS.entries()) {
      const done = acknowledged[index] as number;
      const item = await turns.find(hashes.address(`sms:${from}`));
      const at = item?.session.survey ? ASKED.indexOf(item.session.survey.at) + 1 : 0;
      // What was not acknowledged may have been taken all the same: the provider has sent it again by now.
      expect(at, from).toBeGreaterThanOrEqual(done);
      expect(at, from).toBeLessThanOrEqual(done + 1);
      for (const [step, answered] of Object.keys(item?.session.survey?.answers ?? {}).entries())
        expect(answered).toBe(ASKED[step + 1]);
      const said = outgoing(await host.thread(from));
      expect(new Set(said).size, from).toBe(said.length);
      expect(said.length, from).toBe(at);
    }
    // Each goes on at the same question, to the end.
    for (const [index, from] of RESIDENTS.entries()) {
      const item = await turns.find(hashes.address(`sms:${from}`));
      const at = item?.session.survey ? ASKED.indexOf(item.session.survey.at) + 1 : 0;
      if (index < 8) {
        expect(await write(host, from, at)).toBe(SCRIPT.length);
        const said = outgoing(await host.thread(from));
        expect(said.length).toBe(SCRIPT.length);
        expect(said.at(-1)).toContain('4/4 Un mot');
      }
    }
    await close();
    await host.stop();
    await rm(folder, { recursive: true });
  });

  it('a second start on one folder is refused with a sentence, a stale file is not in the way', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
    const host = await spawnHost(folder);
    await expect(spawnHost(folder)).rejects.toThrow(/utilise déjà ce dossier/);
    await host.kill();
    const again = await spawnHost(folder);
    await again.stop();
    await rm(folder, { recursive: true });
  });
});
