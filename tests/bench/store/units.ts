/**
 * Request units by AWS's rule, since emulators count them wrong (speed-and-faults.md, finding 9): a write costs 1 a
 * kB of the larger of the item before and after, a refused condition as much as the item there, an index entry that
 * comes, goes or changes 1 each; a consistent read 1 for 4 kB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type StoredItem = Record<string, AttributeValue>;

export interface Units {
  calls: number;
  read: number;
  write: number;
  /** Of the bodies sent and received. */
  bytes: number;
}

const KB = 1024;

/** A number takes about a byte for two digits, and one more. */
const digits = (text: string): number => Math.ceil(text.replace(/\D/g, '').length / 2) + 1;

function sizeOfValue(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return digits(value.N);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeOf(value.M);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  throw new Error(`the size of ${Object.keys(value)} is not known here`);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const sizeOf = (item: StoredItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / KB));
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / (4 * KB)));

/** An index: its key attributes, and whether it holds whole items or keys only. */
export interface Index {
  keys: string[];
  whole: boolean;
}

/** The entry of an item in an index, or none where it lacks a key: the index is sparse. */
function entryOf({ keys, whole }: Index, item: StoredItem | undefined): StoredItem | undefined {
  if (!item || keys.some((key) => item[key] === undefined)) return undefined;
  return whole
    ? item
    : Object.fromEntries(['pk', 'sk', ...keys].map((key) => [key, item[key] as AttributeValue]));
}

function indexUnits(index: Index, before: StoredItem | undefined, after: StoredItem | undefined): number {
  const [old, next] = [entryOf(index, before), entryOf(index, after)];
  if (JSON.stringify(old) === JSON.stringify(next)) return 0;
  const moved =
    old && next && index.keys.some((key) => JSON.stringify(old[key]) !== JSON.stringify(next[key]));
  if (old && next && !moved) return writeUnits(Math.max(sizeOf(old), sizeOf(next)));
  return (old ? writeUnits(sizeOf(old)) : 0) + (next ? writeUnits(sizeOf(next)) : 0);
}

/** What a write has cost, by the item before and after it. A refused write leaves them the same. */
export function writeCost(
  indexes: Index[],
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): number {
  const table = writeUnits(Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0));
  return indexes.reduce((sum, index) => sum + indexUnits(index, before, after), table);
}
