/**
 * Our JSON lies beside a bundle, and is read when it starts: twelve languages, tables and surveys inside would be a
 * third of its code, and JSON is parsed several times faster than the same data written as a program.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** Their folder in a bundle. */
const FOLDER = 'json';
/** Ours, by its path in the repository; packages read their own. */
const OURS = /^(locales|conversations|functions)\/([\w./-]+\.json)$/;

/** Of a package whose data is written as a program: the same as JSON lies beside it. */
const PROGRAM = /\/metadata\.max\.json\.js$/;
const DATA = /libphonenumber-js\/(metadata\.max\.json)$/;

const nameOf = (file: string): string | undefined => {
  const [, numbers] = DATA.exec(file.replaceAll('\\', '/')) ?? [];
  if (numbers) return `numbers.${numbers}`;
  const [, folder, rest] = OURS.exec(file.replaceAll('\\', '/')) ?? [];
  return folder && rest && `${folder}.${rest.replaceAll('/', '.')}`;
};

/** Stands at the top of a bundle, once for all its files. */
export const JSON_READER = `const readJson=(n)=>JSON.parse(require('node:fs').readFileSync(require('node:path').join(__dirname,'${FOLDER}',n),'utf8'));`;

export const jsonFiles: Plugin = {
  name: 'json-files',
  setup(build) {
    const root = build.initialOptions.absWorkingDir ?? process.cwd();
    build.onResolve({ filter: PROGRAM }, ({ path: asked, resolveDir }) => ({
      path: path.join(resolveDir, asked).replace(/\.js$/, ''),
    }));
    build.onLoad({ filter: /\.json$/ }, ({ path: file }) => {
      const name = nameOf(path.relative(root, file));
      if (name === undefined) return undefined;
      return {
        contents: `module.exports = readJson('${name}');`,
        loader: 'js',
      };
    });
  },
};

/** Writes what the bundles of `metafile` read: each beside its bundle, without the spaces for human eyes. */
export function writeJsonFiles(root: string, metafile: Metafile): void {
  for (const [output, { inputs }] of Object.entries(metafile.outputs))
    for (const input of Object.keys(inputs)) {
      const name = nameOf(input);
      if (!name) continue;
      const folder = path.join(root, path.dirname(output), FOLDER);
      mkdirSync(folder, { recursive: true });
      const data: unknown = JSON.parse(readFileSync(path.join(root, input), 'utf8'));
      writeFileSync(path.join(folder, name), JSON.stringify(data));
    }
}
