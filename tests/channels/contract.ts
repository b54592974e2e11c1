/**
 * What holds of every receiver and every sender, whoever the provider is. A receiver is held to recorded payloads and
 * to whatever else may be posted; a sender to a real server on this machine that answers in every way a server can.
 */
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CAUSES,
  nameIn,
  type Outgoing,
  type Received,
  type Receiver,
  type Sender,
  type SendOutcome,
  STATES,
} from '../../functions/channels/channel.ts';
import { MAX_BODY, type Request, requestOf } from '../../functions/runtime/http.ts';
import {
  type Behaviour,
  openScriptedServer,
  type Scripted,
  type ScriptedServer,
  unclear,
} from './contract-server.ts';

/** Where it was posted to, where that is more than one place. */
export interface At {
  path: string;
  query?: string;
}

export interface ReceiverContract {
  name: string;
  make(): Receiver;
  /** As the provider signs these bytes, with all its headers. */
  sign(body: Buffer, at?: At): Request;
  /** The header that holds the signature. */
  header: string;
  payloads: { label: string; body: Buffer; at?: At; expect: Received }[];
  /** An ordinary message with this text. `more` are fields that no provider sends. */
  message(text: string, more?: Record<string, string>): Buffer;
  /** Kinds of event, or states of a message, that nobody knows yet. */
  unknown: { label: string; body: Buffer; at?: At }[];
  /** Two bodies that say the same in other bytes, where the signature is not over the bytes. */
  meaning?(body: Buffer): string;
}

/** Letters that break careless programs; `lone` cannot be written in UTF-8 at all. */
const HOSTILE = {
  'right to left': '\u202eexe.photo',
  'a zero byte': 'a\u0000b',
  'a thousand accents': `a${'\u0301'.repeat(1000)}`,
  'a family and a flag': '👩‍👩‍👧‍👦🇫🇷',
  'a byte order mark': '\ufeffSTOP\ufeff',
  'line separators': 'a\u2028b\u2029c\u0085d',
  'half a surrogate pair': 'a\ud83db',
  'not a character': '\uffff\ufffe',
  markup: '<script>alert(1)</script>&amp;{{1}} %s',
};
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__[admin]'];

export function receiverContract(contract: ReceiverContract): void {
  const { name, header, payloads, unknown, message } = contract;
  const receiver = contract.make();
  const eventsOf = (received: Received) =>
    received.kind === 'incoming'
      ? received.incoming.flatMap((each) => (each.kind === 'event' ? [each.event] : []))
      : [];

  describe(`${name} receives`, () => {
    test.each(payloads.map((each) => [each.label, each] as const))(
      '%s',
      (_label, { body, at, expect: told }) => {
        expect(receiver.read(contract.sign(body, at))).toEqual(told);
      },
    );

    test.each(payloads.map((each) => [each.label, each] as const))(
      '%s, twice: the same ids',
      (_label, { body, at }) => {
        expect(receiver.read(contract.sign(body, at))).toEqual(receiver.read(contract.sign(body, at)));
        expect(contract.make().read(contract.sign(body, at))).toEqual(receiver.read(contract.sign(body, at)));
      },
    );

    test.each(payloads.map((each) => [each.label, each] as const))(
      '%s, in base64 through the gateway',
      (_label, { body, at }) => {
        const request = contract.sign(body, at);
        expect(receiver.read(throughGateway(request, body, true))).toEqual(receiver.read(request));
      },
    );

    test.each(payloads.map((each) => [each.label, each] as const))(
      '%s, unsigned: forbidden',
      (_label, { body, at }) => {
        const request = contract.sign(body, at);
        for (const signature of [undefined, '', 'x', ' ', `${request.headers[header]} `, 'é'.repeat(64)])
          expect(receiver.read({ ...request, headers: { ...request.headers, [header]: signature } })).toEqual(
            {
              kind: 'forbidden',
            },
          );
      },
    );

    test.each(unknown.map((each) => [each.label, each] as const))(
      '%s: taken, and nothing happens',
      (_label, { body, at }) => {
        const received = receiver.read(contract.sign(body, at));
        if (received.kind !== 'incoming') throw new Error(`expected something taken, got ${received.kind}`);
        expect(eventsOf(received)).toEqual([]);
        for (const each of received.incoming)
          if (each.kind === 'receipt' && each.state) expect(STATES).toContain(each.state);
      },
    );

    test('an empty body', () => {
      const received = receiver.read(contract.sign(Buffer.alloc(0)));
      expect(received.kind).not.toBe('forbidden');
      expect(eventsOf(received)).toEqual([]);
      expect(receiver.read({ method: 'POST', path: '/', query: '', headers: {}, body: '' }).kind).toBe(
        'forbidden',
      );
    });

    test('a body of 16 kB, also in base64', () => {
      const frame = message('').length;
      const body = message('a'.repeat(MAX_BODY - frame));
      expect(body.length).toBe(MAX_BODY);
      const request = contract.sign(body);
      const [event] = eventsOf(receiver.read(request));
      expect(event).toMatchObject({ type: 'said', text: expect.stringMatching(/^a{1000,}$/) });
      expect(receiver.read(throughGateway(request, body, true))).toEqual(receiver.read(request));
    });

    test.each(Object.entries(HOSTILE))('%s', (_label, text) => {
      const [event] = eventsOf(receiver.read(contract.sign(message(text))));
      // What nothing behind could store is no text any more; the rest comes through untouched.
      expect(event).toMatchObject({ type: 'said', text: Buffer.from(text).toString('utf8') });
    });

    test('bytes that are no UTF-8', () => {
      const body = Buffer.concat([message('a'), Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80])]);
      expect(() => receiver.read(contract.sign(body))).not.toThrow();
      expect(() => receiver.read(throughGateway(contract.sign(body), body, true))).not.toThrow();
    });

    test.each(NAMES)('a field called %s changes nothing', (field) => {
      const plain = receiver.read(contract.sign(message('oui')));
      expect(receiver.read(contract.sign(message('oui', { [field]: 'x' })))).toEqual(plain);
      expect(({} as Record<string, unknown>).admin).toBeUndefined();
      expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
    });

    test('any bytes at all, signed: never an exception', () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.uint8Array({ maxLength: 300 }),
            fc.string().map((text) => Buffer.from(text)),
          ),
          (bytes) => {
            const received = receiver.read(contract.sign(Buffer.from(bytes)));
            expect(['incoming', 'invalid']).toContain(received.kind);
          },
        ),
      );
    });

    test('any bit of the body turned: forbidden', () => {
      fc.assert(
        fc.property(fc.constantFrom(...payloads), fc.nat(), fc.nat(7), ({ body, at }, place, bit) => {
          fc.pre(body.length > 0);
          const turned = Buffer.from(body);
          turned[place % body.length] = (turned[place % body.length] as number) ^ (1 << bit);
          fc.pre(!contract.meaning || contract.meaning(turned) !== contract.meaning(body));
          const request = { ...contract.sign(body, at), body: turned.toString('utf8'), bytes: turned };
          expect(receiver.read(request)).toEqual({ kind: 'forbidden' });
        }),
        { numRuns: 500 },
      );
    });

    test('any bit of the signature turned, or a part of it: forbidden', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...payloads),
          fc.nat(),
          fc.nat(7),
          fc.boolean(),
          ({ body, at }, place, bit, cut) => {
            const request = contract.sign(body, at);
            const signature = Buffer.from(request.headers[header] ?? '');
            const spot = place % signature.length;
            signature[spot] = (signature[spot] as number) ^ (1 << bit);
            const changed = cut
              ? (request.headers[header] ?? '').slice(0, spot)
              : signature.toString('latin1');
            const headers = { ...request.headers, [header]: changed };
            expect(receiver.read({ ...request, headers })).toEqual({ kind: 'forbidden' });
          },
        ),
        { numRuns: 500 },
      );
    });
  });
}

/** As API Gateway hands it over; its own stage stands in front of the path. */
export function throughGateway(request: Request, body: Buffer, base64: boolean): Request {
  return requestOf({
    version: '2.0',
    routeKey: '$default',
    rawPath: `/prod${request.path}`,
    rawQueryString: request.query,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value ?? '']),
    ),
    requestContext: { stage: 'prod', http: { method: request.method, path: `/prod${request.path}` } },
    body: body.toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
  } as never);
}

/** Recorded payloads of a folder, by name: `{ source, payload, expect }`. */
export function recorded<Payload>(folder: URL): ({ label: string } & Payload)[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      label: file.replace('.json', ''),
      ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Payload),
    }));
}

export interface SenderContract {
  name: string;
  /** `url` is where the server listens; the sender waits no longer than `timeout` where it lets itself be told. */
  make(url: string, timeout: number): Sender;
  /** A message of one request. */
  message: Outgoing;
  /** What the provider answers to what it takes. */
  accepted(id: string): Scripted;
  /** An id as the provider makes them. */
  id: string;
  /** `echoed` is the address and the text, for errors that repeat them. */
  errors: { label: string; answer(echoed: string): Scripted; expect: Partial<SendOutcome> }[];
  /** How long the slowest answer takes, in milliseconds: longer than the sender waits. */
  timeout: number;
  /** `find` asks the server too. */
  finds: boolean;
  /** Answers that it is known not to read rightly yet, by their label: skipped, and so not forgotten. */
  gaps?: string[];
}

export function senderContract(contract: SenderContract): void {
  const { name, message, id } = contract;
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await openScriptedServer();
  });
  afterAll(() => server.close());

  const echoed = `${message.text} ${message.to} ${nameIn(message.to)}`;
  const send = async (behaviour: Behaviour, to = server.url): Promise<SendOutcome> => {
    server.next = behaviour;
    server.requests = 0;
    const outcome = await contract.make(to, contract.timeout).send(message);
    hidesWho(outcome);
    // Whatever happened, it was asked once: whether it is asked again is not the sender's to decide.
    if (to === server.url) expect(server.requests).toBe(1);
    return outcome;
  };
  const hidesWho = (told: unknown): void => {
    const text =
      told instanceof Error ? `${told.message} ${told.stack} ${JSON.stringify(told)}` : JSON.stringify(told);
    expect(text).not.toContain(nameIn(message.to));
    expect(text).not.toContain(message.text);
    expect(text).not.toContain(message.text.slice(0, 12));
  };

  describe(`${name} sends`, () => {
    test('a message that is taken', async () => {
      expect(await send(contract.accepted(id))).toEqual({ kind: 'accepted', id });
    });

    test.each(contract.errors.map((each) => [each.label, each] as const))(
      '%s',
      async (_label, { answer, expect: told }) => {
        const outcome = await send(answer(echoed));
        expect(outcome).toMatchObject(told);
        if (outcome.kind === 'rejected') expect(CAUSES).toContain(outcome.cause);
        if (outcome.kind === 'throttled') expect(outcome.after).toBeGreaterThan(0);
      },
    );

    for (const [label, behaviour] of unclear(echoed))
      test.skipIf(contract.gaps?.includes(label))(`${label}: nobody knows`, async () => {
        expect(await send(behaviour)).toMatchObject({ kind: 'unknown' });
      });

    test('taken, and no answer: nobody knows', { timeout: contract.timeout + 20_000 }, async () => {
      expect(await send('silence')).toMatchObject({ kind: 'unknown' });
    });

    test('too many requests: later', async () => {
      const outcome = await send({ status: 429, body: `<html>${echoed}</html>` });
      expect(outcome).toMatchObject({ kind: 'throttled' });
      expect((outcome as { after: number }).after).toBeGreaterThan(0);
    });

    test('nobody listens: never taken for sent', async () => {
      const outcome = await send('reset', 'http://127.0.0.1:9');
      expect(['throttled', 'unknown']).toContain(outcome.kind);
    });

    test('any answer at all: never an exception, never taken for sent without an id', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 200, max: 599 }),
          fc.oneof(fc.string(), fc.json()),
          async (status, body) => {
            fc.pre(![204, 205, 304].includes(status) && !body.includes(id));
            const outcome = await send({ status, body });
            if (outcome.kind === 'accepted') expect(body).toContain(outcome.id);
          },
        ),
        { numRuns: 60 },
      );
    });

    test.runIf(contract.finds)('it could not be looked up: said without who or what', async () => {
      for (const behaviour of [
        { status: 503, body: `<html>${echoed}</html>` },
        { status: 401, body: echoed },
        'reset',
      ] as const) {
        server.next = behaviour;
        const asked = contract.make(server.url, contract.timeout).find(message, new Date());
        hidesWho(
          await asked.then(
            () => 'found',
            (error: unknown) => error,
          ),
        );
        await expect(asked).rejects.toThrow();
      }
    });
  });
}
