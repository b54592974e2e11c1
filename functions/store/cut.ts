/**
 * Cuts a sheet from its resident, so that a crash neither loses nor doubles it: the sheet first notes a secret under
 * which its parts will stand, the parts are written, then what is left is a mark that there was one, and the secret
 * is gone. Taken up after a crash, the same secret leads to the same names. The mark refuses a late copy of the turn
 * that wrote the sheet.
 */
import { createHash } from 'node:crypto';
import type { Words } from '../../conversations/anonymous.ts';
import type { AnswerSheet } from '../../conversations/events.ts';
import type { Db, Item } from './db.ts';
import { expiresAt, type Key, LIFETIME } from './table.ts';

/** A sheet's parts once it is cut; the words are nobody's, where they are kept at all. */
export interface Parts {
  counted: AnswerSheet;
  words: Words[];
}

interface Cutting {
  key: Key;
  /** The sheet in its parts. */
  parts: (item: Item) => Parts;
  /** A new secret: random, and never asked for twice. */
  fresh: () => string;
  now: Date;
  /** Writes the counted sheet under this name. Again, it changes nothing. */
  put: (name: string, sheet: AnswerSheet) => Promise<unknown>;
  /** Writes one text under this name. Again, it changes nothing. */
  keep: (name: string, words: Words) => Promise<unknown>;
}

const nameFrom = (secret: string, what: string): string =>
  createHash('sha256').update(`${secret}\n${what}`).digest('base64url').slice(0, 16);

/** Where the counted sheet of a secret stands, under the two characters that say how it was cut; and its texts. */
export const sheetName = (secret: string): string => `${secret.slice(0, 2)}${nameFrom(secret, 'sheet')}`;
export const wordsName = (secret: string, index: number): string => nameFrom(secret, `words ${index}`);

/** A sheet that is the resident's: neither being cut nor cut. */
export const isLive = (item: Item | undefined): item is Item =>
  item !== undefined && item.cut === undefined && item.gone === undefined;

/** False where there is nothing to cut, or a turn came between: the next round finds it. */
export async function cut(db: Db, { key, parts, fresh, now, put, keep }: Cutting): Promise<boolean> {
  const item = await db.get(key);
  if (!item || item.gone !== undefined) return false;
  const secret = item.cut === undefined ? fresh() : String(item.cut);
  const n = Number(item.n);
  if (item.cut === undefined) {
    const marked = await db.update(key, 'SET cut = :secret', {
      text: 'n = :n AND attribute_not_exists(cut)',
      values: { ':secret': secret, ':n': n },
    });
    if (!marked) return false;
  }
  const { counted, words } = parts(item);
  for (const [index, each] of words.entries()) await keep(wordsName(secret, index), each);
  await put(sheetName(secret), counted);
  const mark = { ...key, n, gone: 1, ttl: expiresAt(now, LIFETIME.cut) };
  return db.put(mark, { text: 'cut = :secret', values: { ':secret': secret } });
}
