/**
 * Our requests, made by the real SDK, and the stand-in's answers keep to Twilio's own OpenAPI descriptions. Typing
 * indicators are in none of the published ones; the SDK reads the stand-in's answer, and that is all that is known.
 */
import twilioSdk from 'twilio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJudge } from './openapi.ts';
import {
  ACCOUNT,
  type Exchange,
  LIST,
  type Loopback,
  OFFER,
  openLoopback,
  outgoing,
  PHONE,
  TEMPLATE,
  TOKEN,
  write,
} from './twilio-loopback.ts';

const judge = createJudge();
let twilio: Loopback;
beforeAll(async () => {
  twilio = await openLoopback();
});
afterAll(() => twilio.close());

/** What was exchanged meanwhile. */
async function during(work: () => Promise<unknown>): Promise<Exchange[]> {
  const before = twilio.exchanges.length;
  await work();
  return twilio.exchanges.slice(before);
}
const shown = (exchanges: Exchange[]): string[] =>
  exchanges.map(
    ({ method, path, status }) => `${method} ${path.replace(/(AC|HX|SM|MM|ME)\w{32}/g, '$1')} ${status}`,
  );

const MESSAGES = '/2010-04-01/Accounts/AC/Messages';
const template = { contentSid: TEMPLATE, variables: { 1: 'samedi', 2: 'Mme la Maire' } };
const place = { latitude: 48.9101, longitude: 2.5533, name: 'Square du Chêne' };

const ours: [string, () => Promise<unknown>, string[]][] = [
  ['an SMS', () => twilio.sender.send(outgoing({ to: `sms:${PHONE}` })), [`POST ${MESSAGES}.json 201`]],
  ['WhatsApp text', () => twilio.sender.send(outgoing()), [`POST ${MESSAGES}.json 201`]],
  [
    'WhatsApp to somebody without a number',
    () => twilio.sender.send(outgoing({ to: 'whatsapp:FR.1349120865530274' })),
    [`POST ${MESSAGES}.json 201`],
  ],
  ['a template', () => twilio.sender.send(outgoing({ template })), [`POST ${MESSAGES}.json 201`]],
  [
    'buttons',
    () => twilio.sender.send(outgoing({ offer: OFFER })),
    ['POST /v1/Content 201', `POST ${MESSAGES}.json 201`],
  ],
  [
    'a list',
    () => twilio.sender.send(outgoing({ offer: LIST })),
    ['POST /v1/Content 201', `POST ${MESSAGES}.json 201`],
  ],
  [
    'a picture',
    () => twilio.sender.send(outgoing({ media: ['https://clichy.example/apres.jpg'] })),
    [`POST ${MESSAGES}.json 201`],
  ],
  ['a place', () => twilio.sender.send(outgoing({ place })), [`POST ${MESSAGES}.json 201`]],
  ['a look-up', () => twilio.sender.find(outgoing(), twilio.clock.now), [`GET ${MESSAGES}.json 200`]],
  [
    'emptying and deleting',
    async () => {
      const sid = await write(twilio.carrier);
      await twilio.sender.redact(sid);
      await twilio.sender.remove(sid);
    },
    [`POST ${MESSAGES}/SM.json 200`, `DELETE ${MESSAGES}/SM.json 204`],
  ],
];

describe('what we ask', () => {
  test.each(ours)('%s', async (_label, work, expected) => {
    const exchanges = await during(work);
    expect(shown(exchanges)).toEqual(expected);
    expect(exchanges.flatMap(judge)).toEqual([]);
  });
});

describe('what the whole SDK asks of the stand-in', () => {
  const client = (): twilioSdk.Twilio => {
    const made = twilioSdk(ACCOUNT, TOKEN, { httpClient: new twilioSdk.RequestClient({ keepAlive: false }) });
    made.api.baseUrl = twilio.url;
    made.content.baseUrl = twilio.url;
    made.messaging.baseUrl = twilio.url;
    return made;
  };

  test('messages: fetched and listed in pages', async () => {
    const sid = await write(twilio.carrier);
    const exchanges = await during(async () => {
      expect(await client().messages(sid).fetch()).toMatchObject({ sid, status: 'received', numMedia: '0' });
      await client().messages.list({ pageSize: 1, limit: 3, dateSentBefore: new Date('2026-12-01') });
    });
    expect(exchanges.length).toBeGreaterThan(2);
    expect(exchanges.flatMap(judge)).toEqual([]);
  });

  test('a failed message, with its code', async () => {
    await twilio.sender.send(outgoing({ to: 'whatsapp:+33639980009' }));
    await twilio.carrier.settle();
    const exchanges = await during(async () => {
      const [failed] = await client().messages.list({ to: 'whatsapp:+33639980009' });
      expect(failed).toMatchObject({ status: 'failed', errorCode: 63016 });
    });
    expect(exchanges.flatMap(judge)).toEqual([]);
  });

  test('files: listed, described, fetched with the credentials and not without, deleted', async () => {
    const photo = Buffer.from('a photo');
    const media = [{ type: 'image/jpeg', data: photo.toString('base64') }];
    const sid = await write(twilio.carrier, { text: 'ici', media });
    const { form } = twilio.posted.at(-1) as Loopback['posted'][number];
    const url = form.MediaUrl0 as string;
    expect(form).toMatchObject({
      NumMedia: '1',
      MediaContentType0: 'image/jpeg',
      MessageSid: sid,
      MessageType: 'image',
    });
    expect((await fetch(url)).status).toBe(401);
    const headers = { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}` };
    const fetched = await fetch(url, { headers });
    expect(fetched.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(photo);
    const exchanges = await during(async () => {
      const [listed] = await client().messages(sid).media.list();
      expect(listed).toMatchObject({ contentType: 'image/jpeg', parentSid: sid });
      const one = client()
        .messages(sid)
        .media(listed?.sid as string);
      expect(await one.fetch()).toMatchObject({ contentType: 'image/jpeg' });
      expect(await one.remove()).toBe(true);
    });
    expect(exchanges.flatMap(judge)).toEqual([]);
    expect((await fetch(url, { headers })).status).toBe(404);
  });

  test('contents: made, fetched, listed and deleted', async () => {
    const exchanges = await during(async () => {
      const { contents } = client().content.v1;
      const request = {
        friendly_name: 'essai',
        language: 'fr',
        variables: {},
        types: { 'twilio/text': { body: 'Bonjour' } },
      };
      const made = await contents.create(request as never);
      expect(made).toMatchObject({ language: 'fr', friendlyName: 'essai' });
      expect(await client().content.v1.contents(made.sid).fetch()).toMatchObject({ sid: made.sid });
      expect((await contents.list({ pageSize: 1 })).map(({ sid }) => sid)).toContain(made.sid);
      expect(await client().content.v1.contents(made.sid).remove()).toBe(true);
    });
    expect(exchanges.flatMap(judge)).toEqual([]);
  });

  test('typing, of which no description is published', async () => {
    const messageId = await write(twilio.carrier);
    const asked = { channel: 'WHATSAPP', messageId };
    expect(await client().messaging.v3.typingIndicator.create(asked as never)).toMatchObject({
      success: true,
    });
  });
});

describe('the judge sees', () => {
  const good = async (): Promise<Exchange> => {
    const [exchange] = await during(() => twilio.sender.send(outgoing({ to: `sms:${PHONE}` })));
    return exchange as Exchange;
  };
  const body = (exchange: Exchange, change: (form: URLSearchParams) => void): Exchange => {
    const form = new URLSearchParams(exchange.body);
    change(form);
    return { ...exchange, body: form.toString() };
  };
  const answer = (exchange: Exchange, change: Record<string, unknown>): Exchange => ({
    ...exchange,
    answer: JSON.stringify({ ...JSON.parse(exchange.answer), ...change }),
  });

  test.each<[string, (exchange: Exchange) => Exchange]>([
    ['a missing parameter', (good) => body(good, (form) => form.delete('To'))],
    ['an unknown parameter', (good) => body(good, (form) => form.set('Bogus', '1'))],
    ['a repeated parameter', (good) => body(good, (form) => form.append('To', '+33639980002'))],
    ['a number that is none', (good) => body(good, (form) => form.set('ValidityPeriod', '3600.5'))],
    ['an id of the wrong kind', (good) => body(good, (form) => form.set('ContentSid', 'MGx'))],
    ['a word that is not allowed', (good) => body(good, (form) => form.set('ContentRetention', 'keep'))],
    ['a phone that is none', (good) => body(good, (form) => form.set('To', 'sms:+33639980001'))],
    ['another type of body', (good) => ({ ...good, headers: new Headers({ 'content-type': 'text/plain' }) })],
    ['a path that is none', (good) => ({ ...good, path: good.path.replace('.json', '.xml') })],
    ['an account that is none', (good) => ({ ...good, path: good.path.replace(/AC\w+/, 'AC1') })],
    ['an unknown status', (good) => answer(good, { status: 'gone' })],
    ['a date of another kind', (good) => answer(good, { date_created: '2026-11-24T09:00:00Z' })],
    ['a number as a number', (good) => answer(good, { num_segments: 1 })],
    ['a field too many', (good) => answer(good, { bogus: 1 })],
    ['another HTTP status', (good) => ({ ...good, status: 200 })],
  ])('%s', async (_label, spoil) => {
    const exchange = await good();
    expect(judge(exchange)).toEqual([]);
    expect(judge(spoil(exchange))).not.toEqual([]);
  });

  test('what is wrong in a content resource', async () => {
    const [exchange] = await during(() => twilio.sender.ensureContent({ ...OFFER, text: 'Et ceci ?' }, 'fr'));
    expect(judge(exchange as Exchange)).toEqual([]);
    const request = JSON.parse((exchange as Exchange).body);
    const reply = request.types['twilio/quick-reply'];
    for (const spoilt of [
      { ...request, language: undefined },
      { ...request, types: { 'twilio/quick-reply': { ...reply, more: 1 } } },
      { ...request, types: { 'twilio/quick-reply': { ...reply, actions: [{ type: 'URL', title: 'a' }] } } },
    ])
      expect(judge({ ...(exchange as Exchange), body: JSON.stringify(spoilt) })).not.toEqual([]);
  });
});
