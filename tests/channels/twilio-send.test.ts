/** Sending through Twilio, against the stand-in over HTTP: what goes out, what comes of it, how it is found again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameIn } from '../../functions/channels/channel.ts';
import { TIMEOUT } from '../../functions/channels/http-client.ts';
import { contentOf } from '../../functions/channels/twilio-content.ts';
import { createTwilio } from '../../functions/channels/twilio-send.ts';
import { senderContract } from './contract.ts';
import {
  ACCOUNT,
  LIST,
  type Loopback,
  NUMBER,
  OFFER,
  openLoopback,
  outgoing,
  PHONE,
  TEMPLATE,
  TOKEN,
  WHATSAPP,
  write,
} from './twilio-loopback.ts';

const SID = `SM${'5'.repeat(32)}`;
const error = (status: number, code: number) => (echoed: string) => ({
  status,
  body: JSON.stringify({ code, message: `no: ${echoed}`, more_info: echoed, status }),
});
for (const [name, message] of [
  ['Twilio by SMS', outgoing({ to: 'sms:+33639980001' })],
  ['Twilio by WhatsApp', outgoing({ template: { contentSid: TEMPLATE, variables: { 1: 'Amina Benali' } } })],
] as const)
  senderContract({
    name,
    make: (url) =>
      createTwilio({
        ...{ accountSid: ACCOUNT, authToken: TOKEN, smsFrom: NUMBER, whatsappFrom: WHATSAPP },
        ...{ baseUrl: url, contentUrl: url, messagingUrl: url },
        contents: { get: async () => undefined, put: async () => undefined },
      }),
    message,
    id: SID,
    accepted: (sid) => ({
      status: 201,
      body: JSON.stringify({ sid, status: 'queued', to: nameIn(message.to) }),
    }),
    errors: [
      {
        label: 'an opt-out',
        answer: error(400, 21610),
        expect: { kind: 'rejected', code: '21610', cause: 'optout' },
      },
      { label: 'the window', answer: error(400, 63016), expect: { kind: 'rejected', cause: 'window' } },
      { label: 'a wrong token', answer: error(401, 20003), expect: { kind: 'rejected', cause: 'config' } },
      {
        label: 'an unknown code',
        answer: error(400, 29999),
        expect: { kind: 'rejected', code: '29999', cause: 'bug' },
      },
      { label: 'too many', answer: error(429, 20429), expect: { kind: 'throttled', code: '20429' } },
      {
        label: 'a full carrier',
        answer: error(400, 30001),
        expect: { kind: 'rejected', code: '30001', cause: 'transient', after: 900 },
      },
    ],
    timeout: TIMEOUT,
    finds: true,
  });

let twilio: Loopback;
beforeEach(async () => {
  twilio = await openLoopback();
});
afterEach(() => twilio.close());

const formOf = (index = -1): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(twilio.exchanges.at(index)?.body));
const last = (channel = 'whatsapp') => twilio.carrier.thread(channel, PHONE).at(-1);
const sms = (changes = {}) => outgoing({ to: `sms:${PHONE}`, ...changes });

describe('what goes out', () => {
  test('an SMS: text alone, whatever else the message has', async () => {
    const place = { latitude: 48.9, longitude: 2.5 };
    const sent = await twilio.sender.send(
      sms({
        offer: OFFER,
        place,
        media: ['https://clichy.example/a.jpg'],
        template: { contentSid: TEMPLATE, variables: {} },
      }),
    );
    expect(sent).toEqual({ kind: 'accepted', id: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
    expect(formOf()).toEqual({
      To: PHONE,
      From: NUMBER,
      Body: 'On commence ? 1 oui 2 non',
      StatusCallback: outgoing().receipts,
      ValidityPeriod: '3600',
    });
    await twilio.carrier.settle();
    expect(twilio.posted.map(({ url, form }) => [url, form.MessageStatus])).toEqual([
      [outgoing().receipts, 'sent'],
      [outgoing().receipts, 'delivered'],
    ]);
  });

  test.each([
    [0, '1'],
    [-5, '1'],
    [0.4, '1'],
    [59.9, '59'],
    [99_999, '36000'],
    [Number.NaN, '1'],
  ])('a validity of %s seconds as %s', async (validity, sent) => {
    await twilio.sender.send(sms({ validity }));
    expect(formOf().ValidityPeriod).toBe(sent);
  });

  test('WhatsApp text to a number with its plus, to a hidden one without', async () => {
    for (const [to, expected] of [
      [`whatsapp:${PHONE}`, `whatsapp:${PHONE}`],
      ['whatsapp:33639980001', `whatsapp:${PHONE}`],
      ['whatsapp:FR.1349120865530274', 'whatsapp:FR.1349120865530274'],
    ] as const) {
      await twilio.sender.send(outgoing({ to }));
      expect([formOf().To, formOf().From]).toEqual([expected, `whatsapp:${WHATSAPP}`]);
    }
  });

  test('a template, with its variables and no words of ours, outside the 24 hours too', async () => {
    const variables = { 1: 'samedi à 10h', 2: 'Mme la Maire' };
    await twilio.sender.send(outgoing({ template: { contentSid: TEMPLATE, variables }, offer: OFFER }));
    expect(formOf()).toMatchObject({ ContentSid: TEMPLATE, ContentVariables: JSON.stringify(variables) });
    expect(formOf()).not.toHaveProperty('Body');
    await twilio.carrier.settle();
    expect(last()).toMatchObject({
      text: 'Visite de quartier samedi à 10h, avec Mme la Maire. Vous venez ?',
      template: { sid: TEMPLATE, variables },
      state: 'read',
    });
  });

  test('a template without variables has none', async () => {
    await twilio.sender.send(outgoing({ template: { contentSid: TEMPLATE, variables: {} } }));
    expect(formOf()).not.toHaveProperty('ContentVariables');
  });

  test('buttons, made once and kept', async () => {
    await write(twilio.carrier);
    expect((await twilio.sender.send(outgoing({ offer: OFFER }))).kind).toBe('accepted');
    expect((await twilio.sender.send(outgoing({ offer: OFFER }))).kind).toBe('accepted');
    expect(twilio.exchanges.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'POST Content',
      'POST Messages.json',
      'POST Messages.json',
    ]);
    expect(formOf()).not.toHaveProperty('Body');
    expect(formOf().ContentSid).toBe(twilio.contents.get(contentOf(OFFER, 'fr')?.hash ?? ''));
    expect(last()).toMatchObject({ text: OFFER.text, buttons: OFFER.choices });
  });

  test('a list', async () => {
    await write(twilio.carrier);
    await twilio.sender.send(outgoing({ offer: LIST }));
    expect(last()).toMatchObject({ text: LIST.text, list: { button: 'Répondre', items: LIST.choices } });
  });

  test('buttons that were made when the survey opened', async () => {
    const sid = await twilio.sender.ensureContent(OFFER, 'tr');
    twilio.exchanges.length = 0;
    await twilio.sender.send(outgoing({ offer: OFFER }));
    expect(twilio.exchanges).toHaveLength(1);
    expect(formOf().ContentSid).toBe(sid);
  });

  test('numbers, where the choices are too many', async () => {
    const choices = Array.from({ length: 11 }, (_, index) => ({ id: `${index}`, label: `${index}` }));
    await twilio.sender.send(outgoing({ offer: { ...LIST, choices } }));
    expect(formOf().Body).toBe('On commence ? 1 oui 2 non');
    expect(twilio.exchanges).toHaveLength(1);
  });

  test('numbers, where there is also a picture or a place: a resource carries neither', async () => {
    const place = {
      latitude: 48.9101,
      longitude: 2.5533,
      name: 'Square | du Chêne',
      address: 'Allée de Gagny',
    };
    await write(twilio.carrier);
    await twilio.sender.send(outgoing({ offer: OFFER, place }));
    expect(formOf()).toMatchObject({
      Body: 'On commence ? 1 oui 2 non',
      PersistentAction: 'geo:48.9101,2.5533|Square   du Chêne, Allée de Gagny',
    });
    expect(last()?.place).toMatchObject({ latitude: 48.9101, longitude: 2.5533 });
    await twilio.sender.send(
      outgoing({ offer: OFFER, media: ['https://clichy.example/a.ogg', 'https://x.example/b'] }),
    );
    expect(formOf()).toMatchObject({ MediaUrl: 'https://clichy.example/a.ogg' });
    expect(last()?.media).toEqual([{ url: 'https://clichy.example/a.ogg' }]);
  });
});

describe('a resource that Twilio does not take', () => {
  test('is made anew where it is gone', async () => {
    const old = await twilio.sender.ensureContent(OFFER, 'fr');
    await fetch(`${twilio.url}/v1/Content/${old}`, { method: 'DELETE', headers: { authorization: basic() } });
    await write(twilio.carrier);
    expect((await twilio.sender.send(outgoing({ offer: OFFER }))).kind).toBe('accepted');
    expect(last()).toMatchObject({ text: OFFER.text, buttons: OFFER.choices });
    expect([...twilio.contents.values()]).not.toContain(old);
  });

  test('leaves the numbers, and says once what went wrong with them', async () => {
    twilio.carrier.faults.set([{ on: 'send', kind: '63021' }]);
    await write(twilio.carrier);
    expect((await twilio.sender.send(outgoing({ offer: OFFER }))).kind).toBe('accepted');
    expect(last()).toMatchObject({ text: 'On commence ? 1 oui 2 non' });
    twilio.carrier.faults.set([{ on: 'send', kind: '63021', times: 'always' }]);
    expect(await twilio.sender.send(outgoing({ offer: OFFER }))).toMatchObject({
      kind: 'rejected',
      code: '63021',
    });
  });

  test('is not sent a second time where nobody knows', async () => {
    twilio.carrier.faults.set([{ on: 'send', kind: '500' }]);
    expect(await twilio.sender.send(outgoing({ offer: OFFER }))).toEqual({
      kind: 'unknown',
      cause: 'http-500',
    });
    expect(twilio.carrier.thread('whatsapp', PHONE)).toEqual([]);
  });

  test('leaves the numbers where the Content API or our own store fails', async () => {
    for (const broken of [
      { contentUrl: 'http://127.0.0.1:1' },
      { contentUrl: `${twilio.url}/nowhere` },
      {
        contents: {
          get: () => Promise.reject(new Error('throttled')),
          put: () => Promise.reject(new Error('throttled')),
        },
      },
    ]) {
      await write(twilio.carrier);
      const sender = senderWith(broken);
      expect((await sender.send(outgoing({ offer: OFFER }))).kind).toBe('accepted');
      expect(formOf().Body).toBe('On commence ? 1 oui 2 non');
    }
  });
});

const basic = (): string => `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
const senderWith = (changes: Partial<Parameters<typeof createTwilio>[0]>) =>
  createTwilio({
    ...{ accountSid: ACCOUNT, authToken: TOKEN, smsFrom: NUMBER, whatsappFrom: WHATSAPP },
    ...{ baseUrl: twilio.url, contentUrl: twilio.url, messagingUrl: twilio.url },
    contents: { get: async () => undefined, put: async () => undefined },
    ...changes,
  });

describe('what comes of it', () => {
  test.each([
    ['429', { kind: 'throttled', after: 1, code: '20429' }],
    ['500', { kind: 'unknown', cause: 'http-500' }],
    ['reset', { kind: 'unknown', cause: 'network' }],
    ['21610', { kind: 'rejected', code: '21610', cause: 'optout' }],
    ['63016', { kind: 'rejected', code: '63016', cause: 'window' }],
    ['20003', { kind: 'rejected', code: '20003', cause: 'config' }],
    ['29999', { kind: 'rejected', code: '29999', cause: 'bug' }],
  ])('of a %s', async (kind, outcome) => {
    twilio.carrier.faults.set([{ on: 'send', kind }]);
    expect(await twilio.sender.send(outgoing())).toEqual(outcome);
    expect(twilio.carrier.thread('whatsapp', PHONE)).toEqual([]);
    expect(await twilio.sender.find(outgoing(), twilio.clock.now)).toBe('none');
  });

  test('of an answer that is lost: unknown, and found', async () => {
    twilio.carrier.faults.set([{ on: 'send', kind: 'timeout-after-accept' }]);
    expect(await twilio.sender.send(sms())).toEqual({ kind: 'unknown', cause: 'network' });
    expect(await twilio.sender.find(sms(), twilio.clock.now)).toEqual({ id: last('sms')?.id });
  });

  test('of a number that takes none', async () => {
    twilio.carrier.numbers.set(PHONE, { landline: true });
    expect(await twilio.sender.send(sms())).toMatchObject({ code: '21614', cause: 'permanent' });
    twilio.carrier.numbers.set(PHONE, { landline: false, optedOut: true });
    expect(await twilio.sender.send(sms())).toMatchObject({ code: '21610', cause: 'optout' });
  });

  test('of wrong credentials, of an address that is no API, and of a server that is not there', async () => {
    expect(await senderWith({ authToken: 'wrong' }).send(sms())).toMatchObject({
      code: '20003',
      cause: 'config',
    });
    expect(await senderWith({ baseUrl: `${twilio.url}/nowhere` }).send(sms())).toMatchObject({
      cause: 'config',
    });
    expect(await senderWith({ baseUrl: 'http://127.0.0.1:1' }).send(sms())).toMatchObject({
      kind: 'unknown',
    });
  });

  test('of a channel without a sender', async () => {
    const outcome = { kind: 'rejected', code: 'no-sender', cause: 'config' };
    expect(await senderWith({ whatsappFrom: undefined }).send(outgoing())).toEqual(outcome);
    expect(await senderWith({ smsFrom: undefined }).send(sms())).toEqual(outcome);
    expect(await senderWith({ smsFrom: undefined }).find(sms(), twilio.clock.now)).toBe('none');
  });
});

describe('finding it again', () => {
  const find = (changes = {}, since = twilio.clock.now) => twilio.sender.find(outgoing(changes), since);

  test('by its text, its buttons or its template', async () => {
    await write(twilio.carrier, { text: 'On commence ? 1 oui 2 non' });
    expect(await find()).toBe('none');
    await twilio.sender.send(outgoing({ offer: OFFER }));
    expect(await find({ offer: OFFER })).toEqual({ id: last()?.id });
    expect(await find({ offer: LIST })).toBe('none');
    const template = { contentSid: TEMPLATE, variables: { 1: 'samedi  à 10h', 2: 'Mme la Maire' } };
    await twilio.sender.send(outgoing({ template }));
    expect(await find({ template })).toEqual({ id: last()?.id });
    expect(await find({ template: { ...template, variables: { 1: 'dimanche' } } })).toBe('none');
  });

  test('whatever Twilio has done to quotes and spaces', async () => {
    await twilio.sender.send(outgoing({ text: "L'été\u00a0:  « oui » " }));
    expect(await find({ text: 'L’été : « oui »' })).toEqual({ id: last()?.id });
  });

  test('not another person’s, not an older one, not one on another channel', async () => {
    await twilio.sender.send(outgoing());
    expect(await find({ to: 'whatsapp:+33639980002' })).toBe('none');
    expect(await find({ to: `sms:${PHONE}` })).toBe('none');
    expect(await find({}, new Date(twilio.clock.now.getTime() + 1000))).toBe('none');
    expect(await find({}, new Date(twilio.clock.now.getTime() - 36 * 3_600_000))).toEqual({ id: last()?.id });
  });

  test('also where it failed: it has its receipt', async () => {
    await twilio.sender.send(outgoing());
    await twilio.carrier.settle();
    expect(last()).toMatchObject({ state: 'failed', code: 63016 });
    expect(await find()).toEqual({ id: last()?.id });
  });

  test('throws where it cannot be asked', async () => {
    await expect(
      senderWith({ baseUrl: 'http://127.0.0.1:1' }).find(sms(), twilio.clock.now),
    ).rejects.toThrow();
    await expect(senderWith({ authToken: 'wrong' }).find(sms(), twilio.clock.now)).rejects.toMatchObject({
      status: 401,
    });
  });
});

test('the city shows that it is writing, until something comes', async () => {
  const sid = await write(twilio.carrier);
  expect(await twilio.sender.typing(sid)).toBe(true);
  expect(twilio.exchanges.at(-1)).toMatchObject({
    path: '/v3/Indicators/Typing.json',
    body: JSON.stringify({ channel: 'WHATSAPP', messageId: sid }),
  });
  expect(twilio.carrier.typing('whatsapp', PHONE)).toBe(true);
  await twilio.sender.send(outgoing());
  expect(twilio.carrier.typing('whatsapp', PHONE)).toBe(false);
  expect(await twilio.sender.typing(`SM${'0'.repeat(32)}`)).toBe(false);
  expect(await senderWith({ messagingUrl: 'http://127.0.0.1:1' }).typing(sid)).toBe(false);
});

test('a message is emptied at Twilio, then deleted; what is gone is as good', async () => {
  const sid = await write(twilio.carrier, { text: 'je m’appelle Amina' });
  await twilio.sender.redact(sid);
  const fetched = await fetch(`${twilio.url}/2010-04-01/Accounts/${ACCOUNT}/Messages/${sid}.json`, {
    headers: { authorization: basic() },
  });
  expect(await fetched.json()).toMatchObject({ sid, body: '' });
  await twilio.sender.remove(sid);
  await twilio.sender.remove(sid);
  await twilio.sender.redact(sid);
  expect(twilio.exchanges.map(({ status }) => status)).toEqual([200, 200, 204, 404, 404]);
  await expect(senderWith({ authToken: 'wrong' }).remove(sid)).rejects.toMatchObject({ status: 401 });
});
