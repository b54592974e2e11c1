/** The REST side of the stand-in carrier, against the real Twilio SDK. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Carrier } from '../../infra/local/carrier.ts';
import {
  ACCOUNT,
  CITY,
  type FakeWebhook,
  formOf,
  openFakeWebhook,
  PHONE,
  send,
  shown,
  TOKEN,
} from './fake-webhook.ts';

let fake: FakeWebhook;
let api: Server;
let client: twilio.Twilio;
let carrier: Carrier;

beforeEach(async () => {
  fake = await openFakeWebhook();
  carrier = fake.start();
  api = createServer(async (request, response) => {
    const at = new URL(request.url ?? '', fake.base);
    const { status, json } = await carrier.api({
      method: request.method ?? '',
      path: at.pathname,
      query: at.searchParams,
      form: await formOf(request),
      authorization: request.headers.authorization,
    });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
  client = connect(TOKEN);
});
afterEach(async () => {
  await fake.close();
  api.closeAllConnections();
  api.close();
});

function connect(token: string): twilio.Twilio {
  const made = twilio(ACCOUNT, token, { httpClient: new twilio.RequestClient({ keepAlive: false }) });
  made.api.baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  return made;
}
const message = { to: PHONE, from: CITY, body: 'Rappel : répondez à l’enquête' };

test('creates a message, which goes to its end and tells so', async () => {
  const statusCallback = `${fake.base}/receipts?d=7#rc=5&rp=all`;
  const created = await client.messages.create({ ...message, statusCallback, validityPeriod: 3600 });
  expect(created).toMatchObject({
    ...message,
    accountSid: ACCOUNT,
    apiVersion: '2010-04-01',
    status: 'queued',
    direction: 'outbound-api',
    numSegments: '1',
    numMedia: '0',
    dateCreated: new Date('2026-11-24T09:00:00Z'),
    errorCode: null,
    errorMessage: null,
    messagingServiceSid: null,
  });
  await carrier.settle();
  expect(fake.callsTo('/receipts').map(({ path, form }) => `${path} ${form.MessageStatus}`)).toEqual([
    '/receipts?d=7 sent',
    '/receipts?d=7 delivered',
  ]);
  expect(fake.calls.every(fake.isGenuine)).toBe(true);
  const fetched = await client.messages(created.sid).fetch();
  expect(fetched).toMatchObject({ ...message, sid: created.sid, status: 'delivered' });
  expect(fetched.dateSent).toEqual(new Date('2026-11-24T09:00:00Z'));
  expect(shown(carrier.thread('sms', PHONE))).toEqual([`out ${message.body} delivered`]);
});

test('lists both ways, newest first, by address and date', async () => {
  await send(carrier, 'SQUARE');
  await client.messages.create({ ...message, to: '+33639980002' });
  await carrier.settle();
  fake.now = new Date('2026-11-26T10:00:00Z');
  await client.messages.create(message);
  const list = async (query: Parameters<typeof client.messages.list>[0]): Promise<string[]> =>
    (await client.messages.list(query)).map(({ direction, to }) => `${direction} ${to}`);
  const [inbound, reply] = [`inbound ${CITY}`, `outbound-reply ${PHONE}`];
  const [other, last] = ['outbound-api +33639980002', `outbound-api ${PHONE}`];
  expect(await list({})).toEqual([last, other, reply, inbound]);
  expect(await list({ to: PHONE })).toEqual([last, reply]);
  expect(await list({ from: PHONE })).toEqual([inbound]);
  expect(await list({ to: PHONE, dateSentAfter: new Date('2026-11-25T00:00:00Z') })).toEqual([last]);
  expect(await list({ dateSentBefore: new Date('2026-11-25T00:00:00Z') })).toEqual([other, reply, inbound]);
  expect(await list({ dateSent: new Date('2026-11-24T00:00:00Z'), to: PHONE })).toEqual([reply]);
  expect(await list({ pageSize: 1 })).toEqual([last, other, reply, inbound]);
  expect(await list({ limit: 2 })).toEqual([last, other]);
});

test.each([
  ['no E.164 number', { to: '0639980001' }, 400, 21211],
  ['an empty text', { body: '' }, 400, 21602],
  ['no sender', { from: undefined }, 400, 21603],
  ['a sender that is not the city', { from: '+33600000000' }, 400, 21606],
  ['a text that is too long', { body: 'a'.repeat(1601) }, 400, 21617],
])("is refused with Twilio's code for %s", async (_label, changes, status, code) => {
  await expect(client.messages.create({ ...message, ...changes })).rejects.toMatchObject({ status, code });
  expect(await client.messages.list()).toEqual([]);
});

test('is refused for a wrong token and an unknown message', async () => {
  await expect(connect('wrong').messages.create(message)).rejects.toMatchObject({
    status: 401,
    code: 20003,
  });
  await expect(client.messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

test('sends once over a crash between the answer and the callbacks', async () => {
  await client.messages.create({ ...message, statusCallback: `${fake.base}/receipts?d=8` });
  await carrier.close();
  expect(fake.calls).toEqual([]);
  carrier = fake.start();
  await carrier.resume();
  await carrier.settle();
  expect(fake.calls.map(({ form }) => form.MessageStatus)).toEqual(['sent', 'delivered']);
  expect(shown(carrier.thread('sms', PHONE))).toEqual([`out ${message.body} delivered`]);
});
