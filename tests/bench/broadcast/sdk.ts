/** What a city would write with Twilio's SDK, and no ledger: `messages.create` for everyone. */
import twilio from 'twilio';
import { ACCOUNT, FROM, numberOf, sendAll, TEXT, TOKEN } from './message.ts';

const [, , carrier = '', count = '1'] = process.argv;
const client = twilio(ACCOUNT, TOKEN);
client.api.baseUrl = carrier;

void sendAll(Number(count), async (index) => {
  await client.messages.create({ to: numberOf(index), from: FROM, body: TEXT });
});
