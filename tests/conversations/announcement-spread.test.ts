/** Only templates on WhatsApp count, and a day that is begun is a day. */
import { expect, it } from 'vitest';
import { daysToBegin } from '../../conversations/announcement-spread.ts';

const ways = [
  { channel: 'whatsapp', template: true, people: 900 },
  { channel: 'whatsapp', template: true, people: 101 },
  { channel: 'whatsapp', template: false, people: 5_000 },
  { channel: 'sms', template: false, people: 9_000 },
];

it.each([
  [250, 5],
  [1_000, 2],
  [1_001, 1],
  [100_000, 1],
  [undefined, 1],
])('a tier of %s: %i days', (tier, days) => {
  expect(daysToBegin(ways, tier)).toBe(days);
});

it('nobody is a day all the same', () => {
  expect(daysToBegin([], 250)).toBe(1);
});
