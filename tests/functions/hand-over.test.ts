/**
 * What becomes of a message that goes out through an API: every outcome on every channel, twice, out of order, with
 * the provider stopped, the window closed, the person gone (speed-and-faults.md 3.3: R5).
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../conversations/events.ts';
import type {
  Cause,
  Incoming,
  Outgoing,
  Provider,
  Sender,
  SendOutcome,
} from '../../functions/channels/channel.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import type { TurnItem } from '../../functions/store/turn-item.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const SMS = 'sms:+33639980001';
const WHATSAPP = 'whatsapp:+33639980002';
const MESSENGER = 'messenger:5678';
const CHANNELS = [
  ['sms', SMS, 'twilio'],
  ['whatsapp', WHATSAPP, 'twilio'],
  ['messenger', MESSENGER, 'meta'],
] as const;

let city: TestCity;
let outcomes: SendOutcome[];
let sent: { provider: Provider; message: Outgoing }[];
let known: Set<string>;
let events = 0;

const fake = (provider: Provider): Sender => ({
  provider,
  async send(message) {
    const outcome = outcomes.shift() ?? { kind: 'accepted', id: `id-${sent.length}` };
    if (outcome.kind === 'accepted' || outcome.kind === 'unknown') sent.push({ provider, message });
    if (outcome.kind === 'accepted') known.add(message.delivery);
    return outcome;
  },
  find: async (message) => (known.has(message.delivery) ? { id: 'found' } : 'none'),
});

beforeEach(() => {
  outcomes = [];
  sent = [];
  known = new Set();
  city = createTestCity(createMemoryDb(), {
    senders: { twilio: fake('twilio'), meta: fake('meta'), sns: fake('sns') },
    carriers: { sms: ['twilio', 'sns'], whatsapp: ['twilio'], messenger: ['meta'] },
  });
});

const said = (address: string, text: string): Event => ({
  type: 'said',
  // The first six characters tell messages apart.
  id: `m${String(++events).padStart(5, '0')}test`,
  channel: address.split(':')[0] as 'sms',
  text,
});

/** A message comes in and is to be answered by the API. */
async function ask(address: string, text: string): Promise<TurnItem> {
  const event = said(address, text);
  // As `converse` does it for what the webhook could not: the reply is the API's.
  const taken = await takeTurn(city.deps, address, event, 'response');
  if (taken.kind === 'older') throw new Error('the event was new');
  return taken.item;
}

const itemOf = async (address: string): Promise<TurnItem> =>
  (await city.deps.turns.find(city.deps.hashes.address(address))) as TurnItem;
const deliver = async (address: string): Promise<void> =>
  createDeliver(city.deps)({ kind: 'deliver', hash: city.deps.hashes.address(address) });
const later = (seconds: number): void => {
  city.clock.now = new Date(city.clock.now.getTime() + seconds * 1000);
};
const fateOf = async (address: string) => {
  const item = await itemOf(address);
  return city.deps.deliveries.get(item.hash, item.reply?.id ?? '');
};
const rejected = (cause: Cause, code = '1'): SendOutcome => ({ kind: 'rejected', code, cause });

/** An SMS is answered in the response; here it is left to the API, as after a webhook that was too slow. */
async function owe(address: string, text = 'CHENE'): Promise<void> {
  await ask(address, text);
  later(61);
}

describe.each(CHANNELS)('on %s', (channel, address, provider) => {
  it('what is accepted is sent once, however often it is asked for', async () => {
    await owe(address);
    for (let time = 0; time < 5; time += 1) {
      await deliver(address);
      later(120);
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ provider, message: { to: address } });
    expect(sent[0]?.message.text).toContain('Clichy-sous-Bois');
    expect(await fateOf(address)).toMatchObject({ state: 'accepted', channel });
  });

  it('what timed out after it was taken is found and not sent again', async () => {
    await owe(address);
    outcomes = [{ kind: 'unknown', cause: 'network' }];
    await deliver(address);
    known.add(sent[0]?.message.delivery as string);
    for (let time = 0; time < 5; time += 1) {
      later(120);
      await deliver(address);
    }
    expect(sent).toHaveLength(1);
    expect(await fateOf(address)).toMatchObject({ state: 'accepted', providerId: 'found' });
  });

  it('what timed out and was not taken goes out once more, a minute later and not before', async () => {
    await owe(address);
    outcomes = [{ kind: 'unknown', cause: 'network' }];
    await deliver(address);
    sent.pop();
    await deliver(address);
    expect(sent).toHaveLength(0);
    later(120);
    await deliver(address);
    expect(sent).toHaveLength(1);
  });

  it('throttled: later, spread, and once', async () => {
    await owe(address);
    outcomes = [
      { kind: 'throttled', after: 2 },
      { kind: 'throttled', after: 2 },
    ];
    await deliver(address);
    await deliver(address);
    expect(sent).toHaveLength(0);
    expect(city.outbound.at(-1)).toEqual({ kind: 'deliver', hash: (await itemOf(address)).hash });
    for (let time = 0; time < 10; time += 1) {
      later(120);
      await deliver(address);
    }
    expect(sent).toHaveLength(1);
  });

  const FINAL: Cause[] = ['frequency', 'content', 'blocked', 'price', 'bug'];
  it.each(FINAL)('%s is not repeated, and kept with its code', async (cause) => {
    await owe(address);
    outcomes = [rejected(cause, '4711')];
    for (let time = 0; time < 4; time += 1) {
      await deliver(address);
      later(3600);
    }
    expect(sent).toHaveLength(0);
    expect(await fateOf(address)).toMatchObject({ state: 'failed', code: '4711', cause });
    const failed = [];
    for await (const each of city.deps.deliveries.failed()) failed.push(each);
    expect(failed).toMatchObject([{ code: '4711', channel }]);
    expect(city.alarms.length).toBe(cause === 'bug' || cause === 'content' ? 1 : 0);
  });

  it('who has opted out there has opted out here', async () => {
    await owe(address);
    outcomes = [rejected('optout', '21610')];
    await deliver(address);
    expect((await itemOf(address)).session.consent).toBe('stopped');
    later(600);
    await deliver(address);
    expect(sent).toHaveLength(0);
  });

  it('an address that can never be reached is marked, until its owner writes', async () => {
    await owe(address);
    outcomes = [rejected('permanent', '21614')];
    await deliver(address);
    expect((await itemOf(address)).known.bad).toBe('21614');
    expect(await fateOf(address)).toMatchObject({ state: 'failed' });
    await ask(address, 'oui');
    expect((await itemOf(address)).known.bad).toBeUndefined();
  });

  it('transient: tried again a few times, then given up', async () => {
    await owe(address);
    outcomes = Array.from({ length: 20 }, () => rejected('transient', '30003'));
    const before = outcomes.length;
    for (let time = 0; time < 60; time += 1) {
      await deliver(address);
      later(900);
    }
    expect(before - outcomes.length).toBeLessThanOrEqual(5);
    expect(await fateOf(address)).toMatchObject({ state: 'failed', code: '30003' });
  });

  it('config stops the lane, keeps what is owed, tells staff once, and opens again', async () => {
    if (channel === 'sms') city.deps.carriers.sms = ['twilio'];
    await owe(address);
    outcomes = [rejected('config', '20003')];
    await deliver(address);
    expect(city.alarms).toMatchObject([{ kind: 'channel-stopped', what: `${provider}-${channel}-20003` }]);
    later(30);
    await deliver(address);
    expect(sent).toHaveLength(0);
    for (let time = 0; time < 4; time += 1) {
      later(400);
      await deliver(address);
    }
    expect(sent).toHaveLength(1);
    expect(await city.deps.channels.state(`${provider}-${channel}`)).toBe('open');
    expect(city.alarms).toHaveLength(1);
  });

  it('after a day a reply is given up, and staff see it', async () => {
    await owe(address);
    later(25 * 3600);
    await deliver(address);
    expect(sent).toHaveLength(0);
    expect(await fateOf(address)).toMatchObject({ state: 'failed', code: 'too-late' });
  });

  it('a message that a person did not get yet comes before the next, and neither twice', async () => {
    if (channel !== 'messenger') return;
    await ask(address, 'CHENE');
    await ask(address, 'oui');
    await ask(address, '1');
    for (let time = 0; time < 3; time += 1) await deliver(address);
    expect(sent.map(({ message }) => message.text.slice(0, 20))).toHaveLength(3);
    expect(sent[0]?.message.text).toContain('Clichy-sous-Bois');
    later(3600);
    await deliver(address);
    expect(sent).toHaveLength(3);
  });
});

describe('the 24 hours', () => {
  it('Messenger: nothing goes out outside them, and staff see why', async () => {
    await ask(MESSENGER, 'SQUARE');
    await deliver(MESSENGER);
    await ask(MESSENGER, '1');
    later(24 * 3600 - 30);
    await deliver(MESSENGER);
    expect(sent).toHaveLength(1);
    expect(await fateOf(MESSENGER)).toMatchObject({ state: 'failed', code: 'window' });
  });

  it('WhatsApp: a template where one fits, else nothing', async () => {
    await ask(WHATSAPP, 'SQUARE');
    later(23 * 3600 + 3599);
    await deliver(WHATSAPP);
    expect(sent).toHaveLength(0);
    expect(await fateOf(WHATSAPP)).toMatchObject({ state: 'failed', code: 'no-template' });
    city.deps.world = {
      ...city.deps.world,
      city: {
        ...city.deps.world.city,
        templates: [
          {
            purpose: 'answer',
            category: 'UTILITY',
            language: 'fr',
            contentSid: `HX${'0'.repeat(32)}`,
            variables: { '1': 'text' },
          },
        ],
      },
    };
    await ask(WHATSAPP, 'SQUARE');
    later(23 * 3600 + 3599);
    await deliver(WHATSAPP);
    expect(sent.at(-1)?.message.template?.contentSid).toBe(`HX${'0'.repeat(32)}`);
  });

  it('what the provider knows better than we: closed there is closed here', async () => {
    await ask(WHATSAPP, 'SQUARE');
    later(61);
    outcomes = [rejected('window', '63016')];
    await deliver(WHATSAPP);
    expect(sent).toHaveLength(0);
    expect(await fateOf(WHATSAPP)).toMatchObject({ state: 'failed', code: 'no-template' });
  });
});

describe('one resident, several addresses', () => {
  const link = async (): Promise<void> => {
    await ask(MESSENGER, 'SQUARE');
    const item = await itemOf(MESSENGER);
    item.others = [{ address: SMS }];
    await city.deps.turns.know(item, (each) => each);
  };

  it('a closed window lets the other channel carry it', async () => {
    await link();
    later(24 * 3600 - 30);
    await deliver(MESSENGER);
    expect(sent).toMatchObject([{ provider: 'twilio', message: { to: SMS } }]);
  });

  it('who is not there any more is written to where they are', async () => {
    await link();
    outcomes = [rejected('unreachable', '551/1545041')];
    await deliver(MESSENGER);
    expect(sent).toMatchObject([{ provider: 'twilio', message: { to: SMS } }]);
    expect((await itemOf(MESSENGER)).known.bad).toBe('551/1545041');
  });
});

describe('a second provider', () => {
  it('carries SMS while the first is stopped', async () => {
    await owe(SMS);
    outcomes = [rejected('config', '20003')];
    await deliver(SMS);
    expect(sent).toMatchObject([{ provider: 'sns', message: { to: SMS } }]);
  });

  it('is not asked what it cannot say: an unknown fate stays unknown, and nothing is sent twice', async () => {
    city.deps.carriers.sms = ['sns'];
    city.deps.senders.sns = { ...fake('sns'), find: async () => 'cannot' };
    outcomes = [{ kind: 'unknown', cause: 'network' }];
    // What comes in through AWS comes by the queue, and its reply is the API's from the start.
    const event = said(SMS, 'CHENE');
    const converse = createConverse(city.deps);
    await expect(converse({ kind: 'turn', address: SMS, event })).rejects.toThrow('owed');
    for (let time = 0; time < 4; time += 1) {
      later(300);
      await deliver(SMS);
    }
    expect(sent).toHaveLength(1);
    expect(await fateOf(SMS)).toMatchObject({ state: 'unknown' });
  });
});

describe('receipts', () => {
  const told = async (state: Extract<Incoming, { kind: 'receipt' }>['state'], more = {}): Promise<void> => {
    const item = await itemOf(MESSENGER);
    const delivery = `${item.hash}.${item.reply?.id}`;
    await receipt(city.deps, { kind: 'receipt', delivery, ...(state && { state }), ...more });
  };

  it.each([
    [['sent', 'delivered', 'read'], 'read'],
    [['read', 'delivered', 'sent'], 'read'],
    [['failed', 'delivered'], 'delivered'],
    [['delivered', 'failed'], 'delivered'],
    [['delivered', 'delivered', undefined], 'delivered'],
  ] as const)('%j ends as %s', async (states, end) => {
    await ask(MESSENGER, 'SQUARE');
    for (const state of states) await told(state);
    expect(await fateOf(MESSENGER)).toMatchObject({ state: end });
  });

  it('may come before the API has answered: the reply is not sent again', async () => {
    await ask(MESSENGER, 'SQUARE');
    await told('delivered');
    await deliver(MESSENGER);
    expect(sent).toHaveLength(0);
    expect(await fateOf(MESSENGER)).toMatchObject({ state: 'delivered' });
  });

  it("by the provider's own id alone finds its delivery", async () => {
    await ask(MESSENGER, 'SQUARE');
    await deliver(MESSENGER);
    const { providerId } = (await fateOf(MESSENGER)) as { providerId: string };
    await receipt(city.deps, { kind: 'receipt', address: MESSENGER, providerId, state: 'delivered' });
    expect(await fateOf(MESSENGER)).toMatchObject({ state: 'delivered' });
  });

  it('of somebody unknown, of nothing, of an erased resident change nothing', async () => {
    const before = JSON.stringify(await itemOf(MESSENGER));
    for (const delivery of [undefined, '', 'x', `${'a'.repeat(22)}.m1`, '../../etc'])
      await receipt(city.deps, {
        kind: 'receipt',
        state: 'delivered',
        ...(delivery !== undefined && { delivery }),
      });
    expect(JSON.stringify(await itemOf(MESSENGER))).toBe(before);
  });

  it('three days on which a handset was not reached mark the address', async () => {
    await ask(MESSENGER, 'SQUARE');
    for (let day = 0; day < 3; day += 1) {
      await told('failed', { cause: 'transient', code: '30003' });
      expect((await itemOf(MESSENGER)).known.bad).toBe(day < 2 ? undefined : '30003');
      later(24 * 3600);
    }
  });
});
