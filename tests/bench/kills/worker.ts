/**
 * What announces, in a process that is killed: the minute's look, the broadcast queue and the outboxes, on the disk store
 * and the stand-in carrier. Where nothing is due it turns the clock on; it ends when the announcement has.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { City } from '../../../conversations/city.ts';
import { create as createBroadcast } from '../../../functions/broadcast.ts';
import { call } from '../../../functions/channels/http-client.ts';
import { create as createDeliver } from '../../../functions/deliver.ts';
import { create as createRemind } from '../../../functions/remind.ts';
import { announcing } from '../../../functions/runtime/announcing.ts';
import { nextBroadcast } from '../../../functions/runtime/broadcast-tick.ts';
import { createDeps } from '../../../functions/runtime/deps.ts';
import type { HashKeys } from '../../../functions/runtime/hashes.ts';
import { createLog } from '../../../functions/runtime/log.ts';
import { providersOf } from '../../../functions/runtime/providers.ts';
import { createDb } from '../../../functions/store/db.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { createLocalQueue } from '../../../infra/local/queue.ts';

export interface WorkerOrder {
  store: string;
  table: string;
  carrier: string;
  account: { accountSid: string; authToken: string; number: string };
  keys: HashKeys;
  limits: Partial<City['limits']>;
  /** Milliseconds between the real clock and the run's. */
  offset: number;
}

const FAR = 40 * 86_400_000;
/** Nothing is due at a moment that can be named: twenty seconds later something may be. */
const A_WHILE = 20_000;

const order = JSON.parse(process.argv[2] as string) as WorkerOrder;
const { carrier, account, keys } = order;
let { offset } = order;
const now = (): Date => new Date(Date.now() + offset);

const client = new DynamoDBClient({
  endpoint: order.store,
  region: 'eu-west-3',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const db = createDb(client, order.table);
const log = createLog(() => undefined);
const queue = createLocalQueue('inbound', db, now, log);
const outbound = createLocalQueue('outbound', db, now, log);
const broadcasting = createLocalQueue('broadcast', db, now, log);
const world = localWorld();
const deps = createDeps({
  now,
  world: { ...world, city: { ...world.city, limits: { ...world.city.limits, ...order.limits } } },
  table: { client, name: order.table },
  keys,
  queue,
  outbound,
  fetching: queue,
  broadcasting,
  exporting: queue,
  mediaFrom: { hosts: [] },
  announcer: { publish: async () => undefined, alarm: async () => undefined },
  providers: providersOf({
    publicUrl: carrier,
    twilio: {
      accountSid: account.accountSid,
      tokens: [account.authToken],
      number: account.number,
      apiUrl: carrier,
      contentUrl: carrier,
      messagingUrl: carrier,
    },
  }),
  publicUrl: carrier,
  log,
});

/** The run's clock is the carrier's too: whoever turns it waits until both have it. */
async function turnOn(to: Date): Promise<void> {
  const ahead = Math.max(A_WHILE, to.getTime() - now().getTime());
  await call({ method: 'POST', url: new URL('/clock', carrier), body: String(offset + ahead) });
  offset += ahead;
}

const isDone = async (): Promise<boolean> =>
  (await announcing(deps).announcements.get(1))?.announcement.state === 'done';

async function announce(): Promise<void> {
  const remind = createRemind(deps);
  const [broadcast, deliver] = [createBroadcast(deps), createDeliver(deps)];
  // Done is said while messages whose outcome nobody knew are still to be looked up: a minute later they are.
  while (!(await isDone()) || (await deps.turns.nextDue()) !== undefined) {
    await remind();
    const done = (await broadcasting.drain(broadcast)) + (await outbound.drain(deliver));
    if (done > 0) continue;
    const next = [
      await broadcasting.next(),
      await outbound.next(),
      await nextBroadcast(deps, new Date(now().getTime() + FAR)),
      await deps.turns.nextDue(),
    ].filter((time) => time !== undefined);
    await turnOn(next.sort((a, b) => a.getTime() - b.getTime())[0] ?? now());
  }
}

announce().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
