/** A small HTTP server that plays our webhook for the stand-in carrier, and a carrier that talks to it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import twilio from 'twilio';
import {
  type Carrier,
  type CarrierOptions,
  createCarrier,
  type Item,
  type Sent,
} from '../../infra/local/carrier.ts';

export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const TOKEN = 'b'.repeat(32);
export const CITY = '38123';
export const PHONE = '+33639980001';
export const HELLO = '<Response><Message action="/receipts?d=1">Bonjour</Message></Response>';

export interface Call {
  path: string;
  headers: IncomingMessage['headers'];
  form: Record<string, string>;
}

export interface FakeWebhook {
  base: string;
  /** The carrier's log. */
  file: string;
  /** Every request so far; a test may empty it. */
  calls: Call[];
  /** What it answers to a call, by its number among the calls to the same path. */
  answer(call: Call, nth: number): { status?: number; body?: string };
  now: Date;
  callsTo(path: string): Call[];
  /** As Twilio's own library judges it. */
  isGenuine(call: Call): boolean;
  /** A carrier on the same log; closed with the rest. */
  start(changes?: Partial<CarrierOptions>): Carrier;
  close(): Promise<void>;
}

export async function openFakeWebhook(): Promise<FakeWebhook> {
  const folder = await mkdtemp(join(tmpdir(), 'carrier-'));
  const carriers: Carrier[] = [];
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(await formOf(request));
    const call = { path: request.url ?? '', headers: request.headers, form };
    fake.calls.push(call);
    const nth = fake.calls.filter(({ path }) => path === call.path).length;
    const { status = 200, body = '' } = fake.answer(call, nth);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const fake: FakeWebhook = {
    base,
    file: join(folder, 'carrier.jsonl'),
    calls: [],
    answer: ({ path }) => ({ body: path.startsWith('/webhooks') ? HELLO : '' }),
    now: new Date('2026-11-24T09:00:00.500Z'),
    callsTo: (start) => fake.calls.filter(({ path }) => path.startsWith(start)),
    isGenuine: ({ path, headers, form }) =>
      twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), base + path, form),
    start(changes = {}) {
      const carrier = createCarrier({
        file: fake.file,
        accountSid: ACCOUNT,
        authToken: TOKEN,
        number: CITY,
        webhookUrl: `${base}/webhooks/twilio`,
        now: () => fake.now,
        async post(url, form, headers) {
          const response = await fetch(url, { method: 'POST', body: form, headers });
          return { status: response.status, body: await response.text() };
        },
        ...changes,
      });
      carriers.push(carrier);
      return carrier;
    },
    async close() {
      await Promise.all(carriers.map((carrier) => carrier.close()));
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
  return fake;
}

/** Sends what must not be refused. */
export async function send(carrier: Carrier, text: string, from = PHONE): Promise<Sent> {
  const sent = await carrier.receive({ channel: 'sms', from, text });
  if ('error' in sent) throw new Error(sent.error);
  return sent;
}

export const shown = (items: Item[]): string[] =>
  items.map(({ direction, text, state }) => `${direction} ${text} ${state}`);

export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return new URLSearchParams(body);
}
