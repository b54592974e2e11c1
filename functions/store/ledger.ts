/**
 * Who was told what: one item an announcement and resident, spread over shards. The first to write it has claimed it;
 * it never goes backwards, whatever order workers and receipts come in. All totals are counted from it.
 */
import { Mark } from '../../conversations/announced.ts';
import { numberOfEvent } from './announced-id.ts';
import type { Db, Item } from './db.ts';
import { expiresAt, keys, ledgerShard, shards } from './table.ts';

/**
 * - `claimed` a worker is at it; `waiting` for a sender whose tier is full or whose lane is stopped; `handed` the resident's outbox has it
 * - `held` not said, `why` says why; `cancelled` taken out of the outbox
 * - `unknown` it may be out, and nobody can tell; the rest is what providers say
 */
export const LEDGER_STATES = [
  'claimed',
  'waiting',
  'handed',
  'held',
  'unknown',
  'cancelled',
  'accepted',
  'sent',
  'failed',
  'delivered',
] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

export interface Row {
  hash: string;
  state: LedgerState;
  event: string;
  /** When it came to this. */
  at: string;
  channel?: string;
  language?: string;
  /** Of one that was held. */
  why?: string;
  /** Of one that failed: the provider's code or a word of ours, and what that means. */
  code?: string;
  cause?: string;
  /** Whom a provider took it from us for, and in how many parts. */
  provider?: string;
  parts?: number;
  /** When the resident first wrote after it, stopped, went through the survey that it began. */
  replied?: string;
  stopped?: string;
  done?: string;
}

export type Noted = Pick<Row, 'state' | 'at'> &
  Partial<Pick<Row, 'channel' | 'why' | 'code' | 'cause' | 'provider' | 'parts'>>;

export interface Progress {
  /** Rows there are: everyone whose turn has come. */
  planned: number;
  states: Partial<Record<LedgerState, number>>;
  held: Record<string, number>;
  failed: Record<string, number>;
  /** Those who got it or may have, by channel. */
  channels: Record<string, number>;
  /** Of those, who did what after it. */
  marks: Record<Mark, number>;
}

export interface LedgerStore {
  /** False where it is claimed: `get` says how far it has come. */
  claim(number: number, row: Omit<Row, 'state'>): Promise<boolean>;
  get(number: number, hash: string): Promise<Row | undefined>;
  /** By hash, of those there are rows of. */
  getMany(number: number, hashes: string[]): Promise<Map<string, Row>>;
  /** False where it had come further, or nobody has claimed it. */
  note(number: number, hash: string, noted: Noted): Promise<boolean>;
  /** The same by the id of the delivery; anything that is no announcement is not its business. */
  noteEvent(event: string, hash: string, noted: Noted): Promise<boolean>;
  /** What they did after it; how far it has come stays. False where there is no row. */
  mark(number: number, hash: string, what: Mark, at: string): Promise<boolean>;
  rows(number: number, shard: string, after?: string): AsyncGenerator<Row>;
  progress(number: number): Promise<Progress>;
}

const SECONDS_A_DAY = 86_400;
/** What is written of a row with each step. */
const NOTED = ['state', 'at', 'channel', 'why', 'code', 'cause', 'provider', 'parts'] as const;

/** `keepDays`: as long as messages themselves are kept. */
export function createLedger(db: Db, keepDays: number): LedgerStore {
  const note: LedgerStore['note'] = (number, hash, noted) => {
    const names: Record<string, string> = { '#rank': 'rank' };
    const values: Record<string, string | number> = { ':rank': rankOf(noted.state) };
    let set = 'SET #rank = :rank';
    for (const name of NOTED) {
      const value = noted[name];
      if (value === undefined) continue;
      names[`#${name}`] = name;
      values[`:${name}`] = value;
      set += `, #${name} = :${name}`;
    }
    return db.update(keys.ledger(number, hash), set, { text: '#rank < :rank', names, values });
  };
  const rows = async function* (number: number, shard: string, after?: string): AsyncGenerator<Row> {
    for await (const item of db.query(ledgerShard(number, shard), after || undefined)) yield rowOf(item);
  };
  return {
    claim: (number, { hash, event, at, channel, language }) =>
      db.put(
        {
          ...keys.ledger(number, hash),
          rank: rankOf('claimed'),
          state: 'claimed',
          event,
          at,
          ...(channel && { channel }),
          ...(language && { language }),
          ttl: expiresAt(new Date(at), keepDays * SECONDS_A_DAY),
        },
        { text: 'attribute_not_exists(pk)' },
      ),
    async get(number, hash) {
      const item = await db.get(keys.ledger(number, hash));
      return item && rowOf(item);
    },
    async getMany(number, hashes) {
      const items = await db.getMany(hashes.map((hash) => keys.ledger(number, hash)));
      return new Map(items.flatMap((item) => (item ? [[String(item.sk), rowOf(item)] as const] : [])));
    },
    note,
    async noteEvent(event, hash, noted) {
      const number = numberOfEvent(event);
      return number !== undefined && (await note(number, hash, noted));
    },
    mark: (number, hash, what, at) =>
      db.update(keys.ledger(number, hash), 'SET #what = :at', {
        text: 'attribute_exists(pk)',
        names: { '#what': what },
        values: { ':at': at },
      }),
    rows,
    async progress(number) {
      const progress = newProgress();
      for (const shard of shards) for await (const row of rows(number, shard)) addTo(progress, row);
      return progress;
    },
  };
}

const rankOf = (state: LedgerState): number => LEDGER_STATES.indexOf(state);

/** Whether it is over for this resident, but for receipts. */
export const isSettled = ({ state }: Pick<Row, 'state'>): boolean => rankOf(state) >= rankOf('held');

const REACHED = new Set<LedgerState>(['unknown', 'accepted', 'sent', 'delivered']);

/** Whether the resident got it, or may have. */
export const hasReached = ({ state }: Pick<Row, 'state'>): boolean => REACHED.has(state);

export const newProgress = (): Progress => ({
  ...{ planned: 0, states: {}, held: {}, failed: {}, channels: {} },
  marks: { replied: 0, stopped: 0, done: 0 },
});

/** One row more. */
export function addTo(progress: Progress, row: Row): void {
  const { state, why, cause, code, channel } = row;
  const count = (counts: Record<string, number>, name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  progress.planned += 1;
  count(progress.states as Record<string, number>, state);
  if (state === 'held') count(progress.held, why ?? '');
  if (state === 'failed') count(progress.failed, cause ?? code ?? '');
  if (hasReached(row)) count(progress.channels, channel ?? '');
  for (const mark of Mark.options) if (row[mark] !== undefined) progress.marks[mark] += 1;
}

function rowOf(item: Item): Row {
  const { sk, state, event, at, parts } = item;
  const words = ['channel', 'language', 'why', 'code', 'cause', 'provider', ...Mark.options] as const;
  const given = words.filter((name) => item[name] !== undefined);
  return {
    hash: String(sk),
    state: state as LedgerState,
    event: String(event),
    at: String(at),
    ...Object.fromEntries(given.map((name) => [name, String(item[name])])),
    ...(parts !== undefined && { parts: Number(parts) }),
  };
}
