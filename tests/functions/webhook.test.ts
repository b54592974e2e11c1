/** The webhook on the real SDK and the embedded store: signatures, retries, races, and what no input may do. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { create as createConverse } from '../../functions/converse.ts';
import type { Handler } from '../../functions/runtime/http.ts';
import { createDb } from '../../functions/store/db.ts';
import { create } from '../../functions/webhook.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import {
  createTestCity,
  freshSid,
  NUMBER,
  readTwiml,
  signed,
  smsForm,
  type TestCity,
  TOKEN,
  text,
} from '../support/city.ts';

let store: Store;
let calls: string[] = [];
let city: TestCity;
let webhook: Handler;
let people = 0;
const someone = (): string => `+3363998${String(++people).padStart(4, '0')}`;

beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());
beforeEach(() => {
  calls = [];
  const counting = {
    send: (command: { constructor: { name: string } }, ...rest: unknown[]) => {
      calls.push(command.constructor.name.replace('Command', ''));
      return (store.client.send as (...all: unknown[]) => Promise<unknown>)(command, ...rest);
    },
  };
  city = createTestCity(createDb(counting as unknown as Store['client'], store.table));
  webhook = create(city.deps);
});

const receipt = (action: string, more: Record<string, string> = {}) => {
  const url = action.slice('https://voix.clichy.example'.length);
  return webhook(signed(url, { MessageSid: freshSid(), MessageStatus: 'sent', ...more }));
};

describe('signatures', () => {
  const form = () => smsForm(someone(), 'SQUARE', freshSid());

  it('a correctly signed form gets TwiML with the reply', async () => {
    const answer = await webhook(signed('/webhooks/twilio', form()));
    expect(answer.status).toBe(200);
    expect(answer.headers?.['content-type']).toContain('text/xml');
    expect(readTwiml(answer)?.text).toContain('On commence? 1 oui');
  });

  it('the token that is being rotated out is still accepted', async () => {
    expect((await webhook(signed('/webhooks/twilio', form(), 'previous-token'))).status).toBe(200);
  });

  const wrong: [string, () => Parameters<Handler>[0]][] = [
    ['missing', () => ({ ...signed('/webhooks/twilio', form()), headers: {} })],
    ['empty', () => ({ ...signed('/webhooks/twilio', form()), headers: { 'x-twilio-signature': '' } })],
    ['by another token', () => signed('/webhooks/twilio', form(), 'not-ours')],
    [
      'over another body',
      () => ({
        ...signed('/webhooks/twilio', form()),
        body: `${signed('/webhooks/twilio', form()).body}&X=1`,
      }),
    ],
    ['over another query', () => ({ ...signed('/webhooks/twilio', form()), query: 'a=1' })],
    [
      'over another path',
      () => ({ ...signed('/webhooks/twilio/receipts', form()), path: '/webhooks/twilio' }),
    ],
    [
      'over trimmed text',
      () => ({
        ...signed('/webhooks/twilio', smsForm(someone(), ' a ', 'SM1')),
        body: new URLSearchParams(smsForm('+33639980000', 'a', 'SM1')).toString(),
      }),
    ],
  ];
  it.each(wrong)('%s: 403 before any access to the store', async (_, request) => {
    const answer = await webhook(request());
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('+33');
    expect(calls).toEqual([]);
  });

  it('every changed byte of a request is refused', async () => {
    const request = signed('/webhooks/twilio', form());
    await fc.assert(
      fc.asyncProperty(
        fc.nat(request.body.length - 1),
        fc.constantFrom('a', '0', '%20', '&', '='),
        async (at, put) => {
          const body = request.body.slice(0, at) + put + request.body.slice(at + 1);
          fc.pre(
            JSON.stringify([...new URLSearchParams(body)]) !==
              JSON.stringify([...new URLSearchParams(request.body)]),
          );
          // Twilio signs sorted name+value pairs without separators: a cut between the two may move unseen.
          const joined = (text: string) =>
            [...new URLSearchParams(text)]
              .map((pair) => pair.join(''))
              .sort()
              .join('');
          fc.pre(joined(body) !== joined(request.body));
          expect((await webhook({ ...request, body })).status).toBe(403);
        },
      ),
      { numRuns: 200 },
    );
    expect(calls).toEqual([]);
  });
});

describe('retries and races', () => {
  it("a provider's retry gets the same reply until a receipt, then nothing, and changes no answer", async () => {
    const from = someone();
    await text(webhook, from, 'SQUARE');
    await text(webhook, from, '1');
    const first = await text(webhook, from, '3 parfois');
    const again = await text(webhook, from, '3 parfois', first.sid);
    expect(again.reply).toEqual(first.reply);
    expect((await receipt(first.reply?.action as string)).status).toBe(200);
    const late = await text(webhook, from, '3 parfois', first.sid);
    expect(late.reply).toBeUndefined();
    const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
    expect(item?.session.survey?.answers).toMatchObject({ frequence: { v: 3 } });
    expect(item?.session.survey?.at).toBe('priorites');
  });

  it('an older message that comes again gets an empty answer', async () => {
    const from = someone();
    const first = await text(webhook, from, 'SQUARE');
    await text(webhook, from, '1');
    expect((await text(webhook, from, 'SQUARE', first.sid)).reply).toBeUndefined();
  });

  it('copies of one message at the same instant count once', async () => {
    const from = someone();
    await text(webhook, from, 'SQUARE');
    await text(webhook, from, '1');
    const sid = freshSid();
    const copies = await Promise.all(Array.from({ length: 8 }, () => text(webhook, from, '4', sid)));
    expect(copies.map(({ answer }) => answer.status)).toEqual(Array(8).fill(200));
    const replies = copies.flatMap(({ reply }) => reply?.text ?? []);
    expect(new Set(replies).size).toBe(1);
    const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
    expect(item?.session.survey?.at).toBe('priorites');
    expect(Object.keys(item?.session.survey?.answers ?? {})).toEqual(['frequence']);
  });

  it('two different messages at the same instant are both counted, in one order', async () => {
    for (let round = 0; round < 20; round += 1) {
      const from = someone();
      await text(webhook, from, 'SQUARE');
      await text(webhook, from, '1');
      const both = await Promise.all([text(webhook, from, '4'), text(webhook, from, '2')]);
      expect(both.every(({ reply }) => reply)).toBe(true);
      const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
      expect(item?.session.survey?.at).toBe('securite');
      const { frequence, priorites } = item?.session.survey?.answers ?? {};
      expect([frequence?.v, priorites?.v]).toSatisfy(
        ([one, many]) => (one === 4 && many[0] === 2) || (one === 2 && many[0] === 4),
      );
    }
  });

  it('what cannot be done at once goes on the queue and is answered by the API, once', async () => {
    const from = someone();
    await text(webhook, from, 'SQUARE');
    const { take } = city.deps;
    city.deps.take = async () => {
      throw new Error('throttled');
    };
    const { answer, reply } = await text(webhook, from, '1');
    expect([answer.status, reply]).toEqual([200, undefined]);
    city.deps.take = take;
    const converse = createConverse(city.deps);
    const message = city.queue[0];
    if (!message) throw new Error('nothing was queued');
    await converse(message);
    await converse(message);
    expect(city.sent.map(({ text: sent }) => sent)).toEqual([
      expect.stringContaining('1/4 Allez-vous au square?'),
    ]);
    expect(city.sent[0]?.to).toBe(`sms:${from}`);
  });

  it('asks the provider to try again only where nothing could be kept', async () => {
    city.deps.take = async () => {
      throw new Error('store down');
    };
    city.deps.queue.send = async () => {
      throw new Error('queue down');
    };
    expect((await text(webhook, someone(), 'SQUARE')).answer.status).toBe(503);
    expect(city.lines.join()).not.toMatch(/\+33|SQUARE/);
  });
});

describe('what comes in', () => {
  const odd: [string, Record<string, string>, number][] = [
    ['no MessageSid', { ...smsForm('+33639980000', 'x', 'SM1'), MessageSid: '' }, 400],
    ['no From', { ...smsForm('', 'x', 'SM2') }, 400],
    ['a short code', smsForm('36111', 'x', 'SM3'), 200],
    ['our own number', smsForm(NUMBER, 'x', 'SM4'), 200],
    ['a name', smsForm('VilleClichy', 'x', 'SM5'), 200],
  ];
  it.each(odd)('%s', async (_, form, status) => {
    const answer = await webhook(signed('/webhooks/twilio', form));
    expect(answer.status).toBe(status);
    expect(readTwiml(answer)).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('a photo without text is not met with silence', async () => {
    const { reply } = await text(webhook, someone(), '');
    expect(reply?.text).toContain('Votre quartier?');
  });

  it.each([
    ['/webhooks/twilio', 'GET', 405],
    ['/elsewhere', 'POST', 404],
  ])('%s by %s is %i', async (path, method, status) => {
    expect((await webhook({ ...signed(path, {}), method })).status).toBe(status);
  });

  it('a form over 16 kB is refused unread', async () => {
    const answer = await webhook(
      signed('/webhooks/twilio', smsForm('+33639980000', 'x'.repeat(17_000), 'SM9')),
    );
    expect([answer.status, calls]).toEqual([413, []]);
  });

  it('an opt-out that Twilio has answered changes the state and says nothing', async () => {
    const from = someone();
    await text(webhook, from, 'SQUARE');
    const stop = await webhook(
      signed('/webhooks/twilio', smsForm(from, 'STOP', freshSid(), { OptOutType: 'STOP' })),
    );
    expect(readTwiml(stop)).toBeUndefined();
    const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
    expect(item?.session.consent).toBe('stopped');
    const start = await webhook(
      signed('/webhooks/twilio', smsForm(from, 'START', freshSid(), { OptOutType: 'START' })),
    );
    expect(readTwiml(start)).toBeUndefined();
  });

  it('a receipt with 21610 is an opt-out', async () => {
    const from = someone();
    const { reply } = await text(webhook, from, 'SQUARE');
    await receipt(reply?.action as string, { MessageStatus: 'undelivered', ErrorCode: '21610' });
    const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
    expect(item?.session.consent).toBe('stopped');
  });

  it.each(['', 'x', '../..', `${'a'.repeat(22)}.zzz`])('a receipt for "%s" is no 5xx', async (d) => {
    const answer = await webhook(
      signed(`/webhooks/twilio/receipts?d=${encodeURIComponent(d)}`, { MessageStatus: 'sent' }),
    );
    expect(answer.status).toBeLessThan(500);
  });

  it('no input makes a 5xx', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '<Message>',
        '{{x}}',
        '{{#',
        '%',
        '&#0;',
        '__proto__',
        'constructor',
        '1'.repeat(1600),
        '٣'.repeat(500),
      ),
    );
    const from = someone();
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostile, { maxLength: 4 }),
        fc.dictionary(fc.string(), hostile, { maxKeys: 4 }),
        async (bodies, extra) => {
          for (const body of bodies) {
            const form = { ...extra, ...smsForm(from, body, freshSid()) };
            // As it travels: what UTF-8 cannot carry is replaced on the way.
            const sent = Object.fromEntries(new URLSearchParams(new URLSearchParams(form).toString()));
            const answer = await webhook(signed('/webhooks/twilio', sent));
            expect(answer.status).toBeLessThan(500);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('counted', () => {
  it('a warm turn inside a survey is one read and one write', async () => {
    const from = someone();
    for (const opening of ['CHENE A12', 'oui', '1', '4', 'SQUARE', '1']) await text(webhook, from, opening);
    for (const answer of ['nickel', '3', '1 6', 'un kiosque', '4']) {
      calls = [];
      const { reply } = await text(webhook, from, answer);
      expect(reply).toBeDefined();
      expect(calls, answer).toEqual(['GetItem', 'PutItem']);
    }
    calls = [];
    await text(webhook, from, 'merci à tous');
    // The sheet, and the mark that it is to be counted.
    expect(calls).toEqual(['GetItem', 'PutItem', 'PutItem', 'PutItem']);
  });

  it('a linked address costs one more read', async () => {
    const [from, other] = [someone(), someone()];
    await text(webhook, from, 'SQUARE');
    // The instance has leased its block of the day's money.
    await text(webhook, from, '1');
    const hash = (address: string) => city.deps.hashes.address(`sms:${address}`);
    const db = createDb(store.client, store.table);
    await db.put({ pk: `t#${hash(other)}`, sk: 'turn', to: hash(from) });
    calls = [];
    const { reply } = await text(webhook, other, '3');
    expect(reply?.text).toContain('2/4');
    expect(calls).toEqual(['GetItem', 'GetItem', 'PutItem']);
  });

  it('what J03 adds to the turn item stays under 1 kB, and the whole item too', async () => {
    const from = someone();
    const sizes: number[] = [];
    const db = createDb(store.client, store.table);
    for (const said of [
      'SQUARE',
      '1',
      '3 parfois le dimanche',
      '1,3 et 6',
      'des toilettes publiques',
      'deux',
    ]) {
      await text(webhook, from, said);
      const item = await db.get({ pk: `t#${city.deps.hashes.address(`sms:${from}`)}`, sk: 'turn' });
      // DynamoDB counts names and values in UTF-8.
      sizes.push(
        Object.entries(item ?? {}).reduce(
          (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(value)),
          0,
        ),
      );
    }
    expect(Math.max(...sizes)).toBeLessThan(1024);
  });

  it('the token never leaves the city', () => {
    expect(city.lines.join()).not.toContain(TOKEN);
  });
});

describe('a survey taken up again', () => {
  it('keeps the earlier answers where there are no new ones', async () => {
    const from = someone();
    for (const said of ['SQUARE', '1', '2', '1 et 3', '4', 'STOP', 'REPRENDRE', 'SQUARE', '1', '3', 'STOP'])
      await text(webhook, from, said);
    const item = await city.deps.turns.find(city.deps.hashes.address(`sms:${from}`));
    const sheet = await city.deps.sheets.find(
      'square',
      city.deps.hashes.pseudonym(item?.session.id ?? '', 'square'),
    );
    expect(sheet).toMatchObject({
      end: 'stopped',
      again: true,
      answers: { frequence: { v: 3 }, priorites: { v: [1, 3] }, securite: { v: 4 } },
    });
  });
});

describe('many copies at one instant', () => {
  it('all get the one reply, and nothing goes on the queue', async () => {
    const from = someone();
    const sid = freshSid();
    const copies = await Promise.all(Array.from({ length: 12 }, () => text(webhook, from, 'SQUARE', sid)));
    expect(new Set(copies.flatMap(({ reply }) => reply?.text ?? [])).size).toBe(1);
    expect(city.queue).toEqual([]);
  });
});
