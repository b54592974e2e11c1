/** A WhatsApp sender begins with so many residents in 24 hours: the others wait their turn, and nobody behind them does. */
import { describe, expect, it } from 'vitest';
import { DAY, nextPermitted, parisTime } from '../../conversations/hours.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { localWorld } from '../../infra/local/city.ts';
import { createFan, type Fan } from './fan.ts';

const { city } = localWorld();
const TIER = 10;
const MANY = 35;
const template = {
  purpose: 'visit' as const,
  category: 'MARKETING' as const,
  language: 'fr' as const,
  contentSid: `HX${'0'.repeat(32)}`,
  variables: { '1': 'text' as const },
};

async function begun(): Promise<Fan> {
  const limits = { ...city.limits, begunPerDay: { 'twilio-whatsapp': TIER }, dailyEuros: 1_000_000 };
  const fan = createFan({ limits: true, city: { limits, templates: [template] } });
  for (let phone = 0; phone < MANY; phone += 1) await fan.joined(phone, {}, 'whatsapp');
  for (let phone = MANY; phone < MANY + 5; phone += 1) await fan.joined(phone);
  await fan.planned();
  return fan;
}

describe('a tier of WhatsApp', () => {
  it('spreads an announcement over days, in permitted hours, to everyone once', {
    timeout: 120_000,
  }, async () => {
    const fan = await begun();
    await fan.run(5, 1 / 60);
    expect(fan.got.filter(({ to }) => to.startsWith('sms:'))).toHaveLength(5);
    const { states } = await fan.progress(1);
    expect(states).toEqual({ accepted: 5 + TIER, waiting: MANY - TIER });
    for (let day = 0; day < 6; day += 1) await fan.run(24 * 60, 10);
    const whatsapp = fan.got.filter(({ to }) => to.startsWith('whatsapp:'));
    expect(new Set(whatsapp.map(({ to }) => to)).size).toBe(MANY);
    expect(whatsapp).toHaveLength(MANY);
    for (const { at } of whatsapp) {
      expect(nextPermitted(at, city.sending)).toEqual(at);
      const within = whatsapp.filter((each) => each.at >= at && each.at.getTime() < at.getTime() + DAY);
      expect(within.length).toBeLessThanOrEqual(TIER);
    }
    expect(new Set(whatsapp.map(({ at }) => parisTime(at).slice(0, 10))).size).toBeGreaterThanOrEqual(4);
    expect((await fan.progress(1)).states).toEqual({ accepted: MANY + 5 });
    expect((await announcing(fan.deps).announcements.get(1))?.announcement.state).toBe('done');
  });

  it('does not count who may be written to freely', { timeout: 60_000 }, async () => {
    const fan = await begun();
    for (let phone = 0; phone < MANY; phone += 1) {
      const item = await fan.deps.turns.find(
        fan.deps.hashes.address(`whatsapp:+3363998${String(phone).padStart(4, '0')}`),
      );
      if (item)
        await fan.deps.turns.know(item, (known) => ({ ...known, heard: fan.clock.now.toISOString() }));
    }
    await fan.run(5, 1 / 60);
    expect((await fan.progress(1)).states).toEqual({ accepted: MANY + 5 });
  });

  it('who waits hears nothing after a cancellation', { timeout: 120_000 }, async () => {
    const fan = await begun();
    await fan.run(5, 1 / 60);
    await fan.act(1, 'cancelled');
    for (let day = 0; day < 3; day += 1) await fan.run(24 * 60, 10);
    expect(fan.got).toHaveLength(5 + TIER);
    const { states } = await fan.progress(1);
    expect(states).toEqual({ accepted: 5 + TIER, cancelled: MANY - TIER });
  });
});
