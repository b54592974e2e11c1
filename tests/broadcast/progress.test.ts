/**
 * The progress of an announcement is its ledger: at every call of a worker's, whatever fails, the totals are the rows
 * reckoned by hand, every message that the provider took has its row, and the report's lines add up to the totals.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldOf, reportOf } from '../../functions/runtime/announcement-report.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import type { Item } from '../../functions/store/db.ts';
import { createLedger, type Progress } from '../../functions/store/ledger.ts';
import { FAULTS, type Fault } from '../faults/faulty.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { createFan, type Fan, phoneOf } from './fan.ts';

const PHONES = [1, 2, 3, 4, 5, 6, 7, 8];
const PEOPLE: Record<number, Parameters<Fan['joined']>[1]> = {
  3: { muted: ['visit'] },
  5: { consent: 'stopped' },
  7: { language: 'tr', lists: ['chene', 'haut'] },
};
let events = 0;
const say = (fan: Fan, phone: number, text: string) =>
  takeTurn(fan.deps, phoneOf(phone), { type: 'said', id: `m${++events}`, channel: 'sms', text }, 'response');

const rowsIn = (items: Iterable<Item>, number: number): Item[] =>
  [...items].filter(({ pk }) => new RegExp(`^announced#${number}#[0-9a-f]$`).test(String(pk)));

/** From the items as they lie in the table, not by the store's own code. */
function byHand(rows: Item[]): Progress {
  const tally = (of: (row: Item) => unknown): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const row of rows) {
      const name = of(row);
      if (name !== undefined) counts[String(name)] = (counts[String(name)] ?? 0) + 1;
    }
    return counts;
  };
  const gone = ['unknown', 'accepted', 'sent', 'delivered'];
  const marked = (what: string): number => rows.filter((row) => row[what] !== undefined).length;
  return {
    planned: rows.length,
    states: tally(({ state }) => state),
    held: tally(({ state, why }) => (state === 'held' ? (why ?? '') : undefined)),
    failed: tally(({ state, cause, code }) => (state === 'failed' ? (cause ?? code ?? '') : undefined)),
    channels: tally(({ state, channel }) => (gone.includes(String(state)) ? (channel ?? '') : undefined)),
    marks: { replied: marked('replied'), stopped: marked('stopped'), done: marked('done') },
  };
}

/** At one instant: nothing moves while it is read. */
async function check(fan: Fan, number: number): Promise<void> {
  const copy = createMemoryDb();
  for (const [key, item] of fan.db.items) copy.items.set(key, structuredClone(item));
  const got = fan.got.map(({ delivery }) => delivery);
  const ledger = createLedger(copy, 90);
  const rows = rowsIn(copy.items.values(), number);
  const progress = await ledger.progress(number);
  expect(progress).toEqual(byHand(rows));
  const { city } = fan.deps.world;
  const announcement = (await announcing(fan.deps).announcements.get(number))?.announcement;
  if (!announcement) throw new Error('there is none');
  const report = await reportOf(announcement, { ledger, city });
  expect(report.progress).toEqual(progress);
  const sum = (of: 'planned' | 'reached' | 'held' | 'failed' | 'delivered') =>
    report.lines.reduce((all, line) => all + line[of], 0);
  expect(sum('planned')).toBe(progress.planned);
  expect(sum('held')).toBe(progress.states.held ?? 0);
  expect(sum('failed')).toBe(progress.states.failed ?? 0);
  expect(sum('reached')).toBe(Object.values(progress.channels).reduce((all, each) => all + each, 0));
  for (const delivery of got) {
    const [hash, event] = delivery.split('.');
    const row = rows.find(({ sk }) => sk === hash);
    expect(row?.event).toBe(event);
    expect(['held', 'cancelled', 'failed']).not.toContain(row?.state);
  }
}

async function play(plan: Map<number, Fault>): Promise<number> {
  const fan = createFan({ faults: { count: 0, plan } });
  for (const phone of PHONES) await fan.joined(phone, PEOPLE[phone]);
  const { number } = await fan.planned();
  let looks = 0;
  let failed: unknown;
  fan.hook.beforeCall = async () => {
    looks += 1;
    await check(fan, number).catch((error) => {
      failed ??= error;
    });
  };
  await fan.run(6, 2);
  const first = fan.got[0];
  if (first) {
    await receipt(fan.deps, {
      kind: 'receipt',
      delivery: first.delivery,
      state: 'delivered',
      provider: 'twilio',
    });
    await check(fan, number);
    for (const text of ['AIDE', 'STOP']) {
      await takeTurn(
        fan.deps,
        first.to,
        { type: 'said', id: `m${++events}`, channel: 'sms', text },
        'response',
      );
      await check(fan, number);
    }
  }
  await fan.run(12, 3);
  if (failed) throw failed;
  return looks;
}

describe('the totals are the ledger', () => {
  it('at every call, with faults anywhere', { timeout: 300_000 }, async () => {
    const calls = await play(new Map());
    expect(calls).toBeGreaterThan(80);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(calls * 2), fc.constantFrom(...FAULTS)), { maxLength: 6 }),
        async (faults) => void (await play(new Map(faults))),
      ),
      { numRuns: 25 },
    );
  });

  it('with what residents do after it', async () => {
    const fan = createFan();
    for (const phone of PHONES) await fan.joined(phone);
    const { number } = await fan.planned({ kind: 'survey', survey: 'square' });
    await fan.run(2);
    await say(fan, 1, 'AIDE');
    await say(fan, 1, 'HORAIRES');
    await say(fan, 2, 'STOP');
    await say(fan, 2, 'pourquoi');
    for (const text of ['1', '1', '1', '4', '0']) await say(fan, 3, text);
    await takeTurn(fan.deps, phoneOf(4), { type: 'stopped', id: 'p-1', by: 'provider' }, 'api');
    expect((await fan.progress(number)).marks).toEqual({ replied: 2, stopped: 2, done: 1 });
    await check(fan, number);
    // A week later what they write is about something else.
    fan.clock.now = new Date('2026-12-02T09:00:00.000Z');
    await say(fan, 5, 'AIDE');
    expect((await fan.progress(number)).marks.replied).toBe(2);
    // Of two within a week it is the last one's.
    const later = await fan.planned();
    await fan.run(2);
    await say(fan, 1, 'AIDE');
    expect((await fan.progress(later.number)).marks.replied).toBe(1);
    expect((await fan.progress(number)).marks.replied).toBe(2);
  });

  it('with what it cost: parts that a provider took, in the language of each', async () => {
    const fan = createFan();
    await fan.joined(1);
    await fan.joined(2, { language: 'ar' });
    await fan.joined(3, { muted: ['visit'] });
    const announcement = await fan.planned({
      texts: { fr: 'Ville de Clichy: visite samedi', ar: `بلدية كليشي: ${'زيارة '.repeat(12)}` },
    });
    await fan.run(2);
    const { ledger } = announcing(fan.deps);
    const { lines } = await reportOf(announcement, { ledger, city: fan.deps.world.city });
    expect(lines).toMatchObject([
      { language: 'ar', planned: 1, reached: 1, parts: 2, euros: 0.16 },
      { language: 'fr', planned: 2, reached: 1, held: 1, parts: 1, euros: 0.08 },
    ]);
  });

  it('lists who was held and why, by our own id of them', async () => {
    const fan = createFan();
    await fan.joined(1);
    const hash = await fan.joined(2, { pushed: ['2026-11-23#91', '2026-11-24#92'] });
    await fan.joined(3, { muted: ['visit'] });
    const { number } = await fan.planned();
    await fan.run(2);
    const held: object[] = [];
    const residentOf = async (each: string) => (await fan.deps.turns.find(each))?.session.id;
    for await (const row of heldOf(number, { ledger: announcing(fan.deps).ledger, residentOf }))
      held.push(row);
    const id = (await fan.deps.turns.find(hash))?.session.id;
    expect(held).toHaveLength(2);
    expect(held).toContainEqual({
      resident: id,
      why: 'pressure',
      at: '2026-11-24T09:00:00.000Z',
      language: 'fr',
    });
    expect(JSON.stringify(held)).not.toContain('+33');
  });

  it('is still told of who was tied to another address since, and forgets them when they are erased', async () => {
    const fan = createFan();
    const [first, second] = [await fan.joined(1), await fan.joined(2)];
    const { number } = await fan.planned();
    await fan.run(2);
    const code = /LIEN%20(\d{8})/.exec((await replyTo(fan, 1, 'WHATSAPP')) ?? '')?.[1];
    await say(fan, 2, `LIEN ${code}`);
    const item = await fan.deps.turns.find(second);
    expect(item?.hash).toBe(first);
    await say(fan, 2, 'STOP');
    expect((await fan.progress(number)).marks.stopped).toBe(1);
    await takeTurn(fan.deps, phoneOf(2), { type: 'retired', id: 'r-1' }, 'api');
    expect(rowsIn(fan.db.items.values(), number)).toEqual([]);
  });
});

async function replyTo(fan: Fan, phone: number, text: string): Promise<string | undefined> {
  await say(fan, phone, text);
  return (await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(phone))))?.reply?.text;
}
