/**
 * An announcement to many: CPU a message and peak memory of the real worker, its store port in another process, beside a
 * bare keep-alive loop and Twilio's SDK, all to the same carrier. `--full` goes to a million; `--million` is the short way there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createDb } from '../../functions/store/db.ts';
import { HEAPS, type HeapSize } from '../../infra/build/heaps.ts';
import { openStore } from '../../infra/local/store.ts';
import type { Cost } from './broadcast/message.ts';
import { bundle, inTemporaryFolder, interleaved, run } from './children.ts';
import { fillTown } from './kills/town.ts';
import { aim, best, type Part, rounded, table, times } from './report.ts';

const COST_AIM = 2;
const MEMORY_AIM = 130;
const LINEAR_AIM = 1.15;
const MILLION = 1_000_000;
/** As many show the floor of a million: the bare loop has no page, no heap and no ledger that could grow. */
const TENTH = 10;
const RAW = 'a bare keep-alive loop (floor)';
const OURS = '**our worker**, store port in another process';
const CAPPED = '**our worker, started as the Lambda is** (`infra/build/small-heap`)';
const SDK = "Twilio's SDK, `messages.create`, no ledger";
const REAL = 'our worker through the AWS SDK to the embedded store';

interface Row {
  what: string;
  messages: number;
  costs: Cost[];
}

export const broadcast: Part = (quick, full, million) =>
  inTemporaryFolder(async (folder) => {
    const made = (entry: URL, slim = true): Promise<string> =>
      bundle(entry, folder, path.basename(entry.pathname, '.ts'), { slim });
    const carrierFile = await made(new URL('./broadcast/carrier.ts', import.meta.url));
    const townFile = await made(new URL('./broadcast/town.ts', import.meta.url));
    const raw = await made(new URL('./broadcast/raw.ts', import.meta.url));
    const sdk = await made(new URL('./broadcast/sdk.ts', import.meta.url), false);
    const worker = await made(new URL('./broadcast/worker.ts', import.meta.url));
    const carrier = await serving([carrierFile]);
    const url = `http://127.0.0.1:${carrier.port}`;
    const sizes = quick ? [500, 1_000] : full ? [10_000, 100_000, MILLION] : [10_000, 50_000];
    const rows: Row[] = [];
    try {
      const send = async (file: string, messages: number): Promise<Cost> => {
        const before = await sentTo(url);
        const cost = await run<Cost>([file, url, String(messages)]);
        expectSent(await sentTo(url), before + messages);
        return cost;
      };
      const announce = async (messages: number, heap?: HeapSize): Promise<Cost> => {
        const where = path.join(folder, 'town.sock');
        const town = await serving([townFile, String(messages), where]);
        const before = await sentTo(url);
        try {
          const about = { WHICH: 'fake', WHERE: where, CARRIER: url, COUNT: String(messages) };
          const cost = await run<Cost>([worker], about, heap);
          expectSent(await sentTo(url), before + messages);
          return cost;
        } finally {
          await town.end();
        }
      };
      const announceSmall = (messages: number): Promise<Cost> => announce(messages, HEAPS.broadcast);
      if (million)
        return await toAMillion(quick ? 2_000 : MILLION, (count) => send(raw, count), announceSmall);
      for (const [index, messages] of sizes.entries()) {
        const isMillion = messages === MILLION;
        const ways: [string, () => Promise<Cost>][] = [
          [RAW, () => send(raw, isMillion ? MILLION / TENTH : messages)],
          [OURS, () => announce(messages)],
          [CAPPED, () => announceSmall(messages)],
          ...(index === 0 ? [[SDK, () => send(sdk, messages)] as [string, () => Promise<Cost>]] : []),
        ];
        // A million takes an hour or so: with the heap that a worker has, and no other.
        const passes = quick || index > 0 ? 1 : 2;
        const skipped = isMillion ? OURS : undefined;
        const programs = Object.fromEntries(ways.filter(([what]) => what !== skipped));
        const measured = await interleaved(passes, programs);
        rows.push(...Object.entries(measured).map(([what, costs]) => ({ what, messages, costs })));
      }
      rows.push(await throughTheStore(folder, worker, url, quick ? 60 : 1_000));
    } finally {
      await carrier.end();
    }
    return report(rows, sizes);
  });

/** What the aims ask and no more: the bare loop before and after, our worker in between. Minutes. */
async function toAMillion(
  million: number,
  send: (messages: number) => Promise<Cost>,
  announce: (messages: number) => Promise<Cost>,
): Promise<string> {
  const fewer = million / TENTH;
  const before = await send(fewer);
  const some = await announce(fewer);
  const all = await announce(million);
  const after = await send(fewer);
  const bare = (before.perMessage + after.perMessage) / 2;
  const rows: [number, string, Cost][] = [
    [fewer, `${RAW}, before`, before],
    [fewer, CAPPED, some],
    [million, CAPPED, all],
    [fewer, `${RAW}, after`, after],
  ];
  return [
    'The bare loop runs with no arguments of node. To the floor: to the mean of before and after.',
    '',
    table(
      ['messages', 'sent by', 'µs CPU a message', 'to the floor', 'peak RSS MB'],
      rows.map(([messages, what, { perMessage, peakMb }]) => [
        messages.toLocaleString('en-GB'),
        what,
        rounded(perMessage),
        times(perMessage / bare),
        rounded(peakMb),
      ]),
    ),
    '',
    ...aims(all.perMessage / bare, all.peakMb, all.perMessage / some.perMessage, [fewer, million]),
  ].join('\n');
}

/** `growth`: of the cost of a message, from one number of them to the other. */
const aims = (ratio: number, most: number, growth: number, [fewer, last]: [number, number]): string[] => [
  aim(`at most ${COST_AIM}x the bare loop, got ${times(ratio)}`, ratio <= COST_AIM),
  aim(
    `at most ${MEMORY_AIM} MB for ${last.toLocaleString('en-GB')}, got ${rounded(most)}`,
    most <= MEMORY_AIM,
  ),
  aim(
    `linear: a message of ${last.toLocaleString('en-GB')} at most ${LINEAR_AIM}x one of ${fewer.toLocaleString('en-GB')}, got ${times(growth)}`,
    growth <= LINEAR_AIM,
  ),
];

function report(rows: Row[], sizes: number[]): string {
  const cost = ({ costs }: Row): number => best(costs.map(({ perMessage }) => perMessage));
  const peak = ({ costs }: Row): number => best(costs.map(({ peakMb }) => peakMb));
  const of = (what: string, messages: number): Row => {
    const found = rows.find((row) => row.what === what && row.messages === messages);
    if (!found) throw new Error(`${what} was not measured with ${messages}`);
    return found;
  };
  const [first, last] = [sizes[0] as number, sizes.at(-1) as number];
  const floorOf = (messages: number): number => cost(of(RAW, sizes.includes(messages) ? messages : first));
  const ratio = cost(of(CAPPED, last)) / floorOf(last);
  const before = sizes.at(-2) as number;
  const growth = cost(of(CAPPED, last)) / cost(of(CAPPED, before));
  const most = peak(of(CAPPED, last));
  return [
    table(
      ['messages', 'sent by', 'µs CPU a message', 'to the floor', 'peak RSS MB'],
      rows.map((row) => [
        row.messages.toLocaleString('en-GB'),
        row.what,
        rounded(cost(row)),
        times(cost(row) / floorOf(row.messages)),
        rounded(peak(row)),
      ]),
    ),
    '',
    ...aims(ratio, most, growth, [before, last]),
    aim(
      `cheaper than Twilio's SDK without a ledger, got ${times(cost(of(SDK, first)) / cost(of(OURS, first)))}`,
      cost(of(SDK, first)) >= cost(of(OURS, first)),
    ),
  ].join('\n');
}

/** One in ten has said STOP, one in ten will say it in another bench. */
async function throughTheStore(folder: string, worker: string, url: string, residents: number): Promise<Row> {
  const store = await openStore(path.join(folder, 'real'));
  try {
    await fillTown(createDb(store.client, store.table), residents);
    const messages = residents - Math.floor(residents / 10);
    const about = { WHICH: 'real', WHERE: store.endpoint, CARRIER: url, COUNT: String(messages) };
    const cost = await run<Cost>([worker], about, HEAPS.broadcast);
    return { what: REAL, messages, costs: [cost] };
  } finally {
    await store.close();
  }
}

const sentTo = async (url: string): Promise<number> =>
  ((await (await fetch(url)).json()) as { messages: number }).messages;

function expectSent(got: number, wanted: number): void {
  if (got !== wanted) throw new Error(`the carrier has ${got} messages, wanted ${wanted}`);
}

/** A program that prints the port it answers on, until its input ends. */
async function serving(args: string[]): Promise<{ port: number; end(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) =>
      resolve((JSON.parse(String(chunk)) as { port: number }).port),
    );
    void gone.then(() => reject(new Error('a program of the bench ended before it was ready')));
  });
  return {
    port,
    end: () => {
      child.stdin?.end();
      return gone;
    },
  };
}
