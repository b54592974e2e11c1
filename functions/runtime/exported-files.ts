/** Where exports lie for a week: a bucket, or a folder of the local host. A key is "job/file name". */
import type { ExportFormat } from '../store/exports.ts';
import type { Sink } from './export-csv.ts';
import type { Answer } from './http.ts';

/** Seconds that what was exported can be fetched, until staff ask for a new link. */
export const LINK_SECONDS = 900;

export const EXPORT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface ExportSinks {
  /** `kept` resolves once all of it lies there; until then nothing does, or what was there before. */
  open(key: string, type: string): { sink: Sink; kept: Promise<unknown> };
}

export interface ExportLinks {
  /** What hands the file over, under `name`; undefined where it is known to be gone. */
  handOver(key: string, name: string, type: string): Promise<Answer | undefined>;
}
