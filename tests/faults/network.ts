/**
 * The world around the city in a fault run: the provider with its retries and receipts, the queue with its
 * redeliveries, the clock. Every delivery goes to a fresh instance, as a Lambda's may.
 */
import type { World } from '../../conversations/moment.ts';
import type { Provider, Sender } from '../../functions/channels/channel.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { create as createRemind } from '../../functions/remind.ts';
import type { Handler, Request } from '../../functions/runtime/http.ts';
import type { QueueMessage } from '../../functions/runtime/queue.ts';
import type { Db } from '../../functions/store/db.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, PUBLIC_URL, readTwiml, signed } from '../support/city.ts';
import { inboundForm, messengerText } from '../support/inbound.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';
import { type Faults, faultyDb, faultyQueue, faultySender, type Instance } from './faulty.ts';

export const FROM = '+33639980001';
const PSID = '5678';
const RECEIVES = 5;
/** Where a resident writes from, by channel. */
export const ADDRESSES = {
  sms: `sms:${FROM}`,
  whatsapp: `whatsapp:${FROM}`,
  messenger: `messenger:${PSID}`,
} as const;
/** Leases are held for a whole instance's life; their own faults have their own tests. */
const unlimited = { spend: async () => 'yes' as const, pace: async () => true, begin: async () => true };

export interface Network {
  db: MemoryDb;
  faults: Faults;
  clock: { now: Date };
  /** Texts that reached the resident's phone, in order. */
  received: string[];
  /** Messages the provider gave up on. */
  lost: string[];
  /** One SMS from the resident, with the provider's retries; then what the queue holds. */
  text(body: string, sid: string): Promise<void>;
  /** The webhook delivered once more, although it was answered. */
  again(body: string, sid: string): Promise<void>;
  /** Time passes: what is due runs. */
  wait(seconds: number): Promise<void>;
  /** A city on a fresh instance whose store calls go through `wrap`. */
  webhook(wrap?: (db: Db) => Db): Handler;
}

export function createNetwork(options: {
  retries: number;
  faults?: Faults;
  handler?: (network: Network, instance: Instance) => Handler;
  world?: World;
  channel?: keyof typeof ADDRESSES;
}): Network {
  const channel = options.channel ?? 'sms';
  const db = createMemoryDb();
  const faults = options.faults ?? { count: 0, plan: new Map() };
  const clock = { now: new Date('2026-11-23T09:00:00.000Z') };
  const waiting: { queue: 'inbound' | 'outbound'; message: QueueMessage; receives: number; from: number }[] =
    [];
  const outbox: { to: string; text: string; at: Date; id: string }[] = [];
  const received: string[] = [];
  const lost: string[] = [];

  const cityOn = (instance: Instance, wrap: (db: Db) => Db = (each) => each) => {
    const queue = (name: 'inbound' | 'outbound') =>
      faultyQueue(
        {
          send: async (message, delay = 0) =>
            void waiting.push({
              queue: name,
              message,
              receives: 0,
              from: clock.now.getTime() + delay * 1000,
            }),
        },
        faults,
        instance,
      );
    const sender = (provider: Provider): Sender =>
      faultySender(
        {
          provider,
          async send({ to, text }) {
            const id = `SM-out-${outbox.length}`;
            outbox.push({ to, text, at: new Date(clock.now), id });
            received.push(text);
            return { kind: 'accepted', id };
          },
          async find({ to, text }, since) {
            const found = outbox.find((each) => each.to === to && each.text === text && each.at >= since);
            return found ? { id: found.id } : 'none';
          },
        },
        faults,
        instance,
      );
    const city = createTestCity(faultyDb(wrap(db), faults, instance), {
      queue: queue('inbound'),
      outbound: queue('outbound'),
      senders: { twilio: sender('twilio'), meta: sender('meta') },
      limits: unlimited,
      world: options.world,
    });
    city.deps.now = () => new Date(clock.now);
    return city.deps;
  };

  /** One delivery of a webhook: what the provider got, or undefined where the connection died. */
  async function deliver(request: Request) {
    const instance: Instance = { dead: false };
    const handler = options.handler?.(network, instance) ?? createWebhook(cityOn(instance));
    try {
      const answer = await handler(request);
      return instance.dead ? undefined : answer;
    } catch {
      return undefined;
    }
  }

  async function withRetries(request: Request) {
    for (let attempt = 0; attempt <= options.retries; attempt += 1) {
      const answer = await deliver(request);
      if (answer && answer.status < 500) return answer;
    }
    return undefined;
  }

  /** One message as the provider of the channel posts it. */
  const inbound = (body: string, sid: string): Request => {
    if (channel === 'messenger') return messengerText(PSID, body, sid, clock.now);
    return signed('/webhooks/twilio', inboundForm(channel, FROM, body, sid));
  };

  async function take(answer: { status: number; body: string } | undefined): Promise<void> {
    const reply = answer && readTwiml(answer);
    if (!reply) return;
    received.push(reply.text);
    outbox.push({
      to: ADDRESSES[channel],
      text: reply.text,
      at: new Date(clock.now),
      id: `SM-out-${outbox.length}`,
    });
    const form = { MessageSid: 'SMr', MessageStatus: 'sent' };
    if (reply.action) await withRetries(signed(reply.action.slice(PUBLIC_URL.length), form));
  }

  async function drain(): Promise<void> {
    for (;;) {
      const next = waiting.findIndex(({ from }) => from <= clock.now.getTime());
      if (next < 0) return;
      const [entry] = waiting.splice(next, 1) as [(typeof waiting)[number]];
      try {
        const work = entry.queue === 'inbound' ? createConverse : createDeliver;
        await work(cityOn({ dead: false }))(entry.message);
      } catch {
        // Visible again after its timeout; set aside after five receives.
        clock.now = new Date(clock.now.getTime() + 90_000);
        const from = clock.now.getTime();
        if (entry.receives + 1 < RECEIVES) waiting.push({ ...entry, receives: entry.receives + 1, from });
      }
    }
  }

  const network: Network = {
    db,
    faults,
    clock,
    received,
    lost,
    async text(body, sid) {
      clock.now = new Date(clock.now.getTime() + 20_000);
      const answer = await withRetries(inbound(body, sid));
      if (!answer) lost.push(sid);
      await take(answer);
      await drain();
    },
    async again(body, sid) {
      await take(await deliver(inbound(body, sid)));
      await drain();
    },
    async wait(seconds) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
      await createRemind(cityOn({ dead: false }))().catch(() => undefined);
      await drain();
    },
    webhook: (wrap) => createWebhook(cityOn({ dead: false }, wrap)),
  };
  return network;
}
