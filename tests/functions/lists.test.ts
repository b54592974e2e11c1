/** Lists as the store has them: definitions, members by shard and page, contacts that staff bring in, the daily cleaning. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Enrolled } from '../../conversations/enrol.ts';
import { DAY } from '../../conversations/hours.ts';
import { enrolContact, enrolmentBy, removeContact } from '../../functions/runtime/enrol.ts';
import { markBad } from '../../functions/runtime/fate.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { BAD_DAYS } from '../../functions/runtime/unreachable.ts';
import { createDb } from '../../functions/store/db.ts';
import type { StaffList } from '../../functions/store/lists.ts';
import { shardOf, shards } from '../../functions/store/table.ts';
import type { TurnItem } from '../../functions/store/turn-item.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createTestCity, type TestCity, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const ANNA = '+33612000001';
const BILAL = '+33612000002';

let ids = 0;
const to = (list: string, on = '2026-09-05'): Enrolled => ({
  type: 'enrolled',
  id: `i${++ids}-`.padEnd(10, 'x'),
  list,
  proof: { what: 'Bulletin signé à la fête', on, by: 'accueil' },
});

async function collect<Each>(each: AsyncIterable<Each>): Promise<Each[]> {
  const all: Each[] = [];
  for await (const one of each) all.push(one);
  return all;
}

const DELEGATES: StaffList = {
  id: 'delegues',
  name: 'Délégués de classe',
  purpose: 'Préparer le conseil des jeunes',
  basis: 'consent',
  at: '2026-11-23T09:00:00.000Z',
  by: 'service jeunesse',
};

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

describe('a list', () => {
  it('is defined once, and stays as it was', async () => {
    const { lists } = createTestCity(createDb(store.client, store.table, 2)).deps;
    expect(await lists.define(DELEGATES)).toBe(true);
    expect(await lists.define({ ...DELEGATES, purpose: 'Autre chose' })).toBe(false);
    const seniors: StaffList = { ...DELEGATES, id: 'seniors', basis: 'interest', plain: true };
    await lists.define(seniors);
    expect(await lists.find('delegues')).toEqual(DELEGATES);
    expect(await lists.find('personne')).toBeUndefined();
    expect(await collect(lists.all())).toEqual([DELEGATES, seniors]);
    await expect(lists.define({ ...DELEGATES, id: 'Délégués' })).rejects.toThrow('an id is');
  });

  it('has its members by shard, in order, from any of them on', async () => {
    const { deps } = createTestCity(createDb(store.client, store.table, 2));
    const numbers = Array.from({ length: 60 }, (_, index) => `+336130000${String(index).padStart(2, '0')}`);
    for (const number of numbers) expect(await enrolContact(deps, number, to('volontaires'))).toBe('new');
    const wanted = numbers.map((number) => deps.hashes.address(`sms:${number}`)).sort();
    const found: string[] = [];
    for (const shard of shards) {
      const members = await collect(deps.lists.members('volontaires', { shard }));
      expect(members).toEqual(wanted.filter((hash) => shardOf(hash) === shard));
      for (const [index, after] of members.entries())
        expect(await collect(deps.lists.members('volontaires', { shard, after }))).toEqual(
          members.slice(index + 1),
        );
      found.push(...members);
    }
    expect(found.sort()).toEqual(wanted);
    expect(await deps.lists.count('volontaires')).toBe(60);
    expect(
      await removeContact(deps, numbers[7] as string, {
        list: 'volontaires',
        why: 'asked',
        on: '2026-11-23',
      }),
    ).toBe(true);
    expect(
      await removeContact(deps, numbers[7] as string, {
        list: 'volontaires',
        why: 'asked',
        on: '2026-11-23',
      }),
    ).toBe(false);
    expect(await removeContact(deps, ANNA, { list: 'volontaires', why: 'asked', on: '2026-11-23' })).toBe(
      false,
    );
    expect(await deps.lists.count('volontaires')).toBe(59);
  });
});

describe('a contact', () => {
  let city: TestCity;
  let say: (from: string, ...texts: string[]) => Promise<void>;
  beforeEach(() => {
    city = createTestCity(createMemoryDb());
    const webhook = createWebhook(city.deps);
    say = async (from, ...texts) => {
      for (const each of texts) await text(webhook, from, each);
    };
  });
  const find = (number: string) => city.deps.turns.find(city.deps.hashes.address(`sms:${number}`));

  it('is kept with its proof as it was written, and nothing is sent', async () => {
    const event = to('aines');
    expect(await enrolmentBy(city.deps, ANNA, event)).toBe('new');
    expect(await find(ANNA)).toBeUndefined();
    expect(await enrolContact(city.deps, ANNA, event)).toBe('new');
    const item = (await find(ANNA)) as TurnItem;
    const held = await collect(city.deps.residents.held(item.hash));
    expect(held).toMatchObject([
      {
        sk: `consent#${event.id}`,
        // « ê » would not go into an SMS: this did not go out.
        text: 'Bulletin signé à la fête',
        list: 'aines',
        source: 'import',
        on: '2026-09-05',
        by: 'accueil',
      },
      { sk: 'list#aines' },
    ]);
    expect(item.reply).toMatchObject({ text: '', taken: true });
    expect([city.sent, city.outbound, city.queue]).toEqual([[], [], []]);
    expect(await enrolContact(city.deps, ANNA, event)).toBe('known');
    expect(await enrolContact(city.deps, ANNA, to('haut'))).toBe('added');
  });

  it('who said STOP is not brought back, nor who was erased, nor by a trial', async () => {
    await say(ANNA, 'CHENE', 'oui', '1', '4', 'STOP');
    expect(await enrolContact(city.deps, ANNA, to('aines'))).toBe('stopped');
    await say(BILAL, 'CHENE', 'oui', '1', '4', 'EFFACER', 'oui');
    for (const days of [0, 3, 400]) {
      city.clock.now = new Date(city.clock.now.getTime() + days * DAY);
      await createSweep(city.deps)();
      expect(await enrolmentBy(city.deps, BILAL, to('aines'))).toBe('suppressed');
      expect(await enrolContact(city.deps, BILAL, to('aines'))).toBe('suppressed');
    }
    expect(await find(BILAL)).toBeUndefined();
    expect(await city.deps.lists.count('aines')).toBe(0);
    // Their own word does.
    await say(BILAL, 'AINES', 'oui');
    expect(await city.deps.lists.count('aines')).toBe(1);
    expect(await enrolContact(city.deps, BILAL, to('haut'))).toBe('added');
  });

  it('whose number stopped on WhatsApp is not made one by SMS', async () => {
    await takeTurn(
      city.deps,
      `whatsapp:${ANNA}`,
      { type: 'said', id: 'mwa0000001', channel: 'whatsapp', text: 'STOP' },
      'response',
    );
    expect(await enrolContact(city.deps, ANNA, to('aines'))).toBe('suppressed');
  });

  it('is erased between the reading and the writing: nothing is made', async () => {
    await say(ANNA, 'CHENE', 'oui', '1', '4', 'EFFACER');
    const { take } = city.deps;
    let between = true;
    city.deps.take = async (session, event, now) => {
      if (event.type === 'enrolled' && between) {
        between = false;
        await say(ANNA, 'oui');
      }
      return take(session, event, now);
    };
    expect(await enrolContact(city.deps, ANNA, to('aines'))).toBe('suppressed');
    expect(between).toBe(false);
    expect(await city.deps.lists.count('aines')).toBe(0);
  });

  it('linked to another address is that resident', async () => {
    await say(ANNA, 'CHENE', 'oui', '1', '4');
    const anna = (await find(ANNA)) as TurnItem;
    await city.deps.turns.point(
      { ...anna, hash: city.deps.hashes.address(`sms:${BILAL}`), version: 0 },
      anna.hash,
    );
    expect(await enrolContact(city.deps, BILAL, to('aines'))).toBe('added');
    expect((await find(ANNA))?.session.lists).toEqual(['chene', 'aines']);
    expect(await collect(city.deps.lists.members('aines', { shard: shardOf(anna.hash) }))).toEqual([
      anna.hash,
    ]);
  });

  it('nobody reaches for long is off the lists, and staff see how many', async () => {
    for (const number of [ANNA, BILAL]) await enrolContact(city.deps, number, to('aines'));
    await markBad(city.deps, (await find(ANNA)) as TurnItem, `sms:${ANNA}`, '30006');
    const sweep = createSweep(city.deps);
    const start = city.clock.now.getTime();
    city.clock.now = new Date(start + (BAD_DAYS - 1) * DAY);
    // Told again, it is bad since the first time.
    await markBad(city.deps, (await find(ANNA)) as TurnItem, `sms:${ANNA}`, '30006');
    await sweep();
    expect(await city.deps.lists.count('aines')).toBe(2);
    city.clock.now = new Date(start + BAD_DAYS * DAY);
    await sweep();
    expect(await city.deps.lists.lastCleaned()).toEqual({
      at: city.clock.now.toISOString(),
      forgotten: 0,
      unreachable: 1,
    });
    expect(await city.deps.lists.count('aines')).toBe(1);
    expect((await find(ANNA))?.session).toMatchObject({ consent: 'given', lists: [] });
    await say(ANNA, 'AINES', 'oui');
    expect(await city.deps.lists.count('aines')).toBe(2);
    await sweep();
    expect(await city.deps.lists.count('aines')).toBe(2);
  });

  it('marked bad before the day was noted gets its day now', async () => {
    await enrolContact(city.deps, ANNA, to('aines'));
    await city.deps.turns.know((await find(ANNA)) as TurnItem, (known) => ({ ...known, bad: '30006' }));
    await createSweep(city.deps)();
    expect((await find(ANNA))?.known).toEqual({ bad: '30006', badOn: '2026-11-23' });
    city.clock.now = new Date(city.clock.now.getTime() + BAD_DAYS * DAY);
    await createSweep(city.deps)();
    expect(await city.deps.lists.count('aines')).toBe(0);
  });

  it('past the time contacts are kept is forgotten, also who never wrote', async () => {
    await enrolContact(city.deps, ANNA, to('aines'));
    const { contactMonths } = city.deps.world.city.notice;
    city.clock.now.setUTCMonth(city.clock.now.getUTCMonth() + contactMonths);
    await createSweep(city.deps)();
    expect(await city.deps.lists.lastCleaned()).toMatchObject({ forgotten: 1 });
    expect(await city.deps.lists.count('aines')).toBe(0);
  });
});
