/**
 * A cancellation leaves no message behind: what waits in outboxes is taken out within minutes, whether or not a lane
 * ever opens again, and whoever crashes on the way. A pause lets it wait.
 */
import { describe, expect, it } from 'vitest';
import { announcing } from '../../functions/runtime/announcing.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { FAULTS, type Fault } from '../faults/faulty.ts';
import { createFan, type Fan, phoneOf, statesIn } from './fan.ts';

const PHONES = [1, 2, 3];
const hashOf = (fan: Fan, phone: number): string => fan.deps.hashes.address(phoneOf(phone));
const owed = async (fan: Fan): Promise<number> => {
  let count = 0;
  for (const phone of PHONES) {
    const item = await fan.deps.turns.find(hashOf(fan, phone));
    count += (item?.outbox.length ?? 0) + (item?.reply?.text && !item.reply.taken ? 1 : 0);
  }
  return count;
};

/** Said to all, put off by the provider, and then the lane is stopped: every message waits in an outbox. */
async function waiting(plan: Map<number, Fault> = new Map()): Promise<Fan> {
  const fan = createFan({ faults: { count: 0, plan } });
  for (const phone of PHONES) await fan.joined(phone);
  await fan.planned({ kind: 'survey', survey: 'square' });
  fan.hook.outcome = () => ({ kind: 'throttled', after: 600 });
  await fan.look();
  await fan.deps.channels.stop('twilio-sms', '20003');
  fan.hook.outcome = () => ({ kind: 'rejected', code: '20003', cause: 'config' });
  return fan;
}

describe('a cancelled announcement', () => {
  it('leaves the outboxes within two minutes, while the lane is still stopped', async () => {
    const fan = await waiting();
    expect(await owed(fan)).toBe(3);
    expect((await fan.progress(1)).states).toEqual({ handed: 3 });
    await fan.act(1, 'cancelled');
    await fan.run(2);
    expect(await owed(fan)).toBe(0);
    expect((await fan.progress(1)).states).toEqual({ cancelled: 3 });
    for (const phone of PHONES) {
      const item = await fan.deps.turns.find(hashOf(fan, phone));
      expect(item?.session.survey).toBeUndefined();
      expect(item?.session.pushed).toBeUndefined();
    }
    delete fan.hook.outcome;
    await fan.run(60, 5);
    expect(fan.got).toEqual([]);
    expect((await announcing(fan.deps).announcements.get(1))?.announcement.cleared).toBeDefined();
  });

  it('at night too, and behind something else that is owed', async () => {
    const fan = await waiting();
    await takeTurn(fan.deps, phoneOf(1), { type: 'said', id: 'm-1', channel: 'sms', text: 'AIDE' }, 'api');
    fan.clock.now = new Date('2026-11-24T21:00:00.000Z');
    await fan.act(1, 'cancelled');
    await fan.run(2);
    expect((await fan.progress(1)).states).toEqual({ cancelled: 3 });
    const item = await fan.deps.turns.find(hashOf(fan, 1));
    // Their own answer still is.
    expect(item?.outbox.map(({ id }) => id)).toEqual(['m-1']);
  });

  it('what the provider may have taken is asked for there first', async () => {
    const fan = createFan();
    for (const phone of PHONES) await fan.joined(phone);
    await fan.planned();
    // It has taken the first, and its answer was lost each time.
    fan.hook.afterSend = async () => {
      if (fan.got.length > 1) fan.got.splice(1);
      throw new Error('the line is broken');
    };
    await fan.look();
    expect((await fan.progress(1)).states).toEqual({ unknown: 3 });
    await fan.act(1, 'cancelled');
    await fan.run(3);
    expect(await owed(fan)).toBe(0);
    expect((await fan.progress(1)).states).toEqual({ accepted: 1, cancelled: 2 });
  });

  it('what nobody can tell of is not said to be called off, and a receipt says what became of it', async () => {
    const fan = createFan();
    for (const phone of PHONES) await fan.joined(phone);
    await fan.planned();
    fan.hook.outcome = () => ({ kind: 'unknown', cause: 'timeout' });
    fan.hook.found = () => 'cannot';
    await fan.look();
    const row = await announcing(fan.deps).ledger.get(1, hashOf(fan, 1));
    await fan.act(1, 'cancelled');
    await fan.run(3);
    expect(await owed(fan)).toBe(0);
    expect((await fan.progress(1)).states).toEqual({ unknown: 3 });
    const delivery = `${hashOf(fan, 1)}.${row?.event}`;
    await receipt(fan.deps, { kind: 'receipt', delivery, state: 'delivered', provider: 'twilio' });
    expect((await fan.progress(1)).states).toEqual({ unknown: 2, delivered: 1 });
  });

  it('whatever fails on the way, at any call: nobody hears it, every row says so', {
    timeout: 600_000,
  }, async () => {
    const judge = async (plan: Map<number, Fault>): Promise<{ calls: number; verdict: string }> => {
      const fan = await waiting();
      const before = fan.faults.count;
      for (const [at, fault] of plan) fan.faults.plan.set(before + at, fault);
      await fan.act(1, 'cancelled');
      await fan.run(14, 2);
      const calls = fan.faults.count - before;
      delete fan.hook.outcome;
      await fan.run(30, 10);
      const { states } = await fan.progress(1);
      const cleared = (await announcing(fan.deps).announcements.get(1))?.announcement.cleared;
      const verdict = `${fan.got.length} ${await owed(fan)} ${JSON.stringify(states)} ${JSON.stringify(statesIn(fan, 1))} ${cleared !== undefined}`;
      return { calls, verdict };
    };
    const good = await judge(new Map());
    expect(good.verdict).toBe('0 0 {"cancelled":3} {"cancelled":3} true');
    expect(good.calls).toBeGreaterThan(60);
    const bad: string[] = [];
    let cases = 0;
    for (let at = 0; at < good.calls; at += 1)
      // Two of the four at each call, in turn.
      for (const fault of FAULTS.filter((_, index) => (at + index) % 2 === 0)) {
        cases += 1;
        const { verdict } = await judge(new Map([[at, fault]]));
        if (verdict !== good.verdict) bad.push(`${at} ${fault}: ${verdict}`);
      }
    console.log(`faults, cancellation: ${cases} cases, ${bad.length} violations`);
    expect(bad.slice(0, 10)).toEqual([]);
  });
});

describe('a paused announcement', () => {
  it('waits in the outboxes, and goes on from there', async () => {
    const fan = await waiting();
    await fan.act(1, 'paused');
    delete fan.hook.outcome;
    await fan.run(60, 5);
    expect(fan.got).toEqual([]);
    expect((await fan.progress(1)).states).toEqual({ handed: 3 });
    await fan.act(1, 'running');
    await fan.run(15);
    expect(fan.got).toHaveLength(3);
    expect((await fan.progress(1)).states).toEqual({ accepted: 3 });
  });
});
