/** Where exports lie: a bucket, or a folder of the local host. Answers for a week, contacts for a day. */
import type { ExportFormat, ExportJob } from '../store/exports.ts';
import type { Sink } from './export-csv.ts';
import type { Answer } from './http.ts';

/** Seconds that what was exported can be fetched, until staff ask for a new link. */
export const LINK_SECONDS = 900;

export const EXPORT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Before the keys of those that go after a day: what forgets old files goes by it. */
export const CONTACTS = 'contacts/';

/** "job/file name", behind `CONTACTS` where contacts stand in it. */
export const exportKey = ({ id, kind }: Pick<ExportJob, 'id' | 'kind'>, name: string): string =>
  `${kind === 'contacts' ? CONTACTS : ''}${id}/${name}`;

export interface ExportSinks {
  /** `kept` resolves once all of it lies there; until then nothing does, or what was there before. */
  open(key: string, type: string): { sink: Sink; kept: Promise<unknown> };
}

export interface ExportLinks {
  /** What hands the file over, under `name`; undefined where it is known to be gone. */
  handOver(key: string, name: string, type: string): Promise<Answer | undefined>;
}
