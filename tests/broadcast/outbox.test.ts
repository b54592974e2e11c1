/** What of an announcement waits in an outbox: what they say meanwhile counts, and nobody's answer waits behind it. */
import { describe, expect, it } from 'vitest';
import { announcing } from '../../functions/runtime/announcing.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createFan, type Fan, MINUTE, phoneOf, times } from './fan.ts';

const say = (fan: Fan, phone: number, text: string, id = `m-${text}`) =>
  takeTurn(fan.deps, phoneOf(phone), { type: 'said', id, channel: 'sms', text }, 'api');
const rowOf = (fan: Fan, phone: number, number = 1) =>
  announcing(fan.deps).ledger.get(number, fan.deps.hashes.address(phoneOf(phone)));
/** Said in a turn, and put off by the provider. */
const putOff = async (fan: Fan, after = 600): Promise<void> => {
  fan.hook.outcome = () => ({ kind: 'throttled', after });
  await fan.look();
  delete fan.hook.outcome;
};
const announced = (fan: Fan) => fan.got.filter(({ text }) => text.includes('visite du quartier'));

describe('an announcement in an outbox', () => {
  it('does not go out to who stopped its kind meanwhile', async () => {
    const fan = createFan();
    await fan.joined(1);
    await fan.joined(2);
    await fan.planned({ kind: 'visit' });
    await putOff(fan);
    await say(fan, 1, 'STOP VISITE');
    await fan.run(60, 5);
    expect(announced(fan).map(({ to }) => to)).toEqual([phoneOf(2)]);
    expect(await rowOf(fan, 1)).toMatchObject({ state: 'held', why: 'muted' });
    // Nor does it fill their week.
    const item = await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(1)));
    expect(item?.session.pushed).toBeUndefined();
  });

  it('that reminds of a survey does not go out to who went through it meanwhile', async () => {
    const fan = createFan();
    await fan.joined(1);
    await fan.planned({ kind: 'survey', survey: 'square' });
    await putOff(fan);
    const item = await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(1)));
    if (!item) throw new Error('gone');
    const { survey: _, ...session } = item.session;
    const ended = { square: { end: 'done' as const, at: fan.clock.now.toISOString(), revision: 1 } };
    expect(await fan.deps.turns.rewrite(item, { ...session, ended })).toBe(true);
    await fan.run(60, 5);
    expect(fan.got).toEqual([]);
    expect(await rowOf(fan, 1)).toMatchObject({ state: 'held', why: 'answered' });
  });

  it('waits for the morning beside something urgent that goes at night', async () => {
    const fan = createFan({ at: '2026-11-24T18:59:00.000Z' });
    await fan.joined(1);
    await fan.planned({ kind: 'info' });
    await putOff(fan);
    fan.clock.now = new Date('2026-11-24T22:00:00.000Z');
    const urgent = { kind: 'urgent' as const, reason: 'eau', texts: { fr: 'Ville de Clichy: coupure' } };
    await fan.planned(urgent);
    await fan.run(10);
    expect(fan.got.map(({ text }) => text)).toEqual(['Ville de Clichy: coupure Fin: STOP']);
    fan.clock.now = new Date('2026-11-25T07:31:00.000Z');
    await fan.run(10);
    expect(times(fan, 1)).toBe(2);
    expect((await fan.progress(1)).states).toEqual({ accepted: 1 });
  });

  it('that is paused keeps nobody from being answered', async () => {
    const fan = createFan();
    await fan.joined(1);
    await fan.planned();
    await putOff(fan);
    await fan.act(1, 'paused');
    await say(fan, 1, 'AIDE');
    await fan.run(20);
    expect(fan.got).toHaveLength(1);
    expect(announced(fan)).toEqual([]);
    fan.clock.now = new Date(fan.clock.now.getTime() + MINUTE);
    await fan.act(1, 'running');
    await fan.run(30);
    expect(announced(fan)).toHaveLength(1);
    expect(fan.got).toHaveLength(2);
  });
});
