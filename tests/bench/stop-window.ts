/**
 * How long a STOP can come too late: from the claim of a message, after which a STOP no longer holds it back, until
 * the provider has its POST. Real hand-over, real SDKs, the embedded store, a provider on this machine.
 */
import { createTwilio } from '../../functions/channels/twilio-send.ts';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createDeliver } from '../../functions/deliver.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import { createLimits } from '../../functions/runtime/limits.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { createContentStore } from '../../functions/store/contents.ts';
import { createDb } from '../../functions/store/db.ts';
import { createLeaseStore } from '../../functions/store/leases.ts';
import { openStore } from '../../infra/local/store.ts';
import { ACCOUNT, createTestCity, NUMBER, type TestCity, TOKEN, WHATSAPP_NUMBER } from '../support/city.ts';
import { aim, median, type Part, rounded, table } from './report.ts';
import { barePost, openProvider, type Provider } from './stop-window/provider.ts';

/** Milliseconds. */
const AIM = 1000;
/** As many residents as `remind` handles side by side. */
const WIDTH = 8;
/** No cap of the example city is to stop the bench. */
const PLENTY = 1_000_000;

interface Bench {
  city: TestCity;
  deps: Deps;
  provider: Provider;
  /** When a message was claimed, by the number it goes to. */
  claimed: Map<string, number>;
}

function openBench(store: Awaited<ReturnType<typeof openStore>>, provider: Provider): Bench {
  const db = createDb(store.client, store.table);
  const { url } = provider;
  const twilio = createTwilio({
    ...{ accountSid: ACCOUNT, authToken: TOKEN, smsFrom: NUMBER, whatsappFrom: WHATSAPP_NUMBER },
    ...{ baseUrl: url, contentUrl: url, messagingUrl: url, contents: createContentStore(db) },
  });
  const city = createTestCity(db, { senders: { twilio } });
  const { turns, world, now } = city.deps;
  const claimed = new Map<string, number>();
  // Before the store is asked: what it takes to write the claim counts against us.
  const noteClaim = (address: string): void => void claimed.set(numberIn(address), performance.now());
  const limits = { ...world.city.limits, dailyEuros: PLENTY, perPrefixHour: PLENTY };
  const deps: Deps = {
    ...city.deps,
    limits: createLimits(createLeaseStore(db, now), { city: { ...world.city, limits } }, now),
    turns: {
      ...turns,
      save(before, next) {
        if (next.heard) noteClaim(next.heard);
        return turns.save(before, next);
      },
      claim(item, via, at) {
        noteClaim(item.address);
        return turns.claim(item, via, at);
      },
    },
  };
  return { city, deps, provider, claimed };
}

const numberIn = (address: string): string => address.slice(address.indexOf(':') + 1);

/** Of the range that ARCEP keeps for fiction, each resident once. */
let residents = 0;
const freshNumber = (): string => `+3363998${String(residents++).padStart(4, '0')}`;

const said = (channel: 'sms' | 'whatsapp', number: string, text: string) => ({
  type: 'said' as const,
  id: `b${number.slice(1)}`,
  channel,
  text,
});

/** A second for each message, so that each needs a lease of its sender's rate. */
const pass = ({ city }: Bench, seconds = 1): void => {
  city.clock.now = new Date(city.clock.now.getTime() + seconds * 1000);
};

/** Milliseconds of this one, or an error where it did not go out. */
function windowOf({ provider, claimed }: Bench, number: string): number {
  const [from, to] = [claimed.get(number), provider.posted.get(number)];
  if (from === undefined || to === undefined) throw new Error('a message of the bench was not sent');
  return to - from;
}

/** What the webhook could not answer in time: the turn's own write is the claim. */
async function fromQueue(bench: Bench): Promise<number> {
  pass(bench);
  const number = freshNumber();
  const event = said('sms', number, 'bonjour');
  await createConverse(bench.deps)({ kind: 'turn', address: `sms:${number}`, event });
  return windowOf(bench, number);
}

async function withButtons(bench: Bench): Promise<string> {
  pass(bench);
  const number = freshNumber();
  const address = `whatsapp:${number}`;
  await takeTurn(bench.deps, address, said('whatsapp', number, 'SQUARE'), 'response');
  bench.claimed.delete(number);
  return number;
}

const deliver = ({ deps }: Bench, number: string): Promise<void> =>
  createDeliver(deps)({ kind: 'deliver', hash: deps.hashes.address(`whatsapp:${number}`) });

async function fromOutbox(bench: Bench): Promise<number> {
  const number = await withButtons(bench);
  await deliver(bench, number);
  return windowOf(bench, number);
}

/** The first answer is lost: between the second claim and the second POST the provider is asked what it has. */
async function afterLookUp(bench: Bench): Promise<number> {
  const number = await withButtons(bench);
  bench.provider.cut.add(number);
  await deliver(bench, number);
  bench.provider.posted.delete(number);
  pass(bench, 120);
  await deliver(bench, number);
  return windowOf(bench, number);
}

async function many(count: number, width: number, one: () => Promise<number>): Promise<number[]> {
  const windows: number[] = [];
  for (let done = 0; done < count; done += width)
    windows.push(...(await Promise.all(Array.from({ length: width }, one))));
  return windows;
}

export const stopWindow: Part = async (quick) => {
  const store = await openStore();
  const provider = await openProvider();
  try {
    const bench = openBench(store, provider);
    const count = quick ? WIDTH : 1000;
    // Compiled, connected, and the buttons made, as the daily round makes them before a survey opens.
    for (const one of [fromQueue, fromOutbox, afterLookUp]) await many(WIDTH, 1, () => one(bench));
    const subjects: [string, number[]][] = [
      ['a bare POST (the floor)', await many(count, 1, () => barePost(provider, freshNumber()))],
      ['**SMS from the queue**: turn written, leases, POST', await many(count, 1, () => fromQueue(bench))],
      ['**WhatsApp buttons from the outbox**: claim, POST', await many(count, 1, () => fromOutbox(bench))],
      [`the same, ${WIDTH} residents side by side`, await many(count, WIDTH, () => fromOutbox(bench))],
      ['the same, second try: claim, look-up, POST', await many(count, 1, () => afterLookUp(bench))],
    ];
    const worst = Math.max(...subjects.slice(1).flatMap(([, windows]) => windows));
    return [
      table(
        ['from the claim to the POST', 'messages', 'ms, median', 'ms, max'],
        subjects.map(([what, windows]) => [
          what,
          windows.length,
          rounded(median(windows)),
          rounded(Math.max(...windows)),
        ]),
      ),
      '',
      aim(`never longer than ${AIM} ms, got ${rounded(worst)} at most`, worst < AIM),
    ].join('\n');
  } finally {
    await provider.close();
    await store.close();
  }
};
