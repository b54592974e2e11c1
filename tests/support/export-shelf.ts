/** Where exports lie, in memory: both sides of the port that a bucket stands behind in production. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { download } from '../../functions/console/page.ts';
import type { ExportLinks, ExportSinks } from '../../functions/runtime/exported-files.ts';

export interface ExportShelf extends ExportSinks, ExportLinks {
  files: Map<string, Buffer>;
}

export function createExportShelf(): ExportShelf {
  const files = new Map<string, Buffer>();
  return {
    files,
    open(key) {
      const parts: Buffer[] = [];
      const sink = new Writable({
        write(chunk, _encoding, callback) {
          parts.push(Buffer.from(chunk));
          callback();
        },
      });
      return { sink, kept: finished(sink).then(() => void files.set(key, Buffer.concat(parts))) };
    },
    async handOver(key, name, type) {
      const bytes = files.get(key);
      return bytes && download(name, type, bytes);
    },
  };
}
