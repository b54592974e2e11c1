/** Files that get their names once all of them are whole. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refused } from '../command/refused.ts';

/** Writes every file beside its place first; a fault before the last of them leaves all as they were. */
export function writeAll(files: ReadonlyMap<string, string | Buffer>): void {
  const begun: { from: string; to: string }[] = [];
  try {
    for (const [to, content] of files) {
      mkdirSync(path.dirname(to), { recursive: true });
      const from = path.join(path.dirname(to), `.${path.basename(to)}.${process.pid}.tmp`);
      begun.push({ from, to });
      writeFileSync(from, content, { flush: true });
    }
    for (const { from, to } of begun) renameSync(from, to);
  } catch (cause) {
    for (const { from } of begun) rmSync(from, { force: true });
    throw new Refused(`les fichiers n'ont pas pu s'écrire dans « ${path.dirname(begun.at(-1)?.to ?? '')} »`, {
      cause,
    });
  }
}

/** Throws `Refused` where it cannot be read. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Refused(`« ${file} » ne peut pas être lu`, { cause });
  }
}
