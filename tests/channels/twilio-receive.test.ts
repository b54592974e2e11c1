/** What Twilio posts, over recorded forms as files: who is speaking, and what is said. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import type { Received } from '../../functions/channels/channel.ts';
import { STATES } from '../../functions/channels/channel.ts';
import type { Form } from '../../functions/channels/twilio-form.ts';
import { createTwilioReceiver, readForm } from '../../functions/channels/twilio-receive.ts';
import type { Request } from '../../functions/runtime/http.ts';
import { type At, receiverContract, recorded } from './contract.ts';

const TOKEN = 'b'.repeat(32);
const OLD_TOKEN = 'c'.repeat(32);
const PUBLIC_URL = 'https://voix.clichy.example';
const DELIVERY = 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp';

const payloads = recorded<{ path: string; query?: string; form: Form; expect: Received }>(
  new URL('../payloads/twilio/', import.meta.url),
);

const make = () =>
  createTwilioReceiver({
    tokens: [TOKEN, OLD_TOKEN],
    numbers: { sms: '38123', whatsapp: '+33757900000' },
    publicUrl: PUBLIC_URL,
    eventId: (sid) => `e${sid.slice(-6)}`,
  });
const receiver = make();

/** As it travels. */
function bodyOf(form: Form): Buffer {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  return Buffer.from(new URLSearchParams(pairs).toString());
}

/** As Twilio signs it. */
function signed(
  body: Buffer,
  at: At = { path: '/webhooks/twilio' },
  token = TOKEN,
  base = PUBLIC_URL,
): Request {
  const { path, query = '' } = at;
  const text = body.toString('utf8');
  const url = `${base}${path}${query && `?${query}`}`;
  const headers = { 'x-twilio-signature': getExpectedTwilioSignature(token, url, readForm(text)) };
  return { method: 'POST', path, query, headers, body: text, bytes: body };
}

receiverContract({
  name: 'Twilio',
  make,
  header: 'x-twilio-signature',
  sign: signed,
  payloads: payloads.map(({ label, path, query = '', form, expect: told }) => ({
    label,
    body: bodyOf(form),
    at: { path, query },
    expect: told,
  })),
  message: (text, more = {}) =>
    bodyOf({ ...more, MessageSid: `SM${'1'.repeat(32)}`, From: '+33639980001', To: '38123', Body: text }),
  unknown: [
    {
      label: 'a status of a new kind',
      body: bodyOf({ MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: 'telepathy' }),
      at: { path: '/webhooks/twilio/receipts', query: `d=${DELIVERY}` },
    },
    {
      label: 'a channel of a new kind',
      body: bodyOf({ MessageSid: `SM${'1'.repeat(32)}`, From: 'telepathy:amina', Body: 'oui' }),
    },
  ],
  // The signature is over names and values, each value once.
  meaning: (body) => getExpectedTwilioSignature(TOKEN, '', readForm(body.toString('utf8'))),
});

describe('a signature', () => {
  const payload = payloads.find(({ label }) => label === 'sms-letters') as (typeof payloads)[number];
  const posted = (token = TOKEN, base = PUBLIC_URL) => signed(bodyOf(payload.form), payload, token, base);

  test('by the token that is being rotated out', () => {
    expect(receiver.read(posted(OLD_TOKEN))).toEqual(payload.expect);
  });

  test.each(['#rc=5&rp=all', '/', '/#rc=5'])('with "%s" behind the configured address', (tail) => {
    const other = createTwilioReceiver({
      tokens: [TOKEN],
      numbers: {},
      publicUrl: PUBLIC_URL + tail,
      eventId: (sid) => `e${sid.slice(-6)}`,
    });
    expect(other.read(posted())).toEqual(payload.expect);
  });

  test('with the port that Twilio writes out', () => {
    expect(receiver.read(posted(TOKEN, `${PUBLIC_URL}:443`))).toEqual(payload.expect);
  });

  test('by another token, or over another host', () => {
    expect(receiver.read(posted('d'.repeat(32)))).toEqual({ kind: 'forbidden' });
    expect(receiver.read(posted(TOKEN, 'https://autre.example'))).toEqual({ kind: 'forbidden' });
  });

  test('with an address that is none is refused, not thrown', () => {
    const odd = createTwilioReceiver({ tokens: [TOKEN], numbers: {}, publicUrl: 'no url', eventId: String });
    expect(odd.read(posted())).toEqual({ kind: 'forbidden' });
  });
});

test('any form at all, signed: never an exception', () => {
  const name = fc.oneof(
    fc.constantFrom('MessageSid', 'From', 'Body', 'NumMedia', 'MediaUrl0', 'Latitude', 'OptOutType'),
    fc.constantFrom('ExternalUserId', 'MessageStatus', 'ErrorCode', 'EventType', 'To', 'MessageType'),
    fc.string(),
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('whatsapp:', 'whatsapp:FR.', '+', '٣'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('/webhooks/twilio', '/webhooks/twilio/receipts'),
      fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }))),
      (path, form) => {
        const received = receiver.read(signed(bodyOf(form), { path, query: `d=${DELIVERY}` }));
        expect(['incoming', 'invalid']).toContain(received.kind);
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
    const read = receiver.read(
      signed(bodyOf(form), { path: '/webhooks/twilio/receipts', query: `d=${DELIVERY}` }),
    );
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
