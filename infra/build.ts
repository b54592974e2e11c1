/**
 * The bundles of the Lambdas: one esbuild call for every file directly in `functions/`, each in a folder of its own
 * under `dist/functions`, with the files it reads beside it. `tsx infra/build.ts` builds and says how large they are.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild, type Metafile } from 'esbuild';
import { htmxFile } from '../functions/console/assets.ts';
import { fontFiles } from '../functions/pages/fonts.ts';
import { beside, exceljsFile } from './build/beside.ts';
import { HEAPS, SMALL_HEAP } from './build/heaps.ts';
import { JSON_READER, jsonFiles, writeJsonFiles } from './build/json-files.ts';
import { slim } from './build/slim.ts';
import { readStages } from './stack/stage.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** Where the CDK app looks for the bundles. */
export const BUNDLES = path.join(ROOT, 'dist/functions');
/** The folder of the cities' files in a bundle. */
export const CITIES = 'cities';

/** The Lambdas there are: every file directly in `functions/` is one. */
export const functionNames = (): string[] =>
  readdirSync(path.join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.parse(entry.name).name)
    .sort();

/** Builds into `outdir`, which is emptied first. The metafile lies beside the bundles, not in one. */
export async function build({ outdir }: { outdir: string }): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const names = functionNames();
  const { metafile } = await esbuild({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `./functions/${name}`])),
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    // Escaped, a Tamil or Arabic letter would take twice its bytes.
    charset: 'utf8',
    // CJS has no import.meta; the pages find their fonts by it.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: `const bundleUrl=require('node:url').pathToFileURL(__filename).href;${JSON_READER}` },
    plugins: [beside, slim, jsonFiles],
    metafile: true,
    logLevel: 'warning',
  });
  writeJsonFiles(ROOT, metafile);
  for (const name of names) {
    const cities = readStages().map(({ cityFile }) => path.join(ROOT, cityFile));
    copyInto(path.join(outdir, name, CITIES), cities);
    if (name === 'pages' || name === 'console') copyInto(path.join(outdir, name, 'fonts'), fontFiles());
    if (name === 'console') copyInto(path.join(outdir, name), [htmxFile(), exceljsFile()]);
    if (HEAPS[name]) copyInto(path.join(outdir, name), [SMALL_HEAP]);
  }
  writeFileSync(path.join(outdir, 'metafile.json'), JSON.stringify(metafile));
  return metafile;
}

function copyInto(folder: string, files: string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(file, path.join(folder, path.basename(file)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outputs } = await build({ outdir: BUNDLES });
  for (const [file, { bytes }] of Object.entries(outputs))
    console.log(`${path.basename(path.dirname(file)).padEnd(12)} ${Math.ceil(bytes / 1000)} kB`);
}
