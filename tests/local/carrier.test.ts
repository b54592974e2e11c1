/** The stand-in carrier against a small HTTP server that plays our webhook. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  type Call,
  CITY,
  type FakeWebhook,
  HELLO,
  openFakeWebhook,
  PHONE,
  send,
  shown,
} from './fake-webhook.ts';

let fake: FakeWebhook;
beforeEach(async () => {
  fake = await openFakeWebhook();
});
afterEach(() => fake.close());

describe('a phone sends', () => {
  test('a signed form with the fields of a received SMS', async () => {
    const { sid } = await send(fake.start(), "Ça va ? & l'été = 100 %\nالسلام");
    const [call] = fake.calls as [Call];
    expect(fake.isGenuine(call)).toBe(true);
    expect(call.form).toEqual({
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: ACCOUNT,
      ApiVersion: '2010-04-01',
      SmsStatus: 'received',
      NumMedia: '0',
      NumSegments: '1',
      From: PHONE,
      To: CITY,
      Body: "Ça va ? & l'été = 100 %\nالسلام",
      FromCity: '',
      FromState: '',
      FromZip: '',
      FromCountry: 'FR',
      ToCity: '',
      ToState: '',
      ToZip: '',
      ToCountry: 'FR',
    });
    expect(sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(call.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
    expect(call.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  test('and signs over the URL without its fragment', async () => {
    await send(fake.start({ webhookUrl: `${fake.base}/webhooks/twilio?city=a#rc=5&rp=all` }), 'SQUARE');
    expect(fake.calls[0]?.path).toBe('/webhooks/twilio?city=a');
    expect(fake.calls.map(fake.isGenuine)).toEqual([true]);
  });

  test('and gets its replies, with their parts, once the webhook has answered', async () => {
    const long = 'a'.repeat(161);
    fake.answer = () => ({
      body: `<Response><Message>Un &amp; deux</Message><Message>${long}</Message></Response>`,
    });
    const carrier = fake.start();
    const { sid, replies } = await send(carrier, 'SQUARE');
    const time = fake.now.toISOString();
    expect(replies).toMatchObject([
      { direction: 'out', text: 'Un & deux', parts: 1, state: 'queued', time },
      { direction: 'out', text: long, parts: 2, state: 'queued', time },
    ]);
    const inbound = { id: sid, direction: 'in', text: 'SQUARE', time, parts: 1, state: 'received' };
    expect(carrier.thread('sms', PHONE)).toMatchObject([inbound, ...replies]);
  });

  test.each(['06 39 98 00 01', '0639980001', '+33 6 39 98 00 01', '0033639980001', '+33 (0)6.39.98.00.01'])(
    'from %s, which is the same phone',
    async (from) => {
      const carrier = fake.start();
      await send(carrier, 'SQUARE', from);
      expect(fake.calls[0]?.form.From).toBe(PHONE);
      expect(carrier.thread('sms', from)).toEqual(carrier.thread('sms', PHONE));
    },
  );

  test.each([
    [
      'a foreign number',
      { from: '+4915112345678' },
      /^Numéro illisible : reçu un texte de 14 caractères\. Attendu : /,
    ],
    ['a short code', { from: '36111' }, /^Numéro illisible/],
    ['no number', { from: '' }, /^Numéro illisible : reçu un texte vide\./],
    ['another channel', { channel: 'pigeon' }, /^Canal inconnu .* Attendu : sms\.$/],
    ['nothing', { text: ' \n' }, /^Message vide/],
    ['too much', { text: 'a'.repeat(1601) }, /^Message trop long : reçu un texte de 1601 caractères/],
  ])('and is refused in French for %s', async (_label, changes, error) => {
    const carrier = fake.start();
    const sent = await carrier.receive({ channel: 'sms', from: PHONE, text: 'SQUARE', ...changes });
    expect(sent).toEqual({ error: expect.stringMatching(error) });
    expect(fake.calls).toEqual([]);
  });
});

describe('a webhook in trouble', () => {
  test('is asked again with the same message until it answers 2xx', async () => {
    fake.answer = (_call, nth) => (nth < 4 ? { status: [500, 404, 429][nth - 1] } : { body: HELLO });
    const { sid, replies } = await send(fake.start({ webhookUrl: `${fake.base}/hook` }), 'SQUARE');
    const tries = fake.callsTo('/hook');
    expect(tries.map(({ form }) => form.MessageSid)).toEqual([sid, sid, sid, sid]);
    expect(new Set(tries.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
    expect(tries.every(fake.isGenuine)).toBe(true);
    expect(replies).toHaveLength(1);
  });

  test('is given up after five retries, and the phone shows it', async () => {
    let tries = 0;
    const carrier = fake.start({
      post: async () => {
        tries += 1;
        throw new TypeError('fetch failed');
      },
    });
    expect((await send(carrier, 'SQUARE')).replies).toEqual([]);
    expect(tries).toBe(6);
    expect(shown(carrier.thread('sms', PHONE))).toEqual(['in SQUARE failed']);
    await carrier.close();
    const next = fake.start();
    await next.resume();
    expect(fake.calls).toEqual([]);
  });

  test('that answers no TwiML has answered: no retry, no reply', async () => {
    fake.answer = () => ({ body: '<html><p>Erreur</html>' });
    const carrier = fake.start();
    expect((await send(carrier, 'SQUARE')).replies).toEqual([]);
    expect(fake.calls).toHaveLength(1);
    expect(readFileSync(fake.file, 'utf8')).toContain('"fault":12100');
  });
});

describe('status callbacks', () => {
  test('tell sent, then delivered, signed, to the action resolved against the webhook', async () => {
    const carrier = fake.start();
    const { replies } = await send(carrier, 'SQUARE');
    await carrier.settle();
    const told = fake.callsTo('/receipts');
    expect(told.map(({ path }) => path)).toEqual(['/receipts?d=1', '/receipts?d=1']);
    expect(told.every(fake.isGenuine)).toBe(true);
    const MessageSid = replies[0]?.id;
    const fields = { MessageSid, SmsSid: MessageSid, AccountSid: ACCOUNT, From: CITY, To: PHONE };
    expect(told.map(({ form }) => form)).toEqual(
      ['sent', 'delivered'].map((status) => ({
        ...fields,
        ApiVersion: '2010-04-01',
        MessageStatus: status,
        SmsStatus: status,
      })),
    );
    expect(shown(carrier.thread('sms', PHONE))).toEqual(['in SQUARE received', 'out Bonjour delivered']);
  });

  test('are tried again when they fail', async () => {
    fake.answer = ({ path }, nth) =>
      path.startsWith('/webhooks') ? { body: HELLO } : { status: nth < 3 ? 503 : 200 };
    const carrier = fake.start();
    await send(carrier, 'SQUARE');
    await carrier.settle();
    expect(fake.callsTo('/receipts').map(({ form }) => form.MessageStatus)).toEqual([
      'sent',
      'sent',
      'sent',
      'delivered',
    ]);
  });

  test('are not sent where nobody asked for them', async () => {
    fake.answer = () => ({ body: '<Response><Message>Bonjour</Message></Response>' });
    const carrier = fake.start();
    await send(carrier, 'SQUARE');
    await carrier.settle();
    expect(fake.calls).toHaveLength(1);
    expect(shown(carrier.thread('sms', PHONE))).toEqual(['in SQUARE received', 'out Bonjour delivered']);
  });
});

describe('after a crash', () => {
  test('a message whose webhook never finished is posted again, as the same message', async () => {
    const hung = fake.start({ post: () => new Promise(() => undefined) });
    const lost = send(hung, 'SQUARE');
    const later = send(hung, 'AIDE');
    await hung.close();
    await expect(lost).rejects.toThrow('the carrier is closed');
    await expect(later).rejects.toThrow('the carrier is closed');
    const carrier = fake.start();
    expect(shown(carrier.thread('sms', PHONE))).toEqual(['in SQUARE sending', 'in AIDE sending']);
    await carrier.resume();
    await carrier.settle();
    expect(fake.callsTo('/webhooks').map(({ form }) => form.Body)).toEqual(['SQUARE', 'AIDE']);
    expect(shown(carrier.thread('sms', PHONE))).toEqual([
      'in SQUARE received',
      'in AIDE received',
      'out Bonjour delivered',
      'out Bonjour delivered',
    ]);
  });

  test('wherever the log was cut off, nothing is lost and nothing is there twice', async () => {
    const first = fake.start();
    const { sid } = await send(first, 'Où ça, l’été ?');
    await first.settle();
    const whole = readFileSync(fake.file);
    const wholeThread = shown(first.thread('sms', PHONE));
    await first.close();
    const facts = whole.toString().trimEnd().split('\n').length;
    const lineEnd = whole.indexOf('\n') + 1;
    // Each line's last bytes and one in its middle, from the first whole line on.
    const cuts = [lineEnd];
    for (let from = lineEnd; from < whole.length; from = whole.indexOf('\n', from) + 1) {
      const end = whole.indexOf('\n', from) + 1;
      cuts.push(Math.floor((from + end) / 2), end - 1, end);
    }
    expect(cuts).toHaveLength(1 + 3 * (facts - 1));
    for (const cut of cuts) {
      writeFileSync(fake.file, whole.subarray(0, cut));
      const carrier = fake.start();
      await carrier.resume();
      await carrier.settle();
      expect(shown(carrier.thread('sms', PHONE)), `cut at byte ${cut}`).toEqual(wholeThread);
      expect(carrier.thread('sms', PHONE)[0]?.id).toBe(sid);
      await carrier.close();
      for (const line of readFileSync(fake.file, 'utf8').trimEnd().split('\n')) JSON.parse(line);
    }
    expect(
      fake.callsTo('/receipts').every(({ form }) => ['sent', 'delivered'].includes(form.MessageStatus ?? '')),
    ).toBe(true);
  });

  test('a callback that was not taken is sent again, and no other', async () => {
    const first = fake.start();
    await send(first, 'SQUARE');
    await first.settle();
    await first.close();
    const lines = readFileSync(fake.file, 'utf8').trimEnd().split('\n');
    writeFileSync(fake.file, `${lines.slice(0, -1).join('\n')}\n`);
    fake.calls = [];
    const carrier = fake.start();
    await carrier.resume();
    await carrier.settle();
    expect(fake.calls.map(({ form }) => form.MessageStatus)).toEqual(['delivered']);
  });

  test('a line that is broken in the middle is named, without what is in it', () => {
    writeFileSync(fake.file, `{"type":"inbound","from":"${PHONE}"}\n{}\n`);
    expect(() => fake.start()).toThrow(/^line 1 of the carrier's log is not valid at (?!.*\+33)/);
  });
});
