/**
 * What a flood, a loop or a mistake may cost (speed-and-faults.md 3.4): caps shared by instances in blocks, foreign
 * prefixes, and residents who are answered all the same.
 */
import { describe, expect, it } from 'vitest';
import { sms } from '../../conversations/shape.ts';
import { createLimits } from '../../functions/runtime/limits.ts';
import { createLeaseStore } from '../../functions/store/leases.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const until = new Date('2026-11-24T00:00:00Z');
const now = (): Date => new Date('2026-11-23T09:00:00Z');

describe('leases', () => {
  it('never give out more than there is, whoever asks, in whatever blocks', async () => {
    const db = createMemoryDb();
    const instances = Array.from({ length: 7 }, () => createLeaseStore(db, now));
    let taken = 0;
    for (let round = 0; round < 400; round += 1)
      for (const [index, leases] of instances.entries()) {
        const amount = (round % 3) + 1;
        if (await leases.take({ name: 'x', most: 1000, block: 10 + index, until }, amount)) taken += amount;
      }
    expect(taken).toBeLessThanOrEqual(1000);
    // What is lost to blocks nobody used up is little.
    expect(taken).toBeGreaterThan(900);
  });

  it('cost a write for a block, not for a message', async () => {
    const db = createMemoryDb();
    let calls = 0;
    const counting = {
      ...db,
      get: (key: Parameters<typeof db.get>[0]) => {
        calls += 1;
        return db.get(key);
      },
    };
    const leases = createLeaseStore(counting, now);
    for (let each = 0; each < 1000; each += 1)
      await leases.take({ name: 'x', most: 5000, block: 100, until }, 1);
    expect(calls).toBe(10);
    // And once refused, a flood reads no more.
    calls = 0;
    for (let each = 0; each < 1000; each += 1)
      await leases.take({ name: 'y', most: 3, block: 100, until }, 5);
    expect(calls).toBe(1);
  });

  it('two instances at one instant do not take the same block', async () => {
    const db = createMemoryDb();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        createLeaseStore(db, now)
          .take({ name: 'x', most: 5, block: 1, until }, 1)
          // Met by others too often: it does not know, and says so.
          .catch(() => false),
      ),
    );
    expect(answers.filter(Boolean).length).toBeLessThanOrEqual(5);
  });

  it('are taken once for all who ask at one instant', async () => {
    const leases = createLeaseStore(createMemoryDb(), now);
    const many = Array.from({ length: 60 }, () => leases.take({ name: 'x', most: 50, block: 5, until }, 1));
    expect((await Promise.all(many)).filter(Boolean)).toHaveLength(50);
  });
});

describe('pace', () => {
  it('leaves a share of each second to replies', async () => {
    const city = createTestCity(createMemoryDb()).deps.world.city;
    const limits = createLimits(createLeaseStore(createMemoryDb(), now), { city }, now);
    let bulk = 0;
    while (await limits.pace('twilio-sms', 'bulk')) bulk += 1;
    expect(bulk).toBe(8);
    expect(await limits.pace('twilio-sms', 'reply')).toBe(true);
  });
});

const flooder = (index: number): string => `+3363998${String(index).padStart(4, '0')}`;

describe('a flood', () => {
  it('of 100,000 messages from 1,000 numbers costs no more than the cap, and residents are answered', {
    timeout: 300_000,
  }, async () => {
    const city = createTestCity(createMemoryDb());
    const { limits } = city.deps.world.city;
    const webhook = createWebhook(city.deps);
    const resident = '+33612000001';
    for (const said of ['CHENE', 'oui', '1', '4']) await text(webhook, resident, said);
    let parts = 0;
    let unanswered = 0;
    for (let message = 0; message < 100_000; message += 1) {
      city.clock.now = new Date(Date.parse('2026-11-23T09:00:00Z') + message * 36);
      const { reply, answer } = await text(webhook, flooder(message % 1000), `coucou ${message}`);
      expect(answer.status).toBe(200);
      if (reply) parts += sms(reply.text).parts;
      else unanswered += 1;
      if (message % 20_000 === 0) {
        const known = await text(webhook, resident, 'AIDE');
        expect(known.reply?.text, String(message)).toContain('Commandes');
        const stranger = await text(webhook, `+3375${String(message).padStart(7, '0')}`, 'bonjour');
        expect(stranger.reply, String(message)).toBeDefined();
      }
    }
    const euros = parts * limits.partEuros;
    console.log(
      `flood: 100000 messages, ${parts} parts answered, ${euros.toFixed(2)} euros, ${unanswered} unanswered`,
    );
    expect(euros).toBeLessThanOrEqual(limits.dailyEuros * limits.strangersShare);
    expect((await text(webhook, resident, 'STOP')).reply?.text).toContain('plus de message');
  });

  it('from one number is answered so often an hour, told once, and STOP still works', async () => {
    const city = createTestCity(createMemoryDb());
    const webhook = createWebhook(city.deps);
    const replies: (string | undefined)[] = [];
    for (let message = 0; message < 100; message += 1)
      replies.push((await text(webhook, flooder(1), `bla ${message}`)).reply?.text);
    const { perPersonHour } = city.deps.world.city.limits;
    expect(replies.filter(Boolean)).toHaveLength(perPersonHour + 1);
    expect(replies.at(perPersonHour)).toContain('une heure');
    expect((await text(webhook, flooder(1), 'STOP')).reply?.text).toContain('plus de message');
    city.clock.now = new Date(city.clock.now.getTime() + 3_700_000);
    expect((await text(webhook, flooder(1), 'REPRENDRE')).reply).toBeDefined();
  });

  it('of ours that come back is not answered: an auto-reply that repeats us ends after one round', async () => {
    const city = createTestCity(createMemoryDb());
    const webhook = createWebhook(city.deps);
    let said = 'bonjour';
    let rounds = 0;
    for (; rounds < 50; rounds += 1) {
      const { reply } = await text(webhook, flooder(2), said);
      if (!reply) break;
      said = reply.text;
    }
    expect(rounds).toBe(1);
  });
});

describe('foreign prefixes', () => {
  it.each(['+212600000001', '+881600000001', '+15005550006'])(
    '%s is heard and not answered',
    async (from) => {
      const city = createTestCity(createMemoryDb());
      const { answer, reply } = await text(createWebhook(city.deps), from, 'CHENE');
      expect([answer.status, reply]).toEqual([200, undefined]);
    },
  );

  it.each(['+33612000002', '+262692000001', '+590690000001', '+594694000001', '+596696000001'])(
    '%s is answered',
    async (from) => {
      const city = createTestCity(createMemoryDb());
      expect((await text(createWebhook(city.deps), from, 'CHENE')).reply).toBeDefined();
    },
  );
});
