/** Whom an announcement is for: every filter, the lists that staff made, and who leaves the audience on the way. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../conversations/announcement.ts';
import type { Session } from '../../conversations/session.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { countAudience } from '../../functions/runtime/count-audience.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createFan, type Fan, phoneOf, times } from './fan.ts';

const done = { square: { revision: 1, end: 'done' as const, at: '2026-11-20T09:00:00.000Z' } };
/** Phone by phone; the first differs from each of the others in one thing. */
const PEOPLE: Partial<Session>[] = [
  { lists: ['chene', 'delegues'], age: '18-24', heard: '2026-11-20', language: 'tr', ended: done },
  { lists: ['chene'], age: '25-59', heard: '2026-11-20', language: 'tr', ended: done },
  { lists: ['delegues'], age: '18-24', heard: '2026-11-20', language: 'fr', ended: done },
  { lists: ['delegues'], age: '18-24', heard: '2026-06-01', language: 'tr', ended: done },
  { lists: ['delegues'], age: '18-24', heard: '2026-11-20', language: 'tr', quartier: 'bas' },
  { lists: ['chene'], age: '60+', heard: '2026-11-20', channel: 'whatsapp' },
];

async function city(): Promise<Fan> {
  const fan = createFan();
  await fan.deps.lists.define({
    id: 'delegues',
    name: 'Délégués de classe',
    purpose: 'Préparer le conseil des jeunes',
    basis: 'consent',
    at: fan.clock.now.toISOString(),
    by: 'service jeunesse',
  });
  for (const [phone, more] of PEOPLE.entries()) await fan.joined(phone, more);
  return fan;
}

const told = (fan: Fan): number[] => PEOPLE.map((_, phone) => phone).filter((phone) => times(fan, phone) > 0);

describe('an announcement goes to', () => {
  it.each<[string, Draft['audience'], number[]]>([
    ['everyone, those on a list that staff made among them', {}, [0, 1, 2, 3, 4, 5]],
    ['that list', { lists: ['delegues'] }, [0, 2, 3, 4]],
    ['two lists, once', { lists: ['delegues', 'chene'] }, [0, 1, 2, 3, 4, 5]],
    ['ages', { ages: ['25-59', '60+'] }, [1, 5]],
    ['languages', { languages: ['tr'] }, [0, 1, 3, 4]],
    ['quartiers', { quartiers: ['bas'] }, [4]],
    ['channels', { channels: ['whatsapp'] }, [5]],
    ['who wrote lately', { activeSince: '2026-11-01' }, [0, 1, 2, 4, 5]],
    ['who did not', { silentSince: '2026-11-01' }, [3]],
    ['who answered a survey', { answered: { survey: 'square', did: true } }, [0, 1, 2, 3]],
    ['who did not answer it', { answered: { survey: 'square', did: false } }, [4, 5]],
    [
      'all at once',
      { lists: ['delegues'], ages: ['18-24'], languages: ['tr'], activeSince: '2026-11-01' },
      [0, 4],
    ],
  ])('%s, and as many are counted', async (_, audience, wanted) => {
    const fan = await city();
    const counted = await countAudience(fan.deps, audience, { kind: 'visit' });
    const { number } = await fan.planned({ audience });
    await fan.run(4);
    expect(told(fan)).toEqual(wanted);
    expect(fan.got).toHaveLength(wanted.length);
    expect((await fan.progress(number)).planned).toBe(wanted.length);
    expect(counted).toMatchObject({ all: wanted.length, reached: wanted.length });
  });

  it('nobody who has left the audience before their turn', async () => {
    const fan = await city();
    await fan.planned({ audience: { silentSince: '2026-11-24' } }, new Date('2026-11-24T10:00:00.000Z'));
    await takeTurn(
      fan.deps,
      phoneOf(1),
      { type: 'said', id: 'm-1', channel: 'sms', text: 'AIDE' },
      'response',
    );
    await fan.run(90, 5);
    expect(told(fan)).toEqual([0, 2, 3, 4, 5]);
  });

  it('nobody who leaves it between the claim and the turn: held, with the reason', async () => {
    const fan = await city();
    const { number } = await fan.planned({ audience: { silentSince: '2026-11-24' } });
    const hash = fan.deps.hashes.address(phoneOf(1));
    let written = false;
    fan.hook.beforeCall = async () => {
      if (written || !(await announcing(fan.deps).ledger.get(number, hash))) return;
      written = true;
      await takeTurn(
        fan.deps,
        phoneOf(1),
        { type: 'said', id: 'm-1', channel: 'sms', text: 'AIDE' },
        'response',
      );
    };
    await fan.run(8);
    expect(written).toBe(true);
    expect(times(fan, 1)).toBe(0);
    expect(await fan.progress(number)).toMatchObject({ planned: 6, held: { changed: 1 } });
    expect((await announcing(fan.deps).announcements.get(number))?.announcement.state).toBe('done');
  });

  it('everyone who was meant when they were told, whatever they have done since', async () => {
    const fan = await city();
    const { number } = await fan.planned({ audience: { silentSince: '2026-11-24' } });
    // What is noted after the message is lost with the worker, and the resident answers before anyone looks again.
    let failing = true;
    const { update } = fan.db;
    fan.db.update = async (key, ...how) => {
      if (failing && /^announced#\d+#[0-9a-f]$/.test(key.pk)) throw new Error('throttled');
      return update(key, ...how);
    };
    await fan.look();
    failing = false;
    await takeTurn(
      fan.deps,
      phoneOf(1),
      { type: 'said', id: 'm-1', channel: 'sms', text: 'AIDE' },
      'response',
    );
    await fan.run(20);
    expect(fan.got.filter(({ to }) => to === phoneOf(1))).toHaveLength(1);
    expect((await fan.progress(number)).states).toEqual({ accepted: 6 });
  });
});
