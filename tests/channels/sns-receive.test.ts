/** SMS that come in through the topic, in every wrapping the queue may hold. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AWS_STOP_WORDS, createSnsReceiver } from '../../functions/channels/sns-receive.ts';
import words from '../vectors/optout-keywords.json' with { type: 'json' };
import { openSnsServer, RESIDENT, SHORT_CODE } from './sns-server.ts';

const payload = (name: string) =>
  readFileSync(new URL(`../payloads/sns/${name}.json`, import.meta.url), 'utf8');
const raw = JSON.parse(payload('inbound-raw'));

const reader = (optOuts: 'ours' | 'aws' = 'ours') =>
  createSnsReceiver({ eventId: (id) => `m${id.slice(0, 4)}`, ours: [SHORT_CODE, '+33937000000'], optOuts });
const said = (text: string, optOuts: 'ours' | 'aws' = 'ours') => {
  const received = reader(optOuts).read(JSON.stringify({ ...raw, messageBody: text }));
  if (received.kind !== 'incoming') throw new Error(received.kind);
  return received.incoming[0];
};

test.each(['inbound-raw', 'inbound-envelope'])('reads %s', (name) => {
  expect(reader().read(payload(name))).toEqual({
    kind: 'incoming',
    incoming: [
      {
        kind: 'event',
        address: `sms:${RESIDENT}`,
        event: { type: 'said', id: 'mcae1', channel: 'sms', text: '3 parfois le dimanche' },
      },
    ],
  });
});

test('reads the shared vector', () => {
  const { inbound } = JSON.parse(payload('aws-sms'));
  expect(reader().read(JSON.stringify(inbound))).toMatchObject({
    incoming: [{ address: 'sms:+33612345678', event: { text: 'OUI' } }],
  });
});

test('the same message, delivered twice and wrapped differently, is the same event', () => {
  expect(reader().read(payload('inbound-envelope'))).toEqual(reader().read(payload('inbound-raw')));
});

test('a message without a text, with fields nobody has heard of, is a message', () => {
  const { messageBody: _, ...bare } = raw;
  expect(reader().read(JSON.stringify({ ...bare, next: { year: 1 } }))).toMatchObject({
    incoming: [{ event: { type: 'said', text: '' } }],
  });
});

test.each([
  ['a short code', { originationNumber: '36111' }],
  ['a name', { originationNumber: 'LaPoste' }],
  ['ourselves', { originationNumber: '+33937000000' }],
  ['a national number', { originationNumber: '0639980001' }],
])('%s is nobody to answer', (_label, changes) => {
  expect(reader().read(JSON.stringify({ ...raw, ...changes }))).toEqual({
    kind: 'incoming',
    incoming: [{ kind: 'ignored', why: 'unanswerable' }],
  });
});

test('a confirmation of the subscription is no message', () => {
  expect(reader().read(payload('subscription-confirmation'))).toEqual({
    kind: 'incoming',
    incoming: [{ kind: 'ignored', why: 'no-notification' }],
  });
});

test.each([
  ['nothing', '', 'body'],
  ['no JSON', 'MessageSid=SM1', 'body'],
  ['null', 'null', 'body'],
  ['a list', '[]', 'body'],
  ['a message of our own queue', '{"kind":"effects","hash":"p2x"}', 'originationNumber'],
  ['an envelope around nothing', '{"Type":"Notification"}', 'body'],
  ['an envelope around a word', '{"Type":"Notification","Message":"hello"}', 'body'],
  ['no sender', JSON.stringify({ ...raw, originationNumber: undefined }), 'originationNumber'],
  ['no id', JSON.stringify({ ...raw, inboundMessageId: '' }), 'inboundMessageId'],
  ['a body that is a number', JSON.stringify({ ...raw, messageBody: 7 }), 'messageBody'],
  ['more than 16 kB', JSON.stringify({ ...raw, messageBody: 'x'.repeat(17_000) }), 'body'],
])('%s is invalid', (_label, body, what) => {
  expect(reader().read(body)).toEqual({ kind: 'invalid', what });
});

test('half a letter is replaced, the rest is kept', () => {
  expect(said('oui \ud83d 👍')).toMatchObject({ event: { text: 'oui \ufffd 👍' } });
});

describe('where AWS handles STOP', () => {
  test('its words are the published ones', () => {
    expect([...AWS_STOP_WORDS].sort()).toEqual([...words.aws].sort());
  });

  test.each(words.aws.flatMap((word) => [word, word.toLowerCase(), ` ${word}\n`]))('"%s" stops', (text) => {
    expect(said(text, 'aws')).toMatchObject({ event: { type: 'stopped', by: 'provider', id: 'mcae1' } });
  });

  test.each([
    'stop à la circulation rue Utrillo',
    'arrêt de bus à déplacer',
    'ARRÊT',
    'STOP.',
    'STOP SVP',
    'fin',
    'QUITTE',
    'TDAH',
    '',
  ])('"%s" is for us to judge', (text) => {
    expect(said(text, 'aws')).toMatchObject({ event: { type: 'said', text } });
  });

  test('HELP has been answered', () => {
    expect(said('help ', 'aws')).toEqual({ kind: 'ignored', why: 'answered' });
    expect(said('help me', 'aws')).toMatchObject({ event: { type: 'said' } });
  });
});

test.each([...words.aws, 'HELP'])('where we do, "%s" is a message', (text) => {
  expect(said(text)).toMatchObject({ event: { type: 'said', text } });
});

test.each(['ours', 'aws'] as const)('reads what the stand-in publishes (%s)', async (optOuts) => {
  const server = await openSnsServer({ optOuts });
  server.api.receive({ from: RESIDENT, text: 'Stop aux voitures' });
  server.close();
  expect(reader(optOuts).read(server.inbound[0] ?? '')).toMatchObject({
    incoming: [{ address: `sms:${RESIDENT}`, event: { type: 'said', text: 'Stop aux voitures' } }],
  });
  // AWS has acted on the first word: that is why we advise to handle STOP ourselves.
  expect([...server.api.optedOut]).toEqual(optOuts === 'aws' ? [RESIDENT] : []);
  expect(server.api.sent).toHaveLength(optOuts === 'aws' ? 1 : 0);
});

test('never throws, whatever is on the queue', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.record({ Type: fc.anything(), Message: fc.anything() }).map((data) => JSON.stringify(data) ?? ''),
    fc
      .record({
        originationNumber: fc.anything(),
        messageBody: fc.anything(),
        inboundMessageId: fc.anything(),
      })
      .map((data) => JSON.stringify(data) ?? ''),
  );
  fc.assert(
    fc.property(body, (text) => {
      expect(['incoming', 'invalid']).toContain(reader('aws').read(text).kind);
    }),
  );
});
