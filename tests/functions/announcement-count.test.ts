/** Who an announcement would go to: everyone once, by language and channel, the others by why not. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Draft, textLanguage } from '../../conversations/announcement.ts';
import { countAudience } from '../../functions/runtime/count-audience.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { made } from '../support/announcements.ts';
import { createTestCity, type TestCity } from '../support/city.ts';

let store: Store;
let db: Db;
let city: TestCity;
let events = 0;

async function say(address: string, ...texts: string[]): Promise<void> {
  const channel = address.slice(0, address.indexOf(':')) as 'sms' | 'whatsapp' | 'messenger';
  for (const text of texts)
    await takeTurn(city.deps, address, { type: 'said', id: `c${++events}`, channel, text }, 'response');
}
const sms = (last: number): string => `sms:+3363998000${last}`;

beforeAll(async () => {
  store = await openStore();
  db = createDb(store.client, store.table, 2);
  city = createTestCity(db);
  for (const last of [1, 2, 3, 4, 5]) await say(sms(last), 'CHENE', 'oui', '1', '4');
  await say(sms(2), 'LANGUE TR');
  // On two lists: once.
  await say(sms(3), 'AINES');
  await say(sms(4), 'STOP');
  await say(sms(5), 'STOP VISITE');
  await say(sms(6), 'HAUT', 'oui', '1', '4');
  await say('whatsapp:+33639980007', 'CHENE', 'oui', '1', '4');
  await say('messenger:77', 'CHENE', 'oui', '1', '4');
  // Began, and never said yes.
  await say(sms(8), 'CHENE');
});
afterAll(() => store.close());

async function count(more: Partial<Draft>, now = city.clock.now) {
  const announcement = made(more);
  const { audience, kind, texts } = announcement;
  const textIn = (language: string) => texts[textLanguage(announcement, language)] ?? '';
  const counted = await countAudience({ ...city.deps, now: () => now }, audience, { kind, textIn });
  return {
    reached: counted.ways.map(
      ({ channel, language, template, people }) =>
        `${channel} ${language}${template ? ' template' : ''} ${people}`,
    ),
    unheard: Object.fromEntries(counted.unreached),
  };
}
const LATER = new Date('2026-11-25T09:00:00.000Z');

it.each<[string, Partial<Draft>, Date | undefined, string[], object]>([
  ['everyone', {}, undefined, ['messenger fr 1', 'sms fr 3', 'sms tr 1', 'whatsapp fr 1'], { muted: 1 }],
  ['one list', { audience: { lists: ['haut'] } }, undefined, ['sms fr 1'], {}],
  [
    'two lists with somebody on both',
    { audience: { lists: ['aines', 'chene'] } },
    undefined,
    ['messenger fr 1', 'sms fr 2', 'sms tr 1', 'whatsapp fr 1'],
    { muted: 1 },
  ],
  ['a language', { audience: { languages: ['tr'] } }, undefined, ['sms tr 1'], {}],
  ['a quartier', { audience: { quartiers: ['haut'] } }, undefined, ['sms fr 1'], {}],
  [
    'another kind than the one that was stopped',
    { kind: 'info', audience: { lists: ['chene'] } },
    undefined,
    ['messenger fr 1', 'sms fr 3', 'sms tr 1', 'whatsapp fr 1'],
    {},
  ],
  [
    'outside the 24 hours',
    { audience: { lists: ['chene'] } },
    LATER,
    ['sms fr 2', 'sms tr 1'],
    { muted: 1, 'no-template': 1, window: 1 },
  ],
])('%s', async (_, more, now, reached, unheard) => {
  expect(await count(more, now)).toEqual({ reached, unheard });
});
