/**
 * Imports of contacts that are too long for a page, one item each for a day: who wants what, how far it is, what came of
 * its rows. No row of the file stands here; the file is kept enciphered apart (`kept-uploads.ts`).
 */
import * as z from 'zod';
import type { Db } from './db.ts';
import { expiresAt, IMPORTS, keys, LIFETIME } from './table.ts';

const STATES = ['trying', 'tried', 'importing', 'done', 'failed', 'dropped'] as const;

const Kept = z.object({
  sk: z.string(),
  who: z.string(),
  list: z.string(),
  state: z.enum(STATES),
  at: z.string(),
  rows: z.number(),
  next: z.number(),
  tries: z.number(),
  counts: z.string().transform((text) => z.record(z.string(), z.number()).parse(JSON.parse(text))),
  why: z.string().optional(),
  asked: z.string().optional(),
  ttl: z.number(),
});

export interface ImportJob {
  /** When it was asked for, then something random: the newest comes last in the partition. */
  id: string;
  /** The agent's address at the city: nobody else sees it. */
  who: string;
  list: string;
  /** `tried` waits for somebody to confirm. */
  state: (typeof STATES)[number];
  /** ISO, UTC: when it was asked for. */
  at: string;
  /** Of the file, without its headers. */
  rows: number;
  /** Rows that are done in this state, in the order of the file. */
  next: number;
  /** How often it was begun since it last got on. */
  tries: number;
  /** Of the rows that are done, by outcome. */
  counts: Record<string, number>;
  /** Why it failed: French, as a sentence begins after a colon. */
  why?: string;
  /** ISO, UTC: when a worker was last asked to do it. */
  asked: string;
}

export interface ImportStore {
  ask(job: Pick<ImportJob, 'id' | 'who' | 'list' | 'rows'>, now: Date): Promise<void>;
  /** Undefined: none, or its day is over. */
  find(id: string, now: Date): Promise<ImportJob | undefined>;
  /** Newest first. */
  latest(most: number, now: Date): AsyncGenerator<ImportJob>;
  /** One try more, from where it is. Undefined where there is nothing to do, or another has just begun it. */
  begin(id: string, now: Date): Promise<ImportJob | undefined>;
  /** A part of it is done. False where another was quicker, or it was dropped. */
  moved(job: ImportJob, to: number, counts: Record<string, number>): Promise<boolean>;
  finished(job: ImportJob): Promise<boolean>;
  /** From its trial to the import. False where it is not tried, or is already. */
  confirm(id: string, now: Date): Promise<boolean>;
  /** A worker is asked anew. False where one has begun meanwhile, or it is over. */
  askAgain(job: ImportJob, now: Date): Promise<boolean>;
  /** False where it is being imported, or is over. */
  drop(id: string): Promise<boolean>;
  failed(id: string, why: string): Promise<void>;
}

const AFTER = { trying: 'tried', importing: 'done' } as const;
export type Going = keyof typeof AFTER;
export const isGoing = (state: ImportJob['state']): state is Going => state in AFTER;

export const newImportId = (now: Date, random: string): string =>
  `${now.toISOString().replace(/[-:.]/g, '')}-${random}`;

export function createImportStore(db: Db): ImportStore {
  const set = (
    id: string,
    values: Record<string, string | number>,
    holds: string,
    held: Record<string, string | number>,
  ) => {
    const names = Object.keys(values);
    const used = [
      ...new Set([...names, ...['state', 'next', 'tries'].filter((name) => holds.includes(`#${name}`))]),
    ];
    return db.update(keys.importJob(id), `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`, {
      text: holds,
      names: Object.fromEntries(used.map((name) => [`#${name}`, name])),
      values: { ...Object.fromEntries(names.map((name) => [`:${name}`, values[name] as string])), ...held },
    });
  };
  const NONE = { next: 0, tries: 0, counts: '{}' };
  return {
    async ask({ id, who, list, rows }, now) {
      const ttl = expiresAt(now, LIFETIME.importJob);
      await db.put({
        ...keys.importJob(id),
        ...{ who, list, rows, ...NONE, state: 'trying', at: now.toISOString(), ttl },
      });
    },
    async find(id, now) {
      const item = await db.get(keys.importJob(id));
      return item && jobOf(item, now);
    },
    async *latest(most, now) {
      for await (const item of db.latest(IMPORTS, most)) {
        const job = jobOf(item, now);
        if (job) yield job;
      }
    },
    async begin(id, now) {
      const job = await this.find(id, now);
      if (!job || !isGoing(job.state)) return undefined;
      const { state, next, tries } = job;
      const mine = await set(id, { tries: tries + 1 }, '#state = :was AND #next = :at AND #tries = :before', {
        ...{ ':was': state, ':at': next, ':before': tries },
      });
      return mine ? { ...job, tries: tries + 1 } : undefined;
    },
    moved: ({ id, state, next }, to, counts) =>
      set(id, { next: to, tries: 0, counts: JSON.stringify(counts) }, '#state = :was AND #next = :at', {
        ...{ ':was': state, ':at': next },
      }),
    finished: ({ id, state, rows }) =>
      isGoing(state)
        ? set(id, { state: AFTER[state] }, '#state = :was AND #next = :at', { ':was': state, ':at': rows })
        : Promise.resolve(false),
    confirm: (id, now) =>
      set(id, { ...NONE, state: 'importing', asked: now.toISOString() }, '#state = :was', {
        ':was': 'tried',
      }),
    askAgain: ({ id, state }, now) =>
      set(id, { asked: now.toISOString() }, '#state = :was AND #next = :none AND #tries = :none', {
        ...{ ':was': state, ':none': 0 },
      }),
    drop: (id) =>
      set(id, { state: 'dropped' }, '#state = :trying OR #state = :tried', {
        ...{ ':trying': 'trying', ':tried': 'tried' },
      }),
    async failed(id, why) {
      await set(id, { state: 'failed', why }, '#state = :trying OR #state = :importing', {
        ...{ ':trying': 'trying', ':importing': 'importing' },
      });
    },
  };
}

function jobOf(item: unknown, now: Date): ImportJob | undefined {
  const { sk, ttl, why, asked, ...job } = Kept.parse(item);
  // An item may outlive its time by two days before DynamoDB sweeps it.
  if (ttl * 1000 <= now.getTime()) return undefined;
  return { ...job, id: sk, asked: asked ?? job.at, ...(why !== undefined && { why }) };
}
