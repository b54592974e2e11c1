/** The doors for scripts over the real stand-ins: phones of all three channels, faults on demand, numbers. */
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handset } from '../../infra/local/handset.tsx';
import { createMeta, type Meta } from '../../infra/local/meta-api.ts';
import { createMetaFaults, type MetaFaults } from '../../infra/local/meta-faults.ts';
import { openMetaLog } from '../../infra/local/meta-log.ts';
import { createPhones } from '../../infra/local/phones.ts';
import { createSnsApi } from '../../infra/local/sns-api.ts';
import { mediaFolder } from '../../infra/local/twilio-media.ts';
import { CITY, type FakeWebhook, openFakeWebhook, PHONE } from './fake-webhook.ts';

const WHATSAPP = '+33939980001';
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PNG = { type: 'image/png', data: PIXEL };

let fake: FakeWebhook;
let meta: Meta;
let metaFaults: MetaFaults;
/** What our webhook was told by Meta. */
let told: string[];
let open: () => ReturnType<typeof handset>;
let app: ReturnType<typeof handset>;

beforeEach(async () => {
  fake = await openFakeWebhook();
  fake.now = new Date('2026-11-24T09:00:00Z');
  told = [];
  const now = () => fake.now;
  const carrier = fake.start({ whatsappNumber: WHATSAPP, lateMs: 10 });
  metaFaults = createMetaFaults();
  meta = createMeta({
    pageId: '100',
    token: 't',
    appSecret: 's',
    webhookUrl: 'http://127.0.0.1/webhooks/messenger',
    now,
    async post(_url, body) {
      told.push(body);
      return { status: 200, body: 'EVENT_RECEIVED' };
    },
    log: openMetaLog(`${fake.file}.meta`),
    fault: metaFaults.next,
  });
  const sns = createSnsApi({
    accessKeyId: 'A',
    number: CITY,
    optOuts: 'ours',
    now,
    inbound: () => undefined,
  });
  open = () => {
    const files = mediaFolder(path.join(path.dirname(fake.file), 'meta.media'));
    const filesUrl = 'http://127.0.0.1/carrier/files';
    return handset({
      city: { name: 'Ville' },
      numbers: { sms: CITY, whatsapp: WHATSAPP, messenger: '100' },
      phones: createPhones({ carrier, meta, sns, files, filesUrl, work: async () => undefined }),
      faults: { twilio: carrier.faults, meta: metaFaults, sns: sns.faults },
      people: carrier.numbers,
      clock: { now, advanceTo: async () => undefined },
    });
  };
  app = open();
});
afterEach(async () => {
  await meta.close();
  await fake.close();
});

// biome-ignore lint/suspicious/noExplicitAny: what a door answers is what these tests look at
type Answered = { status: number; json: any };

async function call(door: string, body?: unknown, from = app): Promise<Answered> {
  const response = await from.request(
    `/handset/${door}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  );
  return { status: response.status, json: await response.json() };
}
const write = (channel: string, sent: object, from = PHONE) => call('messages', { channel, from, ...sent });
const thread = async (channel: string, address = PHONE, from = app) =>
  (await call(`messages?${new URLSearchParams({ channel, address })}`, undefined, from)).json;
const refused = (words: RegExp) => ({ status: 400, json: { error: expect.stringMatching(words) } });

describe('phones', () => {
  test.each(['sms', 'whatsapp', 'messenger'])('write on %s, and see what they wrote', async (channel) => {
    expect((await write(channel, { text: 'SQUARE' }, '06 39 98 00 01')).status).toBe(200);
    expect((await thread(channel))[0]).toMatchObject({ direction: 'in', text: 'SQUARE', state: 'received' });
  });

  test.each<[string, object, object]>([
    ['a tap', { choice: { id: 'q:1', label: 'Parfois' } }, { text: 'Parfois' }],
    ['a picture', { media: [PNG] }, { media: [{ type: 'image/png' }] }],
    [
      'a place',
      { place: { latitude: 48.9101, longitude: 2.5533 } },
      { place: { latitude: 48.9101, longitude: 2.5533 } },
    ],
  ])('send %s on WhatsApp and Messenger, and show it the same way', async (_label, sent, shown) => {
    for (const channel of ['whatsapp', 'messenger']) {
      expect((await write(channel, sent)).status).toBe(200);
      expect((await thread(channel))[0]).toMatchObject({ direction: 'in', state: 'received', ...shown });
    }
  });

  test.each(['whatsapp', 'messenger'])(
    'bring back what they sent on %s, after a restart too',
    async (channel) => {
      await write(channel, { media: [PNG] });
      for (const host of [app, open()]) {
        const [{ media }] = await thread(channel, PHONE, host);
        expect(media).toEqual([{ type: 'image/png', sid: expect.stringMatching(/^M[EF]/) }]);
        const file = await host.request(`/handset/media/${media[0].sid}`);
        expect(file.headers.get('content-type')).toBe('image/png');
        expect(Buffer.from(await file.arrayBuffer()).toString('base64')).toBe(PIXEL);
      }
    },
  );

  test('bring no file that is none', async () => {
    for (const name of ['ME1', '..%2fcarrier.jsonl', `MF${'0'.repeat(32)}`])
      expect((await app.request(`/handset/media/${name}`)).status).toBe(404);
  });

  test('begin by a link, take a message back, and hear a person', async () => {
    await write('messenger', { act: { kind: 'start', ref: 'CHENE-A12' } });
    expect(told.at(-1)).toContain('CHENE-A12');
    const { json } = await write('messenger', { text: 'une erreur' });
    await write('messenger', { act: { kind: 'unsend', mid: json.sid } });
    expect(JSON.stringify(await thread('messenger'))).not.toContain('une erreur');
    await write('messenger', { act: { kind: 'human', text: 'Bonjour' } });
    expect((await thread('messenger')).at(-1)).toMatchObject({ by: 'person', text: 'Bonjour' });
  });

  test('leave the city 24 hours to write in, except by SMS', async () => {
    const stateOn = async (channel: string) =>
      (await call(`state?${new URLSearchParams({ channel, address: PHONE })}`)).json;
    for (const channel of ['sms', 'whatsapp', 'messenger']) {
      expect(await stateOn(channel)).toEqual({ typing: false });
      await write(channel, { text: 'SQUARE' });
    }
    expect(await stateOn('sms')).toEqual({ typing: false });
    const window = '2026-11-25T09:00:00.000Z';
    expect(await stateOn('whatsapp')).toMatchObject({ window });
    expect(await stateOn('messenger')).toMatchObject({ window });
  });

  test.each<[string, string, object, string, RegExp]>([
    ['a channel nobody has', 'fax', { text: 'a' }, PHONE, /^Canal inconnu \(« channel »\)/],
    ['a short code by SMS', 'sms', { text: 'a' }, '36111', /^Numéro illisible/],
    ['a word on WhatsApp', 'whatsapp', { text: 'a' }, 'Marie', /^Numéro illisible/],
    ['a word on Messenger', 'messenger', { text: 'a' }, 'Marie', /^Numéro illisible/],
    ['nothing on Messenger', 'messenger', { text: ' ' }, PHONE, /^Message vide/],
    ['too much on Messenger', 'messenger', { text: 'a'.repeat(2001) }, PHONE, /^Message trop long/],
    ['a picture by SMS', 'sms', { media: [PNG] }, PHONE, /^Impossible par SMS/],
    ['two pictures on WhatsApp', 'whatsapp', { media: [PNG, PNG] }, PHONE, /^Trop de fichiers/],
  ])('are refused in French: %s', async (_label, channel, sent, from, words) => {
    const answer = await write(channel, sent, from);
    expect(answer).toEqual(refused(words));
    expect(JSON.stringify(answer.json)).not.toContain('Marie');
  });
});

describe('faults', () => {
  const NONE = { twilio: [], meta: [], sns: [] };

  test('are set, listed, used up and mended', async () => {
    const late = { on: 'inbound', kind: '500', times: 2, address: PHONE };
    const all = { twilio: [late], meta: [{ on: 'send', kind: 'late', times: 'always' }], sns: ['throttled'] };
    expect(await call('faults', all)).toEqual({ status: 200, json: all });
    await write('sms', { text: 'SQUARE' });
    expect((await call('faults')).json).toEqual({ ...all, twilio: [] });
    expect((await call('faults', NONE)).json).toEqual(NONE);
  });

  test('of one line leave the others alone', async () => {
    await call('faults', { sns: ['error', 'error'] });
    await call('faults', { meta: [{ on: 'inbound', kind: 'duplicate', address: '06 39 98 00 01' }] });
    expect((await call('faults')).json).toMatchObject({ sns: ['error', 'error'] });
    await write('messenger', { text: 'a' }, '+33639980002');
    expect(told).toHaveLength(1);
    await write('messenger', { text: 'a' });
    expect(told).toHaveLength(3);
  });

  test.each<[string, unknown, RegExp]>([
    ['a list', [], /^Demande illisible : reçu une liste/],
    ['another line', { orange: [] }, /^Demande illisible : reçu un objet/],
    ['what our own call never meets', { twilio: [{ on: 'send', kind: 'duplicate' }] }, /^Pannes illisibles/],
    ['no number', { twilio: [{ on: 'send', kind: '500', address: 'Marie' }] }, /^Numéro illisible/],
    ['an unknown kind', { meta: [{ on: 'send', kind: 'fire' }] }, /^Pannes illisibles/],
    ['no times', { meta: [{ on: 'send', kind: '500', times: 0 }] }, /^Pannes illisibles/],
    ["what SNS doesn't do", { sns: ['fire'] }, /^Pannes illisibles \(« sns »\) : reçu une liste/],
  ])('are refused in French, and change nothing: %s', async (_label, body, words) => {
    const before = { ...NONE, twilio: [{ on: 'callback', kind: '30003', times: 1 }] };
    await call('faults', before);
    expect(await call('faults', body)).toEqual(refused(words));
    const half = { twilio: [{ on: 'send', kind: '500' }], ...(Object(body) as object), meta: 'no list' };
    expect((await call('faults', half)).status).toBe(400);
    expect((await call('faults')).json).toEqual(before);
  });
});

describe('numbers', () => {
  test('are landlines or opted out, by channel', async () => {
    expect((await call('people', { address: '06 39 98 00 01', landline: true })).json).toEqual({
      landline: true,
    });
    expect((await call('people', { address: `whatsapp:${PHONE}`, optedOut: true })).status).toBe(200);
    const stateOf = async (address: string) =>
      (await call(`people?${new URLSearchParams({ address })}`)).json;
    expect(await stateOf(PHONE)).toEqual({ landline: true });
    expect(await stateOf(`whatsapp:${PHONE}`)).toEqual({ optedOut: true });
    expect(await stateOf('Marie')).toEqual({});
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing', [], /^Demande illisible/],
    ['no number', { address: 'Marie', landline: true }, /^Numéro illisible/],
    ['a word for yes', { address: PHONE, landline: 'oui' }, /^Demande illisible/],
  ])('are refused in French: %s', async (_label, body, words) => {
    expect(await call('people', body)).toEqual(refused(words));
  });
});
