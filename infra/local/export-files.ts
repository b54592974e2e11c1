/** Exports in a folder, behind the port that a bucket stands behind in production: for a week (contacts: a day), for the owner's eyes. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { download } from '../../functions/console/page.ts';
import { CONTACTS, type ExportLinks, type ExportSinks } from '../../functions/runtime/exported-files.ts';
import { LIFETIME } from '../../functions/store/table.ts';

/** As the store and the export name them; nothing else becomes a path. */
const KEY = /^(?:contacts\/)?(\d{8}T\d{9}Z-[\w-]{8,40})\/(\w[\w.-]{0,150})$/;

export interface LocalExports extends ExportSinks, ExportLinks {
  /** Deletes what is older than a bucket would keep. */
  forgetOld(): Promise<void>;
}

export function localExports(folder: string, now: () => Date): LocalExports {
  const at = (key: string): string => {
    if (!KEY.test(key)) throw new Error('an export has a key that is not ours');
    return path.join(folder, key);
  };
  return {
    open(key) {
      const file = at(key);
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const sink = createWriteStream(`${file}.tmp`, { mode: 0o600 });
      return { sink, kept: finished(sink).then(() => rename(`${file}.tmp`, file)) };
    },
    async handOver(key, name, type) {
      const file = at(key);
      const there = await stat(file).catch(() => undefined);
      return there && download(name, type, await readFile(file));
    },
    async forgetOld() {
      await forget(folder, LIFETIME.exportJob);
      await forget(path.join(folder, CONTACTS), LIFETIME.contactsJob);
    },
  };
  async function forget(where: string, seconds: number): Promise<void> {
    const oldest = new Date(now().getTime() - seconds * 1000).toISOString().replace(/[-:.]/g, '');
    for (const job of await readdir(where).catch(() => []))
      if (job < oldest) await rm(path.join(where, job), { recursive: true, force: true });
  }
}
