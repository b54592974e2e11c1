/** Counting an audience in the real store: everyone once, whatever lists they are on, and why a message stays. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Audience } from '../../conversations/audience.ts';
import type { Channel } from '../../conversations/events.ts';
import { countAudience } from '../../functions/runtime/count-audience.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createDb } from '../../functions/store/db.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createTestCity, type TestCity } from '../support/city.ts';

const CARRIERS = { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] } as const;
let store: Store;
let city: TestCity;
let events = 0;

async function say(address: string, ...texts: string[]): Promise<void> {
  const channel = address.slice(0, address.indexOf(':')) as Channel;
  for (const text of texts)
    await takeTurn(city.deps, address, { type: 'said', id: `c${++events}`, channel, text }, 'response');
}

const count = (audience: Audience, kind: 'info' | 'visit' = 'info') => {
  const carriers = {
    sms: [...CARRIERS.sms],
    whatsapp: [...CARRIERS.whatsapp],
    messenger: [...CARRIERS.messenger],
  };
  return countAudience({ ...city.deps, carriers }, audience, { kind });
};

beforeAll(async () => {
  store = await openStore();
  city = createTestCity(createDb(store.client, store.table, 7));
  for (let n = 0; n < 30; n += 1)
    await say(`sms:+3363998${String(n).padStart(4, '0')}`, 'CHENE', 'oui', '1', '3');
  // On a second list too.
  for (let n = 0; n < 10; n += 1) await say(`sms:+3363998${String(n).padStart(4, '0')}`, 'AINES', 'oui');
  await say('sms:+33639980100', 'AINES tr', 'oui', '5');
  await say('whatsapp:+33639980200', 'BAS', 'oui', '1', '3');
  await say('messenger:777', 'BAS', 'oui', '1', '3');
}, 120_000);
afterAll(() => store.close());

describe('an audience', () => {
  it('counts everyone once', async () => {
    const everyone = await count({});
    expect(everyone).toMatchObject({ all: 33, reached: 33 });
    expect([...everyone.lists].map(([list, { all }]) => [list, all])).toEqual([
      ['bas', 2],
      ['chene', 30],
      ['aines', 1],
    ]);
    // In the order that was asked for, the ten who are on both stand with the first.
    const both = await count({ lists: ['aines', 'chene'] });
    expect([...both.lists].map(([list, { all }]) => [list, all])).toEqual([
      ['aines', 11],
      ['chene', 20],
    ]);
    expect(everyone.languages.get('tr')).toEqual({ all: 1, reached: 1 });
    expect(everyone.channels.get('messenger')).toEqual({ all: 1, reached: 1 });
  });

  it('counts those on lists that staff made', async () => {
    const { deps } = city;
    const list = {
      id: 'delegues',
      name: 'Délégués',
      purpose: 'Le conseil',
      basis: 'consent',
      by: 'jeunesse',
    } as const;
    await deps.lists.define({ ...list, at: deps.now().toISOString() });
    expect((await count({ lists: ['delegues'] })).all).toBe(0);
    expect((await count({})).all).toBe(33);
  });

  it('counts what filters leave', async () => {
    expect((await count({ lists: ['aines'], languages: ['tr'] })).all).toBe(1);
    expect((await count({ channels: ['whatsapp', 'messenger'] })).all).toBe(2);
    expect((await count({ lists: ['temple'] })).all).toBe(0);
  });

  it('counts a group of those who come to a visit', async () => {
    const { deps } = city;
    const visit = { number: 3, capacity: 30, until: 4_000_000_000 };
    for (const n of [0, 1, 2]) {
      const hash = deps.hashes.address(`sms:+3363998000${n}`);
      const asking = { resident: `r${n}`, hash, event: `e${n}`, people: n === 2 ? 40 : 2 };
      await deps.seats.decide(visit, asking, true);
    }
    const coming = await count({ group: { event: 'V-2026-003', who: 'coming' } }, 'visit');
    expect(coming).toMatchObject({ all: 2, reached: 2 });
    expect((await count({ group: { event: 'V-2026-003', who: 'waiting' } }, 'visit')).all).toBe(1);
  });

  it('says who is not reached and why', async () => {
    await say('sms:+33639980000', 'STOP VISITE');
    await say('sms:+33639980001', 'STOP');
    const item = await city.deps.turns.find(city.deps.hashes.address('sms:+33639980002'));
    if (!item) throw new Error('the resident is not there');
    await city.deps.turns.know(item, (known) => ({ ...known, bad: '30005' }));
    city.clock.now = new Date(city.clock.now.getTime() + 25 * 3_600_000);
    const visit = await count({}, 'visit');
    // STOP has left the lists.
    expect(visit.all).toBe(32);
    expect(Object.fromEntries(visit.unreached)).toEqual({
      muted: 1,
      'bad-address': 1,
      window: 1,
      'no-template': 1,
    });
    expect(visit.reached).toBe(28);
    expect(visit.channels.get('sms')).toEqual({ all: 30, reached: 28 });
    expect((await count({})).unreached.get('muted')).toBeUndefined();
  });
});
