/** Photos and voice notes of residents, beside what else is kept of them: what was sent, and where its file lies. */
import type { Media } from '../../conversations/events.ts';
import type { Db } from './db.ts';
import { keys } from './table.ts';

export interface MediaItem {
  event: string;
  index: number;
  kind: Media['kind'];
  /** Where the provider keeps it, until it is fetched. */
  url?: string;
  /** Where our copy lies. */
  file?: string;
  type?: string;
  /** Why there is no copy. */
  refused?: string;
}

export interface MediaStore {
  /** What came with one message. */
  of(hash: string, event: string): AsyncGenerator<MediaItem>;
  /** Our copy is there: the provider's address is forgotten. */
  stored(hash: string, item: MediaItem, file: string, type: string): Promise<boolean>;
  refused(hash: string, item: MediaItem, why: string): Promise<boolean>;
}

export const createMediaStore = (db: Db): MediaStore => ({
  async *of(hash, event) {
    const begins = `media#${event}#`;
    for await (const item of db.query(keys.resident(hash))) {
      const sk = String(item.sk);
      if (!sk.startsWith(begins)) continue;
      yield {
        event,
        index: Number(sk.slice(begins.length)),
        kind: item.kind as Media['kind'],
        ...(item.url !== undefined && { url: String(item.url) }),
        ...(item.file !== undefined && { file: String(item.file) }),
        ...(item.type !== undefined && { type: String(item.type) }),
        ...(item.refused !== undefined && { refused: String(item.refused) }),
      };
    }
  },
  stored: (hash, { event, index }, file, type) =>
    db.update(keys.media(hash, event, index), 'SET #file = :file, #type = :type REMOVE #url', {
      text: 'attribute_exists(pk)',
      names: { '#file': 'file', '#type': 'type', '#url': 'url' },
      values: { ':file': file, ':type': type },
    }),
  refused: (hash, { event, index }, why) =>
    db.update(keys.media(hash, event, index), 'SET refused = :why REMOVE #url', {
      text: 'attribute_exists(pk)',
      names: { '#url': 'url' },
      values: { ':why': why },
    }),
});
