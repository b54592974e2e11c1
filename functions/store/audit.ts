/**
 * What staff looked at, changed, sent and took away: one item each, that nothing changes or deletes before its time.
 * Newest first, since that is how it is read.
 */
import type { Db, Item } from './db.ts';
import { auditMonth, expiresAt, keys, LIFETIME } from './table.ts';

export interface Noted {
  /** ISO, UTC. */
  at: string;
  /** The agent's address at the city. */
  who: string;
  /** In the words of the page: "annonce approuvée". Never a resident's name, number or words. */
  what: string;
  /** The id of what it was about. */
  about?: string;
}

export interface AuditStore {
  /** `id`: fresh for each. Throws where it could not be written: then nothing may be shown or done. */
  note(noted: Noted, id: string): Promise<void>;
  /** Those of a month, YYYY-MM in UTC, newest first; `after` is the place of the last one seen. */
  month(month: string, most: number, after?: string): AsyncGenerator<Noted & { place: string }>;
}

export const createAuditStore = (db: Db): AuditStore => ({
  async note(noted, id) {
    const item: Item = {
      ...keys.audit(noted.at, id),
      at: noted.at,
      who: noted.who,
      what: noted.what,
      ...(noted.about !== undefined && { about: noted.about }),
      ttl: expiresAt(new Date(noted.at), LIFETIME.audit),
    };
    if (!(await db.put(item, { text: 'attribute_not_exists(pk)' })))
      throw new Error('an entry of the audit log was there already: its id is not fresh');
  },
  async *month(month, most, after) {
    for await (const { sk, at, who, what, about } of db.latest(auditMonth(month), most, after))
      yield {
        place: String(sk),
        at: String(at),
        who: String(who),
        what: String(what),
        ...(about !== undefined && { about: String(about) }),
      };
  },
});
