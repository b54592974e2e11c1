/** What is done beside the messages: buttons before a survey opens, the way back from a name, opt-outs we are not told. */
import { describe, expect, it } from 'vitest';
import type { Offer } from '../../conversations/events.ts';
import type { Outgoing } from '../../functions/channels/channel.ts';
import { contentOf } from '../../functions/channels/twilio-content.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import { prepareOffers } from '../../functions/runtime/prepare.ts';
import { receipt } from '../../functions/runtime/receipt.ts';
import { asSentBy } from '../../functions/runtime/way-back.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { languages } from '../../locales/index.ts';
import { createTestCity, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

describe('buttons', () => {
  it('of an open survey exist in each of its languages, and are what WhatsApp takes', async () => {
    const city = createTestCity(createMemoryDb());
    const made: [string, Offer][] = [];
    city.deps.prepare = async (offer, language) => void made.push([language, offer]);
    const square = city.deps.world.surveys.latest('square');
    city.clock.now = new Date(`${square?.opens}T09:00:00Z`);
    const count = await prepareOffers(city.deps);
    expect(count).toBe(made.length);
    for (const language of square?.languages ?? []) {
      const own = made.filter(([each]) => each === language);
      expect(own.length, language).toBeGreaterThanOrEqual(3);
      for (const [, offer] of own) expect(contentOf(offer, language), offer.text).toBeDefined();
    }
    // A day after it has closed there is nothing to be made for it.
    made.length = 0;
    city.clock.now = new Date('2099-01-01T09:00:00Z');
    expect(await prepareOffers(city.deps)).toBe(0);
  });

  it('that cannot be made stop nothing', async () => {
    const city = createTestCity(createMemoryDb());
    const square = city.deps.world.surveys.latest('square');
    city.clock.now = new Date(`${square?.opens}T09:00:00Z`);
    city.deps.prepare = () => Promise.reject(new Error('no content today'));
    expect(await prepareOffers(city.deps)).toBe(0);
    expect(city.lines.join()).toContain('offer-unprepared');
  });
});

describe('the way back', () => {
  it.each(languages)('in %s: from a name a message says how to answer and how to stop, once', (language) => {
    const { deps } = createTestCity(createMemoryDb());
    deps.smsFrom = { twilio: '38123', sns: 'VilleClichy' };
    const sent = asSentBy(deps, 'sns', 'Visite de quartier samedi 10h.', language);
    expect(sent).toContain('STOP');
    expect(sent.match(/38123/g)).toHaveLength(2);
    expect(asSentBy(deps, 'sns', sent, language)).toBe(sent);
    expect(asSentBy(deps, 'twilio', 'Visite', language)).toBe('Visite');
    deps.smsFrom = { sns: 'VilleClichy' };
    expect(asSentBy(deps, 'sns', 'Visite.', language)).toContain(deps.world.city.phone);
  });
});

describe('opt-outs', () => {
  it('that only the provider knows are taken over by the nightly round', async () => {
    const city = createTestCity(createMemoryDb());
    const webhook = createWebhook(city.deps);
    for (const said of ['CHENE', 'oui', '1', '4']) await text(webhook, '+33612000001', said);
    city.deps.optOuts = async function* () {
      yield '+33612000001';
      yield '+33612000009';
    };
    await createSweep(city.deps)();
    const item = await city.deps.turns.find(city.deps.hashes.address('sms:+33612000001'));
    expect(item?.session.consent).toBe('stopped');
    expect(city.lines.join()).toContain('"mirrored":1');
    await createSweep(city.deps)();
    expect(city.lines.at(-1)).toContain('"mirrored":0');
  });
});

describe('a handset that was off', () => {
  it('gets the message once more, four hours later, although the provider still knows the first', async () => {
    const sent: Outgoing[] = [];
    const city = createTestCity(createMemoryDb(), {
      senders: {
        twilio: {
          provider: 'twilio',
          send: async (message) => ({ kind: 'accepted', id: `SM${sent.push(message)}` }),
          find: async () => (sent.length > 0 ? { id: `SM${sent.length}` } : 'none'),
        },
      },
    });
    const address = 'sms:+33612000001';
    const event = { type: 'said', id: 'a00001test', channel: 'sms', text: 'CHENE' } as const;
    await createConverse(city.deps)({ kind: 'turn', address, event });
    const hash = city.deps.hashes.address(address);
    await receipt(city.deps, {
      kind: 'receipt',
      delivery: `${hash}.a00001test`,
      providerId: 'SM1',
      state: 'failed',
      code: '30003',
      cause: 'transient',
    });
    const deliver = createDeliver(city.deps);
    await deliver({ kind: 'deliver', hash });
    expect(sent).toHaveLength(1);
    city.clock.now = new Date(city.clock.now.getTime() + 4.1 * 3_600_000);
    for (let time = 0; time < 4; time += 1) {
      await deliver({ kind: 'deliver', hash });
      city.clock.now = new Date(city.clock.now.getTime() + 120_000);
    }
    expect(sent).toHaveLength(2);
  });
});
