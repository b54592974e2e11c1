/**
 * R4: an announcement whose worker is killed with `kill -9` at random points, on the disk store. Nobody twice, nobody left
 * out, nobody who has said STOP. `--full` is 200 runs of 1,000 residents and takes hours.
 */
import path from 'node:path';
import { createDb } from '../../functions/store/db.ts';
import { openStore } from '../../infra/local/store.ts';
import { bundle, inTemporaryFolder } from './children.ts';
import { type Played, play } from './kills/play.ts';
import { fillTown } from './kills/town.ts';
import { aim, type Part, table } from './report.ts';

/** Kills of one run. */
const MOST_KILLS = 4;

export interface KillRuns {
  residents: number;
  runs: number;
  seed: number;
  /** After each run. */
  told?: (played: Played, run: number) => void;
}

/** A town is made once; each run has a copy of it. */
export const killRuns = ({ residents, runs, seed, told }: KillRuns): Promise<Played[]> =>
  inTemporaryFolder(async (folder) => {
    const worker = await bundle(new URL('./kills/worker.ts', import.meta.url), folder, 'worker', {
      slim: true,
    });
    const town = path.join(folder, 'town');
    const store = await openStore(town);
    await fillTown(createDb(store.client, store.table), residents);
    await store.close();
    const random = randomFrom(seed);
    const all: Played[] = [];
    for (let run = 0; run < runs; run += 1) {
      const kills = 1 + Math.floor(random() * MOST_KILLS);
      const played = await play({
        ...{ town, worker, folder: path.join(folder, `run-${run}`), residents, kills, random },
      });
      all.push(played);
      told?.(played, run);
    }
    return all;
  });

const randomFrom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

export const kills: Part = async (quick, full) => {
  const [residents, runs] = quick ? [60, 2] : full ? [1_000, 200] : [1_000, Number(process.env.RUNS ?? 10)];
  const all = await killRuns({
    ...{ residents, runs, seed: 7 },
    told: ({ wrong, at, told, lookUps }, run) =>
      console.error(
        `run ${run + 1}: killed at ${at.join(' ')} of ${residents}, ${told} told, ${lookUps} look-ups${wrong.map((line) => `\n  ${line}`).join('')}`,
      ),
  });
  const wrong = all.flatMap((each) => each.wrong);
  const sum = (count: (played: Played) => number): number =>
    all.reduce((total, each) => total + count(each), 0);
  const having = (word: string): number => wrong.filter((line) => line.endsWith(word)).length;
  if (wrong.length > 0) process.exitCode = 1;
  return [
    table(
      ['residents', 'runs', 'kills', 'messages', 'look-ups', 'twice', 'left out', 'after STOP'],
      [
        [
          residents,
          runs,
          sum(({ at }) => at.length),
          sum(({ told }) => told),
          sum(({ lookUps }) => lookUps),
          having('twice'),
          having('left out'),
          having('after STOP'),
        ],
      ],
    ),
    '',
    aim(`nothing wrong with any resident or ledger, got ${wrong.length}`, wrong.length === 0),
  ].join('\n');
};
