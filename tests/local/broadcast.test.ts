/**
 * `kill -9` at random moments of an announcement on the disk store: everyone who is to hear it does, once; nobody who
 * has stopped does. `BROADCAST_RESIDENTS`, `BROADCAST_KILLS` and `BROADCAST_SEED` make it larger and other.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { announcedText } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { DAY, inParis, MINUTE, nextPermitted, parisMoment } from '../../conversations/hours.ts';
import { newSession } from '../../conversations/session.ts';
import { sms } from '../../conversations/shape.ts';
import { createHashes } from '../../functions/runtime/hashes.ts';
import { createAnnouncementStore } from '../../functions/store/announcements.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import { createLedger, type Progress } from '../../functions/store/ledger.ts';
import { createResidentStore } from '../../functions/store/residents.ts';
import { createTurnStore } from '../../functions/store/turns.ts';
import { localWorld } from '../../infra/local/city.ts';
import { readSecrets } from '../../infra/local/folder.ts';
import { connectStore } from '../../infra/local/store.ts';
import { draftOf } from '../support/announcements.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

const RESIDENTS = Number(process.env.BROADCAST_RESIDENTS ?? 60);
const KILLS = Number(process.env.BROADCAST_KILLS ?? 8);
const KEEP_DAYS = 90;
/** The local clock begins with the real one: tomorrow, or the next day on which the city writes, at 10 in the morning. */
const BEGINS = ((): Date => {
  const hours = { ...localWorld().city.sending, from: '10:00' };
  return nextPermitted(parisMoment(inParis(new Date(Date.now() + DAY)).date, '00:00'), hours);
})();
const phone = (index: number): string => `+336399${String(index).padStart(5, '0')}`;
const hasStopped = (index: number): boolean => index % 10 === 9;

let seed = Number(process.env.BROADCAST_SEED ?? 7);
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

async function onStore<Made>(host: SpawnedHost, work: (db: Db) => Promise<Made>): Promise<Made> {
  const { client, table, close } = connectStore(host.local.store);
  try {
    return await work(createDb(client, table));
  } finally {
    await close();
  }
}

async function fill(db: Db, folder: string): Promise<void> {
  const secrets = await readSecrets(folder);
  const hashes = createHashes({
    address: secrets.addressKey,
    answers: secrets.answersKey,
    suppression: secrets.suppressionKey,
  });
  const turns = createTurnStore(db);
  const residents = createResidentStore(db, KEEP_DAYS);
  for (let index = 0; index < RESIDENTS; index += 1) {
    const address = `sms:${phone(index)}`;
    const hash = hashes.address(address);
    const item = await turns.load(hash, address, () => `resident-${index}`);
    const consent = hasStopped(index) ? ('stopped' as const) : ('given' as const);
    const lists = index % 3 === 0 ? ['chene', 'haut'] : ['chene'];
    const session = { ...newSession(item.session.id), consent, lists, language: 'fr', quartier: 'chene' };
    await turns.save(item, { session, event: `join${index}`, now: BEGINS });
    for (const list of lists)
      await residents.subscribe(hash, list, {
        ...{ effects: [], version: 1, event: `join${index}`, at: BEGINS.toISOString() },
        ...{ resident: session.id, suppression: '', language: 'fr' },
      });
  }
  await createAnnouncementStore(db).create(
    (number) => ({
      ...announcementOf(draftOf(), 'A-2026-001', number, 'agent@exemple'),
      state: 'scheduled',
      begins: BEGINS.toISOString(),
    }),
    { by: 'agent@exemple', what: 'programmer', at: BEGINS },
  );
}

const progressOn = (host: SpawnedHost): Promise<Progress> =>
  onStore(host, (db) => createLedger(db, KEEP_DAYS).progress(1));

it(`${RESIDENTS} residents, ${KILLS} kills: nobody twice, nobody left out, nobody who stopped`, {
  timeout: 120_000 + KILLS * 15_000 + RESIDENTS * 500,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  let host = await spawnHost(folder);
  await host.clock({ set: new Date(BEGINS.getTime() - 5 * MINUTE).toISOString() });
  await onStore(host, (db) => fill(db, folder));
  const told: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Turning the clock runs what is due on the way; the kill comes in the middle of it.
    const turning = host.clock({ advance: kill === 0 ? 'PT5M' : 'PT3M' }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 30 + random() * 900));
    await host.kill();
    await turning;
    host = await spawnHost(folder);
    told.push((await progressOn(host)).planned);
  }
  for (let look = 0; look < 15; look += 1) await host.clock({ advance: 'PT3M' });
  const wanted = sms(announcedText(draftOf(), 'fr', 'sms')).text;
  const heard: number[] = [];
  for (let index = 0; index < RESIDENTS; index += 1) {
    const thread = await host.thread(phone(index));
    heard.push(thread.filter((item) => item.direction === 'out' && item.text === wanted).length);
  }
  const progress = await progressOn(host);
  console.log(`kills: planned after each ${told.join(' ')}, at the end ${JSON.stringify(progress)}`);
  expect(heard).toEqual(heard.map((_, index) => (hasStopped(index) ? 0 : 1)));
  expect(progress.planned).toBe(RESIDENTS);
  expect(progress.held).toEqual({ stopped: heard.filter((count) => count === 0).length });
  const kept = await onStore(host, (db) => createAnnouncementStore(db).get(1));
  expect(kept?.announcement.state).toBe('done');
  await host.stop();
  await rm(folder, { recursive: true });
});
