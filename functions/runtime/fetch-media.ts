/**
 * Brings what a resident sent with a message to where the city keeps it. A file's name says nothing: not who, not
 * what. What is refused is noted, for staff to see that something is missing.
 */
import { fetchMedia } from '../channels/media.ts';
import type { MediaItem } from '../store/media.ts';
import type { Deps } from './deps.ts';

/** Where files are put: a bucket, or a folder. They are gone once messages are (storage.ts, the daily round). */
export interface Files {
  put(name: string, bytes: Uint8Array, type: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Not an error of ours: the provider has the file, and it is to be asked for again. */
export class FetchLater extends Error {
  override name = 'FetchLater';
}

const KINDS = { photo: 'photo', voice: 'voice' } as const;

export async function fetchAll(deps: Deps, files: Files, sentBy: string, event: string): Promise<void> {
  let waiting = false;
  // What came with the message is where its resident is, whose address may have been tied to another since.
  const hash = (await deps.turns.find(sentBy))?.hash ?? sentBy;
  for await (const item of deps.media.of(hash, event))
    if (item.url && !(await fetchOne(deps, files, hash, item, item.url))) waiting = true;
  if (waiting) throw new FetchLater('a file is not there yet');
}

/** False where it is to be asked for again. */
async function fetchOne(
  deps: Deps,
  files: Files,
  hash: string,
  item: MediaItem,
  url: string,
): Promise<boolean> {
  const kind = KINDS[item.kind as keyof typeof KINDS];
  // A film or a document is not opened: nobody has asked for it, and it may be anything.
  if (!kind) {
    await deps.media.refused(hash, item, 'kind');
    return true;
  }
  const fetched = await fetchMedia(kind, url, deps.mediaFrom);
  deps.log.info('media', { kind, outcome: fetched.kind, ...('why' in fetched && { why: fetched.why }) });
  if (fetched.kind === 'later') return false;
  if (fetched.kind === 'refused') {
    await deps.media.refused(hash, item, fetched.why);
    return true;
  }
  const name = `${deps.freshId()}.${fetched.extension}`;
  await files.put(name, fetched.bytes, fetched.type);
  if (await deps.media.stored(hash, item, name, fetched.type)) return true;
  // Erased meanwhile: then nobody may have it. Moved meanwhile: then it is to be fetched for where it is.
  await files.delete(name);
  return ((await deps.turns.find(hash))?.hash ?? hash) === hash;
}
