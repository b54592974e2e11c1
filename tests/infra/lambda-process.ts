/** A bundle as Lambda runs it: loaded by plain node in a process of its own, its handler called with events. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const RUNTIME = `
const { handler } = require(process.argv[1]);
process.on('message', async ({ id, event }) => {
  try { process.send({ id, result: await handler(event) }); }
  catch (error) { process.send({ id, error: error.stack }); }
});
process.send({ id: 0 });`;

export interface LambdaProcess {
  invoke<Result>(event: unknown): Promise<Result>;
  /** Everything the function has printed. */
  output(): string;
  stop(): Promise<void>;
}

/** `env` is all that the process sees. Rejects where the bundle cannot be loaded. */
export async function startLambda(file: string, env: Record<string, string>): Promise<LambdaProcess> {
  const child = spawn(process.execPath, ['-e', RUNTIME, file], {
    env,
    // As Lambda does: the folder of the bundle.
    cwd: path.dirname(file),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await answerTo(child, 0, ended, () => printed);
  let calls = 0;
  return {
    async invoke(event) {
      const id = ++calls;
      child.send({ id, event });
      return (await answerTo(child, id, ended, () => printed)) as never;
    },
    output: () => printed,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answerTo(child: ChildProcess, id: number, ended: Promise<void>, printed: () => string) {
  return new Promise<unknown>((resolve, reject) => {
    const hear = (message: { id: number; result?: unknown; error?: string }): void => {
      if (message.id !== id) return;
      child.off('message', hear);
      if (message.error) reject(new Error(message.error));
      else resolve(message.result);
    };
    child.on('message', hear);
    ended.then(() => reject(new Error(`the bundle ended:\n${printed()}`)));
  });
}
