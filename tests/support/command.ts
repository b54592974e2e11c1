/** A command-line tool of ours as staff run it: a process of its own. */
import { type ChildProcessWithoutNullStreams, type SpawnOptions, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = path.join(import.meta.dirname, '../..');
/** By its place, for commands that run in a folder without node_modules. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Ran {
  code: number | null;
  out: string;
  error: string;
  /** Both, as they came. */
  output: string;
}

/** `script` is a path from the root. `env` is added to this process's own. */
export const startCommand = (
  script: string,
  args: string[],
  { cwd = ROOT, env = {} }: Pick<SpawnOptions, 'env'> & { cwd?: string } = {},
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, ['--import', TSX, path.resolve(ROOT, script), ...args], {
    cwd,
    env: { ...process.env, ...env },
  });

/** What it printed, once it has ended. `input` is what is typed into it. */
export function ended(child: ChildProcessWithoutNullStreams, input = ''): Promise<Ran> {
  const ran: Ran = { code: null, out: '', error: '', output: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ran.out += chunk;
    ran.output += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ran.error += chunk;
    ran.output += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ran, code })));
}

export const runCommand = (...how: Parameters<typeof startCommand>): Promise<Ran> =>
  ended(startCommand(...how));
