/**
 * The store: calls, bytes and request units of one whole survey (J03), ours against an item for everything. Counted
 * at the AWS SDK, on an embedded DynamoDB; units by AWS's rule, never by what the emulator says.
 */
import { createDb } from '../../functions/store/db.ts';
import { create } from '../../functions/webhook.ts';
import { openStore, type Store } from '../../infra/local/store.ts';
import { createTestCity, freshSid, PUBLIC_URL, readTwiml, signed, smsForm } from '../support/city.ts';
import { aim, type Part, rounded, table, times } from './report.ts';
import { counting } from './store/counting.ts';
import { naive } from './store/naive.ts';
import type { Index, Units } from './store/units.ts';
import { readDialogue } from './turns/dialogue.ts';

const AIM = 5;
const DUE: Index = { keys: ['lp', 'ls'], whole: false };
const BY_SURVEY: Index = { keys: ['gp', 'gs'], whole: true };
/** What Twilio tells of every reply. */
const STATUSES = ['sent', 'delivered'];
const FROM = '+33639980001';

interface Counted {
  turns: Units;
  receipts: Units;
}

const sum = (all: Units[]): Units =>
  all.reduce((a, b) => ({
    calls: a.calls + b.calls,
    read: a.read + b.read,
    write: a.write + b.write,
    bytes: a.bytes + b.bytes,
  }));

async function countOurs({ client, table: name }: Store): Promise<Counted> {
  const { client: counted, taken } = counting(client, [DUE]);
  const city = createTestCity(createDb(counted, name));
  const webhook = create(city.deps);
  const turns: Units[] = [];
  const receipts: Units[] = [];
  const { said, replies } = readDialogue();
  for (const [index, text] of said.entries()) {
    city.clock.now = new Date(city.clock.now.getTime() + 30_000);
    const answer = await webhook(signed('/webhooks/twilio', smsForm(FROM, text, freshSid())));
    const reply = readTwiml(answer);
    if (!reply || reply.text !== replies[index]) throw new Error(`another reply: ${reply?.text}`);
    turns.push(taken());
    for (const status of STATUSES) {
      const form = { MessageSid: freshSid(), MessageStatus: status };
      await webhook(signed(reply.action.slice(PUBLIC_URL.length), form));
    }
    receipts.push(taken());
  }
  return { turns: sum(turns), receipts: sum(receipts) };
}

async function countNaive({ client, table: name }: Store, wakes: boolean): Promise<Counted> {
  const { client: counted, taken } = counting(client, [DUE, BY_SURVEY]);
  const { said, replies } = readDialogue();
  const { turn, receipt } = naive(createDb(counted, name), replies, { wakes });
  const turns: Units[] = [];
  const receipts: Units[] = [];
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  for (const text of said) {
    now += 30_000;
    const sid = freshSid();
    await turn({ from: FROM, sid, text, at: new Date(now) });
    turns.push(taken());
    for (const [index, status] of STATUSES.entries())
      await receipt({ from: FROM, sid, status, at: new Date(now + 1000 * (index + 1)) });
    receipts.push(taken());
  }
  return { turns: sum(turns), receipts: sum(receipts) };
}

/** Each on a store of its own. */
async function on(count: (store: Store) => Promise<Counted>): Promise<Counted> {
  const store = await openStore();
  try {
    return await count(store);
  } finally {
    await store.close();
  }
}

/** The same whether quick or not: nothing here is a matter of luck. */
export const store: Part = async () => {
  const turnCount = readDialogue().said.length;
  const ours = await on(countOurs);
  const plain = await on((each) => countNaive(each, false));
  const waking = await on((each) => countNaive(each, true));
  const row = (what: string, { calls, read, write, bytes }: Units) => [
    what,
    calls,
    read,
    write,
    rounded(write / turnCount),
    rounded(bytes / turnCount),
  ];
  const ratio = (other: Counted): number => other.turns.write / ours.turns.write;
  return [
    table(
      [`one survey, ${turnCount} turns`, 'calls', 'RRU', 'WRU', 'WRU a turn', 'bytes a turn'],
      [
        row('**ours**: one turn item, one conditional write, the sheet at the end', ours.turns),
        row('an item for everything', plain.turns),
        row('the same, with due times in an index as ours has them', waking.turns),
        row(`**ours**, ${STATUSES.length} receipts a reply`, ours.receipts),
        row(`an item for everything, ${STATUSES.length} receipts a reply`, plain.receipts),
      ],
    ),
    '',
    aim(
      `${AIM}x fewer write units than an item for everything with due times, got ${times(ratio(waking))}`,
      ratio(waking) >= AIM,
    ),
    aim(`${AIM}x fewer than one that reminds nobody, got ${times(ratio(plain))}`, ratio(plain) >= AIM),
  ].join('\n');
};
