/** An announcement to many: everyone once, nobody who does not want it, in its hours, and stopped when staff say so. */
import { describe, expect, it } from 'vitest';
import { parisMoment, parisTime } from '../../conversations/hours.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { localWorld } from '../../infra/local/city.ts';
import { createFan, phoneOf, statesIn, times } from './fan.ts';

const { limits: shipped } = localWorld().city;
const limits = { ...shipped, perSecond: { 'twilio-sms': 10 } };
const everyone = Array.from({ length: 30 }, (_, index) => index);

describe('an announcement goes out', () => {
  it('to everyone once, and ends', async () => {
    const fan = createFan();
    for (const phone of everyone) await fan.joined(phone);
    const { number } = await fan.planned();
    await fan.run(4);
    expect(everyone.map((phone) => times(fan, phone))).toEqual(everyone.map(() => 1));
    expect(fan.got[0]?.text).toMatch(/^Ville de Clichy.* Fin: STOP$/);
    expect(await fan.progress(number)).toEqual({
      planned: 30,
      states: { accepted: 30 },
      held: {},
      failed: {},
      channels: { sms: 30 },
      marks: { replied: 0, stopped: 0, done: 0 },
    });
    expect((await announcing(fan.deps).announcements.get(number))?.announcement.state).toBe('done');
    await fan.run(5);
    expect(fan.got).toHaveLength(30);
  });

  it('in pages larger than one, each list through several', async () => {
    const fan = createFan();
    for (let phone = 0; phone < 2100; phone += 1) await fan.joined(phone);
    const { number } = await fan.planned();
    await fan.run(3);
    expect(new Set(fan.got.map(({ to }) => to)).size).toBe(2100);
    expect(fan.got).toHaveLength(2100);
    expect((await fan.progress(number)).states).toEqual({ accepted: 2100 });
  });

  it('once to who is on two lists, and only to those it is for', async () => {
    const fan = createFan();
    await fan.joined(1, { lists: ['chene', 'haut'] });
    await fan.joined(2, { lists: ['haut'], quartier: 'haut' });
    await fan.joined(3, { lists: ['chene'], language: 'en' });
    const { number } = await fan.planned({ audience: { languages: ['fr'] } });
    await fan.run(3);
    expect([1, 2, 3].map((phone) => times(fan, phone))).toEqual([1, 1, 0]);
    expect((await fan.progress(number)).planned).toBe(2);
  });

  it('once to two addresses that are one person, also where they become one on the way', async () => {
    const fan = createFan();
    const first = await fan.joined(1);
    await fan.joined(2);
    const { number } = await fan.planned();
    await fan.look();
    expect(fan.got).toHaveLength(2);
    const second = createFan();
    const hash = await second.joined(1);
    await second.joined(2, { pushed: [] });
    const announcement = await second.planned();
    // The first has been told, and the second becomes theirs with what both have heard.
    const item = await second.deps.turns.find(hash);
    if (!item) throw new Error('gone');
    await takeTurn(
      second.deps,
      phoneOf(1),
      {
        type: 'linked',
        id: 'm-link',
        channel: 'sms',
        other: { ...item.session, id: 'other', pushed: [`2026-11-24#${announcement.number}`] },
      },
      'response',
    );
    await second.run(3);
    expect(times(second, 1)).toBe(0);
    expect((await second.progress(announcement.number)).held).toEqual({ told: 1 });
    expect((await announcing(fan.deps).ledger.get(number, first))?.state).toBe('accepted');
  });

  it('in the language of each, and begins a survey with its first question', async () => {
    const fan = createFan();
    await fan.joined(1);
    await fan.joined(2, { language: 'en' });
    await fan.planned({
      kind: 'survey',
      survey: 'square',
      texts: {
        fr: 'Ville de Clichy: votre avis sur le square',
        en: 'City of Clichy: your view of the square',
      },
    });
    await fan.run(2);
    const text = (phone: number) => fan.got.find(({ to }) => to === phoneOf(phone))?.text;
    expect(text(1)).toMatch(/^Ville de Clichy: votre avis sur le square Fin: STOP/);
    expect(text(2)).toMatch(/^City of Clichy: your view of the square End: STOP/);
    const item = await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(1)));
    expect(item?.session.survey).toMatchObject({ key: 'square', mode: 'push', source: 'A-2026-001' });
  });

  it('a receipt moves the row on, and never back', async () => {
    const fan = createFan();
    const hash = await fan.joined(1);
    const { number } = await fan.planned();
    await fan.run(1);
    const { delivery } = fan.got[0] as { delivery: string };
    await receipt(fan.deps, { kind: 'receipt', delivery, state: 'delivered', provider: 'twilio' });
    await receipt(fan.deps, { kind: 'receipt', delivery, state: 'sent', provider: 'twilio' });
    await receipt(fan.deps, {
      kind: 'receipt',
      delivery,
      state: 'failed',
      code: '30003',
      provider: 'twilio',
    });
    expect((await announcing(fan.deps).ledger.get(number, hash))?.state).toBe('delivered');
  });

  it('an erased resident leaves no row behind', async () => {
    const fan = createFan();
    const hash = await fan.joined(1);
    const { number } = await fan.planned();
    await fan.run(1);
    await takeTurn(fan.deps, phoneOf(1), { type: 'retired', id: 'r-1' }, 'api');
    expect(await announcing(fan.deps).ledger.get(number, hash)).toBeUndefined();
  });
});

describe('a provider that does not answer', () => {
  it('is asked again before it ends: everyone once', async () => {
    const fan = createFan({ faults: { count: 0, plan: new Map() } });
    for (let phone = 0; phone < 6; phone += 1) await fan.joined(phone);
    const { number } = await fan.planned();
    fan.hook.beforeSend = async () => {
      throw new Error('cut off');
    };
    for (let look = 0; look < 4; look += 1) await fan.look();
    expect((await fan.progress(number)).states).toEqual({ unknown: 6 });
    expect((await announcing(fan.deps).announcements.get(number))?.announcement.state).toBe('running');
    delete fan.hook.beforeSend;
    await fan.run(15);
    expect((await fan.progress(number)).states).toEqual({ accepted: 6 });
    expect(fan.got).toHaveLength(6);
    expect((await announcing(fan.deps).announcements.get(number))?.announcement.state).toBe('done');
  });
});

describe('who is not told', () => {
  it.each([
    ['stopped', { consent: 'stopped' as const }],
    ['no-consent', { consent: 'none' as const }],
    ['muted', { muted: ['visit' as const] }],
    ['relieved', { relieved: { channel: 'sms' as const, until: '2026-11-24T20:00:00.000Z' } }],
    ['pressure', { pushed: ['2026-11-19#91', '2026-11-24#92'] }],
  ])('%s', async (why, more) => {
    const fan = createFan();
    await fan.joined(1, more);
    await fan.joined(2);
    const { number } = await fan.planned();
    await fan.run(2);
    expect([times(fan, 1), times(fan, 2)]).toEqual([0, 1]);
    expect(await fan.progress(number)).toMatchObject({ planned: 2, held: { [why]: 1 } });
  });

  it.each([
    [
      'answered',
      { ended: { square: { revision: 1, end: 'done' as const, at: '2026-11-23T09:00:00.000Z' } } },
    ],
  ])('of a survey: %s', async (why, more) => {
    const fan = createFan();
    await fan.joined(1, more);
    const { number } = await fan.planned({ kind: 'survey', survey: 'square' });
    await fan.run(2);
    expect(fan.got).toEqual([]);
    expect((await fan.progress(number)).held).toEqual({ [why]: 1 });
  });

  it('the third of a week is held and listed; a week later there is room; what is urgent goes, and counts', async () => {
    const fan = createFan();
    await fan.joined(1);
    const numbers: number[] = [];
    for (const kind of ['info', 'visit', 'live'] as const) {
      numbers.push((await fan.planned({ kind })).number);
      await fan.run(2);
    }
    expect(times(fan, 1)).toBe(2);
    const last = await fan.progress(numbers[2] as number);
    expect(last.held).toEqual({ pressure: 1 });
    const urgent = await fan.planned({ kind: 'urgent', reason: 'fuite de gaz' });
    await fan.run(2);
    expect((await fan.progress(urgent.number)).states).toEqual({ accepted: 1 });
    fan.clock.now = new Date('2026-12-01T09:00:00.000Z');
    const later = await fan.planned({ kind: 'info' });
    await fan.run(2);
    expect((await fan.progress(later.number)).states).toEqual({ accepted: 1 });
  });

  it('STOP between the turn and the sending', async () => {
    const fan = createFan();
    const hash = await fan.joined(1);
    const { number } = await fan.planned();
    // The worker dies with the turn saved and nothing sent.
    fan.hook.beforeSend = async () => {
      throw new Error('gone');
    };
    await fan.look();
    delete fan.hook.beforeSend;
    await takeTurn(
      fan.deps,
      phoneOf(1),
      { type: 'said', id: 'm-stop', channel: 'sms', text: 'STOP' },
      'response',
    );
    await fan.run(20);
    expect(fan.got).toEqual([]);
    const row = await announcing(fan.deps).ledger.get(number, hash);
    expect(['unknown', 'held']).toContain(row?.state);
  });
});

describe('hours', () => {
  it.each([
    ['an evening', '2026-11-24', '21:00', '2026-11-25T08:30'],
    ['a Saturday evening', '2026-11-28', '21:00', '2026-11-30T08:30'],
    ['before the clocks go forward', '2026-03-28', '20:30', '2026-03-30T08:30'],
    ['before the clocks go back', '2026-10-24', '20:30', '2026-10-26T08:30'],
    ['before Easter', '2026-04-04', '20:00', '2026-04-07T08:30'],
    ['at the end of the year', '2026-12-31', '20:30', '2027-01-02T08:30'],
    // Of years that the shared table does not have.
    ['before the clocks go forward in 2030', '2030-03-30', '21:00', '2030-04-01T08:30'],
    ['before the clocks go back in 2030', '2030-10-26', '21:00', '2030-10-28T08:30'],
    ['before Easter in 2031', '2031-04-12', '21:00', '2031-04-15T08:30'],
    ['before Ascension in 2029', '2029-05-09', '21:00', '2029-05-11T08:30'],
    ['before a New Year on a Saturday', '2032-12-31', '21:00', '2033-01-03T08:30'],
    // A holiday in Alsace and Moselle only.
    ['on Christmas, and not on the day after', '2029-12-25', '10:00', '2029-12-26T08:30'],
  ])('%s waits', async (_, day, time, goes) => {
    const at = parisMoment(day, time);
    const fan = createFan({ at: at.toISOString() });
    await fan.joined(1);
    await fan.planned({}, at);
    await fan.run(5 * 24 * 60, 30);
    expect(fan.got).toHaveLength(1);
    expect(parisTime(fan.got[0]?.at as Date)).toBe(goes);
  });

  it('what is urgent does not', async () => {
    const at = parisMoment('2026-11-29', '03:00');
    const fan = createFan({ at: at.toISOString() });
    await fan.joined(1);
    await fan.planned({ kind: 'urgent', reason: 'fuite de gaz' }, at);
    await fan.run(2);
    expect(fan.got).toHaveLength(1);
  });

  it('what is under way stops at the end of the day, and goes on the next', async () => {
    const at = new Date(parisMoment('2026-11-24', '19:59').getTime() + 30_000);
    const fan = createFan({ at: at.toISOString(), limits: true, city: { limits } });
    for (const phone of everyone) await fan.joined(phone);
    const { number } = await fan.planned({}, at);
    await fan.run(20 * 60, 1 / 4);
    const late = fan.got.filter(({ at: when }) => {
      const time = parisTime(when).slice(11);
      return time < '08:30' || time >= '20:00';
    });
    expect(late).toEqual([]);
    expect(new Set(fan.got.map(({ at: when }) => parisTime(when).slice(0, 10)))).toEqual(
      new Set(['2026-11-24', '2026-11-25']),
    );
    expect((await fan.progress(number)).states).toEqual({ accepted: 30 });
    expect(fan.got).toHaveLength(30);
  }, 60_000);
});

describe('staff change their mind', () => {
  it('a pause stops within one page, and it goes on to everyone', async () => {
    const fan = createFan();
    for (let phone = 0; phone < 2100; phone += 1) await fan.joined(phone);
    const { number } = await fan.planned();
    let paused = 0;
    fan.hook.beforeSend = async () => {
      if (fan.got.length >= 150 && paused === 0) {
        paused = fan.got.length;
        await fan.act(number, 'paused');
      }
    };
    await fan.look();
    const before = fan.got.length;
    expect(before - paused).toBeLessThanOrEqual(100);
    await fan.run(10);
    expect(fan.got).toHaveLength(before);
    expect((await fan.progress(number)).states).toEqual(statesIn(fan, number));
    await fan.act(number, 'running');
    await fan.run(10);
    expect(fan.got).toHaveLength(2100);
    expect(new Set(fan.got.map(({ to }) => to)).size).toBe(2100);
  }, 60_000);

  it('a cancellation leaves no message behind, nor the survey it was to begin', async () => {
    const fan = createFan();
    for (const phone of everyone) await fan.joined(phone);
    const { number } = await fan.planned({ kind: 'survey', survey: 'square' });
    // The provider is away: everything waits in outboxes.
    const down = async (): Promise<void> => {
      throw new Error('the provider is away');
    };
    fan.hook.beforeSend = down;
    await fan.look();
    await fan.act(number, 'cancelled');
    delete fan.hook.beforeSend;
    await fan.run(2 * 24 * 60, 10);
    expect(fan.got).toEqual([]);
    for (const phone of everyone) {
      const item = await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(phone)));
      expect(item?.outbox).toEqual([]);
      expect(item?.session.survey).toBeUndefined();
      expect(item?.session.pushed).toBeUndefined();
    }
    const { states, planned } = await fan.progress(number);
    expect(states).toEqual({ cancelled: planned });
  }, 60_000);

  it('the totals are the ledger at every moment', async () => {
    const fan = createFan();
    for (const phone of everyone) await fan.joined(phone, phone % 5 === 0 ? { muted: ['visit'] } : {});
    const { number } = await fan.planned();
    let looks = 0;
    fan.hook.beforeSend = async () => {
      looks += 1;
      const { states, planned } = await fan.progress(number);
      expect(states).toEqual(statesIn(fan, number));
      expect(planned).toBe(Object.values(states).reduce((sum, count) => sum + count, 0));
    };
    await fan.run(3);
    expect(looks).toBe(24);
    expect((await fan.progress(number)).states).toEqual({ accepted: 24, held: 6 });
  });
});
