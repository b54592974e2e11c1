/**
 * One-time codes that tie a second address to a resident (J15). The code opens nothing by itself: it must be sent
 * from the address to be tied, within its fifteen minutes, once.
 */
import type { Db } from './db.ts';
import { expiresAt, keys, LIFETIME } from './table.ts';

export interface LinkStore {
  offer(code: string, hash: string, now: Date): Promise<boolean>;
  /**
   * Whose code it is, from now on only for `by`. The same `by` may ask again, as a retry does.
   * `undefined`: unknown, too old, or another has used it.
   */
  claim(code: string, by: string, now: Date): Promise<string | undefined>;
}

const NOBODY = '-';

export const createLinkStore = (db: Db): LinkStore => ({
  async offer(code, hash, now) {
    const made = await db.put(
      { ...keys.link(code), hash, ttl: expiresAt(now, LIFETIME.link) },
      {
        text: 'attribute_not_exists(pk) OR #ttl < :now',
        names: { '#ttl': 'ttl' },
        values: { ':now': Math.floor(now.getTime() / 1000) },
      },
    );
    if (made) return true;
    const standing = await db.get(keys.link(code));
    if (standing?.hash === hash) return true;
    // Two residents with one code at one time: nobody may have the other's place.
    await db.update(keys.link(code), 'SET #by = :nobody', {
      text: 'attribute_exists(pk)',
      names: { '#by': 'by' },
      values: { ':nobody': NOBODY },
    });
    return false;
  },
  async claim(code, by, now) {
    const item = await db.get(keys.link(code));
    if (!item) return undefined;
    if (item.by === by) return String(item.hash);
    if (item.by !== undefined || Number(item.ttl) * 1000 <= now.getTime()) return undefined;
    const claimed = await db.update(keys.link(code), 'SET #by = :by', {
      text: 'attribute_exists(pk) AND attribute_not_exists(#by)',
      names: { '#by': 'by' },
      values: { ':by': by },
    });
    return claimed ? String(item.hash) : undefined;
  },
});
