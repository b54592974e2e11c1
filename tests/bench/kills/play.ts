/**
 * One announcement on the disk store whose worker is killed at random points, again and again, until a last one is let
 * live. What residents got is read from the stand-in carrier's own record.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { announcedText } from '../../../conversations/announcement.ts';
import { sms } from '../../../conversations/shape.ts';
import { takeTurn } from '../../../functions/runtime/take-turn.ts';
import { createDb } from '../../../functions/store/db.ts';
import { createLedger, type Progress } from '../../../functions/store/ledger.ts';
import { type Carrier, createCarrier } from '../../../infra/local/carrier.ts';
import { connectStore, TABLE } from '../../../infra/local/store.ts';
import { serveTwilio } from '../../../infra/local/twilio-api-server.ts';
import { draftOf } from '../../support/announcements.ts';
import { ACCOUNT, createTestCity, NUMBER, TOKEN } from '../../support/city.ts';
import { beside } from '../children.ts';
import { BEGINS, hasStopped, KEYS, phoneOf, willStop } from './town.ts';
import type { WorkerOrder } from './worker.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const KEEP_DAYS = 90;
/** No cap of the example city is to stop it. */
const PLENTY = 1_000_000;
const PER_SECOND = 2000;

export interface Play {
  /** A store with a town in it, of which a copy is made. */
  town: string;
  /** Of the worker's bundle. */
  worker: string;
  folder: string;
  residents: number;
  kills: number;
  random(): number;
}

export interface Played {
  /** What is wrong, one line a resident; empty where all is right. */
  wrong: string[];
  told: number;
  /** Rows of the ledger at each kill. */
  at: number[];
  /** How often a worker asked the carrier whether a message is out already. */
  lookUps: number;
  progress: Progress;
}

interface Network {
  url: string;
  /** Milliseconds between the real clock and the run's. */
  offset: number;
  posts: number;
  lookUps: number;
  close(): Promise<void>;
}

export async function play({ town, worker, folder, residents, kills, random }: Play): Promise<Played> {
  await cp(town, folder, { recursive: true });
  const store = await spawnStore(folder);
  const record = path.join(folder, 'carrier.jsonl');
  const network = await openNetwork(record);
  const { client, close } = connectStore(store.endpoint);
  const db = createDb(client, TABLE);
  const city = createTestCity(db);
  const at: number[] = [];
  const stopped = new Map<number, number>();
  const wanted = sms(announcedText(draftOf(), 'fr', 'sms')).text;
  const heard = (): Map<string, number> => countIn(record, wanted);
  const order = (): WorkerOrder => ({
    ...{ store: store.endpoint, table: TABLE, carrier: network.url, keys: KEYS, offset: network.offset },
    account: { accountSid: ACCOUNT, authToken: TOKEN, number: NUMBER },
    limits: { perSecond: { 'twilio-sms': PER_SECOND }, dailyEuros: PLENTY },
  });
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await killed(worker, order(), network, { random, most: (1.2 * residents) / kills });
      at.push((await createLedger(db, KEEP_DAYS).progress(1)).planned);
      // What the dead worker has posted is on the network still.
      await sleep(20);
      for (let index = 0; index < residents; index += 1)
        if (willStop(index) && Math.floor(index / 10) % kills === kill) {
          city.clock.now = new Date(Date.now() + network.offset);
          await takeTurn(city.deps, `sms:${phoneOf(index)}`, stopOf(index), 'response');
          stopped.set(index, heard().get(phoneOf(index)) ?? 0);
        }
    }
    await ended(start(worker, order()));
    const progress = await createLedger(db, KEEP_DAYS).progress(1);
    const counts = heard();
    const wrong: string[] = [];
    for (let index = 0; index < residents; index += 1) {
      const got = counts.get(phoneOf(index)) ?? 0;
      const right = hasStopped(index) ? 0 : (stopped.get(index) ?? 1);
      if (got > right)
        wrong.push(`resident ${index}: ${hasStopped(index) || stopped.has(index) ? 'after STOP' : 'twice'}`);
      if (got < right) {
        const row = await createLedger(db, KEEP_DAYS).get(
          1,
          city.deps.hashes.address(`sms:${phoneOf(index)}`),
        );
        wrong.push(`resident ${index}, ${row?.state ?? 'in no ledger'}: left out`);
      }
    }
    const told = [...counts.values()].reduce((sum, count) => sum + count, 0);
    // Who says STOP leaves the lists, and is in the ledger only where somebody had come to them before.
    if (progress.planned > residents || progress.planned < residents - stopped.size)
      wrong.push(`the ledger has ${progress.planned} of ${residents}`);
    // Sent, not marked, and then STOP: `unknown`, since who has stopped is not looked up any more.
    const { accepted = 0, unknown = 0 } = progress.states;
    if (told < accepted || told > accepted + unknown || unknown > stopped.size)
      wrong.push(`the ledger says ${JSON.stringify(progress.states)}, the carrier has ${told}`);
    return { wrong, told, at, lookUps: network.lookUps, progress };
  } finally {
    await close();
    await network.close();
    store.child.stdin?.end();
    await gone(store.child);
  }
}

const stopOf = (index: number) =>
  ({ type: 'said', id: `stop${index}`, channel: 'sms', text: 'STOP' }) as const;

/** How often each number got this text, from the carrier's durable log. */
function countIn(record: string, text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readFileSync(record, 'utf8').split('\n').filter(Boolean)) {
    const said = JSON.parse(line) as { type: string; to?: string; body?: string };
    if (said.type === 'outbound' && said.to && said.body === text)
      counts.set(said.to, (counts.get(said.to) ?? 0) + 1);
  }
  return counts;
}

/** The stand-in carrier over HTTP, and the run's clock. */
async function openNetwork(record: string): Promise<Network> {
  const network: Network = {
    ...{ url: '', offset: BEGINS.getTime() - Date.now(), posts: 0, lookUps: 0 },
    close: async () => undefined,
  };
  const now = (): Date => new Date(Date.now() + network.offset);
  const carrier: Carrier = createCarrier({
    ...{ accountSid: ACCOUNT, authToken: TOKEN, file: record, number: NUMBER, now },
    webhookUrl: 'http://127.0.0.1/webhooks/twilio',
    // No receipt comes: what became of a message a dead worker sent must be asked.
    post: async () => ({ status: 200, body: '' }),
  });
  const twilio = serveTwilio(carrier);
  const server = serve({
    ...{ hostname: '127.0.0.1', port: 0 },
    fetch: async (request, env) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/clock') {
        network.offset = Number(await request.text());
        return new Response(null, { status: 204 });
      }
      if (request.method === 'POST') network.posts += 1;
      else network.lookUps += 1;
      return twilio(request, env);
    },
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  network.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  network.close = async () => {
    await carrier.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return network;
}

async function spawnStore(folder: string): Promise<{ child: ChildProcess; endpoint: string }> {
  const program = beside(new URL('./store.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) =>
      resolve((JSON.parse(String(chunk)) as { endpoint: string }).endpoint),
    );
    child.once('exit', () => reject(new Error('the store ended before it was ready')));
  });
  return { child, endpoint };
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

function start(worker: string, order: WorkerOrder): ChildProcess {
  const child = spawn(process.execPath, [worker, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  return child;
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise<void>((resolve) => child.once('exit', () => resolve()));
  children.delete(child);
}

async function ended(child: ChildProcess): Promise<void> {
  await gone(child);
  if (child.exitCode !== 0) throw new Error(`a worker ended with ${child.exitCode ?? child.signalCode}`);
}

/**
 * Starts a worker and kills it: mostly a few milliseconds after one of its messages has reached the carrier, so that
 * any of the steps around a message may be its last, else at any moment from its start.
 */
async function killed(
  worker: string,
  order: WorkerOrder,
  network: Network,
  { random, most }: { random(): number; most: number },
): Promise<void> {
  const child = start(worker, order);
  const over = gone(child);
  const early = random() < 0.2;
  const after = network.posts + Math.ceil(random() * most);
  const until = Date.now() + random() * 1500;
  while (child.exitCode === null && child.signalCode === null) {
    if (early ? Date.now() >= until : network.posts >= after) break;
    await Promise.race([over, sleep(1)]);
  }
  await sleep(random() * 12);
  child.kill('SIGKILL');
  await over;
}
