/** Residents' photos and voice notes in a folder, behind the port that a bucket stands behind in production. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Files } from '../../functions/runtime/fetch-media.ts';

/** Names are ours, random, with an extension; nothing else becomes a path. */
const NAME = /^[\w-]{8,40}\.[a-z0-9]{2,4}$/;

export function localFiles(folder: string): Files {
  const at = (name: string): string => {
    if (!NAME.test(name)) throw new Error('a file has a name that is not ours');
    return path.join(folder, name);
  };
  return {
    async put(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(at(name), bytes, { mode: 0o600 });
    },
    delete: (name) => rm(at(name), { force: true }),
  };
}
