import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followUps } from '../../conversations/follow-up.ts';
import { DAY, inParis, nextPermitted, parisMoment, parisTime } from '../../conversations/hours.ts';

const sending = { zone: 'Europe/Paris', from: '08:30', to: '20:00' } as const;
const FROM = parisMoment('2026-03-02', '09:00');
const times = (day: string, time: string, from = FROM) =>
  Object.fromEntries(
    followUps({ day, begins: parisMoment(day, time) }, sending, from).map(({ name, at }) => [
      name,
      at && parisTime(at),
    ]),
  );

describe('what follows an event', () => {
  it('seven days before, the evening before, two days after', () => {
    expect(times('2026-03-18', '10:00')).toEqual({
      week: '2026-03-11T18:00',
      eve: '2026-03-17T18:00',
      after: '2026-03-20T10:00',
    });
  });

  it.each([
    ['a Monday: on Saturday evening, not on Sunday', '2026-03-16', '2026-03-14T19:00'],
    ['the Tuesday after Easter: on the Saturday before', '2026-04-07', '2026-04-04T19:00'],
    ['the second of January', '2027-01-02', '2026-12-31T19:00'],
    ['the day after the clocks change', '2026-03-30', '2026-03-28T19:00'],
  ])('%s', (_, day, eve) => {
    expect(times(day, '10:00').eve).toBe(eve);
  });

  it('two days after a Friday is the Monday', () => {
    expect(times('2026-03-20', '10:00').after).toBe('2026-03-23T10:00'.replace('10:00', '08:30'));
  });

  it('opened too late there is none, and that is said', () => {
    const saturday = parisMoment('2026-03-14', '20:30');
    expect(times('2026-03-16', '10:00', saturday)).toEqual({ eve: undefined, after: '2026-03-18T10:00' });
  });

  it('always in permitted hours, always before the event, never before it was opened', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 * 365 }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: 0, max: 20 * 24 }),
        (days, minute, hours) => {
          const day = inParis(new Date(FROM.getTime() + days * DAY)).date;
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const begins = parisMoment(day, time);
          const from = new Date(begins.getTime() - hours * 3_600_000);
          for (const { name, at, wished } of followUps({ day, begins }, sending, from)) {
            if (!at) continue;
            expect(nextPermitted(at, sending)).toEqual(at);
            if (name === 'after') continue;
            expect(at.getTime()).toBeLessThanOrEqual(wished.getTime());
            expect(at.getTime()).toBeLessThan(begins.getTime());
            expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
