/** Whether a zip is what it says it is, before anything unpacks it: a small file may hold gigabytes. */
import { inflateRawSync } from 'node:zlib';
import { FormFileError } from './form-file-error.ts';

/** All parts together, unpacked. A form of five thousand rows has about ten. */
const MAX_UNPACKED = 60 * 1024 * 1024;
const MAX_ENTRIES = 2000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record with the longest comment it may have. */
const END_REACH = 22 + 0xffff;

const broken = (): FormFileError =>
  new FormFileError(
    "le fichier .xlsx est abîmé ou n'en est pas un; ouvrez-le et enregistrez-le de nouveau en .xlsx",
  );

/** Unpacks each part to see how large it is, whatever its header says. Returns the parts' names. */
export function checkZip(bytes: Buffer): string[] {
  try {
    return namesIn(bytes);
  } catch (cause) {
    if (cause instanceof FormFileError) throw cause;
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw broken();
  }
}

const tooLarge = (): FormFileError =>
  new FormFileError(
    `décompressé, le fichier dépasse ${MAX_UNPACKED / 1024 / 1024} Mo: ce n'est pas un formulaire`,
  );

function namesIn(bytes: Buffer): string[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) {
    end -= 1;
    if (end < bytes.length - END_REACH) throw broken();
  }
  if (end < 0) throw broken();
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw tooLarge();
  const names: string[] = [];
  let left = MAX_UNPACKED;
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw broken();
    const [name, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    names.push(bytes.toString('utf8', at + 46, at + 46 + name));
    left -= unpacked(bytes, at, left);
    at += 46 + name + extra + comment;
  }
  return names;
}

function unpacked(bytes: Buffer, entry: number, left: number): number {
  const [method, packed, local] = [
    bytes.readUInt16LE(entry + 10),
    bytes.readUInt32LE(entry + 20),
    bytes.readUInt32LE(entry + 42),
  ];
  if (bytes.readUInt32LE(local) !== LOCAL) throw broken();
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === 0) return data.length;
  if (method !== 8 || data.length === 0) throw broken();
  return inflateRawSync(data, { maxOutputLength: Math.max(left, 1) }).length;
}
