/**
 * Photos without what cameras and programs write beside the picture: place, time, device, names, captions, thumbnails.
 * Kept is what is known to be needed to show it, so that what nobody has heard of goes too; the pixels are not touched.
 * A photo keeps which way is up, as the only tag of an EXIF of our own: without it half of all portraits lie down.
 */
import { crc32 } from 'node:zlib';

export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Undefined where the file is not what it says, or is cut short. Never throws. */
export function stripMetadata(bytes: Uint8Array, type: PhotoType): Uint8Array | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return STRIPPERS[type](file);
  } catch (error) {
    // Buffer's own answer to reading behind the end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** No photo comes near it; a file made of empty parts would cost a hundred times its size in memory. */
const MOST_PARTS = 20_000;

type Stripper = (file: Buffer) => Buffer | undefined;

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
const [SOI, EOI, SOS, APP0, APP1, APP2, APP14] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee] as const;
/** Tables and frames: C0 to CF but C8, which is reserved; DB to DF. */
const isPicture = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker > SOS && marker <= 0xdf);
/** C4 and CC are tables among the frames. */
const isFrame = (marker: number): boolean =>
  isPicture(marker) && marker <= 0xcf && marker !== 0xc4 && marker !== 0xcc;

const jpeg: Stripper = (file) => {
  if (file.readUInt16BE(0) !== 0xff00 + SOI) return undefined;
  const kept: Buffer[] = [];
  let header: Buffer = Buffer.alloc(0);
  let [orientation, frames, scans, at] = [1, 0, 0, 2];
  while (kept.length < MOST_PARTS) {
    if (file.readUInt8(at) !== 0xff) return undefined;
    // A marker may have fill bytes before it.
    while (file.readUInt8(at + 1) === 0xff) at += 1;
    const marker = file.readUInt8(at + 1);
    // What comes behind the end (a video of the moment, a second picture) is not the picture.
    if (marker === EOI) return scans === 0 ? undefined : whole(header, orientation, kept);
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI)) return undefined;
    const length = file.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > file.length) return undefined;
    const segment = file.subarray(at, end);
    const payload = segment.subarray(4);
    if (marker === APP0 && begins(payload, 'JFIF\0') && payload.length >= 14 && header.length === 0)
      header = withoutThumbnail(payload);
    else if (marker === APP1 && begins(payload, 'Exif\0')) {
      if (orientation === 1) orientation = orientationIn(payload.subarray(6));
    } else if (marker === APP2 && begins(payload, 'ICC_PROFILE\0')) kept.push(segment);
    else if (marker === APP14 && begins(payload, 'Adobe') && payload.length >= 12)
      kept.push(segmentOf(APP14, payload.subarray(0, 12)));
    else if (isPicture(marker) || marker === SOS) kept.push(segment);
    if (isFrame(marker)) frames += 1;
    at = end;
    if (marker !== SOS) continue;
    if (frames === 0) return undefined;
    scans += 1;
    at = endOfScan(file, end);
    kept.push(file.subarray(end, at));
  }
  return undefined;
};

function whole(header: Buffer, orientation: number, kept: Buffer[]): Buffer {
  const upright = orientation === 1 ? [] : [segmentOf(APP1, Buffer.from('Exif\0\0'), tiff(orientation))];
  return Buffer.concat([Buffer.from([0xff, SOI]), header, ...upright, ...kept, Buffer.from([0xff, EOI])]);
}

/** Up to the next marker; 00 behind FF is a byte of the picture, D0 to D7 are restarts within it. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return file.length;
}

const withoutThumbnail = (jfif: Buffer): Buffer => segmentOf(APP0, jfif.subarray(0, 12), Buffer.from([0, 0]));

function segmentOf(marker: number, ...parts: Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Pixels, colours, and the frames of a moving one: https://www.w3.org/TR/png-3/#11Chunks */
const PNG_KEPT = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'cLLI'],
  ...['bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT'],
]);

const png: Stripper = (file) => {
  if (!file.subarray(0, PNG.length).equals(PNG)) return undefined;
  const kept: Buffer[] = [];
  let [orientation, data, name] = [1, 0, ''];
  for (let at = PNG.length; name !== 'IEND'; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length || kept.length === MOST_PARTS) return undefined;
    name = file.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(name) || (kept.length === 0) !== (name === 'IHDR')) return undefined;
    if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return undefined;
    if (name === 'IDAT') data += 1;
    if (name === 'eXIf' && orientation === 1) orientation = orientationIn(file.subarray(at + 8, end - 4));
    else if (PNG_KEPT.has(name)) kept.push(file.subarray(at, end));
    // A capital letter first: who does not know it cannot show the picture.
    else if (/^[A-Z]/.test(name)) return undefined;
    at = end;
  }
  if (data === 0) return undefined;
  const [header, ...rest] = kept as [Buffer, ...Buffer[]];
  const upright = orientation === 1 ? [] : [pngChunk('eXIf', tiff(orientation))];
  return Buffer.concat([PNG, header, ...upright, ...rest]);
};

function pngChunk(name: string, payload: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), payload, Buffer.alloc(4)]);
  chunk.writeUInt32BE(payload.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
const WEBP_KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const WEBP_IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
/** Flags of VP8X: a colour profile, transparency, movement stay; EXIF comes back where we write one; XMP never does. */
const [EXIF_FLAG, KEPT_FLAGS] = [0x08, 0x32] as const;
const VP8X_SIZE = 10;
const FRAME_HEADER = 16;

const webp: Stripper = (file) => {
  if (!begins(file, 'RIFF') || !begins(file.subarray(8), 'WEBP')) return undefined;
  const chunks = riffChunks(file, 12, 8 + file.readUInt32LE(4));
  if (!chunks) return undefined;
  const exif = chunks.find(({ name }) => name === 'EXIF')?.payload;
  const extended = chunks[0]?.name === 'VP8X' && chunks[0].payload.length === VP8X_SIZE;
  const orientation =
    exif && extended ? orientationIn(begins(exif, 'Exif\0\0') ? exif.subarray(6) : exif) : 1;
  const kept: Buffer[] = [];
  let pictures = 0;
  for (const [index, { name, payload }] of chunks.entries()) {
    if (!WEBP_KEPT.has(name)) continue;
    if (name === 'VP8X' && (index > 0 || !extended)) return undefined;
    if (['VP8 ', 'VP8L', 'ANMF'].includes(name)) pictures += 1;
    const clean = name === 'VP8X' ? flags(payload, orientation) : name === 'ANMF' ? frame(payload) : payload;
    if (!clean) return undefined;
    kept.push(riffChunk(name, clean));
  }
  if (pictures === 0) return undefined;
  if (orientation !== 1) kept.push(riffChunk('EXIF', tiff(orientation)));
  const body = Buffer.concat([Buffer.from('WEBP'), ...kept]);
  return riffChunk('RIFF', body);
};

function flags(vp8x: Buffer, orientation: number): Buffer {
  const clean = Buffer.from(vp8x);
  clean.fill(0, 1, 4);
  clean[0] = ((vp8x[0] ?? 0) & KEPT_FLAGS) | (orientation === 1 ? 0 : EXIF_FLAG);
  return clean;
}

function frame(anmf: Buffer): Buffer | undefined {
  const chunks = riffChunks(anmf, FRAME_HEADER, anmf.length);
  const kept = chunks?.filter(({ name }) => WEBP_IN_FRAME.has(name));
  if (!kept || kept.length === 0) return undefined;
  return Buffer.concat([
    anmf.subarray(0, FRAME_HEADER),
    ...kept.map(({ name, payload }) => riffChunk(name, payload)),
  ]);
}

function riffChunks(file: Buffer, from: number, end: number) {
  if (end > file.length || from > end) return undefined;
  const chunks: { name: string; payload: Buffer }[] = [];
  for (let at = from; at < end; ) {
    const size = file.readUInt32LE(at + 4);
    const next = at + 8 + size;
    if (next > end || chunks.length === MOST_PARTS) return undefined;
    chunks.push({ name: file.toString('latin1', at, at + 4), payload: file.subarray(at + 8, next) });
    at = next + (size % 2);
  }
  return chunks;
}

/** Padded to an even length; the size does not count the padding. */
function riffChunk(name: string, payload: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload, Buffer.alloc(payload.length % 2)]);
}

const STRIPPERS: Record<PhotoType, Stripper> = {
  'image/jpeg': jpeg,
  'image/png': png,
  'image/webp': webp,
};

const begins = (bytes: Buffer, text: string): boolean => bytes.toString('latin1', 0, text.length) === text;

const [ORIENTATION, SHORT] = [0x0112, 3] as const;

/** From 2 to 8 where the picture is turned or mirrored; 1 where it is not, or where its EXIF cannot be read. */
function orientationIn(exif: Buffer): number {
  const little = begins(exif, 'II');
  if (!little && !begins(exif, 'MM')) return 1;
  const u16 = (at: number): number => (little ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  try {
    const start = little ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
    for (let entry = 0; entry < u16(start); entry += 1) {
      const at = start + 2 + 12 * entry;
      if (u16(at) !== ORIENTATION || u16(at + 2) !== SHORT) continue;
      const value = u16(at + 8);
      return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
  } catch (error) {
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

/** A TIFF header, one directory, one tag. */
function tiff(orientation: number): Buffer {
  const made = Buffer.from('MM\0*\0\0\0\x08\0\x01', 'latin1');
  const entry = Buffer.alloc(16);
  entry.writeUInt16BE(ORIENTATION, 0);
  entry.writeUInt16BE(SHORT, 2);
  entry.writeUInt32BE(1, 4);
  entry.writeUInt16BE(orientation, 8);
  return Buffer.concat([made, entry]);
}
