/** A city under test: the real functions on a store of the test's choosing, a clock in the test's hand. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { World } from '../../conversations/moment.ts';
import type { Outgoing, Sender } from '../../functions/channels/channel.ts';
import { createMessengerReceiver } from '../../functions/channels/messenger-receive.ts';
import { createTwilioReceiver } from '../../functions/channels/twilio-receive.ts';
import { hostEngine } from '../../functions/runtime/bot.ts';
import { cityCommands } from '../../functions/runtime/city-commands.ts';
import { createLiveWorld, createStores, type Deps } from '../../functions/runtime/deps.ts';
import type { Alarm, DomainEvent } from '../../functions/runtime/domain-events.ts';
import { createHashes } from '../../functions/runtime/hashes.ts';
import type { Answer, Handler, Request } from '../../functions/runtime/http.ts';
import { createLog } from '../../functions/runtime/log.ts';
import type { Queue, QueueMessage } from '../../functions/runtime/queue.ts';
import { createContentStore } from '../../functions/store/contents.ts';
import type { Db } from '../../functions/store/db.ts';
import { localWorld } from '../../infra/local/city.ts';

export const TOKEN = 'test-token-0123456789abcdef';
export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const NUMBER = '38123';
export const WHATSAPP_NUMBER = '+33939980001';
export const APP_SECRET = 'test-app-secret-0123456789';
export const VERIFY_TOKEN = 'test-verify-token-0123456789';
export const PAGE_ID = '1234567890';
export const PUBLIC_URL = 'https://voix.clichy.example';

const shipped = localWorld();

/** Residents of different cities under test may share a store. */
let ids = 0;

export interface TestCity {
  deps: Deps;
  queue: QueueMessage[];
  announced: DomainEvent[];
  sent: Outgoing[];
  lines: string[];
  alarms: Alarm[];
  outbound: QueueMessage[];
  fetching: QueueMessage[];
  broadcasting: QueueMessage[];
  exporting: QueueMessage[];
  clock: { now: Date };
}

export function createTestCity(
  db: Db,
  parts: {
    senders?: Deps['senders'];
    queue?: Queue;
    outbound?: Queue;
    broadcasting?: Queue;
    exporting?: Queue;
    exported?: Deps['exported'];
    world?: World;
    limits?: Deps['limits'];
    carriers?: Deps['carriers'];
  } = {},
): TestCity {
  const clock = { now: new Date('2026-11-23T09:00:00.000Z') };
  const queue: QueueMessage[] = [];
  const announced: DomainEvent[] = [];
  const sent: Outgoing[] = [];
  const alarms: Alarm[] = [];
  const outbound: QueueMessage[] = [];
  const fetching: QueueMessage[] = [];
  const broadcasting: QueueMessage[] = [];
  const exporting: QueueMessage[] = [];
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  const now = (): Date => new Date(clock.now);
  const hashes = createHashes({
    address: 'address-key',
    answers: 'answers-key',
    suppression: 'suppression-key',
  });
  const { world, shelf, settings } = createLiveWorld(parts.world ?? shipped, db, { now, log });
  const { leases: _, ...stores } = createStores(db, world, now);
  const twilio: Sender = {
    provider: 'twilio',
    send: async (message) => {
      sent.push(message);
      return { kind: 'accepted', id: `SM${sent.length}` };
    },
    find: async ({ to, text }) => {
      const found = sent.find((each) => each.to === to && each.text === text);
      return found ? { id: found.receipts } : 'none';
    },
  };
  const deps: Deps = {
    now,
    freshId: () => `resident-${++ids}`,
    random: () => 0.5,
    world,
    shelf,
    settings,
    take: hostEngine(world, [cityCommands]),
    hashes,
    db,
    ...stores,
    contents: createContentStore(db),
    ...(parts.limits && { limits: parts.limits }),
    queue: parts.queue ?? { send: async (message) => void queue.push(message) },
    outbound: parts.outbound ?? { send: async (message) => void outbound.push(message) },
    announcer: {
      publish: async (event) => void announced.push(event),
      alarm: async (alarm) => void alarms.push(alarm),
    },
    senders: parts.senders ?? { twilio },
    receivers: {
      twilio: createTwilioReceiver({
        tokens: [TOKEN, 'previous-token'],
        numbers: { sms: NUMBER, whatsapp: WHATSAPP_NUMBER },
        publicUrl: PUBLIC_URL,
        eventId: hashes.event,
      }),
      meta: createMessengerReceiver({
        appSecrets: [APP_SECRET, 'previous-app-secret'],
        verifyToken: VERIFY_TOKEN,
        pageId: PAGE_ID,
        eventId: hashes.event,
      }),
    },
    smsFrom: { twilio: NUMBER },
    fetching: { send: async (message) => void fetching.push(message) },
    broadcasting: parts.broadcasting ?? { send: async (message) => void broadcasting.push(message) },
    exporting: parts.exporting ?? { send: async (message) => void exporting.push(message) },
    ...(parts.exported && { exported: parts.exported }),
    mediaFrom: { hosts: [] },
    carriers: parts.carriers ?? { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] },
    publicUrl: PUBLIC_URL,
    log,
  };
  return { deps, queue, outbound, fetching, broadcasting, exporting, announced, alarms, sent, lines, clock };
}

/** The form of an inbound SMS, as Twilio posts it (tests/vectors, twilio-inbound.json). */
export const smsForm = (from: string, body: string, sid: string, more: Record<string, string> = {}) => ({
  AccountSid: ACCOUNT,
  ApiVersion: '2010-04-01',
  MessageSid: sid,
  SmsSid: sid,
  SmsMessageSid: sid,
  SmsStatus: 'received',
  NumMedia: '0',
  NumSegments: '1',
  From: from,
  To: NUMBER,
  Body: body,
  FromCountry: 'FR',
  ToCountry: 'FR',
  FromCity: '',
  ...more,
});

/** A signed request. `url` is the path with its query. */
export function signed(
  url: string,
  form: Record<string, string>,
  token = TOKEN,
  publicUrl = PUBLIC_URL,
): Request {
  const [path = '', query = ''] = url.split('?');
  return {
    method: 'POST',
    path,
    query,
    headers: { 'x-twilio-signature': getExpectedTwilioSignature(token, `${publicUrl}${url}`, form) },
    body: new URLSearchParams(form).toString(),
  };
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const plain = (xml: string): string => xml.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '');

/** What a TwiML answer tells the resident, and where its receipt goes. */
export function readTwiml(answer: Answer): { text: string; action: string } | undefined {
  const found = /<Message ([^>]*)>([\s\S]*?)<\/Message>/.exec(answer.body);
  if (!found) return undefined;
  const action = /action="([^"]*)"/.exec(found[1] as string)?.[1] ?? '';
  return { text: plain(found[2] as string), action: plain(action) };
}

let sids = 0;
export const freshSid = (): string => `SM${String(++sids).padStart(32, '0')}`;

/** Sends one SMS through the webhook and returns what came back. */
export async function text(webhook: Handler, from: string, body: string, sid = freshSid()) {
  const answer = await webhook(signed('/webhooks/twilio', smsForm(from, body, sid)));
  return { answer, reply: readTwiml(answer), sid };
}
