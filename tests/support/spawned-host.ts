/** `npm start` as its own process, for tests that talk to it over HTTP and may kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LocalFile } from '../../infra/local/folder.ts';

export interface Item {
  id: string;
  direction: 'in' | 'out';
  text: string;
  time: string;
  parts: number;
  state: string;
}

export interface SpawnedHost {
  url: string;
  local: LocalFile;
  text(from: string, text: string): Promise<Item[]>;
  thread(address: string): Promise<Item[]>;
  clock(body: { advance?: string; set?: string }): Promise<string>;
  /** As `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const root = path.join(import.meta.dirname, '../..');
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Rejects with what the host printed where it ends before it is ready. */
export async function spawnHost(folder: string): Promise<SpawnedHost> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'infra/local.ts')], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let printed = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  ended.then(() => children.delete(child));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk;
        const ready = /^ready (http:\S+)$/m.exec(printed);
        if (ready) resolve(ready[1] as string);
      });
    ended.then(() => reject(new Error(`the host ended before it was ready:\n${printed}`)));
  });
  const local = JSON.parse(readFileSync(path.join(folder, 'local.json'), 'utf8')) as LocalFile;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const post = async (to: string, body: object) => {
    const answer = await fetch(`${url}${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${to} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    local,
    text: async (from, text) =>
      ((await post('/handset/messages', { channel: 'sms', from, text })) as { replies: Item[] }).replies,
    thread: async (address) => {
      const query = new URLSearchParams({ channel: 'sms', address });
      return (await (await fetch(`${url}/handset/messages?${query}`)).json()) as Item[];
    },
    clock: async (body) => ((await post('/handset/clock', body)) as { now: string }).now,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
