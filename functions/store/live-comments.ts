/** Comments from under a live, beside what residents ask by message: text only, each once, by the comment's own id. */
import type { Db } from './db.ts';
import { expiresAt, keys, liveComments } from './table.ts';

export interface KeptComment {
  id: string;
  number: number;
  text: string;
  at: string;
}

export interface LiveCommentStore {
  has(live: number, id: string): Promise<boolean>;
  /** False where it was there. */
  keep(live: number, comment: KeptComment, now: Date): Promise<boolean>;
  /** In the order of their ids; those that were kept long enough are not among them. */
  all(live: number, now: Date): AsyncGenerator<KeptComment>;
}

const SECONDS_A_DAY = 86_400;

/** `messageDays`: how long what residents write is kept for staff. */
export const createLiveComments = (db: Db, messageDays: number): LiveCommentStore => ({
  async has(live, id) {
    return (await db.get(keys.liveComment(live, id))) !== undefined;
  },
  async keep(live, { id, number, text, at }, now) {
    const item = { ...keys.liveComment(live, id), number, text, at };
    const ttl = expiresAt(now, messageDays * SECONDS_A_DAY);
    return db.put({ ...item, ttl }, { text: 'attribute_not_exists(pk)' });
  },
  async *all(live, now) {
    for await (const { sk, number, text, at, ttl } of db.query(liveComments(live)))
      if (Number(ttl) * 1000 > now.getTime())
        yield { id: String(sk), number: Number(number), text: String(text), at: String(at) };
  },
});
