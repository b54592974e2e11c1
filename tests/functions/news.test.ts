/** What another instance has opened and told a resident of is known at the next turn, not at the next look a minute later. */
import { expect, it } from 'vitest';
import { newSession, type Session } from '../../conversations/session.ts';
import { createLiveWorld } from '../../functions/runtime/deps.ts';
import { createLog } from '../../functions/runtime/log.ts';
import { createLiveStore } from '../../functions/store/lives.ts';
import { createVisitStore } from '../../functions/store/visits.ts';
import { localWorld } from '../../infra/local/city.ts';
import { liveUnderTest } from '../support/lives.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { openVisit } from '../support/visits.ts';

const NOW = new Date('2026-11-24T10:00:00.000Z');
const act = { by: 'agent@exemple', what: 'nouveau', at: NOW };
const AT = NOW.toISOString();

async function opened() {
  const db = createMemoryDb();
  const { world, shelf } = createLiveWorld(localWorld(), db, { now: () => NOW, log: createLog(() => {}) });
  await shelf.ready();
  await createLiveStore(db).create(() => liveUnderTest(), act);
  await createVisitStore(db).create((number) => ({ ...openVisit(), number }), act);
  await shelf.ready(newSession('r-1'));
  expect([world.lives, world.visits]).toEqual([[], []]);
  return { world, ready: (more: Partial<Session>) => shelf.ready({ ...newSession('r-1'), ...more }) };
}

it('a live', async () => {
  const { world, ready } = await opened();
  await ready({ live: { id: 'L-2026-001', step: 'ask', at: AT } });
  expect(world.lives?.map(({ live }) => live.id)).toEqual(['L-2026-001']);
  expect(world.visits).toEqual([]);
});

it('a visit', async () => {
  const { world, ready } = await opened();
  await ready({ visit: { id: openVisit().id, step: 'come', at: AT } });
  expect(world.visits?.map(({ id }) => id)).toEqual([openVisit().id]);
  expect(world.lives).toEqual([]);
});
