/** A reminder reaches those who were told and are silent, nobody else, and whoever answers first is left out. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../conversations/announcement.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { reminderOf } from '../../conversations/reminder.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { countAudience } from '../../functions/runtime/count-audience.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { aroundAt, made } from '../support/announcements.ts';
import { createFan, type Fan, phoneOf, times } from './fan.ts';

const PHONES = [1, 2, 3, 4, 5, 6, 7];
let events = 0;
const say = (fan: Fan, phone: number, text: string) =>
  takeTurn(fan.deps, phoneOf(phone), { type: 'said', id: `m${++events}`, channel: 'sms', text }, 'response');

/**
 * Told of a survey: 1 is silent, 2 has answered, 3 has said no, 4 has begun, 5 was never told, 6 did not get it, 7 let it
 * run out.
 */
async function told(): Promise<Fan> {
  const fan = createFan();
  for (const phone of PHONES)
    await fan.joined(phone, phone === 5 ? { pushed: ['2026-11-23#91', '2026-11-24#92'] } : {});
  const refused = { kind: 'rejected', code: '30006', cause: 'permanent' } as const;
  fan.hook.outcome = (to) => (to === phoneOf(6) ? refused : undefined);
  await fan.planned({ kind: 'survey', survey: 'square' });
  await fan.run(2);
  for (const text of ['1', '1', '1', '4', '0']) await say(fan, 2, text);
  await say(fan, 3, '3');
  for (const text of ['1', '1']) await say(fan, 4, text);
  delete fan.hook.outcome;
  return fan;
}

const remind = async (fan: Fan, begins = fan.clock.now): Promise<number> => {
  const kept = await announcing(fan.deps).announcements.get(1);
  const reminder = kept && reminderOf(kept.announcement);
  if (!reminder || 'refused' in reminder) throw new Error(JSON.stringify(reminder));
  return (await fan.planned(reminder.draft, begins)).number;
};

describe('a reminder', () => {
  it('goes to those who were told and are silent, and as many are counted', async () => {
    const fan = await told();
    const before = PHONES.map((phone) => times(fan, phone));
    expect(before).toEqual([1, 1, 1, 1, 0, 0, 1]);
    const audience = { told: 'A-2026-001', and: 'silent' } as const;
    const counted = await countAudience(fan.deps, audience, { kind: 'survey', survey: 'square' });
    expect(counted).toMatchObject({ all: 2, reached: 2 });
    const number = await remind(fan);
    await fan.run(4);
    expect(PHONES.map((phone) => times(fan, phone))).toEqual([2, 1, 1, 1, 0, 0, 2]);
    expect(await fan.progress(number)).toMatchObject({ planned: 2, states: { accepted: 2 } });
  });

  it('also when the invitation has run out, but not twice in a week that is full', async () => {
    const fan = await told();
    fan.clock.now = new Date('2026-12-03T09:00:00.000Z');
    await fan.look();
    expect((await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(1))))?.session.survey).toBeUndefined();
    await fan.joined(7, { pushed: ['2026-12-01#91', '2026-12-02#92'] });
    const number = await remind(fan);
    await fan.run(4);
    expect([times(fan, 1), times(fan, 7)]).toEqual([2, 1]);
    expect((await fan.progress(number)).held).toEqual({ pressure: 1 });
  });

  it('leaves out who answers between the count and the sending', async () => {
    const fan = await told();
    await remind(fan, new Date('2026-11-24T10:00:00.000Z'));
    for (const text of ['1', '1', '1', '4', '0']) await say(fan, 1, text);
    await fan.run(90, 5);
    expect([times(fan, 1), times(fan, 7)]).toEqual([1, 2]);
  });
});

describe('what nothing reminds of', () => {
  it.each<[string, Partial<Draft>, RegExp]>([
    ['an information', { kind: 'info' }, /n'attend pas de réponse/],
    ['what is urgent', { kind: 'urgent' }, /n'attend pas de réponse/],
    ['a visit nobody answers', { kind: 'visit' }, /n'attend pas de réponse/],
    ['the reminder of a visit', { visit: 'V-2026-001', about: 'reminder' }, /n'attend pas de réponse/],
    [
      'a reminder',
      { kind: 'survey', survey: 'square', audience: { told: 'A-2026-009', and: 'silent' } },
      /elle-même/,
    ],
    ['what is not done', { kind: 'survey', survey: 'square' }, /n'est pas terminée/],
  ])('%s', (_, draft, says) => {
    expect(reminderOf(made(draft))).toEqual({ refused: expect.stringMatching(says) });
  });

  it('what is not noted as the reminder is an error', () => {
    const around = aroundAt(new Date('2026-11-24T09:00:00.000Z'));
    const rules = (reminders: Record<string, string>) =>
      lintAnnouncement(
        made({ kind: 'survey', survey: 'square', audience: { told: 'A-2026-009', and: 'silent' } }),
        {
          ...around,
          reminders,
        },
      )
        .filter(({ severity }) => severity === 'error')
        .map(({ rule }) => rule);
    expect(rules({})).toEqual(['reminder']);
    expect(rules({ 'A-2026-009': 'A-2026-010' })).toEqual(['reminder']);
    expect(rules({ 'A-2026-009': 'A-2026-001' })).toEqual([]);
  });
});
