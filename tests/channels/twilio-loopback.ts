/** The stand-in as a server on this machine, with every request that came and every answer that went. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import type { Outgoing } from '../../functions/channels/channel.ts';
import { createTwilio, type TwilioSender } from '../../functions/channels/twilio-send.ts';
import { type Carrier, type CarrierOptions, createCarrier } from '../../infra/local/carrier.ts';
import type { FromPhone } from '../../infra/local/carrier-phone.ts';
import { serveTwilio } from '../../infra/local/twilio-api-server.ts';

export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const TOKEN = 'b'.repeat(32);
export const NUMBER = '38123';
export const WHATSAPP = '+33757900000';
export const PHONE = '+33639980001';
export const TEMPLATE = `HX${'7'.repeat(32)}`;
export const DELIVERY = 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp';

export interface Exchange {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
  status: number;
  answer: string;
}

export interface Loopback {
  url: string;
  carrier: Carrier;
  sender: TwilioSender;
  /** What the sender keeps of content resources. */
  contents: Map<string, string>;
  exchanges: Exchange[];
  /** What our functions were posted: the forms, without a server. */
  posted: { url: string; form: Record<string, string> }[];
  clock: { now: Date };
  close(): Promise<void>;
}

export async function openLoopback(changes: Partial<CarrierOptions> = {}): Promise<Loopback> {
  const folder = await mkdtemp(join(tmpdir(), 'twilio-'));
  const exchanges: Exchange[] = [];
  const posted: Loopback['posted'] = [];
  const clock = { now: new Date('2026-11-24T09:00:00.500Z') };
  let carrier: Carrier | undefined;
  const server: ServerType = await new Promise((resolve) => {
    const made = serve({ fetch: handle, hostname: '127.0.0.1', port: 0 }, () => resolve(made));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  carrier = createCarrier({
    ...{ file: join(folder, 'carrier.jsonl'), accountSid: ACCOUNT, authToken: TOKEN },
    ...{ number: NUMBER, whatsappNumber: WHATSAPP, apiUrl: url, lateMs: 50 },
    webhookUrl: 'https://voix.clichy.example/webhooks/twilio',
    templates: { [TEMPLATE]: 'Visite de quartier {{1}}, avec {{2}}. Vous venez ?' },
    now: () => clock.now,
    post: async (to, form) => {
      posted.push({ url: to, form: Object.fromEntries(new URLSearchParams(form)) });
      return { status: 200, body: '' };
    },
    ...changes,
  });

  async function handle(request: Request, env: unknown): Promise<Response> {
    const at = new URL(request.url);
    const body = ['GET', 'DELETE'].includes(request.method) ? '' : await request.clone().text();
    const response = await serveTwilio(carrier as Carrier)(request, env);
    const told = response.headers.get('content-type')?.includes('json') ?? false;
    const answer = told ? await response.clone().text() : '';
    const { method, headers } = request;
    exchanges.push({
      method,
      path: at.pathname,
      query: at.searchParams,
      headers,
      body,
      status: response.status,
      answer,
    });
    return response;
  }

  const contents = new Map<string, string>();
  const sender = createTwilio({
    ...{ accountSid: ACCOUNT, authToken: TOKEN, smsFrom: NUMBER, whatsappFrom: WHATSAPP },
    ...{ baseUrl: url, contentUrl: url, messagingUrl: url },
    contents: {
      get: async (hash) => contents.get(hash),
      put: async (hash, sid) => void contents.set(hash, sid),
    },
  });
  return {
    ...{ url, carrier, sender, contents, exchanges, posted, clock },
    async close() {
      await carrier.close();
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

/** A message to go out, to a phone on WhatsApp unless it says otherwise. */
export const outgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  to: `whatsapp:${PHONE}`,
  text: 'On commence ? 1 oui 2 non',
  delivery: DELIVERY,
  receipts: `https://voix.clichy.example/webhooks/twilio/receipts?d=${DELIVERY}`,
  validity: 3600,
  ...changes,
});

export const OFFER = {
  text: 'On commence ?',
  choices: [
    { id: 'square:oui', label: 'On commence' },
    { id: 'square:non', label: 'Non merci' },
  ],
};
export const LIST = {
  text: '1/4 Allez-vous au square ?',
  menu: 'Répondre',
  choices: ['Tous les jours', 'Chaque semaine', 'Parfois', 'Jamais', 'Passer'].map((label, index) => ({
    id: `frequence:${index + 1}`,
    label,
  })),
};

/** A phone writes, which opens its window. */
export async function write(carrier: Carrier, changes: Partial<FromPhone> = {}): Promise<string> {
  const sent = await carrier.receive({ channel: 'whatsapp', from: PHONE, text: 'bonjour', ...changes });
  if ('error' in sent) throw new Error(sent.error);
  return sent.sid;
}
