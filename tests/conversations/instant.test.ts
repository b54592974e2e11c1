import { describe, expect, test } from 'vitest';
import { isoOf, timeOf } from '../../conversations/instant.ts';

const TIMES = [
  '2026-11-23T09:00:10.000Z',
  '2026-11-23T23:59:59.999Z',
  '2026-11-24T00:00:00.000Z',
  '2024-02-29T01:02:03.004Z',
  '1969-12-31T23:59:59.990Z',
  '0999-01-01T10:20:30.456Z',
];

describe('times as sessions keep them', () => {
  test.each(TIMES)('%s is written and read as Date does it', (iso) => {
    expect(isoOf(Date.parse(iso))).toBe(iso);
    expect(timeOf(iso)).toBe(Date.parse(iso));
  });

  test('a day is left and come back to', () => {
    for (const iso of [...TIMES, ...TIMES.toReversed()]) {
      expect(timeOf(iso)).toBe(Date.parse(iso));
      expect(isoOf(timeOf(iso))).toBe(iso);
    }
  });

  test('what is no such text is read as Date reads it', () => {
    isoOf(Date.parse('2026-11-23T09:00:10.000Z'));
    for (const text of ['2026-11-23', '2026-11-23T09:00', '', 'never'])
      expect(timeOf(text)).toEqual(Date.parse(text));
  });

  test('no time is an error, as with Date', () => {
    expect(() => isoOf(Number.NaN)).toThrow(RangeError);
  });
});
