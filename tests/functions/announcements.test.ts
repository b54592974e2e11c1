/** Announcements in the store, on dynalite and in memory: numbers, versions, acts, and who goes out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Announcement, announcementId } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { createAnnouncementStore, type Kept } from '../../functions/store/announcements.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import type { Act } from '../../functions/store/journal.ts';
import { ANNOUNCEMENTS, announcementFacts, keys } from '../../functions/store/table.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { draftOf } from '../support/announcements.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const act = (what: string, by = 'agent@exemple'): Act => ({ by, what, at: NOW });
const make = (number: number): Announcement =>
  announcementOf(draftOf(), announcementId(number, '2026-11-23'), number, 'agent@exemple');

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

describe.each<[string, () => Db]>([
  ['dynalite', () => createDb(store.client, store.table, 2)],
  ['memory', createMemoryDb],
])('announcements on %s', (_, open) => {
  let db: Db;
  beforeEach(async () => {
    db = open();
    for (const pk of [ANNOUNCEMENTS, ...[1, 2, 3, 4, 5, 6].map(announcementFacts)])
      for await (const item of db.query(pk)) await db.delete({ pk, sk: String(item.sk) });
  });

  it('are numbered one by one, two people at once included', async () => {
    const announcements = createAnnouncementStore(db);
    const created = await Promise.all([1, 2, 3, 4].map(() => announcements.create(make, act('écrire'))));
    expect(created.map(({ announcement }) => announcement.number).sort()).toEqual([1, 2, 3, 4]);
    const listed: string[] = [];
    for await (const { announcement } of announcements.list()) listed.push(announcement.id);
    expect(listed).toEqual(['A-2026-001', 'A-2026-002', 'A-2026-003', 'A-2026-004']);
    expect(await announcements.get(3)).toEqual({ announcement: make(3), version: 1 });
    expect(await announcements.get(5)).toBeUndefined();
  });

  it('take one act of two at once, and keep who did what', async () => {
    const announcements = createAnnouncementStore(db);
    const first = await announcements.create(make, act('écrire'));
    const paused: Announcement = { ...first.announcement, state: 'approved' };
    const cancelled: Announcement = { ...first.announcement, state: 'cancelled' };
    const both = await Promise.all([
      announcements.write(first, paused, act('valider', 'chef@exemple')),
      announcements.write(first, cancelled, {
        ...act('annuler', 'directrice@exemple'),
        note: 'erreur de date',
      }),
    ]);
    const won = both.filter((each) => each !== false);
    expect(won).toHaveLength(1);
    expect(await announcements.get(1)).toEqual(won[0]);
    expect(await announcements.write(first, paused, act('valider'))).toBe(false);
    const facts = await announcements.facts(1);
    expect(facts.map(({ version, what }) => `${version} ${what}`)).toEqual([
      '1 écrire',
      won[0]?.announcement.state === 'cancelled' ? '2 annuler' : '2 valider',
    ]);
    expect(facts[0]?.announcement).toEqual(make(1));
  });

  it('lose no act where a writer died before it was written down', async () => {
    const dying: Db = {
      ...db,
      put: async (item, condition) => {
        if (String(item.pk) === announcementFacts(1) && Number(item.sk) === 2) throw new Error('killed');
        return db.put(item, condition);
      },
    };
    const first = await createAnnouncementStore(db).create(make, act('écrire'));
    const approved: Announcement = { ...first.announcement, state: 'approved' };
    await expect(createAnnouncementStore(dying).write(first, approved, act('valider'))).rejects.toThrow(
      'killed',
    );
    const announcements = createAnnouncementStore(db);
    const second = (await announcements.get(1)) as Kept;
    expect(second).toEqual({ announcement: approved, version: 2 });
    const what = async () => (await announcements.facts(1)).map((fact) => `${fact.version} ${fact.what}`);
    expect(await what()).toEqual(['1 écrire', '2 valider']);
    await announcements.write(second, { ...approved, state: 'cancelled' }, act('annuler'));
    expect(await what()).toEqual(['1 écrire', '2 valider', '3 annuler']);
  });

  it('go out once their moment has come, until they are done, paused ones that have begun among them', async () => {
    const announcements = createAnnouncementStore(db);
    const begins = '2026-11-24T07:30:00.000Z';
    const put = async (more: Partial<Announcement>) => {
      const kept = await announcements.create(make, act('écrire'));
      await announcements.write(kept, { ...kept.announcement, ...more }, act('x'));
    };
    await put({ state: 'scheduled', begins });
    await put({ state: 'scheduled', begins: '2026-11-24T07:31:00.000Z' });
    await put({ state: 'running', begins, started: begins });
    await put({ state: 'paused', begins, started: begins });
    await put({ state: 'paused', begins });
    await put({ state: 'done', begins, started: begins });
    const out = await announcements.goingOut(new Date(begins));
    expect(out.map(({ announcement }) => announcement.number)).toEqual([1, 3, 4]);
    expect(await announcements.goingOut(new Date('2026-11-24T07:29:59.999Z'))).toEqual([]);
    const running = out[1] as Kept;
    await announcements.write(running, { ...running.announcement, state: 'done' }, act('finir'));
    expect((await announcements.goingOut(new Date(begins))).map((each) => each.announcement.number)).toEqual([
      1, 4,
    ]);
  });

  it('that cannot be read are not taken for something else', async () => {
    const announcements = createAnnouncementStore(db);
    const { announcement } = await announcements.create(make, act('écrire'));
    const item = {
      ...keys.announcement(1),
      version: 2,
      announcement: JSON.stringify({ ...announcement, later: 1 }),
    };
    await db.put(item);
    await expect(announcements.get(1)).rejects.toThrow('cannot be read by this version');
  });
});
