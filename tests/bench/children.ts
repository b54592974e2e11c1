/**
 * Programs in processes of their own: bundled as the Lambdas are, run by the Node that runs the bench, their last
 * line read as JSON. A process of its own keeps one subject's garbage and compiled code out of another's figures.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type HeapSize, heapEnvironment, SMALL_HEAP } from '../../infra/build/heaps.ts';
import { slim } from '../../infra/build/slim.ts';

/** A folder that is gone when the work is done. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file beside the one that asks, by its `import.meta.url`. */
export const beside = (url: URL): string => url.pathname;

interface BundleOptions {
  /** As `infra/build.ts` does it. Otherwise esbuild's own defaults for Node, minified. */
  slim: boolean;
  plugins?: Plugin[];
}

/** Bundles one entry into `<name>.cjs`; returns the file. */
export async function bundle(
  entry: URL,
  folder: string,
  name: string,
  { slim: slimmed, plugins = [] }: BundleOptions,
): Promise<string> {
  const outfile = path.join(folder, `${name}.cjs`);
  await build({
    entryPoints: [beside(entry)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    ...(slimmed && { mainFields: ['module', 'main'] }),
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
    plugins: [...plugins, ...(slimmed ? [slim] : [])],
    logLevel: 'error',
  });
  return outfile;
}

/** Of what a failed program has written, so many characters are shown: a bundle's lines are long. */
const SHOWN = 2_000;

/**
 * Runs Node with these arguments and reads the last line as JSON. Rejects with what was written where it fails.
 * `heap`: it is started with that, as the Lambdas are that have one.
 */
export function run<Result>(
  args: string[],
  env: Record<string, string> = {},
  heap?: HeapSize,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const sizes = heap && heapEnvironment(heap);
    const options = { env: { PATH: process.env.PATH ?? '', ...sizes, ...env }, maxBuffer: 10_000_000 };
    const [file, all] = heap ? [SMALL_HEAP, [process.execPath, ...args]] : [process.execPath, args];
    execFile(file, all, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`a program of the bench failed, got: ${(stderr || stdout).slice(-SHOWN)}`));
      else resolve(JSON.parse(stdout.trim().split('\n').at(-1) as string) as Result);
    });
  });
}

/** The programs in turns, so many times over: what else the machine does falls on all of them. */
export async function interleaved<Result>(
  passes: number,
  programs: Record<string, () => Promise<Result>>,
): Promise<Record<string, Result[]>> {
  const results: Record<string, Result[]> = {};
  for (let pass = 0; pass < passes; pass += 1)
    for (const [name, program] of Object.entries(programs))
      results[name] = [...(results[name] ?? []), await program()];
  return results;
}
