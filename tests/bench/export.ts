/**
 * The export: rows a CPU second and peak memory of our CSV, of csv-stringify and of cells joined as they are, each
 * through the same rows, each size in a process of its own.
 */
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { HEAPS, type HeapSize } from '../../infra/build/heaps.ts';
import { beside, bundle, inTemporaryFolder, interleaved, run } from './children.ts';
import type { Written } from './export/write.ts';
import { aim, at, best, type Part, rounded, table, times } from './report.ts';

const OURS = '**our CSV**';
const JOIN = 'cells joined as they are (floor)';
const STRINGIFY = 'csv-stringify, its own guard';
const READY = 'the same join, cells made beforehand';
const SHEETS = 'reading the sheets, no row made';
const BOOK = '**our workbook**, answers twice and open answers, started as the Lambda is';
const ANONYMOUS = 'the same of an anonymous survey';
const EXCELJS = "the same sheets, exceljs' stream writer";
const CAPPED = 'our CSV, started as the Lambda is';

const JOIN_AIM = 0.6;
const PEAK_AIM = 150;
const FLAT_AIM = 1.15;
const EXCELJS_AIM = 1.2;
/** A city's survey has not more: its answers are read, and mixed, and read again. */
const ANONYMOUS_SHARE = 0.3;

/** Puts another way of writing in the place of the export's own. */
const instead = (file: URL, filter = /\/export-csv\.ts$/): Plugin => ({
  name: 'instead',
  setup(build) {
    build.onResolve({ filter }, ({ importer }) =>
      importer.includes('/functions/') ? { path: beside(file) } : undefined,
    );
  },
});

export const exporting: Part = (quick, full) =>
  inTemporaryFolder(async (folder) => {
    const entry = new URL('./export/write.ts', import.meta.url);
    const through = (name: string, file?: URL): Promise<string> =>
      bundle(entry, folder, name, { slim: true, ...(file && { plugins: [instead(file)] }) });
    const ours = await through('ours');
    const join = await through('join', new URL('./export/join-csv.ts', import.meta.url));
    const stringify = await through('stringify', new URL('./export/stringify-csv.ts', import.meta.url));
    const exceljs = await bundle(entry, folder, 'exceljs', {
      slim: true,
      plugins: [instead(new URL('./export/exceljs-book.ts', import.meta.url), /\/xlsx-stream\.ts$/)],
    });
    const [small, large] = quick ? [1_000, 10_000] : [100_000, 1_000_000];
    const written = (rows: number, file: string, way = 'export', heap?: HeapSize) => {
      const about = { WAY: way, ROWS: String(rows), FILE: path.join(folder, 'written') };
      return (): Promise<Written> => run([file], about, heap);
    };
    const programs = (rows: number) => ({
      [OURS]: written(rows, ours),
      [CAPPED]: written(rows, ours, 'export', HEAPS.export),
      [JOIN]: written(rows, join),
      [STRINGIFY]: written(rows, stringify),
      [BOOK]: written(rows, ours, 'book', HEAPS.export),
      [ANONYMOUS]: written(rows * ANONYMOUS_SHARE, ours, 'anonymous', HEAPS.export),
      [EXCELJS]: written(rows, exceljs, 'book'),
      [READY]: written(rows, ours, 'ready'),
      [SHEETS]: written(rows, ours, 'sheets'),
    });
    const few = await interleaved(quick ? 1 : full ? 5 : 3, programs(small));
    const many = await interleaved(full ? 2 : 1, programs(large));
    return report([
      { rows: small, measured: few },
      { rows: large, measured: many },
    ]);
  });

interface Size {
  rows: number;
  measured: Record<string, Written[]>;
}

const rowsIn = ({ rows }: Size, name: string): number => (name === ANONYMOUS ? rows * ANONYMOUS_SHARE : rows);

function report(sizes: [Size, Size]): string {
  const cpu = ({ measured }: Size, name: string): number =>
    best(at(measured, name).map((each) => each.cpuSeconds));
  // The best again: what is above it is the collector's luck.
  const peak = ({ measured }: Size, name: string): number =>
    best(at(measured, name).map((each) => each.peakMb));
  const rate = (size: Size, name: string): number => rowsIn(size, name) / cpu(size, name);
  const lines = sizes.flatMap((size) =>
    Object.keys(size.measured).map((name) => [
      rowsIn(size, name).toLocaleString('en-GB'),
      name,
      rounded(cpu(size, name)),
      rounded(rate(size, name)),
      (rate(size, name) / rate(size, JOIN)).toFixed(2),
      rounded(peak(size, name)),
    ]),
  );
  const [few, many] = sizes;
  const joined = cpu(many, JOIN) / cpu(many, OURS);
  const growth = (name: string): number => peak(many, name) / peak(few, name);
  const text = `${many.rows.toLocaleString('en-GB')} rows`;
  return [
    table(['rows', 'written by', 'CPU s', 'rows a CPU second', 'to the floor', 'peak RSS MB'], lines),
    '',
    aim(`${text}: at least ${JOIN_AIM} of the join, got ${joined.toFixed(2)}`, joined >= JOIN_AIM),
    aim(
      `${text}: at least as fast as csv-stringify, got ${times(cpu(many, STRINGIFY) / cpu(many, OURS))}`,
      cpu(many, OURS) <= cpu(many, STRINGIFY),
    ),
    aim(`${text}: at most ${PEAK_AIM} MB, got ${rounded(peak(many, OURS))}`, peak(many, OURS) <= PEAK_AIM),
    aim(
      `flat, at most ${FLAT_AIM}x the peak of a tenth of the rows, got ${times(growth(OURS))}`,
      growth(OURS) <= FLAT_AIM,
    ),
    aim(
      `flat where it is started as the Lambda is, got ${times(growth(CAPPED))}`,
      growth(CAPPED) <= FLAT_AIM,
    ),
    aim(
      `${text}: the workbook at least ${EXCELJS_AIM}x as fast as exceljs' stream writer, got ${times(cpu(many, EXCELJS) / cpu(many, BOOK))}`,
      cpu(many, EXCELJS) >= EXCELJS_AIM * cpu(many, BOOK),
    ),
    aim(
      `${text}: the workbook at most ${PEAK_AIM} MB, got ${rounded(peak(many, BOOK))}; exceljs ${rounded(peak(many, EXCELJS))}`,
      peak(many, BOOK) <= PEAK_AIM,
    ),
    aim(
      `${rowsIn(many, ANONYMOUS).toLocaleString('en-GB')} rows of an anonymous survey: the workbook at most ${PEAK_AIM} MB, got ${rounded(peak(many, ANONYMOUS))}`,
      peak(many, ANONYMOUS) <= PEAK_AIM,
    ),
  ].join('\n');
}
