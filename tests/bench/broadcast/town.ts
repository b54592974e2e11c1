/**
 * The store port as a fake that counts and hardly keeps: residents are made when they are read, forgotten once their
 * message is out, and the ledger is a byte each. Whatever else is asked for lies in a store in memory. Arguments: residents, and the Unix socket to listen on.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { announcementOf } from '../../../conversations/announcement-acts.ts';
import { newSession } from '../../../conversations/session.ts';
import { createAnnouncementStore } from '../../../functions/store/announcements.ts';
import type { Db, Expression, Item } from '../../../functions/store/db.ts';
import { LEDGER_STATES } from '../../../functions/store/ledger.ts';
import type { Key } from '../../../functions/store/table.ts';
import { draftOf } from '../../support/announcements.ts';
import { createMemoryDb } from '../../support/memory-db.ts';
import { numberOf, TEXT } from './message.ts';
import type { Answer, Call } from './remote-db.ts';
import { wire } from './wire.ts';

const [, , count, path = ''] = process.argv;
const residents = Number(count);
/** A first letter for each of the sixteen shards (`shardOf`). */
const LETTERS = '0123456789JKLMNO';
const AT = '2026-11-24T09:00:00.000Z';
/** Items in one answer. */
const MEMBERS = 100;
const ROWS = 1000;

const hashOf = (index: number): string => LETTERS[index % 16] + String(index).padStart(21, '0');
const indexOf = (hash: string): number => Number(hash.slice(1));

/** 0 for who is in no ledger, else one more than the rank of the state. */
const ledger = new Uint8Array(residents);
const turns = new Map<string, Item>();
const rest = createMemoryDb();

const turnOf = (hash: string): Item => ({
  ...{ pk: `t#${hash}`, sk: 'turn', n: 1, seen: '', a: `sms:${numberOf(indexOf(hash))}` },
  s: JSON.stringify({
    ...newSession(`resident-${indexOf(hash)}`),
    ...{ consent: 'given', language: 'fr', lists: ['chene'], quartier: 'chene' },
  }),
});
const rowOf = (hash: string): Item => {
  const state = LEDGER_STATES[(ledger[indexOf(hash)] as number) - 1] as string;
  return { pk: 'announced#1', sk: hash, state, event: `av1-${hash}`, at: AT, channel: 'sms' };
};

/** Of a turn item: what was read must be what is there. */
function changed(hash: string, next: (before: Item) => Item, { values = {} }: Expression): boolean {
  const before = turns.get(hash) ?? turnOf(hash);
  if (values[':n'] !== undefined && values[':n'] !== before.n) return false;
  const after = next(before);
  if (after.tk === 1) turns.delete(hash);
  else turns.set(hash, after);
  return true;
}

const isLedger = (pk: string): boolean => /^announced#1#[0-9a-f]$/.test(pk);
const isTurn = ({ pk, sk }: Key | Item): boolean => sk === 'turn' && String(pk)[1] === '#';

const answers: Record<string, (...args: never[]) => unknown> = {
  get(key: Key) {
    const hash = key.pk.slice(2);
    if (isTurn(key)) return turns.get(hash) ?? turnOf(hash);
    if (isLedger(key.pk)) return ledger[indexOf(key.sk)] ? rowOf(key.sk) : undefined;
    return rest.get(key);
  },
  getMany: (all: Key[]) => Promise.all(all.map((key) => answers.get?.(key as never))),
  put(item: Item, condition?: Expression) {
    if (isTurn(item)) return changed(String(item.pk).slice(2), () => item, condition as Expression);
    if (isLedger(String(item.pk))) {
      const index = indexOf(String(item.sk));
      if (ledger[index]) return false;
      ledger[index] = 1 + Number(item.rank);
      return true;
    }
    return String(item.sk).startsWith('delivery#') || rest.put(item, condition);
  },
  update(key: Key, update: string, expression: Expression) {
    if (isTurn(key)) {
      const isTaken = update.startsWith('SET tk') && expression.values?.[':yes'] !== undefined;
      return changed(key.pk.slice(2), (before) => ({ ...before, ...(isTaken && { tk: 1 }) }), expression);
    }
    if (!isLedger(key.pk)) return rest.update(key, update, expression);
    const [index, next] = [indexOf(key.sk), 1 + Number(expression.values?.[':rank'])];
    if ((ledger[index] as number) === 0 || (ledger[index] as number) >= next) return false;
    ledger[index] = next;
    return true;
  },
  delete: (key: Key) => rest.delete(key),
  async query(pk: string, after: string) {
    if (!isLedger(pk)) return { items: await all(rest.query(pk, after)), more: false };
    return page(pk.slice(-1), after, ROWS, (hash) => (ledger[indexOf(hash)] ? rowOf(hash) : undefined));
  },
  async members(partition: string, after: string) {
    const shard = /^list#chene#(.)$/.exec(partition)?.[1];
    if (shard === undefined) return { items: await all(rest.listedAfter(partition, after)), more: false };
    return page(shard, after, MEMBERS, (hash) => ({ pk: `t#${hash}`, sk: '', lp: partition, ls: hash }));
  },
  listed: (partition: string, upTo?: string) => {
    const shard = /^list#chene#(.)$/.exec(partition)?.[1];
    if (shard === undefined) return all(rest.listed(partition, upTo));
    return page(shard, '', MEMBERS, (hash) => ({ pk: `t#${hash}`, sk: '', lp: partition, ls: hash })).items;
  },
  scan: () => all(rest.scan()),
};

const all = async (items: AsyncGenerator<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

function page(shard: string, after: string, size: number, made: (hash: string) => Item | undefined) {
  const items: Item[] = [];
  const first = Number.parseInt(shard, 16);
  let index = after === '' ? first : indexOf(after) + 16;
  for (; index < residents && items.length < size; index += 16) {
    const item = made(hashOf(index));
    if (item) items.push(item);
  }
  return { items, more: index < residents };
}

async function serve(): Promise<void> {
  await createAnnouncementStore(rest as Db).create(
    (number) => ({
      ...announcementOf(
        draftOf({ texts: { fr: TEXT }, audience: { lists: ['chene'] } }),
        'A-2026-001',
        number,
        'agent@exemple',
      ),
      ...{ state: 'scheduled', begins: AT },
    }),
    { by: 'agent@exemple', what: 'programmer', at: new Date(AT) },
  );
  const server = createServer((socket) => {
    const { write, hear } = wire(socket, async ([id, what, args]: Call) => {
      try {
        const result = await answers[what]?.(...(args as never[]));
        write([id, result ?? null] satisfies Answer);
      } catch (error) {
        write([id, null, String(error)] satisfies Answer);
      }
    });
    socket.on('data', hear);
    socket.on('error', () => undefined);
  });
  // The one before it leaves its socket behind: it does not end, it is ended.
  rmSync(path, { force: true });
  server.listen(path, () => console.log(JSON.stringify({ path })));
}
void serve();
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
