/**
 * Who has said STOP receives its confirmation and nothing more, whatever was on its way: replies, reminders,
 * invitations, second tries, other addresses (speed-and-faults.md 3.3: I5).
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../conversations/events.ts';
import type { Outgoing, Provider, Sender, SendOutcome } from '../../functions/channels/channel.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { create as createRemind } from '../../functions/remind.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import type { TurnItem } from '../../functions/store/turn-item.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

let city: TestCity;
let sent: Outgoing[];
let outcomes: SendOutcome[];
let events = 0;

const fake = (provider: Provider): Sender => ({
  provider,
  async send(message) {
    const outcome = outcomes.shift() ?? { kind: 'accepted', id: `id${sent.length}` };
    if (outcome.kind === 'accepted') sent.push(message);
    return outcome;
  },
  find: async () => 'none',
});

beforeEach(() => {
  sent = [];
  outcomes = [];
  city = createTestCity(createMemoryDb(), {
    senders: { twilio: fake('twilio'), meta: fake('meta') },
    carriers: { sms: ['twilio'], whatsapp: ['twilio'], messenger: ['meta'] },
  });
});

const later = (seconds: number): void => {
  city.clock.now = new Date(city.clock.now.getTime() + seconds * 1000);
};
const event = (address: string, text: string): Event => ({
  type: 'said',
  id: `s${String(++events).padStart(5, '0')}test`,
  channel: address.split(':')[0] as 'sms',
  text,
});
const say = async (address: string, text: string): Promise<TurnItem> => {
  later(5);
  const taken = await takeTurn(city.deps, address, event(address, text), 'response');
  if (taken.kind === 'older') throw new Error('the message was new');
  return taken.item;
};
const hashOf = (address: string): string => city.deps.hashes.address(address);

/** Everything that could still send something, again and again, for a week. */
async function everything(...addresses: string[]): Promise<void> {
  const deliver = createDeliver(city.deps);
  const converse = createConverse(city.deps);
  const remind = createRemind(city.deps);
  for (let round = 0; round < 60; round += 1) {
    for (const address of addresses)
      await deliver({ kind: 'deliver', hash: hashOf(address) }).catch(() => undefined);
    for (const message of city.queue.splice(0)) await converse(message).catch(() => undefined);
    for (const message of city.outbound.splice(0)) await deliver(message).catch(() => undefined);
    await remind();
    later(round < 20 ? 61 : 4 * 3600);
  }
}

/** Joins, begins a survey, and stops as `before` has put something on its way. */
async function stopAfter(address: string, before: () => Promise<unknown>): Promise<void> {
  for (const said of ['CHENE', 'oui', '1', '4', 'SQUARE', '1']) await say(address, said);
  await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(address) }).catch(() => undefined);
  await before();
  sent.length = 0;
  const { reply } = await say(address, 'STOP');
  expect(reply?.text).toContain('plus de message');
  await everything(address);
  const texts = sent.filter(({ text }) => !text.includes('plus de message'));
  expect(texts.map(({ text }) => text)).toEqual([]);
  expect(sent.length).toBeLessThanOrEqual(1);
}

describe.each([
  ['sms', 'sms:+33639980001'],
  ['whatsapp', 'whatsapp:+33639980002'],
  ['messenger', 'messenger:5678'],
])('after STOP on %s nothing more comes', (channel, address) => {
  it('of a reminder that would be due', () => stopAfter(address, async () => undefined));

  it('of a reply that the API owes', () =>
    stopAfter(address, async () => {
      await city.deps.queue.send({ kind: 'turn', address, event: event(address, '3') });
    }));

  it('of a reply whose fate is unknown', () =>
    stopAfter(address, async () => {
      outcomes = [{ kind: 'unknown', cause: 'network' }];
      await createConverse(city.deps)({ kind: 'turn', address, event: event(address, '3') }).catch(
        () => undefined,
      );
      outcomes = [];
    }));

  it('of a reply that was throttled, or waits for a stopped lane', () =>
    stopAfter(address, async () => {
      outcomes = [{ kind: 'throttled', after: 30 }];
      await createConverse(city.deps)({ kind: 'turn', address, event: event(address, '3') }).catch(
        () => undefined,
      );
      await city.deps.channels.stop(
        channel === 'messenger' ? 'meta-messenger' : `twilio-${channel}`,
        '20003',
      );
    }));

  it('of a message that a receipt says was not delivered, to be tried again in four hours', () =>
    stopAfter(address, async () => {
      const item = (await city.deps.turns.find(hashOf(address))) as TurnItem;
      await receipt(city.deps, {
        kind: 'receipt',
        delivery: `${item.hash}.${item.reply?.id}`,
        state: 'failed',
        code: '30003',
        cause: 'transient',
      });
    }));

  it('of an invitation that was on the queue when it came', () =>
    stopAfter(address, async () => {
      const invited: Event = {
        type: 'invited',
        id: `i${String(++events).padStart(5, '0')}test`,
        channel: channel as 'sms',
        survey: 'square',
      };
      await city.deps.queue.send({ kind: 'turn', address, event: invited });
    }));

  it('of an invitation while the messages are stopped, nor of a message that is not answered then', async () => {
    for (const said of ['CHENE', 'oui', '1', '4', 'STOP']) await say(address, said);
    await everything(address);
    sent.length = 0;
    for (let time = 0; time < 3; time += 1)
      await city.deps.queue.send({
        kind: 'turn',
        address,
        event: {
          type: 'invited',
          id: `i${String(++events).padStart(5, '0')}test`,
          channel: 'sms',
          survey: 'square',
        },
      });
    await city.deps.queue.send({ kind: 'turn', address, event: event(address, 'bonjour') });
    await everything(address);
    expect(sent).toEqual([]);
  });
});
