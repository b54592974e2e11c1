/** Buttons and lists that exist at Twilio as content resources, by a hash of what they say: made once, used by all. */
import type { Db } from './db.ts';
import { keys } from './table.ts';

export interface ContentStore {
  get(hash: string): Promise<string | undefined>;
  put(hash: string, sid: string): Promise<void>;
}

/** A survey's buttons are few; an instance asks for each once. */
const MEMORY = 1000;

export function createContentStore(db: Db): ContentStore {
  const known = new Map<string, string>();
  const remember = (hash: string, sid: string): void => {
    if (known.size >= MEMORY) known.clear();
    known.set(hash, sid);
  };
  return {
    async get(hash) {
      const kept = known.get(hash);
      if (kept) return kept;
      const item = await db.get(keys.content(hash));
      if (item) remember(hash, String(item.sid));
      return item && String(item.sid);
    },
    async put(hash, sid) {
      await db.put({ ...keys.content(hash), sid });
      remember(hash, sid);
    },
  };
}
