/** What an announcement costs, reckoned by hand. */
import { describe, expect, it } from 'vitest';
import { priceOf, type Reached } from '../../conversations/announcement-price.ts';
import { type City, readCity } from '../../conversations/city.ts';
import { localWorld } from '../../infra/local/city.ts';
import { draftOf } from '../support/announcements.ts';

const { city } = localWorld();
const DAY = '2026-11-24';
const row = (people: number, more: Partial<Reached> = {}): Reached => ({
  language: 'fr',
  channel: 'sms',
  provider: 'twilio',
  people,
  ...more,
});
const TABLE: City['prices'] = [
  { channel: 'sms', euros: 0.07, from: '2026-01-01', source: 'marché 2026' },
  { channel: 'sms', provider: 'twilio', euros: 0.0725, from: '2026-06-01', source: 'avenant 1' },
  { channel: 'sms', provider: 'twilio', euros: 0.09, from: '2026-12-01', source: 'avenant 2' },
  { channel: 'whatsapp', euros: 0.05, from: '2026-01-01', source: 'grille Meta' },
  { channel: 'messenger', euros: 0, from: '2026-01-01', source: 'gratuit' },
];
const priced = { ...city, prices: TABLE };
// Turkish: 7 letters, 150 more and " Son: STOP" make 167 septets, two parts. Arabic: 70 signs and its end, two parts.
const announcement = draftOf({
  texts: { fr: 'Clichy: visite samedi', tr: `Clichy ${'a'.repeat(150)}`, ar: `${'ك'.repeat(70)}` },
});

describe('the price before sending', () => {
  it.each<[string, Reached[], City, number, number]>([
    // 1000 × 1 × 0.0725
    ['the provider’s own price, the latest that holds', [row(1000)], priced, 72.5, 1000],
    // 1000 × 1 × 0.07
    ['another provider: the channel’s', [row(1000, { provider: 'sns' })], priced, 70, 1000],
    // 300 × 2 × 0.0725 = 43.5
    ['two parts', [row(300, { language: 'tr' })], priced, 43.5, 600],
    // 100 × 2 × 0.0725 = 14.5
    ['70 letters a part', [row(100, { language: 'ar' })], priced, 14.5, 200],
    // Who has chosen Tamil gets the French text: 10 × 1 × 0.0725 = 0.725
    ['a language without a text', [row(10, { language: 'ta' })], priced, 0.73, 10],
    // 200 × 1 × 0.05: a message is one however long
    ['a message on WhatsApp', [row(200, { language: 'tr', channel: 'whatsapp' })], priced, 10, 200],
    // 72.5 + 43.5 + 10 + 0
    [
      'all of them',
      [
        row(1000),
        row(300, { language: 'tr' }),
        row(200, { channel: 'whatsapp' }),
        row(40, { channel: 'messenger', provider: 'meta' }),
      ],
      priced,
      126,
      1840,
    ],
    // 1000 × 0.08
    ['no table: limits.partEuros', [row(1000)], city, 80, 1000],
  ])('%s', (_, reached, where, euros, parts) => {
    const price = priceOf(announcement, reached, where, DAY);
    expect(price.euros).toBeCloseTo(euros, 10);
    expect(price.parts).toBe(parts);
    expect(price.unpriced).toBe(0);
  });

  it('changes with the day', () => {
    const on = (day: string) => priceOf(announcement, [row(1000)], priced, day);
    expect(on('2026-05-31')).toMatchObject({
      euros: 70,
      lines: [{ source: 'marché 2026, depuis le 2026-01-01' }],
    });
    expect(on('2026-12-01')).toMatchObject({
      euros: 90,
      lines: [{ source: 'avenant 2, depuis le 2026-12-01' }],
    });
    expect(on('2025-12-31')).toMatchObject({
      euros: 80,
      lines: [{ source: expect.stringContaining('partEuros') }],
    });
  });

  it('says for whom it is not known', () => {
    const whatsapp = row(7, { channel: 'whatsapp' });
    const price = priceOf(announcement, [row(10), whatsapp], city, DAY);
    expect(price).toMatchObject({ euros: 0.8, people: 17, unpriced: 7 });
    expect(price.lines[1]).not.toHaveProperty('euros');
  });
});

describe('in the city’s file', () => {
  it.each([
    [
      'a price without its source',
      { prices: [{ channel: 'sms', euros: 0.07, from: DAY }] },
      'prices[0].source',
    ],
    ['a price on no day', { prices: [{ ...TABLE[0], from: '2026-02-30' }] }, 'prices[0].from'],
    ['a price below nothing', { prices: [{ ...TABLE[0], euros: -1 }] }, 'prices[0].euros'],
    ['an election on no day', { elections: ['2027-02-30'] }, 'elections[0]'],
    ['eight pushes a week', { limits: { pushesPerWeek: 8 } }, 'limits.pushesPerWeek'],
  ])('%s is refused', (_, more, place) => {
    expect(() => readCity({ ...city, ...more }, 'x')).toThrow(place);
  });
});
