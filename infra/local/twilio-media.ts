/** Files that phones send: kept beside the carrier's log, and served as Twilio's Media resource, to who has the credentials. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CarrierLog } from './carrier-log.ts';
import type { Message } from './carrier-state.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  GONE,
  NOT_ALLOWED,
  NOT_FOUND,
  ok,
  pageIn2010,
  pageOf,
  rfc2822,
} from './twilio-api-answer.ts';

export interface MediaFolder {
  put(sid: string, bytes: Buffer): void;
  /** Undefined where it was deleted, or never was. */
  get(sid: string): Buffer | undefined;
  remove(sid: string): void;
}

/** `ME` is Twilio's; `MF` marks the files of phones on Messenger. */
const SID = /^M[EF][0-9a-f]{32}$/;

export function mediaFolder(folder: string): MediaFolder {
  const at = (sid: string): string => {
    if (!SID.test(sid))
      throw new Error('a file of the carrier is named by its id, ME or MF and 32 hexadecimal digits');
    return path.join(folder, sid);
  };
  return {
    put(sid, bytes) {
      mkdirSync(folder, { recursive: true });
      // Somebody's picture or voice: for the log's owner only.
      writeFileSync(at(sid), bytes, { mode: 0o600 });
    },
    get(sid) {
      if (!SID.test(sid)) return undefined;
      try {
        return readFileSync(at(sid));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (sid) => rmSync(at(sid), { force: true }),
  };
}

export interface MediaOptions {
  log: CarrierLog;
  files: MediaFolder;
  now: () => Date;
  /** `/2010-04-01/Accounts/AC…` */
  account: string;
}

/** `rest` is what stands behind `…/Messages/SM…/Media`: nothing, or a slash and an id, with or without `.json`. */
export function answerMedia(
  options: MediaOptions,
  request: ApiRequest,
  message: Message,
  rest: string,
): ApiAnswer {
  const { log, files, now, account } = options;
  const media = message.media ?? [];
  const base = `${account}/Messages/${message.sid}/Media`;
  const resource = ({ sid, type }: { sid: string; type: string }) => ({
    sid,
    account_sid: account.slice(account.lastIndexOf('/') + 1),
    parent_sid: message.sid,
    content_type: type,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    uri: `${base}/${sid}.json`,
  });
  if (rest === '.json') {
    if (request.method !== 'GET') return NOT_ALLOWED();
    const page = pageOf(media, request.query);
    return ok({
      media_list: page.shown.map(resource),
      ...pageIn2010(page, `${base}.json`),
    });
  }
  const found = media.find(({ sid }) => rest === `/${sid}` || rest === `/${sid}.json`);
  if (!found) return NOT_FOUND();
  if (request.method === 'DELETE') {
    files.remove(found.sid);
    log.append({ type: 'media-removed', at: now().toISOString(), sid: message.sid, media: found.sid });
    return GONE;
  }
  if (request.method !== 'GET') return NOT_ALLOWED();
  if (rest.endsWith('.json')) return ok(resource(found));
  // Twilio leads to a signed address elsewhere; here the bytes come at once.
  const bytes = files.get(found.sid);
  return bytes ? { status: 200, file: { type: found.type, bytes } } : NOT_FOUND();
}
