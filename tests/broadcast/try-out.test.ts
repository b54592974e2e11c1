/** A test of an announcement: to who agreed to get tests and to nobody else, marked, and counted nowhere. */
import { describe, expect, it } from 'vitest';
import { MOST_TESTS, tryOut, whyNotTried } from '../../functions/runtime/try-out.ts';
import { createFan, type Fan, phoneOf, times } from './fan.ts';

async function city(): Promise<{ fan: Fan; hash: string }> {
  const fan = createFan();
  await fan.joined(1);
  const hash = await fan.joined(2, { lists: ['essais'], muted: ['visit'] });
  return { fan, hash };
}
/** Written, and not to go out for a long time. */
const draft = (fan: Fan, more = {}) => fan.planned(more, new Date('2026-12-30T09:00:00.000Z'));

describe('a test', () => {
  it('goes to a tester within two minutes, marked, at any hour', async () => {
    const { fan } = await city();
    fan.clock.now = new Date('2026-11-29T21:00:00.000Z');
    const announcement = await draft(fan);
    expect(await tryOut(fan.deps, announcement, phoneOf(2), 'agent@exemple')).toBe('outbox');
    await fan.run(2);
    expect(fan.got.map(({ text }) => text)).toEqual([
      '[essai] Ville de Clichy: visite du quartier avec Mme la Maire samedi 28 a 10h, square du Chene Pointu Fin: STOP',
    ]);
    // Another day, another text: as often as they like.
    await tryOut(fan.deps, announcement, phoneOf(2), 'agent@exemple');
    await fan.run(3);
    expect(times(fan, 2)).toBe(2);
  });

  it('of one of many announcements, as often as they like', async () => {
    const { fan } = await city();
    const announcement = { ...(await draft(fan)), number: 1300, id: 'A-2026-1300' };
    for (let count = 1; count <= 3; count += 1) {
      await tryOut(fan.deps, announcement, phoneOf(2), 'agent@exemple');
      await fan.run(2);
      expect(times(fan, 2)).toBe(count);
    }
  });

  it('of a survey shows its first question, and answers to it go nowhere', async () => {
    const { fan, hash } = await city();
    const before = (await fan.deps.turns.find(hash))?.session;
    const announcement = await draft(fan, { kind: 'survey', survey: 'square' });
    await tryOut(fan.deps, announcement, phoneOf(2), 'agent@exemple');
    await fan.run(2);
    expect(fan.got[0]?.text).toMatch(/^\[essai\] Ville de Clichy: visite.*1 oui 2 plus tard/);
    const after = (await fan.deps.turns.find(hash))?.session;
    expect({ ...after, met: before?.met }).toEqual({ ...before, met: before?.met });
  });

  it('so many an hour of one agent, and then no more until the next', async () => {
    const { fan } = await city();
    const announcement = await draft(fan);
    const tried = (by: string) => tryOut(fan.deps, announcement, phoneOf(2), by);
    const said: string[] = [];
    for (let count = 0; count <= MOST_TESTS; count += 1) said.push(await tried('agent@exemple'));
    expect(said).toEqual([...Array(MOST_TESTS).fill('outbox'), 'too-often']);
    expect(await tried('chef@exemple')).toBe('outbox');
    fan.clock.now = new Date(fan.clock.now.getTime() + 3_600_000);
    expect(await tried('agent@exemple')).toBe('outbox');
  });

  it.each([
    ['done', true],
    ['cancelled', true],
    ['draft', false],
    ['paused', false],
  ] as const)('of one that is %s: refused %s', async (state, refused) => {
    const { fan } = await city();
    expect(whyNotTried({ ...(await draft(fan)), state }) !== undefined).toBe(refused);
  });

  it('counts in no week and stands in no ledger', async () => {
    const { fan, hash } = await city();
    const announcement = await draft(fan);
    await tryOut(fan.deps, announcement, phoneOf(2), 'agent@exemple');
    await fan.run(2);
    expect((await fan.progress(announcement.number)).planned).toBe(0);
    expect((await fan.deps.turns.find(hash))?.session.pushed).toBeUndefined();
  });

  it('goes to nobody who did not agree to it, known or not', async () => {
    const { fan } = await city();
    await fan.joined(3, { lists: ['essais'], consent: 'stopped' });
    const announcement = await draft(fan);
    for (const phone of [1, 3, 4])
      expect(await tryOut(fan.deps, announcement, phoneOf(phone), 'agent@exemple')).toBe('not-a-tester');
    await fan.run(3);
    expect(fan.got).toEqual([]);
  });

  it('is all that the list is for: what goes to everyone does not go to it', async () => {
    const { fan } = await city();
    await fan.deps.lists.define({
      ...{ id: 'essais', name: 'Essais', purpose: 'Recevoir les essais', basis: 'consent', by: 'agent' },
      at: fan.clock.now.toISOString(),
    });
    await fan.planned({ kind: 'info' });
    await fan.run(3);
    expect([times(fan, 1), times(fan, 2)]).toEqual([1, 0]);
  });
});
