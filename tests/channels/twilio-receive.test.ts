/** What Twilio posts, over recorded forms as files: who is speaking, and what is said. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import type { Received } from '../../functions/channels/channel.ts';
import { STATES } from '../../functions/channels/channel.ts';
import type { Form } from '../../functions/channels/twilio-form.ts';
import { createTwilioReceiver } from '../../functions/channels/twilio-receive.ts';
import type { Request } from '../../functions/runtime/http.ts';

const TOKEN = 'b'.repeat(32);
const OLD_TOKEN = 'c'.repeat(32);
const PUBLIC_URL = 'https://voix.clichy.example';
const DELIVERY = 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp';

interface Payload {
  path: string;
  query?: string;
  form: Form;
  expect: Received;
}

const FOLDER = new URL('../payloads/twilio/', import.meta.url);
const payloads = readdirSync(FOLDER)
  .sort()
  .map((file): [string, Payload] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
  ]);

const receiver = createTwilioReceiver({
  tokens: [TOKEN, OLD_TOKEN],
  numbers: { sms: '38123', whatsapp: '+33757900000' },
  publicUrl: PUBLIC_URL,
  eventId: (sid) => `e${sid.slice(-6)}`,
});

const pairsOf = (form: Form): [string, string][] =>
  Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );

/** As it travels, and signed as Twilio does it. */
function posted(
  { path, query = '', form }: Omit<Payload, 'expect'>,
  token = TOKEN,
  base = PUBLIC_URL,
): Request {
  const body = new URLSearchParams(pairsOf(form)).toString();
  const signed = getExpectedTwilioSignature(token, `${base}${path}${query && `?${query}`}`, form);
  return { method: 'POST', path, query, headers: { 'x-twilio-signature': signed }, body };
}

describe('a recorded form', () => {
  test.each(payloads)('%s', (_label, payload) => {
    expect(receiver.read(posted(payload))).toEqual(payload.expect);
  });

  test.each(payloads)('%s, read again, is the same', (_label, payload) => {
    const request = posted(payload);
    expect(receiver.read(request)).toEqual(receiver.read(request));
  });

  test.each(payloads)('%s, not signed or badly signed, is refused', (_label, payload) => {
    const request = posted(payload);
    const given = request.headers['x-twilio-signature'] ?? '';
    for (const signature of [undefined, '', 'x', given.toLowerCase(), `${given.slice(1)}=`])
      expect(receiver.read({ ...request, headers: { 'x-twilio-signature': signature } })).toEqual({
        kind: 'forbidden',
      });
    expect(receiver.read(posted(payload, 'd'.repeat(32)))).toEqual({ kind: 'forbidden' });
    expect(receiver.read({ ...request, body: `${request.body}&More=1` })).toEqual({ kind: 'forbidden' });
  });
});

describe('a signature', () => {
  const [, payload] = payloads.find(([name]) => name === 'sms-letters') as [string, Payload];

  test('by the token that is being rotated out', () => {
    expect(receiver.read(posted(payload, OLD_TOKEN))).toEqual(payload.expect);
  });

  test.each(['#rc=5&rp=all', '/', '/#rc=5'])('with "%s" behind the configured address', (tail) => {
    const other = createTwilioReceiver({
      tokens: [TOKEN],
      numbers: {},
      publicUrl: PUBLIC_URL + tail,
      eventId: (sid) => `e${sid.slice(-6)}`,
    });
    expect(other.read(posted(payload))).toEqual(payload.expect);
  });

  test('with the port that Twilio writes out', () => {
    expect(receiver.read(posted(payload, TOKEN, `${PUBLIC_URL}:443`))).toEqual(payload.expect);
  });

  test('over another host is another city', () => {
    expect(receiver.read(posted(payload, TOKEN, 'https://autre.example'))).toEqual({ kind: 'forbidden' });
  });

  test('with an address that is none is refused, not thrown', () => {
    const odd = createTwilioReceiver({ tokens: [TOKEN], numbers: {}, publicUrl: 'no url', eventId: String });
    expect(odd.read(posted(payload))).toEqual({ kind: 'forbidden' });
  });
});

test('nothing that is posted makes it throw', () => {
  const name = fc.oneof(
    fc.constantFrom('MessageSid', 'From', 'Body', 'NumMedia', 'MediaUrl0', 'Latitude', 'OptOutType', 'd'),
    fc.string(),
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('whatsapp:', 'whatsapp:FR.', '+', '٣'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('/webhooks/twilio', '/webhooks/twilio/receipts'),
      fc.string(),
      fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }))),
      fc.string(),
      (path, query, form, raw) => {
        const kinds = ['incoming', 'invalid', 'forbidden'];
        const travelled: Form = {};
        for (const [each, worth] of new URLSearchParams(pairsOf(form)))
          travelled[each] = travelled[each] === undefined ? worth : [travelled[each], worth].flat();
        expect(kinds).toContain(receiver.read(posted({ path, query, form: travelled })).kind);
        const request = { method: 'POST', path, query, headers: { 'x-twilio-signature': raw }, body: raw };
        expect(receiver.read(request)).toEqual({ kind: 'forbidden' });
      },
    ),
  );
});

describe('statuses, folded', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../vectors/twilio-status.json', import.meta.url), 'utf8'),
  ) as { rank: Record<string, number>; sequences: { received: string[]; final: string }[] };

  const stateOf = (status: string) => {
    const form = { MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: status };
    const read = receiver.read(posted({ path: '/webhooks/twilio/receipts', query: `d=${DELIVERY}`, form }));
    const [incoming] = read.kind === 'incoming' ? read.incoming : [];
    return incoming?.kind === 'receipt' ? incoming.state : undefined;
  };
  /** As the store does it: never back. */
  const fold = (statuses: string[]) =>
    statuses.reduce((rank, status) => {
      const state = stateOf(status);
      return Math.max(rank, state ? STATES.indexOf(state) : 0);
    }, 0);

  test.each(vectors.sequences.map(({ received, final }) => [received.join(', '), received, final] as const))(
    '%s',
    (_label, received, final) => {
      expect(fold([...received])).toBe(fold([final]));
    },
  );

  test('any order of any of them ends the same, and never goes back', () => {
    const some = fc.array(fc.constantFrom(...Object.keys(vectors.rank), 'huh'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        some.chain((statuses) =>
          fc.tuple(
            fc.constant(statuses),
            fc.shuffledSubarray(statuses, { minLength: statuses.length, maxLength: statuses.length }),
          ),
        ),
        ([one, other]) => {
          expect(fold(other)).toBe(fold(one));
          for (let length = 1; length < one.length; length += 1)
            expect(fold(one.slice(0, length + 1))).toBeGreaterThanOrEqual(fold(one.slice(0, length)));
        },
      ),
    );
  });

  test('as the shared table ranks them', () => {
    const known = Object.entries(vectors.rank);
    for (const [one, low] of known)
      for (const [other, high] of known)
        if (low < high && high > 2)
          expect([one, other, fold([one]) < fold([other])]).toEqual([one, other, true]);
  });
});
