/**
 * Photos and voice notes that residents send: fetched from the provider, with its credentials, and looked at before
 * anything is kept. Owns where they may come from, how large they may be, what they may be, and what is left of them;
 * where they are kept is the media function's.
 */
import { type PhotoType, stripMetadata } from './strip-exif.ts';

export type Kind = 'photo' | 'voice';

export interface MediaFrom {
  /** Where media may come from, redirects included: hosts, or `.fbcdn.net` for everything under a domain. */
  hosts: readonly string[];
  /** Goes to this host alone, not to where it redirects. */
  credentials?: { host: string; authorization: string };
  /** Where the stand-in listens, `http://127.0.0.1:8787/carrier`: what begins with it may be fetched too. */
  standIn?: string;
}

/** Twilio's API redirects to where it keeps the file: https://www.twilio.com/docs/messaging/api/media-resource */
export const TWILIO_MEDIA_HOSTS = [
  'api.twilio.com',
  'media.twiliocdn.com',
  'mms.twiliocdn.com',
  's3-external-1.amazonaws.com',
];
export const META_MEDIA_HOSTS = ['.fbcdn.net', '.fbsbx.com'];

/** Twilio's own limit for messages with media is 5 MB, WhatsApp's for a recording 16 (channels.md 1). */
const MOST_BYTES: Record<Kind, number> = { photo: 5 * 1024 * 1024, voice: 16 * 1024 * 1024 };
const REDIRECT = new Set([301, 302, 303, 307, 308]);
const REDIRECTS = 3;
/** From the first request to the last byte; a Lambda's time is paid for. */
const TIMEOUT = 20_000;

/** By the first bytes; what the provider says of the type is not asked. No GIF: no camera makes one. No video. */
const TYPES: Record<Kind, Record<string, string>> = {
  photo: { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' },
  voice: {
    'audio/ogg': 'ogg',
    'audio/mpeg': 'mp3',
    'audio/mp4': 'm4a',
    'audio/aac': 'aac',
    'audio/amr': 'amr',
  },
};

export interface Media {
  kind: 'media';
  type: string;
  /** Without a dot. */
  extension: string;
  /** As it may be kept: metadata removed. */
  bytes: Uint8Array;
}

/**
 * - `refused` never to be kept: `address` not where media may come from, `size`, `type`, `malformed`, `gone` no longer
 *   there, `credentials` not ours to fetch: staff must look
 * - `later` try again
 */
export type Fetched =
  | Media
  | { kind: 'refused'; why: 'address' | 'size' | 'type' | 'malformed' | 'gone' | 'credentials' }
  | { kind: 'later'; why: string };

/** `fetch`, or what a test has in its place. */
export type Call = (
  url: string,
  init: { headers: Record<string, string>; redirect: 'manual'; signal: AbortSignal },
) => Promise<Response>;

/** What the network does is a value; rejects only for a stand-in that is not on this machine. */
export async function fetchMedia(
  kind: Kind,
  url: string,
  from: MediaFrom,
  call: Call = fetch,
): Promise<Fetched> {
  const base = from.standIn === undefined ? undefined : loopback(from.standIn);
  const signal = AbortSignal.timeout(TIMEOUT);
  let next = url;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const at = allowed(next, from.hosts, base);
    if (!at) break;
    const authorization = from.credentials?.host === at.host ? from.credentials.authorization : undefined;
    const answer = await ask(at, { authorization, most: MOST_BYTES[kind], signal, call });
    if ('bytes' in answer) return accept(kind, answer.bytes);
    if ('kind' in answer) return answer;
    if (!URL.canParse(answer.location, at.href)) break;
    next = new URL(answer.location, at.href).href;
  }
  return { kind: 'refused', why: 'address' };
}

interface Asking {
  authorization?: string;
  most: number;
  signal: AbortSignal;
  call: Call;
}

async function ask(
  at: URL,
  { authorization, most, signal, call }: Asking,
): Promise<{ bytes: Buffer } | { location: string } | Fetched> {
  try {
    const headers = { accept: '*/*', ...(authorization !== undefined && { authorization }) };
    const response = await call(at.href, { headers, redirect: 'manual', signal });
    if (response.status === 200) {
      const bytes = await read(response, most);
      return bytes ? { bytes } : { kind: 'refused', why: 'size' };
    }
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (REDIRECT.has(response.status) && location) return { location };
    return refusal(response.status, authorization !== undefined);
  } catch {
    // Not passed on: its message may hold the address, which opens the file to whoever reads it.
    return { kind: 'later', why: signal.aborted ? 'timeout' : 'network' };
  }
}

/** Before every request, redirects included: nobody makes us ask our own network, whatever a webhook says. */
function allowed(address: string, hosts: readonly string[], standIn?: URL): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username || url.password) return undefined;
  if (standIn && isUnder(url, standIn)) return url;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  const known = hosts.some((host) =>
    host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host,
  );
  return known ? url : undefined;
}

const isUnder = (url: URL, base: URL): boolean =>
  url.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname.replace(/\/*$/, '/'));

function loopback(base: string): URL {
  const url = new URL(base);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new Error(`the stand-in is on this machine, got host "${url.hostname}", give 127.0.0.1`);
  return url;
}

/** Undefined once there are too many; nothing more is read then. A length that was announced saves even the first. */
async function read(response: Response, most: number): Promise<Buffer | undefined> {
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    await response.body?.cancel();
    return undefined;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refusal(status: number, authorized: boolean): Fetched {
  if (status === 429 || status >= 500) return { kind: 'later', why: `http-${status}` };
  // Twilio's API does not know a file for the first seconds (chatwoot#15504).
  if (status === 404 && authorized) return { kind: 'later', why: 'http-404' };
  // A signed address that has run out says 403 as well: only where we said who we are is it about us.
  if ((status === 401 || status === 403) && authorized) return { kind: 'refused', why: 'credentials' };
  return { kind: 'refused', why: 'gone' };
}

/** What may be kept of a file. */
export function accept(kind: Kind, bytes: Uint8Array): Fetched {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = typeOf(file);
  const extension = type && TYPES[kind][type];
  if (!type || !extension) return { kind: 'refused', why: 'type' };
  const clean = kind === 'photo' ? stripMetadata(file, type as PhotoType) : withoutLabels(file, type);
  return clean ? { kind: 'media', type, extension, bytes: clean } : { kind: 'refused', why: 'malformed' };
}

/** A dozen signatures, rather than a package that knows two hundred (https://www.garykessler.net/library/file_sigs.html). */
export function typeOf(file: Buffer): string | undefined {
  const at = (start: number, text: string): boolean =>
    file.toString('latin1', start, start + text.length) === text;
  const [first = 0, second = 0, third = 0] = file;
  if (at(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp';
  // Behind the page's header, one packet: a film in Ogg begins with another.
  if (at(0, 'OggS')) return at(28, 'OpusHead') || at(28, '\x01vorbis') ? 'audio/ogg' : undefined;
  if (at(0, '#!AMR\n') || at(0, '#!AMR-WB\n')) return 'audio/amr';
  if (at(4, 'ftyp')) return 'audio/mp4';
  if (at(0, 'ID3')) return 'audio/mpeg';
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  // Twelve bits of synchronisation and layer 0: AAC. Eleven, layer III, a bit rate and a sampling rate: MP3.
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const mp3 =
    (second & 0x18) !== 0x08 && (second & 0x06) === 0x02 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
  return mp3 ? 'audio/mpeg' : undefined;
}

/** Recorders write the place and the owner's name too. The comments of Ogg stay: WhatsApp's have none of that. */
function withoutLabels(file: Buffer, type: string): Buffer | undefined {
  if (type === 'audio/mpeg') return withoutId3(file);
  if (type !== 'audio/mp4') return file;
  const copy = Buffer.from(file);
  const found = { sound: false, film: false };
  const whole = visitBoxes(copy, 0, copy.length, found);
  return whole && found.sound && !found.film ? copy : undefined;
}

function withoutId3(file: Buffer): Buffer | undefined {
  let start = 0;
  while (file.toString('latin1', start, start + 3) === 'ID3') {
    if (start + 10 > file.length) return undefined;
    // Four times seven bits, so that no byte looks like the beginning of sound; a footer is as long as the header.
    const size = [6, 7, 8, 9].reduce((sum, at) => (sum << 7) | (file.readUInt8(start + at) & 0x7f), 0);
    start += 10 + size + (file.readUInt8(start + 5) & 0x10 ? 10 : 0);
  }
  const end =
    file.toString('latin1', file.length - 128, file.length - 125) === 'TAG' ? file.length - 128 : file.length;
  return start < end && typeOf(file.subarray(start)) === 'audio/mpeg' ? file.subarray(start, end) : undefined;
}

const CONTAINERS = new Set(['moov', 'trak', 'mdia']);
const LABELS = new Set(['udta', 'meta', 'uuid']);

/**
 * Walks MP4's boxes (ISO 14496-12) and empties those with labels where they stand, for the others are found by their
 * distance from the beginning. False where a box goes beyond its place.
 */
function visitBoxes(
  file: Buffer,
  from: number,
  to: number,
  found: { sound: boolean; film: boolean },
): boolean {
  for (let at = from; at < to; ) {
    if (at + 8 > to) return false;
    const short = file.readUInt32BE(at);
    if (short === 1 && at + 16 > to) return false;
    const head = short === 1 ? 16 : 8;
    const size = short === 0 ? to - at : short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short;
    const end = at + size;
    if (size < head || end > to) return false;
    const name = file.toString('latin1', at + 4, at + 8);
    if (LABELS.has(name)) {
      file.write('free', at + 4, 'latin1');
      file.fill(0, at + head, end);
    } else if (name === 'hdlr') {
      const handler = file.toString('latin1', at + head + 8, at + head + 12);
      if (handler === 'soun') found.sound = true;
      if (handler === 'vide') found.film = true;
    } else if (CONTAINERS.has(name) && !visitBoxes(file, at + head, end, found)) return false;
    at = end;
  }
  return true;
}
