/** Sending through Amazon SNS, with the real SDK against the stand-in. */
import { readFileSync } from 'node:fs';
import { PublishCommand } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing } from '../../functions/channels/channel.ts';
import { createSnsSms, snsClient } from '../../functions/channels/sns-send.ts';
import { openSnsServer, RESIDENT, SHORT_CODE, type SnsServer } from './sns-server.ts';

const { publish: vector } = JSON.parse(
  readFileSync(new URL('../payloads/sns/aws-sms.json', import.meta.url), 'utf8'),
);

const message: Outgoing = {
  to: `sms:${RESIDENT}`,
  text: 'Ville de Clichy : réunion <mardi> à 18h & après',
  delivery: `${'h'.repeat(22)}.m123`,
  receipts: 'https://clichy.example/webhooks/twilio/receipts?d=x',
  validity: 3600,
};
const settings = { maxPrice: 0.15, type: 'Transactional' } as const;

let server: SnsServer;
beforeEach(async () => {
  server = await openSnsServer({ silence: 700 });
});
afterEach(() => server.close());

const sender = () => createSnsSms({ client: server.client, originationNumber: SHORT_CODE, ...settings });

describe('what SNS is asked', () => {
  test('is the published request, from a short code', async () => {
    const outcome = await sender().send(message);
    expect(outcome).toEqual({ kind: 'accepted', id: server.api.sent[0]?.id });
    expect(server.api.sent).toMatchObject([
      { to: RESIDENT, from: SHORT_CODE, text: message.text, type: 'Transactional', state: 'sent', parts: 1 },
    ]);
    expect(Object.fromEntries(server.calls[0] ?? [])).toMatchObject({
      Action: 'Publish',
      PhoneNumber: RESIDENT,
      Message: message.text,
    });
  });

  test.each([
    ['a name', { senderId: 'VilleClichy' }],
    ['a short code', { originationNumber: '38123' }],
  ])('has the attributes of the shared vector, from %s', async (_label, from) => {
    const asked: unknown[] = [];
    const client = { send: async (command: PublishCommand) => void asked.push(command.input) };
    await createSnsSms({ client: client as never, ...from, ...settings }).send(message);
    const { MessageAttributes } = asked[0] as PublishCommand['input'];
    const {
      'AWS.SNS.SMS.SenderID': name,
      'AWS.MM.SMS.OriginationNumber': number,
      ...both
    } = vector.MessageAttributes;
    expect(MessageAttributes).toEqual({
      ...both,
      ...('senderId' in from ? { 'AWS.SNS.SMS.SenderID': name } : { 'AWS.MM.SMS.OriginationNumber': number }),
    });
  });
});

describe('before SNS is asked', () => {
  test.each([
    ['another channel', { to: `whatsapp:${RESIDENT}` }],
    ['a short code', { to: 'sms:36111' }],
    ['a national number', { to: 'sms:0639980001' }],
    ['nothing', { text: ' \n' }],
    ['1601 bytes', { text: 'x'.repeat(1601) }],
    ['1602 bytes of UTF-8', { text: 'é'.repeat(801) }],
    ['1602 bytes of UCS-2', { text: `ê${'x'.repeat(800)}` }],
  ])('%s is a bug', async (_label, changes) => {
    expect(await sender().send({ ...message, ...changes })).toMatchObject({ kind: 'rejected', cause: 'bug' });
    expect(server.calls).toEqual([]);
  });

  test('1600 bytes are taken', async () => {
    expect(await sender().send({ ...message, text: 'x'.repeat(1600) })).toMatchObject({ kind: 'accepted' });
  });

  test.each([
    ['no sender', {}, /neither/],
    ['two senders', { senderId: 'VilleClichy', originationNumber: '38123' }, /both/],
    ['a mobile number', { originationNumber: '33639980001' }, /ARCEP/],
    ['a name as a number', { originationNumber: 'VilleClichy' }, /senderId/],
    ['a number as a name', { senderId: '38123' }, /originationNumber/],
    ['a hyphen', { senderId: 'Ville-Clichy' }, /letters and digits/],
    ['no price', { senderId: 'VilleClichy', maxPrice: 0 }, /maxPrice/],
  ])('%s is refused', (_label, from, why) => {
    expect(() => createSnsSms({ client: server.client, ...settings, ...from })).toThrow(why);
  });
});

describe('what SNS answers', () => {
  test.each([
    ['throttled', 'throttled', { kind: 'throttled', after: 1, code: 'Throttled' }],
    ['error', 'an error of its own', { kind: 'unknown', cause: 'http-500' }],
    ['denied', 'not allowed', { kind: 'rejected', code: 'AuthorizationError', cause: 'config' }],
    ['opted-out', 'opted out', { kind: 'rejected', code: 'OptedOut', cause: 'optout' }],
    ['invalid', 'not a number', { kind: 'rejected', code: 'InvalidParameter', cause: 'permanent' }],
    ['timeout', 'nothing, having taken it', { kind: 'unknown', cause: 'timeout' }],
  ] as const)('%s: %s', async (fault, _label, outcome) => {
    server.api.fail(fault);
    expect(await sender().send(message)).toEqual(outcome);
    // Once, whatever came: Publish is not idempotent.
    expect(server.calls).toHaveLength(1);
    expect(server.api.sent).toHaveLength(fault === 'timeout' ? 1 : 0);
  });

  test.each([
    ['a page of a proxy', { status: 502, body: '<html>bad gateway</html>' }, 'http-502'],
    ['half an answer', { status: 200, body: '<Publ' }, 'http-200'],
    ['no id', { status: 200, body: '<PublishResponse><PublishResult/></PublishResponse>' }, 'no-id'],
    ['a broken connection', 'hang-up' as const, 'timeout'],
  ])('%s: nobody knows', async (_label, instead, cause) => {
    server.instead = instead;
    expect(await sender().send(message)).toEqual({ kind: 'unknown', cause });
    expect(server.calls).toHaveLength(1);
  });

  test('nothing at all, for nobody listens: it cannot have gone out', async () => {
    const client = snsClient({
      region: 'eu-west-3',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    });
    const outcome = await createSnsSms({ client, senderId: 'VilleClichy', ...settings }).send(message);
    expect(outcome).toEqual({ kind: 'throttled', after: 30, code: 'ECONNREFUSED' });
  });

  test.each(['price', 'quota', 'unreachable'] as const)('%s only in the log', async (fault) => {
    server.api.fail(fault);
    expect(await sender().send(message)).toMatchObject({ kind: 'accepted' });
    expect(server.api.sent).toMatchObject([{ state: 'suppressed' }]);
    expect(server.log).toHaveLength(1);
  });
});

test('a message cannot be looked up', async () => {
  expect(await sender().find(message, new Date())).toBe('cannot');
});

test('the stand-in takes topics too, and refuses strangers', async () => {
  await server.client.send(
    new PublishCommand({
      TopicArn: 'arn:aws:sns:eu-west-3:111122223333:events',
      Message: '{"type":"joined"}',
      MessageAttributes: { type: { DataType: 'String', StringValue: 'joined' } },
    }),
  );
  expect(server.api.published).toMatchObject([
    { message: '{"type":"joined"}', attributes: { type: 'joined' } },
  ]);
  const { status } = await server.api.answer({ form: new URLSearchParams({ Action: 'Publish' }) });
  expect(status).toBe(403);
});
