/** Faults on demand: how they are asked for, and what each does between Twilio, our functions and a phone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Carrier } from '../../infra/local/carrier.ts';
import { createFaults } from '../../infra/local/carrier-faults.ts';
import { type FakeWebhook, HELLO, openFakeWebhook, PHONE, send, shown } from './fake-webhook.ts';

describe('a list of faults', () => {
  test('is read, normalised, used up and replaced', () => {
    const faults = createFaults();
    const asked = [
      { on: 'send', kind: '21610', address: '06 39 98 00 01' },
      { on: 'send', kind: 'reset', times: 'always' },
    ];
    expect(faults.set(asked)).toEqual([
      { on: 'send', kind: '21610', times: 1, address: PHONE },
      { on: 'send', kind: 'reset', times: 'always' },
    ]);
    const any = () => true;
    expect(faults.take('callback', PHONE, any)).toBeUndefined();
    expect(faults.take('send', '+33639980002', any)).toBe('reset');
    expect(faults.take('send', `whatsapp:${PHONE}`, any)).toBe('21610');
    expect(faults.take('send', PHONE, any)).toBe('reset');
    expect(faults.list()).toEqual([{ on: 'send', kind: 'reset', times: 'always' }]);
    expect(faults.set([])).toEqual([]);
    expect(faults.take('send', PHONE, any)).toBeUndefined();
  });

  test('may be meant for one channel of a phone, or for somebody without a number', () => {
    const faults = createFaults();
    faults.set([
      { on: 'send', kind: '500', address: `whatsapp:${PHONE}` },
      { on: 'send', kind: '429', address: 'FR.1349120865530274' },
    ]);
    expect(faults.take('send', PHONE, () => true)).toBeUndefined();
    expect(faults.take('send', 'whatsapp:FR.1349120865530274', () => true)).toBe('429');
    expect(faults.take('send', `whatsapp:${PHONE}`, () => true)).toBe('500');
  });

  test.each<[string, unknown]>([
    ['no list', { on: 'send', kind: '500' }],
    ['an unknown leg', [{ on: 'moon', kind: '500' }]],
    ['an unknown kind', [{ on: 'send', kind: 'storm' }]],
    ['no times at all', [{ on: 'send', kind: '500', times: 0 }]],
    ['a number that is none', [{ on: 'send', kind: '500', address: '36111' }]],
    ['our own call twice', [{ on: 'send', kind: 'duplicate' }]],
    ['a code on what reaches us', [{ on: 'inbound', kind: '30003' }]],
    ['a field too many', [{ on: 'send', kind: '500', more: 1 }]],
  ])('is refused in French for %s, and changes nothing', (_label, asked) => {
    const faults = createFaults();
    faults.set([{ on: 'send', kind: '500' }]);
    expect(faults.set(asked)).toEqual({ error: expect.stringMatching(/^(Pannes|Numéro) illisible/) });
    expect(faults.list()).toHaveLength(1);
  });
});

let fake: FakeWebhook;
let carrier: Carrier;
beforeEach(async () => {
  fake = await openFakeWebhook();
  carrier = fake.start({ lateMs: 60 });
});
afterEach(() => fake.close());

const inbound = () => fake.callsTo('/webhooks').map(({ form }) => form.Body);
const statuses = () => fake.callsTo('/receipts').map(({ form }) => form.MessageStatus);

describe('a message on its way to us', () => {
  test.each(['429', '500', 'reset'])('that meets a %s is tried again, and came once', async (kind) => {
    carrier.faults.set([{ on: 'inbound', kind, times: 2 }]);
    const { replies } = await send(carrier, 'SQUARE');
    expect([inbound(), replies.length]).toEqual([['SQUARE'], 1]);
  });

  test('whose answer is lost comes again with the same id', async () => {
    carrier.faults.set([{ on: 'inbound', kind: 'timeout-after-accept' }]);
    const { replies } = await send(carrier, 'SQUARE');
    expect([inbound(), replies.length]).toEqual([['SQUARE', 'SQUARE'], 1]);
    expect(new Set(fake.calls.map(({ form }) => form.MessageSid)).size).toBe(1);
  });

  test('twice at once: one answer counts, a second one is seen', async () => {
    carrier.faults.set([{ on: 'inbound', kind: 'duplicate', times: 2 }]);
    const { replies } = await send(carrier, 'SQUARE');
    expect([inbound(), replies.length]).toEqual([['SQUARE', 'SQUARE'], 1]);
    fake.answer = (_call, nth) => ({ body: HELLO.replace('Bonjour', `Bonjour ${nth}`) });
    expect((await send(carrier, 'AIDE')).replies).toHaveLength(2);
  });

  test('behind the next one', async () => {
    carrier.faults.set([{ on: 'inbound', kind: 'reordered' }]);
    await Promise.all([send(carrier, '1'), send(carrier, '2')]);
    expect(inbound()).toEqual(['2', '1']);
  });

  test('behind nothing: it comes all the same', async () => {
    carrier.faults.set([{ on: 'inbound', kind: 'reordered' }]);
    expect((await send(carrier, '1')).replies).toHaveLength(1);
  });

  test('that never arrives is given up, and the phone shows it', async () => {
    carrier.faults.set([{ on: 'inbound', kind: '500', times: 'always' }]);
    expect((await send(carrier, 'SQUARE')).replies).toEqual([]);
    expect(shown(carrier.thread('sms', PHONE))).toEqual(['in SQUARE failed']);
  });
});

describe('a status on its way to us', () => {
  const statusesAfter = async (
    kind: string,
    times: number | 'always' = 1,
  ): Promise<(string | undefined)[]> => {
    carrier.faults.set([{ on: 'callback', kind, times }]);
    await send(carrier, 'SQUARE');
    await carrier.settle();
    return statuses();
  };

  test.each<[string, string[]]>([
    ['late', ['sent', 'delivered']],
    ['reordered', ['delivered', 'sent']],
    ['duplicate', ['sent', 'sent', 'delivered', 'delivered']],
    ['500', ['sent', 'delivered']],
    ['reset', ['sent', 'delivered']],
    ['timeout-after-accept', ['sent', 'sent', 'delivered']],
    ['30003', ['sent', 'undelivered']],
  ])('%s', async (kind, expected) => {
    expect(await statusesAfter(kind)).toEqual(expected);
  });

  test('with the code it ends with', async () => {
    await statusesAfter('30005');
    expect(fake.callsTo('/receipts').at(-1)?.form).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30005',
    });
    expect(carrier.thread('sms', PHONE).at(-1)).toMatchObject({ state: 'undelivered', code: 30005 });
  });

  test('that is never taken', async () => {
    expect(await statusesAfter('500', 'always')).toEqual([]);
    expect(shown(carrier.thread('sms', PHONE)).at(-1)).toBe('out Bonjour delivered');
  });
});

test('a late answer of the API comes behind its callbacks', async () => {
  carrier.faults.set([{ on: 'send', kind: 'late' }]);
  const account = `AC${'a'.repeat(32)}`;
  const order: string[] = [];
  fake.answer = ({ form }) => {
    order.push(form.MessageStatus ?? '');
    return {};
  };
  const answer = await carrier.api({
    ...{
      method: 'POST',
      path: `/2010-04-01/Accounts/${account}/Messages.json`,
      query: new URLSearchParams(),
    },
    form: new URLSearchParams({
      To: PHONE,
      From: '38123',
      Body: 'a',
      StatusCallback: `${fake.base}/receipts`,
    }),
    authorization: `Basic ${Buffer.from(`${account}:${'b'.repeat(32)}`).toString('base64')}`,
  });
  order.push(`answer ${answer.status}`);
  await carrier.settle();
  expect(order[0]).toBe('sent');
  expect(order).toContain('answer 201');
});
