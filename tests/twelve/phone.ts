/** A resident's phone on one channel: what they send goes through the city's webhook, what comes back is read. */
import type { Offer } from '../../conversations/events.ts';
import type { Outgoing, Provider, Sender } from '../../functions/channels/channel.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import type { Handler, Request } from '../../functions/runtime/http.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, freshSid, readTwiml, signed, type TestCity } from '../support/city.ts';
import { inboundForm, messengerPost } from '../support/inbound.ts';
import { createMemoryDb } from '../support/memory-db.ts';
import { twelveWorld } from '../support/twelve.ts';
import type { ChannelName } from './plans.ts';

export interface Spot {
  latitude: number;
  longitude: number;
  name?: string;
}

/** What is sent: words, something that was offered, or a place. */
export type Message =
  | { kind: 'text'; text: string }
  | { kind: 'tap'; choice: Offer['choices'][number] }
  | { kind: 'place'; spot: Spot };

export interface Received {
  /** As it is read on the screen, without what can be tapped. */
  text: string;
  choices: Offer['choices'];
}

export interface Town {
  city: TestCity;
  /** All that came to an address, in order. */
  inbox(address: string): Received[];
  /** Sends one message and delivers what is owed. */
  send(channel: ChannelName, name: string, message: Message): Promise<void>;
  deliverAll(): Promise<void>;
}

export const addressOf = (channel: ChannelName, name: string): string => `${channel}:${name}`;

export function createTown(): Town {
  const inboxes = new Map<string, Received[]>();
  const inbox = (address: string): Received[] => {
    const known = inboxes.get(address) ?? [];
    inboxes.set(address, known);
    return known;
  };
  let ids = 0;
  const sender = (provider: Provider): Sender => ({
    provider,
    async send({ to, text, offer }: Outgoing) {
      inbox(to).push({ text: offer?.text ?? text, choices: offer?.choices ?? [] });
      return { kind: 'accepted', id: `out-${++ids}` };
    },
    find: async () => 'none',
  });
  const city = createTestCity(createMemoryDb(), {
    world: twelveWorld,
    senders: { twilio: sender('twilio'), meta: sender('meta') },
  });
  const webhook: Handler = createWebhook(city.deps);
  const deliver = createDeliver(city.deps);
  const deliverAll = async (): Promise<void> => {
    for (let next = city.outbound.shift(); next; next = city.outbound.shift()) await deliver(next);
  };
  return {
    city,
    inbox,
    deliverAll,
    async send(channel, name, message) {
      const request =
        channel === 'messenger'
          ? messengerRequest(name, message, city.clock.now)
          : signed('/webhooks/twilio', twilioForm(channel, name, message));
      const answer = await webhook(request);
      if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}: ${answer.body}`);
      const reply = readTwiml(answer);
      if (reply) inbox(addressOf(channel, name)).push({ text: reply.text, choices: [] });
      await deliverAll();
    },
  };
}

function twilioForm(channel: 'sms' | 'whatsapp', name: string, message: Message): Record<string, string> {
  if (message.kind === 'text') return inboundForm(channel, name, message.text, freshSid());
  if (message.kind === 'tap') {
    const { id, label } = message.choice;
    return inboundForm(channel, name, label, freshSid(), { ButtonPayload: id, ButtonText: label });
  }
  const { latitude, longitude, name: label } = message.spot;
  return inboundForm(channel, name, '', freshSid(), {
    MessageType: 'location',
    Latitude: String(latitude),
    Longitude: String(longitude),
    ...(label && { Label: label }),
  });
}

let mids = 0;

function messengerRequest(psid: string, message: Message, at: Date): Request {
  const mid = `m_${++mids}`;
  const said =
    message.kind === 'text'
      ? { text: message.text }
      : message.kind === 'tap'
        ? { text: message.choice.label, quick_reply: { payload: message.choice.id } }
        : {
            attachments: [
              {
                type: 'location',
                payload: { coordinates: { lat: message.spot.latitude, long: message.spot.longitude } },
              },
            ],
          };
  return messengerPost(
    [
      {
        sender: { id: psid },
        recipient: { id: '1234567890' },
        timestamp: at.getTime(),
        message: { mid, ...said },
      },
    ],
    at,
  );
}
