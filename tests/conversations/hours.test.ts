/** When the city may write first, the clock of Paris through both changes of the hour, and the public holidays. */
import Holidays from 'date-holidays';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import holidays from '../../conversations/holidays-fr.json';
import {
  DAY,
  dayName,
  HOUR,
  inParis,
  MINUTE,
  nextPermitted,
  nextWorkingDay,
  parisMoment,
} from '../../conversations/hours.ts';
import vectors from '../vectors/quiet-hours.json';

const { zone, from_: from, to } = vectors.policy;
const sending = { zone: zone as 'Europe/Paris', from, to };

const calendar = new Holidays('FR');
const publicHolidays = (year: number): string[] =>
  calendar
    .getHolidays(year, 'en')
    .filter(({ type }) => type === 'public')
    .map(({ date }) => date.slice(5, 10));
const isHoliday = (date: string): boolean => publicHolidays(Number(date.slice(0, 4))).includes(date.slice(5));

/** Any minute from 2024 to 2044. */
const anyMinute = fc
  .integer({ min: Date.UTC(2024, 0, 2) / MINUTE, max: Date.UTC(2044, 11, 30) / MINUTE })
  .map((minutes) => new Date(minutes * MINUTE));

describe('quiet-hours.json', () => {
  it.each(vectors.cases)('$at: allowed $allowed, next $next', ({ at, allowed, next }) => {
    const permitted = nextPermitted(new Date(at), sending);
    expect(permitted).toEqual(new Date(next));
    expect(permitted.getTime() === Date.parse(at)).toBe(allowed);
  });

  it.each(Object.entries(vectors.holidays))('the holidays of %s', (year, days) => {
    expect((holidays as Record<string, string[]>)[year]?.map((day) => `${year}-${day}`)).toEqual(days);
  });
});

describe('the next permitted moment', () => {
  it.each([
    ['the first minute of the morning', '2026-11-24', '08:30', '2026-11-24', '08:30'],
    ['one minute before', '2026-11-24', '08:29', '2026-11-24', '08:30'],
    ['the last minute of the evening', '2026-11-24', '19:59', '2026-11-24', '19:59'],
    ['one minute after', '2026-11-24', '20:00', '2026-11-25', '08:30'],
    ['midnight', '2026-11-24', '00:00', '2026-11-24', '08:30'],
    ['Saturday evening', '2026-11-21', '20:00', '2026-11-23', '08:30'],
    ['Sunday noon', '2026-11-22', '12:00', '2026-11-23', '08:30'],
    ['the eve of a holiday', '2026-12-24', '21:00', '2026-12-26', '08:30'],
    ['a holiday on a Saturday, before a Sunday', '2027-05-01', '10:00', '2027-05-03', '08:30'],
    ['the last evening of a year', '2026-12-31', '22:00', '2027-01-02', '08:30'],
    ['the night in which summer ends', '2026-10-24', '23:00', '2026-10-26', '08:30'],
    ['the night in which summer begins', '2027-03-27', '23:00', '2027-03-30', '08:30'],
  ])('%s', (_label, date, time, nextDate, nextTime) => {
    expect(nextPermitted(parisMoment(date, time), sending)).toEqual(parisMoment(nextDate, nextTime));
  });

  it('is permitted, not past, and the first one', () => {
    const permitted = (at: Date): boolean => {
      const { date, time, weekday } = inParis(at);
      return weekday !== 0 && !isHoliday(date) && time >= from && time < to;
    };
    fc.assert(
      fc.property(anyMinute, (at) => {
        const next = nextPermitted(at, sending);
        expect(permitted(next)).toBe(true);
        expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
        if (next > at) {
          expect(permitted(at)).toBe(false);
          expect(permitted(new Date(next.getTime() - MINUTE))).toBe(false);
          for (let hour = at.getTime(); hour < next.getTime(); hour += HOUR)
            expect(permitted(new Date(hour)), new Date(hour).toISOString()).toBe(false);
        } else expect(next).toEqual(at);
        expect(nextPermitted(next, sending)).toEqual(next);
      }),
      { numRuns: 500 },
    );
  });

  it('throws where no holidays are known, rather than write on one', () => {
    expect(() => nextPermitted(new Date('2046-06-01T10:00:00Z'), sending)).toThrow(/2046/);
  });
});

describe('the clock of Paris', () => {
  it.each([
    ['winter', '2026-12-01', '10:00', '2026-12-01T09:00:00Z'],
    ['summer', '2026-07-01', '10:00', '2026-07-01T08:00:00Z'],
    ['just before the clocks go back', '2026-10-25', '01:59', '2026-10-24T23:59:00Z'],
    ['just after the clocks went back', '2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
    ['the day after', '2026-10-26', '08:30', '2026-10-26T07:30:00Z'],
    ['just before the clocks go forward', '2027-03-28', '01:59', '2027-03-28T00:59:00Z'],
    ['in the hour that is skipped: one hour later', '2027-03-28', '02:30', '2027-03-28T01:30:00Z'],
    ['just after the clocks went forward', '2027-03-28', '03:00', '2027-03-28T01:00:00Z'],
    ['midnight at the year’s end', '2027-01-01', '00:00', '2026-12-31T23:00:00Z'],
  ])('%s', (_label, date, time, utc) => {
    expect(parisMoment(date, time)).toEqual(new Date(utc));
  });

  it('the hour that comes twice is one of the two', () => {
    const moment = parisMoment('2026-10-25', '02:30');
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(moment.toISOString());
    expect(inParis(moment)).toEqual({ date: '2026-10-25', time: '02:30', weekday: 0 });
  });

  it('and back again', () => {
    fc.assert(
      fc.property(anyMinute, (at) => {
        const { date, time, weekday } = inParis(at);
        // In autumn one hour is shown twice: then another moment may show the same.
        const back = parisMoment(date, time);
        expect(Math.abs(back.getTime() - at.getTime()) % HOUR).toBe(0);
        expect(inParis(back)).toEqual({ date, time, weekday });
        if (!date.includes('-10-')) expect(back).toEqual(at);
      }),
      { numRuns: 500 },
    );
  });

  it('shows every minute of the two days on which it changes', () => {
    for (const first of ['2026-10-24T22:00:00Z', '2027-03-27T23:00:00Z'])
      for (let minute = 0; minute < 25 * 60; minute += 1) {
        const at = new Date(Date.parse(first) + minute * MINUTE);
        const { date, time } = inParis(at);
        expect(inParis(parisMoment(date, time))).toMatchObject({ date, time });
      }
  });
});

describe('public holidays', () => {
  it.each(Object.entries(holidays))('of %s are those of date-holidays', (year, days) => {
    expect([...days].sort()).toEqual(publicHolidays(Number(year)).sort());
  });

  it('are known for many years ahead, none missing between', () => {
    const years = Object.keys(holidays).map(Number);
    expect(years).toEqual(Array.from({ length: years.length }, (_, index) => (years[0] as number) + index));
    expect(years).toContain(2026);
    // Fails years before anything would be refused: then the table is made longer.
    expect(years.at(-1)).toBeGreaterThanOrEqual(new Date().getFullYear() + 8);
  });

  it('are not those of Alsace and Moselle', () => {
    const moselle = new Holidays('FR', '57');
    for (const [year, days] of Object.entries(holidays)) {
      const all = moselle.getHolidays(Number(year), 'en').filter(({ type }) => type === 'public');
      const more = all.map(({ date }) => date.slice(5, 10)).filter((day) => !days.includes(day));
      // Good Friday and the day after Christmas.
      expect([year, more.length, more.includes('12-26')]).toEqual([year, 2, true]);
    }
  });
});

describe('the next working day', () => {
  it.each([
    ['a Monday', '2026-11-23', '10:00', '2026-11-24'],
    ['a Friday', '2026-11-27', '10:00', '2026-11-30'],
    ['a Saturday', '2026-11-28', '10:00', '2026-11-30'],
    ['a Sunday', '2026-11-29', '23:59', '2026-11-30'],
    ['the eve of Christmas, a Thursday', '2026-12-24', '10:00', '2026-12-28'],
    ['the last day of a year', '2026-12-31', '10:00', '2027-01-04'],
    ['before Ascension', '2027-05-05', '10:00', '2027-05-07'],
    ['one minute before midnight', '2026-11-23', '23:59', '2026-11-24'],
    ['one minute after midnight', '2026-11-24', '00:01', '2026-11-25'],
    ['Easter', '2027-03-26', '10:00', '2027-03-30'],
  ])('after %s', (_label, date, time, next) => {
    expect(inParis(nextWorkingDay(parisMoment(date, time))).date).toBe(next);
  });

  it('is a weekday, no holiday, and the first such day after today', () => {
    fc.assert(
      fc.property(anyMinute, (at) => {
        const next = inParis(nextWorkingDay(at));
        expect([1, 2, 3, 4, 5]).toContain(next.weekday);
        expect(isHoliday(next.date)).toBe(false);
        const today = inParis(at).date;
        for (let day = Date.parse(`${today}T12:00:00Z`) + DAY; ; day += DAY) {
          const date = new Date(day).toISOString().slice(0, 10);
          if (date === next.date) break;
          const weekday = new Date(day).getUTCDay();
          expect(weekday === 0 || weekday === 6 || isHoliday(date), date).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the name of a day', () => {
  it.each([
    ['fr', 'mardi 24 novembre'],
    ['en', 'Tuesday 24 November'],
    ['tr', '24 Kasım Salı'],
    ['ar', 'الثلاثاء، 24 نوفمبر'],
  ])('in %s', (language, name) => {
    expect(dayName(parisMoment('2026-11-24', '12:00'), language)).toBe(name);
  });
});
