/** What Twilio's codes mean for us, each of the shared table, and what an answer of its API amounts to. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../functions/channels/channel.ts';
import errors from '../../functions/channels/twilio-errors.json';
import { afterOf, causeOf, isUncertain, outcomeOf } from '../../functions/channels/twilio-errors.ts';

interface Row {
  code: number;
  class_: string;
  retry: string | null;
}
const { rows } = JSON.parse(
  readFileSync(new URL('../vectors/twilio-errors.json', import.meta.url), 'utf8'),
) as { rows: Row[] };

/** The shared table's words that are not ours. */
const OURS: Record<string, string | undefined> = {
  throttled: 'transient',
  timing: 'transient',
  na: 'blocked',
  unknown: undefined,
};
/** What that table stops a channel for, and is wrong with one destination, template, person or attachment only. */
const ONE_ONLY: Record<number, string> = {
  21408: 'bug',
  21612: 'bug',
  21655: 'content',
  21670: 'content',
  63015: 'unreachable',
  63027: 'content',
  63041: 'content',
  63062: 'content',
};
/** The first wait of each `retry`, in seconds. */
const WAITS: Record<string, number> = {
  '1s,2s,4s… cap 60s': 1,
  '15 min': 900,
  '4 h, once': 14_400,
  '1 h, once': 3600,
  '30 min': 1800,
  '1 min × 2^n': 60,
};

test.each(rows.map((row) => [row.code, row] as const))('%i is read as the table has it', (code, row) => {
  const { class_, retry } = row;
  expect(causeOf(code)).toBe(ONE_ONLY[code] ?? (class_ in OURS ? OURS[class_] : class_));
  expect(isUncertain(code)).toBe(class_ === 'unknown');
  if (retry) expect(afterOf(code)).toBe(WAITS[retry]);
  // A code means the same by receipt, as text, and whatever the HTTP status of the answer it came in.
  expect(causeOf(String(code), 400)).toBe(causeOf(code));
});

test.each(rows.map((row) => [row.code, row.class_] as const))(
  '%i as the answer of the API',
  (code, class_) => {
    const outcome = outcomeOf({ status: code === 20429 ? 429 : code === 20003 ? 401 : 400, code });
    const kinds: Record<string, string> = { throttled: 'throttled', unknown: 'unknown' };
    expect(outcome.kind).toBe(kinds[class_] ?? 'rejected');
    if (outcome.kind === 'rejected') {
      expect(outcome).toMatchObject({ code: String(code), cause: causeOf(code) });
      // Only what is tried again says when.
      expect(outcome.after !== undefined).toBe(outcome.cause === 'transient');
    }
    if (outcome.kind === 'throttled') expect(outcome.after).toBeGreaterThan(0);
  },
);

test('every row has a cause of ours, and nobody is opted out or marked by a code from memory', () => {
  for (const row of Object.values({ ...errors.shared, ...errors.memory } as Record<
    string,
    { cause?: string }
  >))
    if (row.cause) expect(CAUSES).toContain(row.cause);
  const marks = Object.values(errors.memory).map(({ cause }) => cause);
  for (const cause of ['optout', 'permanent', 'unreachable']) expect(marks).not.toContain(cause);
  expect(Object.keys(errors.shared)).toHaveLength(50);
});

test.each([undefined, '', '0', 'constructor', '__proto__', 'x', '99999', 99999, -1, Number.NaN])(
  'the unknown code %s marks and stops nobody',
  (code) => {
    expect([causeOf(code), afterOf(code), isUncertain(code)]).toEqual([undefined, undefined, false]);
  },
);

describe('an answer', () => {
  test.each([
    ['no answer', new Error('the provider did not answer in time'), { kind: 'unknown', cause: 'network' }],
    ['a page that is no JSON', new SyntaxError('Unexpected token <'), { kind: 'unknown', cause: 'network' }],
    ['nothing at all', undefined, { kind: 'unknown', cause: 'network' }],
    ['a 500', { status: 500 }, { kind: 'unknown', cause: 'http-500' }],
    ['a 503 with a code', { status: 503, code: 20503 }, { kind: 'unknown', cause: 'http-503' }],
    ['a 504 of a proxy', { status: 504 }, { kind: 'unknown', cause: 'http-504' }],
    ['a 408', { status: 408 }, { kind: 'unknown', cause: 'http-408' }],
    ['a redirect', { status: 302 }, { kind: 'unknown', cause: 'http-302' }],
    ['a 429 of a proxy', { status: 429 }, { kind: 'throttled', after: 1 }],
    ['429/20429', { status: 429, code: 20429 }, { kind: 'throttled', after: 1, code: '20429' }],
    ['429/63018', { status: 429, code: 63018 }, { kind: 'throttled', after: 60, code: '63018' }],
    ['a full queue', { status: 400, code: 21611 }, { kind: 'throttled', after: 900, code: '21611' }],
    ['a wrong token', { status: 401, code: 20003 }, { kind: 'rejected', code: '20003', cause: 'config' }],
    ['a 401 page', { status: 401 }, { kind: 'rejected', code: 'http-401', cause: 'config' }],
    ['a 403 page', { status: 403 }, { kind: 'rejected', code: 'http-403', cause: 'config' }],
    [
      'a 403 of an opt-out',
      { status: 403, code: 21610 },
      { kind: 'rejected', code: '21610', cause: 'optout' },
    ],
    ['a 403, unknown', { status: 403, code: 29999 }, { kind: 'rejected', code: '29999', cause: 'config' }],
    ['a 404 page', { status: 404 }, { kind: 'rejected', code: 'http-404', cause: 'config' }],
    ['no such account', { status: 404, code: 20404 }, { kind: 'rejected', code: '20404', cause: 'config' }],
    ['an unknown code', { status: 400, code: 29999 }, { kind: 'rejected', code: '29999', cause: 'bug' }],
    ['a 400 page', { status: 400 }, { kind: 'rejected', code: 'http-400', cause: 'bug' }],
    ['an opt-out', { status: 400, code: 21610 }, { kind: 'rejected', code: '21610', cause: 'optout' }],
    ['a landline', { status: 400, code: 21614 }, { kind: 'rejected', code: '21614', cause: 'permanent' }],
    [
      'a full carrier',
      { status: 400, code: 30001 },
      { kind: 'rejected', code: '30001', cause: 'transient', after: 900 },
    ],
    ['nobody knows', { status: 400, code: 30410 }, { kind: 'unknown', cause: '30410' }],
  ])('%s', (_label, error, outcome) => {
    expect(outcomeOf(error)).toEqual(outcome);
  });
});
