/**
 * The counts of a survey, and what is still to be counted. Counters and those who write sheets meet in three kinds of
 * item (docs/decisions/0010-counts-kept-beside-the-sheets.md): a mark says that a sheet has changed, a row says what was
 * counted of it, a tally a shard holds the sums. A tally is written with the batch that it has just counted, so that who
 * comes after a crash finishes the batch and nothing is counted twice or left out.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './db.ts';
import { countedKey, expiresAt, LIFETIME, tallies, tallyKey, uncounted } from './table.ts';

/** By slice, '' for the whole, then by token. */
export type Sums = Record<string, Record<string, number>>;

/** What a sheet adds; undefined where there is none. */
export interface Added {
  slices: string[];
  tokens: string[];
}

export interface Counting {
  name: string;
  added?: Added | undefined;
  marks: string[];
}

export interface Tally {
  version: number;
  sums: Sums;
  /** Counted in these sums, and perhaps not yet noted row by row. */
  batch: Counting[];
}

export interface TallyStore {
  /** The shard's marks, oldest first within a name. */
  marks(survey: string, shard: string): AsyncGenerator<{ name: string; mark: string }>;
  unmark(survey: string, shard: string, mark: string): Promise<void>;
  tally(survey: string, shard: string): Promise<Tally>;
  /** False where another has counted since. */
  write(survey: string, shard: string, tally: Tally): Promise<boolean>;
  counted(survey: string, name: string): Promise<Added | undefined>;
  /** `version`: of the tally that it was counted in. An older one changes nothing. */
  note(survey: string, name: string, added: Added | undefined, version: number, now: Date): Promise<void>;
  /** Of all shards, added up. */
  sums(survey: string): Promise<Sums>;
}

const packed = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString('base64');
const unpacked = <Value>(text: unknown): Value =>
  JSON.parse(inflateRawSync(Buffer.from(String(text), 'base64')).toString('utf8')) as Value;

export const createTallyStore = (db: Db): TallyStore => ({
  async *marks(survey, shard) {
    for await (const { sk } of db.query(uncounted(survey, shard))) {
      const mark = String(sk);
      yield { name: mark.slice(0, mark.lastIndexOf('#')), mark };
    }
  },
  unmark: (survey, shard, mark) => db.delete({ pk: uncounted(survey, shard), sk: mark }),
  async tally(survey, shard) {
    const item = await db.get(tallyKey(survey, shard));
    return item
      ? { version: Number(item.version), sums: unpacked(item.sums), batch: unpacked(item.batch) }
      : { version: 0, sums: {}, batch: [] };
  },
  write: (survey, shard, { version, sums, batch }) =>
    db.put(
      { ...tallyKey(survey, shard), version: version + 1, sums: packed(sums), batch: packed(batch) },
      version === 0
        ? { text: 'attribute_not_exists(pk)' }
        : { text: '#version = :before', names: { '#version': 'version' }, values: { ':before': version } },
    ),
  async counted(survey, name) {
    const item = await db.get(countedKey(survey, name));
    return item?.added === undefined ? undefined : unpacked(item.added);
  },
  async note(survey, name, added, version, now) {
    await db.put(
      {
        ...countedKey(survey, name),
        v: version,
        // The mark that it is gone outlives any counter that was stopped on its way.
        ...(added ? { added: packed(added) } : { ttl: expiresAt(now, LIFETIME.cut) }),
      },
      { text: 'attribute_not_exists(pk) OR v < :v', values: { ':v': version } },
    );
  },
  async sums(survey) {
    const all: Sums = {};
    for await (const { sums } of db.query(tallies(survey))) add(all, unpacked(sums));
    return all;
  },
});

function add(to: Sums, more: Sums): void {
  for (const [slice, tokens] of Object.entries(more)) {
    to[slice] ??= {};
    const own = to[slice];
    for (const [token, count] of Object.entries(tokens)) own[token] = (own[token] ?? 0) + count;
  }
}
