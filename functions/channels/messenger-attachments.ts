/**
 * What comes with a message on Messenger: pictures, recordings, places, links. Attachments of a kind we do not know
 * are taken as documents where they have an address, and passed over where they have none.
 */
import * as z from 'zod';
import type { Media, Place } from '../../conversations/events.ts';

/** Messenger lets people choose thirty pictures at once; a list that claims more is cut there. */
const MOST = 30;
const MOST_URL = 2048;
/** Meta does not say the type; whoever fetches the file learns it. These are what its apps make. */
const KINDS: Record<string, Pick<Media, 'kind' | 'type'>> = {
  image: { kind: 'photo', type: 'image/jpeg' },
  audio: { kind: 'voice', type: 'audio/mp4' },
  video: { kind: 'video', type: 'video/mp4' },
  reel: { kind: 'video', type: 'video/mp4' },
  ig_reel: { kind: 'video', type: 'video/mp4' },
  sticker: { kind: 'sticker', type: 'image/png' },
};
const DOCUMENT: Pick<Media, 'kind' | 'type'> = { kind: 'document', type: 'application/octet-stream' };
/** Shared links and cards: files only where Meta keeps them itself; what lies elsewhere is nothing to be fetched. */
const LINKS = new Set(['fallback', 'template', 'post', 'ig_post', 'share']);
const KEPT_BY_META = /\.(?:fbcdn\.net|fbsbx\.com)$/i;

/** A text that may be missing. JSON can hold half a surrogate pair, which nothing behind us could store. */
export const word = z
  .string()
  .transform((text) => Buffer.from(text).toString('utf8'))
  .optional()
  .catch(undefined);
const angle = (most: number) => z.coerce.number().min(-most).max(most);
const Attachment = z.object({
  type: word,
  title: word,
  url: word,
  payload: z
    .object({
      url: word,
      title: word,
      sticker_id: z.union([z.number(), z.string()]).optional().catch(undefined),
      coordinates: z
        .object({ lat: angle(90), long: angle(180) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Attachment = z.infer<typeof Attachment>;

export interface Attached {
  media: Media[];
  place?: Place;
  /** A link that was shared, as a text. */
  link?: string;
}

/** Reads a list of attachments, whatever is in it. */
export function readAttachments(list: unknown[]): Attached {
  const read = list.slice(0, MOST).flatMap((each) => {
    const parsed = Attachment.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
  const media: Media[] = [];
  let place: Place | undefined;
  let link: string | undefined;
  for (const each of read) {
    if (each.type === 'location') place ??= placeOf(each);
    else if (isLink(each)) link ??= linkOf(each);
    else {
      const found = mediaOf(each);
      if (found) media.push(found);
    }
  }
  return { media: withoutTwins(media), ...(place && { place }), ...(link && { link }) };
}

function mediaOf({ type = '', payload, url: outer }: Attachment): Media | undefined {
  const url = payload?.url ?? outer;
  if (!isUrl(url)) return undefined;
  const isSticker = type === 'sticker' || payload?.sticker_id !== undefined;
  const known = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  return { ...(isSticker ? (KINDS.sticker as typeof DOCUMENT) : (known ?? DOCUMENT)), url };
}

/** A sticker comes as `sticker` and, until 2026-08-30, as `image` too: one of them is enough. */
function withoutTwins(media: Media[]): Media[] {
  const hasSticker = media.some(({ kind }) => kind === 'sticker');
  const seen = new Set<string>();
  return media.filter(({ kind, url }) => {
    const key = hasSticker && kind === 'sticker' ? 'sticker' : url;
    const isNew = !seen.has(key) && !seen.has(url);
    seen.add(key).add(url);
    return isNew;
  });
}

/** Its title is left out: "Where Amina is" names who sent it. */
function placeOf({ payload }: Attachment): Place | undefined {
  const at = payload?.coordinates;
  return at && { latitude: at.lat, longitude: at.long };
}

function isLink({ type, url, payload }: Attachment): boolean {
  const at = payload?.url ?? url;
  return LINKS.has(type ?? '') && !(isUrl(at) && KEPT_BY_META.test(new URL(at).hostname));
}

function linkOf({ title, url: outer, payload }: Attachment): string | undefined {
  const url = payload?.url ?? outer;
  const name = title ?? payload?.title;
  const said = [name, isUrl(url) ? url : undefined].filter(Boolean).join(' ');
  return said || undefined;
}

const isUrl = (url: string | undefined): url is string =>
  url !== undefined && url.length <= MOST_URL && /^https?:\/\//i.test(url) && URL.canParse(url);
