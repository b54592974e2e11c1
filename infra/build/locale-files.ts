/**
 * The texts of the languages lie beside a bundle as JSON, and are read when it starts: twelve languages inside would
 * be a third of its code, and JSON is parsed several times faster than the same data written as a program.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** Their folder in a bundle. */
const FOLDER = 'locales';
const FILES = /\/locales\/([\w-]+)\/(\w+)\.json$/;

const nameOf = (file: string): string | undefined => {
  const [, language, kind] = FILES.exec(file.replaceAll('\\', '/')) ?? [];
  return language && `${language}.${kind}.json`;
};

export const localeFiles: Plugin = {
  name: 'locale-files',
  setup(build) {
    build.onLoad({ filter: FILES }, ({ path: file }) => ({
      contents: `module.exports = JSON.parse(require('node:fs').readFileSync(require('node:path').join(__dirname, '${FOLDER}', '${nameOf(file)}'), 'utf8'));`,
      loader: 'js',
    }));
  },
};

/** Writes what the bundles of `metafile` read: each beside its bundle, without the spaces for human eyes. */
export function writeLocaleFiles(root: string, metafile: Metafile): void {
  for (const [output, { inputs }] of Object.entries(metafile.outputs))
    for (const input of Object.keys(inputs)) {
      const name = nameOf(`/${input}`);
      if (!name) continue;
      const folder = path.join(root, path.dirname(output), FOLDER);
      mkdirSync(folder, { recursive: true });
      const data: unknown = JSON.parse(readFileSync(path.join(root, input), 'utf8'));
      writeFileSync(path.join(folder, name), JSON.stringify(data));
    }
}
