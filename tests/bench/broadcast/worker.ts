/**
 * The worker as it is: the minute's look, parts, pages, ledger, turn, hand-over, limits and Twilio's adapter. Only the store
 * port may be another: `fake` and a Unix socket, or `real` and an endpoint for the AWS SDK. In the environment:
 * WHICH, WHERE, CARRIER, COUNT, since what starts a Lambda puts its own arguments before the last.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTwilio } from '../../../functions/channels/twilio-send.ts';
import { announcing } from '../../../functions/runtime/announcing.ts';
import { workOn } from '../../../functions/runtime/broadcast.ts';
import { lookAfter } from '../../../functions/runtime/broadcast-tick.ts';
import { createLog } from '../../../functions/runtime/log.ts';
import type { QueueMessage } from '../../../functions/runtime/queue.ts';
import { createDb } from '../../../functions/store/db.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { createTestCity, NUMBER } from '../../support/city.ts';
import { ACCOUNT, TOKEN, tell } from './message.ts';
import { connectDb } from './remote-db.ts';

const { WHICH: which = '', WHERE: where = '', CARRIER: carrier = '', COUNT: count = '1' } = process.env;
/** No cap of the example city is to stop it. */
const PLENTY = 100_000_000;

const db =
  which === 'fake'
    ? connectDb(where)
    : createDb(
        new DynamoDBClient({
          endpoint: where,
          region: 'eu-west-3',
          credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        }),
        'porte-voix',
      );
const { city, surveys } = localWorld();
const limits = { ...city.limits, perSecond: { 'twilio-sms': PLENTY }, dailyEuros: PLENTY };
const waiting: QueueMessage[] = [];
const { deps, clock } = createTestCity(db, {
  world: { city: { ...city, limits }, surveys },
  exporting: { send: async () => undefined },
  broadcasting: { send: async (message) => void waiting.push(message) },
  senders: {
    twilio: createTwilio({
      ...{ accountSid: ACCOUNT, authToken: TOKEN, smsFrom: NUMBER },
      ...{ baseUrl: carrier, contentUrl: carrier, messagingUrl: carrier },
      contents: { get: async () => undefined, keep: async () => undefined } as never,
    }),
  },
});
deps.log = createLog(() => undefined);
deps.announcer = { publish: async () => undefined, alarm: async () => undefined };
const ahead = Date.parse('2026-11-24T09:00:00.000Z') - Date.now();
Object.defineProperty(clock, 'now', { get: () => new Date(Date.now() + ahead) });

async function announce(): Promise<void> {
  const before = process.cpuUsage();
  for (;;) {
    await lookAfter(deps);
    for (let message = waiting.shift(); message; message = waiting.shift())
      if (message.kind === 'broadcast') await workOn(deps, message);
    if ((await announcing(deps).announcements.get(1))?.announcement.state === 'done') break;
  }
  tell(Number(count), before);
}

announce().catch((error) => {
  console.error(error);
  process.exit(1);
});
