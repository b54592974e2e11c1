/** What follows from a live is made once, whatever fails between its making, its noting and its going out. */
import { beforeEach, expect, it } from 'vitest';
import type { Announcement } from '../../conversations/announcement.ts';
import { parisMoment } from '../../conversations/hours.ts';
import type { Live } from '../../conversations/live.ts';
import { approveLive, cancelLive, changeLive } from '../../conversations/live-acts.ts';
import { answer, approveWords, type Board, type BoardActed } from '../../conversations/live-board.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import { lookAfterLives, nextLiveFollowUp } from '../../functions/runtime/live-follow-up.ts';
import { createAnnouncementStore } from '../../functions/store/announcements.ts';
import { createLiveStore, type LiveStore } from '../../functions/store/lives.ts';
import { localWorld } from '../../infra/local/city.ts';
import { boardOf, CHIEF, liveDraft, liveUnderTest } from '../support/lives.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

const { city } = localWorld();
const AGENT = { ...CHIEF, by: 'agent@exemple' };

let db: MemoryDb;
let store: LiveStore;
let now: Date;
let logged: string[];
beforeEach(async () => {
  db = createMemoryDb();
  store = createLiveStore(db);
  now = parisMoment('2026-11-23', '10:00');
  logged = [];
  const approved = { by: CHIEF.by, at: CHIEF.now.toISOString() };
  await store.create(() => liveUnderTest({ approved }), { by: 'agent@exemple', what: 'nouvelle', at: now });
});

const look = (lives: Partial<LiveStore> = {}): Promise<void> =>
  lookAfterLives({
    db,
    lives: { ...store, ...lives },
    world: localWorld(),
    now: () => now,
    log: { info: () => {}, error: (what: string) => void logged.push(what) },
  } as unknown as Deps);
const said = async (): Promise<Announcement[]> => {
  const all: Announcement[] = [];
  for await (const { announcement } of createAnnouncementStore(db).list()) all.push(announcement);
  return all;
};
const put = async (make: (live: Live) => ReturnType<typeof cancelLive>): Promise<void> => {
  const before = await store.get(1);
  const acted = before && make(before.thing);
  if (!before || !acted || 'refused' in acted) throw new Error(JSON.stringify(acted));
  await store.write(1, before, acted.live, { by: 'agent@exemple', what: 'x', at: now });
};
const ok = (acted: BoardActed): Board => {
  if ('refused' in acted) throw new Error(acted.refused);
  return acted.board;
};

it('the link a quarter of an hour before, and nothing earlier', async () => {
  await look();
  expect(await said()).toEqual([]);
  now = parisMoment('2026-11-26', '18:43');
  await look();
  await look();
  expect(await said()).toMatchObject([
    {
      state: 'scheduled',
      about: 'link',
      live: 'L-2026-001',
      tied: 'L-2026-001#link',
      begins: parisMoment('2026-11-26', '18:45').toISOString(),
      audience: { group: { event: 'L-2026-001', who: 'interested' } },
      approvals: [{ by: 'chef@exemple' }],
    },
  ]);
  const texts = (await said())[0]?.texts ?? {};
  expect(Object.keys(texts).sort()).toEqual([...city.languages].sort());
});

it('an answer once, though the service dies between each two steps', async () => {
  let board = ok(answer(boardOf(2), 501, { answer: { fr: 'Oui' }, minute: '12:40' }, AGENT));
  await store.writeBoard(1, await store.board(1), board);
  await look();
  // Nobody else has read it.
  expect(await said()).toEqual([]);
  board = ok(approveWords(board, 501, { ...CHIEF, now }));
  await store.writeBoard(1, await store.board(1), board);
  const dies = async (): Promise<never> => {
    throw new Error('killed');
  };
  await look({ write: dies });
  await look({ write: dies });
  expect(logged).toEqual(['live-failed', 'live-failed']);
  // It was made, and is noted nowhere: nothing goes out.
  expect(await said()).toMatchObject([{ state: 'approved' }]);
  await look();
  await look();
  expect(await said()).toMatchObject([
    { state: 'scheduled', about: 'answer', question: 501, audience: { group: { who: 'asked#501' } } },
  ]);
  expect((await said())[0]?.texts.fr).toContain('Q-501 Réouverture du Leclerc: Oui. Revoir: minute 12:40');
});

it('of two looks at once one message comes', async () => {
  now = parisMoment('2026-11-26', '18:43');
  await Promise.all([look(), look(), look()]);
  await look();
  const scheduled = (await said()).filter(({ state }) => state === 'scheduled');
  expect(scheduled).toHaveLength(1);
  expect((await store.get(1))?.thing.planned).toEqual({ link: scheduled[0]?.id });
});

it('of a live that is changed or called off the link goes nowhere', async () => {
  now = parisMoment('2026-11-26', '18:43');
  await look();
  await put((live) =>
    changeLive(
      live,
      liveDraft({ at: '2026-11-27T19:00', until: '2026-11-27T12:00' }),
      { by: 'agent@exemple', now },
      { city, now, surveys: [], lives: [] },
    ),
  );
  await look();
  expect(await said()).toMatchObject([{ state: 'cancelled', about: 'link' }]);
  await put((live) => approveLive(live, { by: 'chef@exemple', now }, { city, now, surveys: [], lives: [] }));
  await look();
  expect((await said()).slice(1)).toMatchObject([
    { state: 'scheduled', about: 'moved', audience: { group: { who: 'concerned' } } },
  ]);
  now = parisMoment('2026-11-27', '18:44');
  await look();
  await put((live) => cancelLive(live, { by: 'agent@exemple', now }));
  await look();
  const after = await said();
  expect(after.map(({ about, state }) => `${about} ${state}`)).toEqual([
    'link cancelled',
    'moved cancelled',
    'link cancelled',
    'cancelled scheduled',
  ]);
});

it('moved twice before anyone could be told: they hear of the last hour, once', async () => {
  const around = () => ({ city, now, surveys: [], lives: [] });
  const move = async (day: string): Promise<void> => {
    const draft = liveDraft({ at: `${day}T19:00`, until: `${day}T12:00` });
    await put((live) => changeLive(live, draft, { by: 'agent@exemple', now }, around()));
    await put((live) => approveLive(live, { by: 'chef@exemple', now }, around()));
    await look();
  };
  now = parisMoment('2026-11-24', '21:00');
  await move('2026-11-27');
  now = parisMoment('2026-11-24', '22:00');
  await move('2026-11-30');
  await look();
  const after = await said();
  expect(after.map(({ about, state }) => `${about} ${state}`)).toEqual([
    'moved cancelled',
    'moved scheduled',
  ]);
  expect(after[1]?.texts.fr).toContain('lundi 30 19h');
});

it('a clock that is turned finds each moment', async () => {
  const next = (): Promise<Date | undefined> =>
    nextLiveFollowUp(
      { lives: store, world: localWorld(), now: () => now } as unknown as Deps,
      parisMoment('2026-12-31', '10:00'),
    );
  expect(await next()).toEqual(parisMoment('2026-11-26', '18:43'));
  now = parisMoment('2026-11-26', '18:43');
  await look();
  expect(await next()).toEqual(parisMoment('2026-11-26', '23:00'));
  now = parisMoment('2026-11-26', '23:00');
  await look();
  expect((await store.get(1))?.thing.state).toBe('ended');
  expect(await next()).toBeUndefined();
});
