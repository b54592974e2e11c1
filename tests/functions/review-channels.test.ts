/** What a hostile reading of the channels found: each case lost, doubled or misdirected something once. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../conversations/events.ts';
import { nextPermitted } from '../../conversations/hours.ts';
import type { Outgoing, Sender, SendOutcome } from '../../functions/channels/channel.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { fetchAll } from '../../functions/runtime/fetch-media.ts';
import { handOver } from '../../functions/runtime/hand-over.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import type { TurnItem } from '../../functions/store/turn-item.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, PAGE_ID, type TestCity, text } from '../support/city.ts';
import { messengerPost } from '../support/inbound.ts';
import { createMemoryDb, type MemoryDb } from '../support/memory-db.ts';

const SMS = 'sms:+33639980001';
const OTHER = 'sms:+33639980007';
const WHATSAPP = 'whatsapp:+33639980002';
const MESSENGER = 'messenger:5678';

let db: MemoryDb;
let city: TestCity;
let sent: Outgoing[];
let outcomes: SendOutcome[];
let found: Awaited<ReturnType<Sender['find']>>;
let events = 0;

const fake = (provider: Sender['provider']): Sender => ({
  provider,
  async send(message) {
    sent.push(message);
    return outcomes.shift() ?? { kind: 'accepted', id: `id-${sent.length}` };
  },
  find: async () => found,
});

beforeEach(() => {
  sent = [];
  outcomes = [];
  found = 'none';
  db = createMemoryDb();
  city = createTestCity(db, { senders: { twilio: fake('twilio'), meta: fake('meta'), sns: fake('sns') } });
});

const later = (seconds: number): void => {
  city.clock.now = new Date(city.clock.now.getTime() + seconds * 1000);
};
const said = (address: string, words: string, more = {}): Event => ({
  type: 'said',
  id: `m${String(++events).padStart(5, '0')}test`,
  channel: address.split(':')[0] as 'sms',
  text: words,
  ...more,
});
const say = (address: string, words: string) => take(address, said(address, words));
async function take(address: string, event: Event, via: 'response' | 'api' = 'response'): Promise<TurnItem> {
  later(20);
  const taken = await takeTurn(city.deps, address, event, via);
  if (taken.kind === 'older') throw new Error('the event was new');
  return taken.item;
}
const hashOf = (address: string): string => city.deps.hashes.address(address);
const itemOf = async (address: string) => (await city.deps.turns.find(hashOf(address))) as TurnItem;
/** The code that WHATSAPP, MESSENGER or SMS gave last. */
const codeIn = (item: TurnItem): string =>
  /LIEN(?:%20|_| )(\d{8})/.exec(item.reply?.text ?? '')?.[1] as string;
async function link(from: string, to: string, word: string): Promise<void> {
  await say(to, `LIEN ${codeIn(await say(from, word))}`);
}
async function join(address: string): Promise<void> {
  for (const words of ['CHENE', 'oui', '1', '4']) await say(address, words);
}

/** The next turn is read before the reply that waits is delivered, and written after. */
function deliverAfterLoad(): void {
  const { load } = city.deps.turns;
  city.deps.turns.load = async (...about) => {
    const item = await load(...about);
    city.deps.turns.load = load;
    await createDeliver(city.deps)({ kind: 'deliver', hash: item.hash });
    return item;
  };
}

describe('a reply goes out once', () => {
  it('also where the next message is read before it is claimed, and written after', async () => {
    await say(MESSENGER, 'CHENE');
    deliverAfterLoad();
    await say(MESSENGER, 'oui');
    await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(MESSENGER) });
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map((each) => each.text)).size).toBe(2);
  });

  it('also from the outbox', async () => {
    for (const words of ['CHENE', 'oui']) await say(MESSENGER, words);
    deliverAfterLoad();
    await say(MESSENGER, '1');
    await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(MESSENGER) });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((each) => each.text)).size).toBe(3);
  });

  it('though two tries fail, and the resident goes on', async () => {
    outcomes = [
      { kind: 'unknown', cause: 'network' },
      { kind: 'unknown', cause: 'network' },
    ];
    // Each message comes 20 s after the one before.
    const words = ['CHENE', 'oui', '1', '4', 'SQUARE', '1', '3', '1'];
    for (const each of words) {
      await say(MESSENGER, each);
      if (each !== words.at(-1) && sent.length < 2)
        await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(MESSENGER) });
    }
    later(120);
    await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(MESSENGER) });
    expect(new Set(sent.map((each) => each.text)).size).toBe(words.length);
  });

  it('and is looked up where it may have gone out, not where it goes now', async () => {
    city.deps.carriers.sms = ['twilio', 'sns'];
    const item = await take(SMS, said(SMS, 'CHENE'), 'api');
    outcomes = [{ kind: 'unknown', cause: 'timeout' }];
    await handOver(city.deps, item, true);
    await city.deps.channels.stop('twilio-sms', '20003');
    const asked: string[] = [];
    for (const [name, sender] of Object.entries(city.deps.senders))
      sender.find = async () => {
        asked.push(name);
        return { id: 'found' };
      };
    later(70);
    await handOver(city.deps, await itemOf(SMS), false);
    expect(asked).toEqual(['twilio']);
    expect(sent).toHaveLength(1);
  });
});

describe('a cap', () => {
  it('holds at the second try as it did at the first', async () => {
    city.deps.limits = { ...city.deps.limits, spend: async () => 'money' };
    const item = await take(SMS, said(SMS, 'CHENE'), 'api');
    await handOver(city.deps, item, true);
    later(3700);
    await handOver(city.deps, await itemOf(SMS), false);
    expect(sent).toHaveLength(0);
  });

  it('does not speak to who has said STOP', async () => {
    const most = city.deps.world.city.limits.perPersonHour;
    await join(SMS);
    const webhook = createWebhook(city.deps);
    await text(webhook, '+33639980001', 'STOP');
    const heard: string[] = [];
    for (let each = 0; each < most + 3; each += 1)
      heard.push((await text(webhook, '+33639980001', `${each} et alors`)).reply?.text ?? '');
    expect(heard.filter(Boolean)).toEqual([]);
  });

  it('lets EFFACER be confirmed', async () => {
    const most = city.deps.world.city.limits.perPersonHour;
    await join(SMS);
    const webhook = createWebhook(city.deps);
    for (let each = 0; each < most; each += 1) await text(webhook, '+33639980001', `${each} bla`);
    await text(webhook, '+33639980001', 'EFFACER');
    await text(webhook, '+33639980001', 'oui');
    expect((await itemOf(SMS)).session.id).toBe('');
  });
});

describe('linking', () => {
  it('tried from both sides ties once, and loses nothing', async () => {
    await join(SMS);
    const first = codeIn(await say(SMS, 'WHATSAPP'));
    await link(WHATSAPP, SMS, 'SMS');
    expect((await itemOf(SMS)).hash).toBe(hashOf(WHATSAPP));
    const before = db.items.size;
    await say(WHATSAPP, `LIEN ${first}`);
    expect((await itemOf(SMS)).session.consent).toBe('given');
    expect(db.items.size).toBe(before);
  });

  it('of one that others point to keeps them all', async () => {
    await link(MESSENGER, OTHER, 'SMS');
    await join(SMS);
    await link(SMS, MESSENGER, 'MESSENGER');
    expect((await itemOf(OTHER)).hash).toBe(hashOf(SMS));
    expect((await say(OTHER, 'bonjour')).hash).toBe(hashOf(SMS));
  });

  it('does not lock anyone out once the first is forgotten', async () => {
    await link(SMS, WHATSAPP, 'WHATSAPP');
    later(31 * 86_400);
    await city.deps.turns.expire(city.deps.now());
    expect((await say(WHATSAPP, 'CHENE')).reply?.text).toBeTruthy();
    expect((await say(WHATSAPP, 'oui')).session.consent).toBe('given');
  });

  it('knows a late copy of what came before it', async () => {
    const early = said(WHATSAPP, 'CHENE');
    await take(WHATSAPP, early);
    await join(SMS);
    await link(SMS, WHATSAPP, 'WHATSAPP');
    expect((await takeTurn(city.deps, WHATSAPP, early, 'response')).kind).toBe('older');
  });

  it('brings along a photo that was still to be fetched', async () => {
    const photo = said(WHATSAPP, '', { media: [{ kind: 'document', type: 'x', url: 'https://x/1' }] });
    await take(WHATSAPP, photo);
    await join(SMS);
    await link(SMS, WHATSAPP, 'WHATSAPP');
    const files = { put: async () => undefined, delete: async () => undefined };
    await fetchAll(city.deps, files, hashOf(WHATSAPP), photo.id);
    for await (const each of city.deps.media.of(hashOf(SMS), photo.id)) expect(each.refused).toBe('kind');
    expect([...db.items.values()].some(({ refused }) => refused === 'kind')).toBe(true);
  });
});

describe('erasure', () => {
  it('carried out again leaves alone who has come back on another address', async () => {
    await join(SMS);
    await link(SMS, WHATSAPP, 'WHATSAPP');
    await say(WHATSAPP, 'EFFACER');
    await say(WHATSAPP, 'oui');
    expect((await itemOf(WHATSAPP)).session.id).toBe('');
    await join(WHATSAPP);
    await createSweep(city.deps)();
    expect((await itemOf(WHATSAPP)).session.consent).toBe('given');
    expect((await itemOf(SMS)).session.id).toBe('');
  });
});

describe('a message taken back', () => {
  it('before it was heard is not heard', async () => {
    await join(MESSENGER);
    const late = said(MESSENGER, 'secret');
    await take(MESSENGER, { type: 'unsaid', id: `m${String(++events).padStart(5, '0')}test`, of: late.id });
    expect((await takeTurn(city.deps, MESSENGER, late, 'api')).kind).toBe('older');
    expect(JSON.stringify([...db.items.values()])).not.toContain('secret');
  });
});

describe('a photo', () => {
  it('is asked for by the retry, where the first try stopped short', async () => {
    const photo = said(SMS, '', { media: [{ kind: 'photo', type: 'image/jpeg', url: 'https://x/1' }] });
    const { fetching, queue } = city.deps;
    const down = { send: async () => Promise.reject(new Error('down')) };
    Object.assign(city.deps, { fetching: down, queue: down });
    await takeTurn(city.deps, SMS, photo, 'response').catch(() => undefined);
    Object.assign(city.deps, { fetching, queue });
    await takeTurn(city.deps, SMS, photo, 'response');
    expect(city.fetching).toHaveLength(1);
  });

  it('is asked for by the next message, where there was no retry', async () => {
    const photo = said(SMS, '', { media: [{ kind: 'photo', type: 'image/jpeg', url: 'https://x/1' }] });
    const { fetching, queue } = city.deps;
    const down = { send: async () => Promise.reject(new Error('down')) };
    Object.assign(city.deps, { fetching: down, queue: down });
    await takeTurn(city.deps, SMS, photo, 'response').catch(() => undefined);
    Object.assign(city.deps, { fetching, queue });
    await say(SMS, 'bonjour');
    expect(city.fetching).toHaveLength(1);
  });
});

describe('the outbound queue', () => {
  it('is not asked again and again for what cannot go before its minute is over', async () => {
    await say(MESSENGER, 'CHENE');
    outcomes = [{ kind: 'throttled', after: 1 }];
    const deliver = createDeliver(city.deps);
    await deliver({ kind: 'deliver', hash: hashOf(MESSENGER) });
    const delays: number[] = [];
    city.deps.outbound.send = async (_, delay = 0) => void delays.push(delay);
    later(3);
    await deliver({ kind: 'deliver', hash: hashOf(MESSENGER) });
    expect(delays.every((delay) => delay > 30)).toBe(true);
  });
});

describe('a lane', () => {
  it('is not tried by a message that has to wait anyway', async () => {
    const waiting = await take(MESSENGER, said(MESSENGER, 'CHENE'), 'api');
    city.clock.now = new Date(city.clock.now.getTime() - 10_000);
    await city.deps.channels.stop('meta-messenger', '190');
    later(301);
    await city.deps.turns.claim(waiting, 'api', city.deps.now());
    await createDeliver(city.deps)({ kind: 'deliver', hash: waiting.hash });
    await say('messenger:9999', 'CHENE');
    await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf('messenger:9999') });
    expect(sent.map((each) => each.to)).toEqual(['messenger:9999']);
  });

  it('is open again once the provider has looked at whom a message was for', async () => {
    await city.deps.channels.stop('meta-messenger', '190');
    later(301);
    await say(MESSENGER, 'CHENE');
    outcomes = [{ kind: 'rejected', code: '551', cause: 'unreachable' }];
    await createDeliver(city.deps)({ kind: 'deliver', hash: hashOf(MESSENGER) });
    expect(await city.deps.channels.state('meta-messenger')).toBe('open');
  });
});

describe('a reply that did not arrive', () => {
  it('does not ring at night', async () => {
    city.clock.now = new Date('2026-11-23T18:30:00Z');
    const item = await say(SMS, 'CHENE');
    const told = { provider: 'twilio', state: 'failed', code: '30003', cause: 'transient' } as const;
    await receipt(city.deps, { kind: 'receipt', delivery: `${item.hash}.${item.reply?.id}`, ...told });
    const at = new Date((await itemOf(SMS)).reply?.notBefore ?? '');
    expect(nextPermitted(at, city.deps.world.city.sending)).toEqual(at);
  });
});

describe("a batch of Meta's", () => {
  it('answers people before it counts receipts, and counts no longer than there is time', async () => {
    let counted = 0;
    city.deps.turns.taken = async () => {
      counted += 1;
      later(1);
      return true;
    };
    const hash = (await say('messenger:1', 'CHENE')).hash;
    const reply = (await itemOf('messenger:1')).reply?.id;
    const page = { id: PAGE_ID };
    const echo = (each: number) => ({
      sender: page,
      recipient: { id: '1' },
      timestamp: each,
      message: { mid: `e${each}`, is_echo: true, metadata: `${hash}.${reply}` },
    });
    const person = {
      sender: { id: '2' },
      recipient: page,
      timestamp: 9,
      message: { mid: 'p', text: 'CHENE' },
    };
    const answer = await createWebhook(city.deps)(
      messengerPost([...Array.from({ length: 20 }, (_, each) => echo(each)), person], city.deps.now()),
    );
    expect(answer.status).toBe(200);
    expect(city.queue).toEqual([]);
    expect((await itemOf('messenger:2')).reply?.text).toBeTruthy();
    expect(counted).toBeLessThan(5);
  });
});
