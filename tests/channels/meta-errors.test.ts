/** What Meta's answers mean, each of the table and all others; its sender keeps the contract over them. */
import { describe, expect, test } from 'vitest';
import { createMessenger } from '../../functions/channels/messenger-send.ts';
import shared from '../../functions/channels/meta-errors.json';
import { outcomeOf } from '../../functions/channels/meta-errors.ts';
import { senderContract } from './contract.ts';
import { outgoing, PAGE, PSID, SECRET, TOKEN } from './messenger-loopback.ts';

const MID = 'm_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP';
const error = (code: number, subcode: number | undefined, message: string) => ({
  error: {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    error_subcode: subcode,
    fbtrace_id: 'A',
  },
});
const rows = Object.entries({ ...shared.met, ...shared.documented, ...shared.shared });
const told = (row: { cause?: string; throttled?: boolean; uncertain?: boolean }) =>
  row.uncertain
    ? { kind: 'unknown' }
    : row.throttled
      ? { kind: 'throttled' }
      : { kind: 'rejected', cause: row.cause };

senderContract({
  name: 'Messenger',
  make: (baseUrl, timeout) =>
    createMessenger({ pageId: PAGE, token: TOKEN, baseUrl, appSecret: SECRET, timeout }),
  message: outgoing(),
  id: MID,
  accepted: (id) => ({ status: 200, body: JSON.stringify({ recipient_id: PSID, message_id: id }) }),
  errors: rows.flatMap(([key, row]) => {
    const [code = '', subcode] = key.split('/');
    const body = (echoed: string) =>
      JSON.stringify(error(Number(code), subcode ? Number(subcode) : undefined, echoed));
    return [
      {
        label: `${key}: ${row.name}`,
        answer: (echoed) => ({ status: 400, body: body(echoed) }),
        expect: told(row) as never,
      },
      {
        label: `${key}, with HTTP 200`,
        answer: (echoed) => ({ status: 200, body: body(echoed) }),
        expect: told(row) as never,
      },
    ];
  }),
  timeout: 100,
  finds: true,
});

describe('an error', () => {
  const of = (status: number, body: unknown, headers?: Record<string, string>) =>
    outcomeOf({ statusCode: status, body: JSON.stringify(body), headers });

  test.each([
    [
      'a code nobody knows',
      of(400, error(99_999, undefined, 'x')),
      { kind: 'rejected', code: '99999', cause: 'bug' },
    ],
    [
      'a code nobody knows, with HTTP 200',
      of(200, error(99_999, 7, 'x')),
      { kind: 'rejected', code: '99999-7', cause: 'bug' },
    ],
    [
      'a code nobody knows, with a 500',
      of(500, error(99_999, undefined, 'x')),
      { kind: 'unknown', cause: '99999' },
    ],
    [
      'a subcode nobody knows stops nobody',
      of(400, error(10, 7, 'x')),
      { kind: 'rejected', code: '10-7', cause: 'bug' },
    ],
    [
      'a subcode of the token',
      of(400, error(190, 463, 'x')),
      { kind: 'rejected', code: '190-463', cause: 'config' },
    ],
    [
      'a permission by itself',
      of(403, error(10, undefined, 'x')),
      { kind: 'rejected', code: '10', cause: 'config' },
    ],
    [
      'one of the permissions',
      of(403, error(283, undefined, 'x')),
      { kind: 'rejected', code: '283', cause: 'config' },
    ],
    [
      'not available, and no more said',
      of(400, error(551, undefined, 'x')),
      { kind: 'rejected', code: '551', cause: 'unreachable' },
    ],
    [
      'Meta says it will pass',
      of(400, { error: { code: 99_999, is_transient: true } }),
      { kind: 'rejected', cause: 'transient' },
    ],
    [
      'unknown, with a 500: it may be out',
      of(500, error(2, undefined, 'x')),
      { kind: 'unknown', cause: '2' },
    ],
    [
      'the window, with a 500: it is not',
      of(500, error(10, 2018278, 'x')),
      { kind: 'rejected', cause: 'window' },
    ],
    ['no code at all', of(400, { error: {} }), { kind: 'rejected', code: 'http-400', cause: 'bug' }],
    [
      'no code, not allowed',
      of(401, { error: 'x' }),
      { kind: 'rejected', code: 'http-401', cause: 'config' },
    ],
    [
      'codes as text',
      of(400, { error: { code: '10', error_subcode: '2018278' } }),
      { kind: 'rejected', cause: 'window' },
    ],
    [
      'an id beside an error',
      of(200, { message_id: 'm', ...error(551, 1545041, 'x') }),
      { kind: 'rejected', cause: 'optout' },
    ],
    ['an id with a 500', of(500, { message_id: 'm' }), { kind: 'unknown', cause: 'http-500' }],
    ['another address than Graph', of(404, 'x'), { kind: 'rejected', code: 'http-404', cause: 'config' }],
    ['named after a method', of(400, { error: { code: 'toString' } }), { kind: 'rejected', cause: 'bug' }],
  ])('%s', (_label, outcome, expected) => {
    expect(outcome).toMatchObject(expected);
  });

  test('says itself how long to wait', () => {
    const usage = JSON.stringify({
      '1': [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 7 }],
    });
    expect(of(400, error(80006, undefined, 'x'), { 'x-business-use-case-usage': usage })).toMatchObject({
      after: 420,
    });
    expect(of(429, 'x', { 'retry-after': '5' })).toEqual({ kind: 'throttled', after: 5 });
    expect(of(429, 'x', { 'retry-after': '1e99', 'x-business-use-case-usage': '{' })).toMatchObject({
      after: 3600,
    });
  });
});
