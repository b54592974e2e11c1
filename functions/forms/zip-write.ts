/**
 * Writes a ZIP of files that are made side by side and never wholly in memory: each is deflated into a file of its own
 * as it comes, then all are copied one behind the other, their sizes known. By hand since libraries for it take their
 * entries one after the other, while one pass over the answers makes three sheets.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Sizes and places are four bytes; ZIP64 is not written, few programs that read workbooks know it. */
const MOST_BYTES = 0xffff_fffe;
/** Half as fast again as zlib's own 6, for files a third larger. */
const LEVEL = 3;

/** One file of the ZIP while it is written. */
export interface Entry {
  name: string;
  /** Resolves when the next piece may come; undefined where it may at once. */
  write(text: string): Promise<unknown> | undefined;
  end(): Promise<Packed>;
}

export interface Packed {
  name: string;
  file: string;
  crc: number;
  size: number;
  packed: number;
}

/** `folder`: where it lies until it is copied, under a number. */
export function openEntry(name: string, folder: string, number: number): Entry {
  const file = path.join(folder, `${number}.deflated`);
  const deflate = createDeflateRaw({ level: LEVEL });
  const target = createWriteStream(file, { mode: 0o600 });
  const done = pipeline(deflate, target);
  // Whoever writes or ends hears of it.
  done.catch(() => {});
  let [crc, size] = [0, 0];
  return {
    name,
    write(text) {
      const bytes = Buffer.from(text);
      crc = crc32(bytes, crc);
      size += bytes.length;
      return deflate.write(bytes) ? undefined : Promise.race([once(deflate, 'drain'), done]);
    },
    async end() {
      deflate.end();
      await done;
      return { name, file, crc, size, packed: target.bytesWritten };
    },
  };
}

/** Throws where the whole is more than a ZIP of this kind can say. `at` stands in every file's head. */
export const writeZip = (entries: Packed[], at: Date, sink: Writable): Promise<void> =>
  pipeline(Readable.from(zipped(entries, at), { objectMode: false }), sink);

async function* zipped(entries: Packed[], at: Date): AsyncGenerator<Buffer> {
  const whole = entries.reduce((sum, { packed, name }) => sum + packed + 2 * name.length + 76, 22);
  const largest = Math.max(whole, ...entries.map(({ size }) => size));
  if (largest > MOST_BYTES)
    throw new Error(`the workbook would have ${largest} bytes, one file of it can have ${MOST_BYTES}`);
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const common = commonOf(entry, at, name.length);
    const head = Buffer.concat([word(0x04034b50, 4), common, word(0, 2), name]);
    directory.push(word(0x02014b50, 4), word(20, 2), common, word(0, 12), word(offset, 4), name);
    offset += head.length + entry.packed;
    yield head;
    for await (const piece of createReadStream(entry.file)) yield piece as Buffer;
  }
  const list = Buffer.concat(directory);
  yield list;
  const count = word(entries.length, 2);
  yield Buffer.concat([
    ...[word(0x06054b50, 4), word(0, 4), count, count],
    ...[word(list.length, 4), word(offset, 4), word(0, 2)],
  ]);
}

/** What the head of a file and its line in the list have in common: from the version up to the length of the name. */
function commonOf({ crc, size, packed }: Packed, at: Date, length: number): Buffer {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return Buffer.concat([
    ...[word(20, 2), word(0x0800, 2), word(8, 2), word(time, 2), word(day, 2)],
    ...[word(crc, 4), word(packed, 4), word(size, 4), word(length, 2)],
  ]);
}

/** A number, the lowest byte first. */
function word(value: number, bytes: number): Buffer {
  const written = Buffer.alloc(bytes);
  if (bytes > 4) return written;
  written.writeUIntLE(value >>> 0, 0, bytes);
  return written;
}
