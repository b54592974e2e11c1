/**
 * An announcement to six residents with a fault at every call of the worker, the queue and the provider; STOP before
 * every call; a store that throttles. Everyone hears it once, the ledger says so, and the announcement ends.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { announcing } from '../../functions/runtime/announcing.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { FAULTS, type Fault } from '../faults/faulty.ts';
import { createFan, type Fan, phoneOf, statesIn, times } from './fan.ts';

const SIX = [1, 2, 3, 4, 5, 6];
const STOPPED = 4;

async function play(plan: Map<number, Fault> = new Map(), before?: (fan: Fan) => void): Promise<Fan> {
  const faults = { count: 0, plan };
  const fan = createFan({ faults });
  for (const phone of SIX)
    await fan.joined(phone, {
      ...(phone === STOPPED && { consent: 'stopped' as const }),
      ...(phone % 2 === 0 && { lists: ['chene', 'haut'] }),
    });
  await fan.planned();
  before?.(fan);
  await fan.run(24, 2);
  return fan;
}

const good = await play();
const CALLS = good.faults.count;

async function judge(fan: Fan): Promise<string | undefined> {
  const counts = SIX.map((phone) => times(fan, phone)).join('');
  if (counts !== '111011') return `told ${counts}`;
  const { states } = await fan.progress(1);
  if (!isDeepStrictEqual(states, statesIn(fan, 1))) return 'totals';
  if (states.accepted !== 5 || states.held !== 1) return JSON.stringify(states);
  const state = (await announcing(fan.deps).announcements.get(1))?.announcement.state;
  return state === 'done' ? undefined : `it is ${state}`;
}

describe('an announcement under faults', () => {
  it('goes well without any', async () => {
    expect(await judge(good)).toBeUndefined();
    expect(CALLS).toBeGreaterThan(100);
  });

  it('every single fault: nobody twice, nobody left out, nobody who stopped', {
    timeout: 900_000,
  }, async () => {
    const bad: string[] = [];
    let cases = 0;
    for (let at = 0; at < CALLS; at += 1)
      for (const fault of FAULTS) {
        cases += 1;
        const verdict = await judge(await play(new Map([[at, fault]])));
        if (verdict) bad.push(`${at} ${fault}: ${verdict}`);
      }
    console.log(`faults, announcement: ${cases} cases at ${CALLS} calls, ${bad.length} violations`);
    expect(bad.slice(0, 10)).toEqual([]);
  });

  it('STOP before any call: not a word after it', { timeout: 600_000 }, async () => {
    const bad: string[] = [];
    let calls = 1;
    for (let at = 0; at < calls; at += 1) {
      let count = 0;
      let heard: number | undefined;
      const fan = await play(new Map(), (made) => {
        made.hook.beforeCall = async () => {
          count += 1;
          if (count - 1 !== at) return;
          await takeTurn(
            made.deps,
            phoneOf(1),
            { type: 'said', id: 'm-stop', channel: 'sms', text: 'STOP' },
            'response',
          );
          heard = times(made, 1);
        };
      });
      calls = Math.max(calls, count);
      if (heard === undefined) continue;
      const others = SIX.slice(1)
        .map((phone) => times(fan, phone))
        .join('');
      if (times(fan, 1) !== heard || others !== '11011') bad.push(`${at}: ${times(fan, 1)} ${others}`);
    }
    console.log(`faults, STOP: ${calls} moments, ${bad.length} violations`);
    expect(bad).toEqual([]);
  });

  it('a store that throttles every third call for a while', { timeout: 60_000 }, async () => {
    const plan = new Map<number, Fault>();
    for (let at = 5; at < 400; at += 3) plan.set(at, 'error');
    const fan = await play(plan);
    await fan.run(360, 2);
    expect(fan.faults.count).toBeGreaterThan(400);
    expect(SIX.map((phone) => times(fan, phone)).join('')).toBe('111011');
    expect((await fan.progress(1)).planned).toBe(6);
  });
});
