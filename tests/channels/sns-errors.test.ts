/** What SNS's refusals mean: every name and sentence we know, and names nobody knows. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../functions/channels/channel.ts';
import { readDeliveryLog } from '../../functions/channels/sns-delivery-log.ts';
import { deliveryLogCause, outcomeOfError } from '../../functions/channels/sns-errors.ts';

const payload = (name: string) =>
  readFileSync(new URL(`../payloads/sns/${name}.json`, import.meta.url), 'utf8');
const vector = JSON.parse(payload('aws-sms'));

const failure = (name: string, status?: number, message = ''): Error =>
  Object.assign(new Error(message), { name, ...(status && { $metadata: { httpStatusCode: status } }) });

test.each([
  ['OptedOutException', 400, '', 'optout'],
  ['UserErrorException', 400, 'the phone number has opted out', 'optout'],
  [
    'InvalidParameterException',
    400,
    'Invalid parameter: PhoneNumber Reason: +33… is not valid to publish to',
    'permanent',
  ],
  ['InvalidParameterValueException', 400, 'Invalid parameter: PhoneNumber', 'permanent'],
  ['InvalidParameterException', 400, 'Invalid parameter: Message too long', 'bug'],
  ['InvalidParameterException', 400, 'Message body is invalid', 'content'],
  ['ValidationException', 400, 'This delivery would exceed max price', 'price'],
  ['InvalidParameterException', 400, 'No origination entities available to send', 'config'],
  ['UserErrorException', 400, 'monthly spend limit reached', 'config'],
  ['AuthorizationErrorException', 403, '', 'config'],
  ['InvalidSecurityException', 403, '', 'config'],
  ['SignatureDoesNotMatch', 403, '', 'config'],
  ['InvalidClientTokenId', 403, '', 'config'],
  ['ExpiredToken', 403, '', 'config'],
  ['KMSAccessDeniedException', 400, '', 'config'],
  ['KMSDisabledException', 400, '', 'config'],
  ['KMSInvalidStateException', 400, '', 'config'],
  ['KMSNotFoundException', 400, '', 'config'],
  ['KMSOptInRequired', 403, '', 'config'],
  ['SomethingNewException', 403, '', 'config'],
  ['SomethingNewException', 400, 'opted out', 'bug'],
  ['EndpointDisabledException', 400, '', 'bug'],
  ['CredentialsProviderError', undefined, '', 'config'],
])('%s %s "%s" is %s', (name, status, message, cause) => {
  const code = name.replace(/Exception$/, '');
  expect(outcomeOfError(failure(name, status, message))).toEqual({ kind: 'rejected', code, cause });
});

test.each([
  ['ThrottledException', 429],
  ['KMSThrottlingException', 400],
  ['Throttling', 400],
  ['RequestTimeTooSkewed', 403],
  ['SomethingNew', 429],
])('%s %s is sent again', (name, status) => {
  expect(outcomeOfError(failure(name, status))).toMatchObject({ kind: 'throttled', after: 1 });
});

test.each([
  ['InternalErrorException', 500, 'http-500'],
  ['Throttled', 503, 'http-503'],
  ['Unknown', 502, 'http-502'],
  ['Error', 200, 'http-200'],
  ['TimeoutError', undefined, 'timeout'],
  ['Error', undefined, 'network'],
])('%s %s is unknown', (name, status, cause) => {
  expect(outcomeOfError(failure(name, status))).toEqual({ kind: 'unknown', cause });
});

test('whatever is thrown is an outcome, without a number or a text in it', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), fc.integer({ min: 100, max: 599 }), (thrown, name, status) => {
      expect(outcomeOfError(thrown).kind).toBe('unknown');
      const outcome = outcomeOfError(failure(name, status, 'to +33639980001: Bonjour'));
      expect(JSON.stringify(outcome)).not.toMatch(/3363998|Bonjour/);
      if (outcome.kind === 'rejected') expect(['optout', 'permanent']).not.toContain(outcome.cause);
    }),
  );
});

describe('the delivery log', () => {
  const rows = Object.entries(vector.failureReasons as Record<string, string[]>).flatMap(([cause, all]) =>
    all.map((reason): [string, string] => [reason, cause]),
  );

  test.each(rows)('"%s" is %s', (reason, cause) => {
    expect(CAUSES).toContain(cause);
    expect(deliveryLogCause(reason)).toBe(cause);
    const line = { ...JSON.parse(payload('delivery-failure')) };
    line.delivery.providerResponse = reason;
    expect(readDeliveryLog(JSON.stringify(line))).toMatchObject({ state: 'failed', cause });
  });

  test.each([
    ['No quota left for account', 'config'],
    ['Your account requires additional review prior to being able to send SMS messages. Please…', 'config'],
    ['PHONE NUMBER IS OPTED OUT ', 'optout'],
    ['Phone is blacklisted', 'blocked'],
    ['a sentence of next year', undefined],
    ['', undefined],
  ])('"%s" is %s', (reason, cause) => {
    expect(deliveryLogCause(reason)).toBe(cause);
  });

  test('a recorded success says that the carrier has it, not the phone', () => {
    expect(readDeliveryLog(payload('delivery-success'))).toEqual({
      kind: 'receipt',
      provider: 'sns',
      providerId: '34d9b400-c6dd-5444-820d-fbeb0f1f54cf',
      address: 'sms:+33639980001',
      state: 'sent',
    });
    const line = JSON.parse(payload('delivery-success'));
    line.delivery.providerResponse = 'Message has been accepted by phone';
    expect(readDeliveryLog(JSON.stringify(line))).toMatchObject({ state: 'delivered' });
    expect(readDeliveryLog(JSON.stringify(vector.deliveryLogSuccess))).toMatchObject({ state: 'sent' });
  });

  test('a recorded failure has its code, in words without a number', () => {
    expect(readDeliveryLog(payload('delivery-failure'))).toEqual({
      kind: 'receipt',
      provider: 'sns',
      providerId: '1077257a-92f3-5ca3-bc97-6a915b310625',
      address: 'sms:+33639980001',
      state: 'failed',
      code: 'unknown-error-attempting-to-reach-phone',
      cause: 'transient',
    });
  });

  test('a failure that is new has no cause, an unknown status no state', () => {
    const line = JSON.parse(payload('delivery-failure'));
    line.delivery.providerResponse = 'Number 33639980001 is on the moon';
    const read = readDeliveryLog(JSON.stringify(line));
    expect(read).toMatchObject({ state: 'failed', code: 'number-is-on-the-moon' });
    expect(read).not.toHaveProperty('cause');
    expect(readDeliveryLog(JSON.stringify({ ...line, status: 'PENDING' }))).not.toHaveProperty('state');
  });

  test.each(['', '{', 'null', '[]', '{"notification":{}}', 'START RequestId: x'])(
    '%s is no delivery',
    (line) => {
      expect(readDeliveryLog(line)).toEqual({ kind: 'ignored', why: 'not-a-delivery' });
    },
  );

  test('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readDeliveryLog(line)));
  });
});
