/**
 * What became of an announcement, reckoned from its ledger and from nothing else: a row is read once, whoever asks and
 * whenever. 200 bytes and half a read unit a row: for a million told some seconds and three cents, for staff who ask.
 */
import { type Announcement, announcedText } from '../../conversations/announcement.ts';
import { priceOn } from '../../conversations/announcement-price.ts';
import type { City } from '../../conversations/city.ts';
import type { Channel } from '../../conversations/events.ts';
import { parisTime } from '../../conversations/hours.ts';
import { sms } from '../../conversations/shape.ts';
import type { Provider } from '../channels/channel.ts';
import {
  addTo,
  hasReached,
  type LedgerStore,
  newProgress,
  type Progress,
  type Row,
} from '../store/ledger.ts';
import { shards } from '../store/table.ts';

/** A channel and a language; `unpriced` parts are those for which the city's file has no price. */
export interface ReportLine {
  channel: string;
  language: string;
  planned: number;
  reached: number;
  delivered: number;
  failed: number;
  held: number;
  replied: number;
  stopped: number;
  done: number;
  parts: number;
  euros: number;
  unpriced: number;
}

export interface Report {
  progress: Progress;
  /** By channel and language; they add up to the progress. */
  lines: ReportLine[];
}

export async function reportOf(
  announcement: Announcement,
  { ledger, city }: { ledger: Pick<LedgerStore, 'rows'>; city: City },
): Promise<Report> {
  const progress = newProgress();
  const lines = new Map<string, ReportLine>();
  for (const shard of shards)
    for await (const row of ledger.rows(announcement.number, shard)) {
      addTo(progress, row);
      const { channel = '', language = '' } = row;
      const name = `${channel} ${language}`;
      const line = lines.get(name) ?? newLine(channel, language);
      lines.set(name, added(line, row, announcement, city));
    }
  const sorted = [...lines].sort(([a], [b]) => a.localeCompare(b)).map(([, line]) => line);
  return { progress, lines: sorted.map((line) => ({ ...line, euros: Math.round(line.euros * 100) / 100 })) };
}

const newLine = (channel: string, language: string): ReportLine => ({
  channel,
  language,
  ...{ planned: 0, reached: 0, delivered: 0, failed: 0, held: 0, replied: 0, stopped: 0, done: 0 },
  ...{ parts: 0, euros: 0, unpriced: 0 },
});

function added(line: ReportLine, row: Row, announcement: Announcement, city: City): ReportLine {
  const { state } = row;
  const parts = partsOf(announcement, row);
  const channel = row.channel as Channel;
  const provider = (row.provider ?? PROVIDERS[channel]) as Provider;
  const price =
    parts > 0 ? priceOn(city, { channel, provider }, parisTime(new Date(row.at)).slice(0, 10)) : undefined;
  const one = (is: boolean): number => (is ? 1 : 0);
  return {
    ...line,
    planned: line.planned + 1,
    reached: line.reached + one(hasReached(row)),
    delivered: line.delivered + one(state === 'delivered'),
    failed: line.failed + one(state === 'failed'),
    held: line.held + one(state === 'held'),
    replied: line.replied + one(row.replied !== undefined),
    stopped: line.stopped + one(row.stopped !== undefined),
    done: line.done + one(row.done !== undefined),
    parts: line.parts + parts,
    euros: line.euros + parts * (price?.euros ?? 0),
    unpriced: line.unpriced + (price ? 0 : parts),
  };
}

/** Where a row does not say who took it: a receipt was quicker than the answer, or the answer was lost. */
const PROVIDERS: Record<Channel, Provider> = { sms: 'twilio', whatsapp: 'twilio', messenger: 'meta' };

/**
 * What is paid for: what a provider took, its failures afterwards among them. Where the row does not say how many parts
 * that were, it is the announcement's own text.
 */
function partsOf(announcement: Announcement, row: Row): number {
  if (row.parts !== undefined) return row.parts;
  if (!hasReached(row)) return 0;
  const { channel = 'sms', language = 'fr' } = row;
  return channel === 'sms' ? sms(announcedText(announcement, language, 'sms')).parts : 1;
}

export interface HeldRow {
  /** Our own id of the resident; undefined where they are gone. */
  resident?: string;
  why: string;
  at: string;
  language?: string;
}

/** Who was not told, and why, in no order. */
export async function* heldOf(
  number: number,
  {
    ledger,
    residentOf,
  }: {
    ledger: Pick<LedgerStore, 'rows'>;
    residentOf(hash: string): Promise<string | undefined>;
  },
): AsyncGenerator<HeldRow> {
  for (const shard of shards)
    for await (const { hash, state, why = '', at, language } of ledger.rows(number, shard)) {
      if (state !== 'held') continue;
      const resident = await residentOf(hash);
      yield { why, at, ...(language !== undefined && { language }), ...(resident && { resident }) };
    }
}
