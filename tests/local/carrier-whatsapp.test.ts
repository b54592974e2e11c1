/** WhatsApp on the stand-in: what phones send and show, the 24 hours, and what is true of one number. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Carrier } from '../../infra/local/carrier.ts';
import type { FromPhone } from '../../infra/local/carrier-phone.ts';
import { type Call, type FakeWebhook, HELLO, openFakeWebhook, PHONE } from './fake-webhook.ts';

const WHATSAPP = '+33757900000';
const HIDDEN = 'FR.1349120865530274';

let fake: FakeWebhook;
let carrier: Carrier;
beforeEach(async () => {
  fake = await openFakeWebhook();
  carrier = start();
});
afterEach(() => fake.close());

const start = (): Carrier =>
  fake.start({ whatsappNumber: WHATSAPP, apiUrl: 'https://api.example', lateMs: 30 });

async function write(changes: Partial<FromPhone> = {}): Promise<Record<string, string>> {
  const sent = await carrier.receive({ channel: 'whatsapp', from: PHONE, text: '', ...changes });
  if ('error' in sent) throw new Error(sent.error);
  const call = fake.callsTo('/webhooks').at(-1) as Call;
  expect(fake.isGenuine(call)).toBe(true);
  return call.form;
}

const ACCOUNT_PATH = `/2010-04-01/Accounts/AC${'a'.repeat(32)}`;
async function api(method: string, path: string, form: Record<string, string> = {}, json?: unknown) {
  return carrier.api({
    ...{ method, path, query: new URLSearchParams(), form: new URLSearchParams(form) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    authorization: `Basic ${Buffer.from(`AC${'a'.repeat(32)}:${'b'.repeat(32)}`).toString('base64')}`,
  });
}
const send = (form: Record<string, string>) =>
  api('POST', `${ACCOUNT_PATH}/Messages.json`, {
    From: `whatsapp:${WHATSAPP}`,
    To: `whatsapp:${PHONE}`,
    ...form,
  });
const last = (from = PHONE) => carrier.thread('whatsapp', from).at(-1);

describe('a phone sends', () => {
  test('words', async () => {
    expect(await write({ text: 'CHENE A12' })).toMatchObject({
      From: `whatsapp:${PHONE}`,
      To: `whatsapp:${WHATSAPP}`,
      WaId: PHONE.slice(1),
      Body: 'CHENE A12',
      MessageType: 'text',
      NumMedia: '0',
    });
    expect(last()).toMatchObject({ direction: 'out', text: 'Bonjour' });
  });

  test('words, without a number', async () => {
    const form = await write({ from: HIDDEN, text: 'salut' });
    expect(form).toMatchObject({ From: `whatsapp:${HIDDEN}`, ExternalUserId: `whatsapp:${HIDDEN}` });
    expect(form).not.toHaveProperty('WaId');
    expect(carrier.thread('whatsapp', HIDDEN)).toHaveLength(2);
    expect(carrier.thread('whatsapp', PHONE)).toEqual([]);
  });

  test('a button, a line of a list', async () => {
    const choice = { id: 'square:oui', label: 'On commence' };
    expect(await write({ choice })).toMatchObject({
      Body: 'On commence',
      ButtonText: 'On commence',
      ButtonPayload: 'square:oui',
      MessageType: 'button',
    });
    const item = { id: 'frequence:1', label: 'Parfois', kind: 'list' as const };
    expect(await write({ choice: item })).toMatchObject({
      ListId: 'frequence:1',
      ListTitle: 'Parfois',
      MessageType: 'interactive',
    });
    expect(carrier.thread('whatsapp', PHONE).at(-2)).toMatchObject({
      text: 'Parfois',
      choice: { id: 'frequence:1' },
    });
  });

  test('a line of the list it was shown, without saying so', async () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, item: id }));
    const types = { 'twilio/list-picker': { body: 'Q', button: 'Choisir', items } };
    const made = await api('POST', '/v1/Content', {}, { language: 'fr', types });
    await write({ text: 'bonjour' });
    await send({ ContentSid: String(made.json?.sid) });
    expect(await write({ choice: { id: 'b', label: 'b' } })).toMatchObject({ ListId: 'b', ListTitle: 'b' });
  });

  test('a place', async () => {
    const place = { latitude: 48.9101, longitude: 2.5533, name: 'Square', address: 'Allée de Gagny' };
    expect(await write({ place })).toMatchObject({
      ...{ Latitude: '48.9101', Longitude: '2.5533', Label: 'Square', Address: 'Allée de Gagny' },
      MessageType: 'location',
    });
    expect(carrier.thread('whatsapp', PHONE).at(-2)?.place).toEqual(place);
  });

  test('a voice note, which is kept beside the log', async () => {
    const bytes = Buffer.from('a voice');
    const form = await write({ media: [{ type: 'audio/ogg', data: bytes.toString('base64') }] });
    expect(form).toMatchObject({ NumMedia: '1', MediaContentType0: 'audio/ogg', MessageType: 'audio' });
    const [shown] = carrier.thread('whatsapp', PHONE);
    const sid = shown?.media?.[0]?.sid as string;
    expect(form.MediaUrl0).toBe(
      `https://api.example${ACCOUNT_PATH}/Messages/${form.MessageSid}/Media/${sid}`,
    );
    expect(readFileSync(fake.file, 'utf8')).not.toContain(bytes.toString('base64'));
    await carrier.close();
    carrier = start();
    expect(carrier.media(sid)).toEqual({ type: 'audio/ogg', bytes });
    expect(carrier.media('ME0')).toBeUndefined();
  });

  test.each<[string, Partial<FromPhone>, RegExp]>([
    ['nothing', {}, /^Message vide/],
    ['a hidden name on SMS', { channel: 'sms', from: HIDDEN, text: 'a' }, /^Numéro illisible/],
    ['a place by SMS', { channel: 'sms', place: { latitude: 1, longitude: 2 } }, /^Impossible par SMS/],
    ['a place nowhere', { place: { latitude: 91, longitude: 2 } }, /^Message illisible/],
    ['two files', { media: Array(2).fill({ type: 'image/png', data: 'AAAA' }) }, /^Trop de fichiers/],
    ['a file of no type', { media: [{ type: 'x', data: 'AAAA' }] }, /^Fichier refusé/],
    ['a file that is no base64', { media: [{ type: 'image/png', data: '%' }] }, /^Message illisible/],
    ['another channel', { channel: 'pigeon', text: 'a' }, /Attendu : sms ou whatsapp\.$/],
  ])('and is refused in French for %s', async (_label, changes, error) => {
    const sent = await carrier.receive({ channel: 'whatsapp', from: PHONE, text: '', ...changes });
    expect(sent).toEqual({ error: expect.stringMatching(error) });
    expect(fake.calls).toEqual([]);
  });
});

describe('the 24 hours', () => {
  const told = () =>
    fake.callsTo('/receipts').map(({ form }) => `${form.MessageStatus} ${form.ErrorCode ?? ''}`.trim());
  const callback = () => ({ StatusCallback: `${fake.base}/receipts?d=1` });

  test('have not begun for who never wrote: taken, then failed with 63016', async () => {
    expect(carrier.window('whatsapp', PHONE)).toBeUndefined();
    expect((await send({ Body: 'Bonjour', ...callback() })).status).toBe(201);
    await carrier.settle();
    expect(told()).toEqual(['failed 63016']);
    expect(last()).toMatchObject({ state: 'failed', code: 63016 });
  });

  test('are open, then over, by the clock', async () => {
    await write({ text: 'bonjour' });
    await carrier.settle();
    fake.calls = [];
    expect(carrier.window('whatsapp', PHONE)).toEqual(new Date(fake.now.getTime() + 86_400_000));
    fake.now = new Date(fake.now.getTime() + 86_399_000);
    await send({ Body: 'Encore là ?', ...callback() });
    await carrier.settle();
    expect(told()).toEqual(['sent', 'delivered', 'read']);
    fake.now = new Date(fake.now.getTime() + 1000);
    await send({ Body: 'Trop tard', ...callback() });
    await carrier.settle();
    expect(told().at(-1)).toBe('failed 63016');
  });

  test('do not hold a template, but buttons that were not approved', async () => {
    const types = {
      'twilio/quick-reply': { body: 'Q', actions: [{ type: 'QUICK_REPLY', title: 'oui', id: 'o' }] },
    };
    const made = await api('POST', '/v1/Content', {}, { language: 'fr', types });
    await send({ ContentSid: String(made.json?.sid) });
    await carrier.settle();
    expect(last()).toMatchObject({ state: 'failed', code: 63016, buttons: [{ id: 'o', label: 'oui' }] });
    await send({ ContentSid: `HX${'1'.repeat(32)}`, ContentVariables: '{"1":"samedi","2":"10h"}' });
    await carrier.settle();
    expect(last()).toMatchObject({ state: 'read', text: 'samedi · 10h' });
  });
});

test.each([
  ['another number of ours', { From: 'whatsapp:+33700000000' }, 63007],
  ['two channels at once', { From: '38123' }, 21910],
  ['a content that was never made', { ContentSid: 'HX1' }, 21655],
  ['variables that are no JSON', { ContentSid: `HX${'1'.repeat(32)}`, ContentVariables: '{' }, 21656],
  ['variables that are no words', { ContentSid: `HX${'1'.repeat(32)}`, ContentVariables: '{"1":1}' }, 21656],
  ['no words at all', {}, 21602],
  ['a picture that is nowhere', { MediaUrl: 'apres.jpg' }, 21620],
])('the API refuses %s', async (_label, form, code) => {
  expect((await send(form as Record<string, string>)).json).toMatchObject({ code });
});

test.each([
  ['no types', { language: 'fr' }],
  ['a title too long', { language: 'fr', types: quick('a'.repeat(21)) }],
  ['an unknown type', { language: 'fr', types: { 'twilio/poll': { body: 'Q' } } }],
  ['no language', { types: quick('oui') }],
  ['no JSON', undefined],
])('the Content API refuses %s', async (_label, request) => {
  expect((await api('POST', '/v1/Content', {}, request)).status).toBe(400);
});

function quick(title: string) {
  return { 'twilio/quick-reply': { body: 'Q', actions: [{ type: 'QUICK_REPLY', title, id: 'o' }] } };
}

test('what is true of a number outlives a restart; a blocked WhatsApp and an opted-out SMS get nothing', async () => {
  expect(carrier.numbers.set('06 39 98 00 01', { optedOut: true })).toEqual({ optedOut: true });
  expect(carrier.numbers.set(`whatsapp:${PHONE}`, { optedOut: true })).toEqual({ optedOut: true });
  expect(carrier.numbers.set('x', { landline: true })).toEqual({
    error: expect.stringMatching(/^Numéro illisible/),
  });
  await carrier.close();
  carrier = start();
  expect(carrier.numbers.get(PHONE)).toMatchObject({ optedOut: true });
  await write({ text: 'bonjour' });
  await send({ Body: 'Bonjour' });
  await carrier.settle();
  expect(last()).toMatchObject({ state: 'failed', code: 63014 });
  const sent = await carrier.receive({ channel: 'sms', from: PHONE, text: 'bonjour' });
  await carrier.settle();
  expect(sent).toMatchObject({ replies: [{ text: 'Bonjour' }] });
  expect(carrier.thread('sms', PHONE).at(-1)).toMatchObject({ state: 'undelivered', code: 21610 });
});

test('a crash loses nothing of what WhatsApp carries, and a log of SMS alone still loads', async () => {
  fake.answer = () => ({ body: HELLO });
  await write({ place: { latitude: 1, longitude: 2 } });
  await carrier.settle();
  const before = carrier.thread('whatsapp', PHONE);
  await carrier.close();
  carrier = start();
  fake.calls = [];
  await carrier.resume();
  await carrier.settle();
  expect(carrier.thread('whatsapp', PHONE)).toEqual(before);
  expect(fake.calls).toEqual([]);
});
