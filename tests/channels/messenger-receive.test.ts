/** What Meta posts, over recorded payloads as files: who is speaking, and what is said. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Incoming } from '../../functions/channels/channel.ts';
import { createMessengerReceiver, verify } from '../../functions/channels/messenger-receive.ts';
import type { Request } from '../../functions/runtime/http.ts';
import { receiverContract, recorded } from './contract.ts';

const SECRET = 's'.repeat(32);
const OLD_SECRET = 'o'.repeat(32);
const PAGE = '1234567890';

const payloads = recorded<{ payload: unknown; expect: Incoming[] }>(
  new URL('../payloads/messenger/', import.meta.url),
).map(({ label, payload, expect: incoming }) => ({
  label,
  body: Buffer.from(JSON.stringify(payload)),
  expect: { kind: 'incoming' as const, incoming },
}));

const make = (changes = {}) =>
  createMessengerReceiver({
    appSecrets: [SECRET, OLD_SECRET],
    pageId: PAGE,
    appId: '2000000000000001',
    eventId: (mid) => `e(${mid})`,
    ...changes,
  });

const hmac = (body: Buffer, secret = SECRET, hash = 'sha256'): string =>
  `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;

const sign = (body: Buffer, secret = SECRET): Request => ({
  method: 'POST',
  path: '/webhooks/messenger',
  query: '',
  headers: { 'x-hub-signature-256': hmac(body, secret), 'content-type': 'application/json' },
  body: body.toString('utf8'),
  bytes: body,
});

const batch = (...messaging: unknown[]): Buffer =>
  Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: 1764061200000, messaging }] }));
const ends = { sender: { id: '5678' }, recipient: { id: PAGE }, timestamp: 1764061200000 };

receiverContract({
  name: 'Messenger',
  make,
  sign: (body) => sign(body),
  header: 'x-hub-signature-256',
  payloads,
  message(text, more = {}) {
    const own = Object.entries(more).map(
      ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`,
    );
    const message = `{${own.join('')}"mid":"m1","text":${JSON.stringify(text)}}`;
    return Buffer.from(
      `{${own.join('')}"object":"page","entry":[{${own.join('')}"id":"${PAGE}","time":1764061200000,"messaging":[` +
        `{${own.join('')}"sender":{"id":"5678"},"recipient":{"id":"${PAGE}"},"timestamp":1764061200000,"message":${message}}]}]}`,
    );
  },
  unknown: [
    { label: 'an event of a new kind', body: batch({ ...ends, telepathy: { mid: 'm1' } }) },
    {
      label: 'a field of the page of a new kind',
      body: Buffer.from(`{"object":"page","entry":[{"id":"${PAGE}","telepathy":[{}]}]}`),
    },
    { label: 'another object', body: Buffer.from('{"object":"group","entry":[{}]}') },
  ],
});

describe('the signature', () => {
  const body = payloads[0]?.body as Buffer;

  test('over the bytes, not over what they mean', () => {
    const escaped = Buffer.from(
      '{"object":"page","entry":[{"id":"1234567890","messaging":[]}],"x":"\\u00e9\\/"}',
    );
    expect(make().read(sign(escaped)).kind).toBe('incoming');
    const again = Buffer.from(JSON.stringify(JSON.parse(escaped.toString())));
    expect(make().read({ ...sign(escaped), body: again.toString(), bytes: again }).kind).toBe('forbidden');
  });

  test('without the bytes, over the text', () => {
    const { bytes: _, ...request } = sign(body);
    expect(make().read(request).kind).toBe('incoming');
  });

  test('the secret before this one, while it is rotated', () => {
    expect(make().read(sign(body, OLD_SECRET)).kind).toBe('incoming');
    expect(make({ appSecrets: [SECRET] }).read(sign(body, OLD_SECRET)).kind).toBe('forbidden');
  });

  test.each([
    ['the old header alone', { 'x-hub-signature': hmac(body, SECRET, 'sha1') }],
    ['the old hash in the new header', { 'x-hub-signature-256': hmac(body, SECRET, 'sha1') }],
    ['no name of the hash', { 'x-hub-signature-256': hmac(body).slice(7) }],
    ['capitals', { 'x-hub-signature-256': hmac(body).toUpperCase() }],
    ['twice', { 'x-hub-signature-256': `${hmac(body)}, ${hmac(body)}` }],
    ['of an empty secret', { 'x-hub-signature-256': hmac(body, '') }],
  ])('%s: forbidden', (_label, headers) => {
    const receiver = make({ appSecrets: [SECRET, ''] });
    expect(receiver.read({ ...sign(body), headers })).toEqual({ kind: 'forbidden' });
  });

  test('without a secret nothing is from Meta', () => {
    expect(make({ appSecrets: [] }).read(sign(body)).kind).toBe('forbidden');
    expect(make({ appSecrets: [''] }).read(sign(body, '')).kind).toBe('forbidden');
  });
});

describe('an echo, where our own app is not configured', () => {
  const echo = (message: Record<string, unknown>) =>
    make({ appId: undefined }).read(
      sign(
        batch({
          sender: { id: PAGE },
          recipient: { id: '5678' },
          timestamp: 1,
          message: { is_echo: true, mid: 'm4', ...message },
        }),
      ),
    );

  test.each([
    ['an app nobody knows may be ours', { app_id: 1517776481860111 }, { kind: 'ignored', why: 'echo' }],
    ['the inbox is a person', { app_id: 263902037430900 }, { kind: 'event', address: 'messenger:5678' }],
    ['no app is a person', {}, { kind: 'event', address: 'messenger:5678' }],
    [
      'our metadata is ours',
      { metadata: 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp' },
      { kind: 'receipt', state: 'accepted' },
    ],
  ])('%s', (_label, message, told) => {
    expect(echo(message)).toMatchObject({ kind: 'incoming', incoming: [told] });
  });
});

test('a thousand updates at once', () => {
  const all = Array.from({ length: 1000 }, (_, index) => ({
    ...ends,
    message: { mid: `m${index}`, text: 'x' },
  }));
  const received = make().read(sign(batch(...all)));
  expect(received).toMatchObject({ kind: 'incoming' });
  if (received.kind === 'incoming') expect(received.incoming).toHaveLength(1000);
});

test('nested a hundred thousand deep', () => {
  const deep = Buffer.from(
    `{"object":"page","entry":[{"id":"${PAGE}","messaging":[{"message":${'['.repeat(1e5)}${']'.repeat(1e5)}}]}]}`,
  );
  expect(() => make().read(sign(deep))).not.toThrow();
});

describe('the verification', () => {
  const query = (changes: Record<string, string>): string =>
    new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': 'sésame',
      'hub.challenge': '1158201444',
      ...changes,
    }).toString();

  test('gives the challenge back as plain text', () => {
    expect(verify(query({}), 'sésame')).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body: '1158201444',
    });
    expect(make({ verifyToken: 'sésame' }).verify(query({ 'hub.challenge': '<b>&' })).body).toBe('<b>&');
  });

  test.each([
    ['another token', query({ 'hub.verify_token': 'sesame' }), 'sésame'],
    ['a part of the token', query({ 'hub.verify_token': 's' }), 'sésame'],
    ['no token', query({ 'hub.verify_token': '' }), 'sésame'],
    ['no token of ours', query({ 'hub.verify_token': '' }), ''],
    ['no token configured', query({ 'hub.verify_token': 'undefined' }), undefined],
    ['another mode', query({ 'hub.mode': 'unsubscribe' }), 'sésame'],
    ['no challenge', query({ 'hub.challenge': '' }), 'sésame'],
    ['a challenge without end', query({ 'hub.challenge': '1'.repeat(5000) }), 'sésame'],
    ['nothing', '', 'sésame'],
    ['a broken query', '%E0%A4%A&hub.mode', 'sésame'],
  ])('%s: 403', (_label, asked, token) => {
    const answer = verify(asked, token);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('sésame');
  });
});
