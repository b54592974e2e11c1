/**
 * A program: exports so many answers to a file through the real functions/runtime/export-survey.ts and says what it
 * took; its store is a generator. Told by WAY, ROWS and FILE, since what starts the Lambdas takes the last argument for
 * the program. Another way of writing is bundled in the place of export-csv.ts (export.ts); `ready` joins rows whose
 * cells were made before.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Survey, surveyShelf } from '../../../conversations/survey.ts';
import type { Deps } from '../../../functions/runtime/deps.ts';
import { create } from '../../../functions/runtime/export-survey.ts';
import { exportWorkbook } from '../../../functions/runtime/export-workbook.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { createTestCity } from '../../support/city.ts';
import { exportOf, readCsv } from '../../support/exported.ts';
import { createMemoryDb } from '../../support/memory-db.ts';
import { pseudonymOf, sheetOf } from './sheets.ts';

export interface Written {
  cpuSeconds: number;
  peakMb: number;
}

const { WAY: way = '', ROWS: count = '0', FILE: file = '' } = process.env;
const total = Number(count);
const POOL = 4096;
const PIECE = 65_536;

/** A city whose store holds so many sheets of the survey, and nothing else. */
function depsWith(sheets: number, anonymous = false): Deps {
  const shipped = localWorld();
  const square = shipped.surveys.latest('square') as Survey;
  const world = { ...shipped, surveys: surveyShelf([anonymous ? { ...square, anonymous } : square]) };
  const { deps } = createTestCity(createMemoryDb(), { world });
  async function* all() {
    for (let index = 0; index < sheets; index += 1) yield sheetOf(index);
  }
  return { ...deps, sheets: { ...deps.sheets, all } };
}

/** The export's own cells, a few thousand rows over and over, each under its own pseudonym, joined. */
async function readyPieces(): Promise<() => Generator<string>> {
  const { texts } = await exportOf(depsWith(Math.min(total, POOL)));
  const answers = Object.entries(texts).find(([name]) => name.endsWith('_reponses.csv'))?.[1] as string;
  const [, ...pool] = readCsv(answers.slice(1));
  return function* pieces() {
    let piece = '';
    for (let index = 0; index < total; index += 1) {
      const cells = [...(pool[index % pool.length] as string[])];
      cells[1] = pseudonymOf(index);
      piece += `${cells.join(';')}\r\n`;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  };
}

function bookOf(deps: Deps): () => Promise<void> {
  const folder = mkdtempSync(`${file}-`);
  return async () => {
    await exportWorkbook(deps, { survey: 'square', folder }, createWriteStream(`${file}.xlsx`));
    rmSync(folder, { recursive: true });
  };
}

const ways: Record<string, () => Promise<() => Promise<unknown>>> = {
  async export() {
    const exportSurvey = create(depsWith(total));
    return () => exportSurvey('square', (name) => createWriteStream(`${file}-${name}`));
  },
  book: async () => bookOf(depsWith(total)),
  anonymous: async () => bookOf(depsWith(total, true)),
  async ready() {
    const pieces = await readyPieces();
    return () => pipeline(Readable.from(pieces()), createWriteStream(file));
  },
  /** The sheets alone: what making them costs in every other figure. */
  async sheets() {
    const { sheets } = depsWith(total);
    return async () => {
      let sum = 0;
      for await (const { pseudonym } of sheets.all('square')) sum += pseudonym.length;
      if (sum !== total * 22) throw new Error(`other pseudonyms, ${sum} characters`);
    };
  },
};

async function main(): Promise<void> {
  const prepare = ways[way];
  if (!prepare) throw new Error(`no way "${way}", there are: ${Object.keys(ways).join(', ')}`);
  const write = await prepare();
  const before = process.cpuUsage();
  await write();
  const { user, system } = process.cpuUsage(before);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakMb } satisfies Written));
}

main();
