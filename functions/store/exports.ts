/** Exports that staff asked for, one item each, for a week (contacts: a day): who wants what, how far it is, what came of it. */
import * as z from 'zod';
import type { Db, Expression } from './db.ts';
import { EXPORTS, expiresAt, type Key, keys, LIFETIME } from './table.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a list of contacts is taken away for: staff choose one, and the log keeps it. */
export const PURPOSES = ['call', 'meet', 'check', 'move', 'authority'] as const;
export type Purpose = (typeof PURPOSES)[number];

const Exported = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answers'), survey: z.string() }),
  z.object({ kind: z.literal('contacts'), list: z.string(), purpose: z.enum(PURPOSES) }),
]);
/** The answers to a survey, or who is on a list. */
export type Exported = z.infer<typeof Exported>;

const Kept = z.object({
  sk: z.string(),
  who: z.string(),
  format: z.enum(EXPORT_FORMATS),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  at: z.string(),
  rows: z.number(),
  tries: z.number(),
  files: z.string().transform((names) => names.split('\n').filter(Boolean)),
  until: z.string().optional(),
  why: z.string().optional(),
  ttl: z.number(),
});

interface Job {
  /** When it was asked for, then something random: the newest comes last in the partition. */
  id: string;
  /** The agent's address at the city. */
  who: string;
  format: ExportFormat;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** ISO, UTC: when it was asked for. */
  at: string;
  /** Answers or contacts written so far. */
  rows: number;
  /** How often it was begun. */
  tries: number;
  /** Names of the files, once it is done. */
  files: string[];
  /** ISO, UTC: when its files can be fetched no longer. */
  until?: string;
  /** Why it failed: French, as a sentence begins after a colon. */
  why?: string;
}
export type ExportJob = Job & Exported;
type Wanted = Pick<Job, 'who' | 'format'> & Exported;

export const isOver = ({ state }: Pick<Job, 'state'>): boolean => state === 'done' || state === 'failed';

export interface ExportStore {
  /**
   * `fresh`: for one caller alone, who hands it on. Whoever asks for the same while it is on its way, be it at the same
   * instant, gets the one that is there.
   */
  ask(job: Wanted, random: string, now: Date): Promise<{ job: ExportJob; fresh: boolean }>;
  /** Undefined: none, or its time is over. */
  find(id: string, now: Date): Promise<ExportJob | undefined>;
  /** Newest first; `before`: the id of the last one seen. */
  latest(most: number, now: Date, before?: string): AsyncGenerator<ExportJob>;
  /** One try more, from nothing. Undefined where it is over already, or another has just begun it. */
  begin(id: string, now: Date): Promise<ExportJob | undefined>;
  told(id: string, rows: number): Promise<void>;
  done(id: string, made: { rows: number; files: string[]; until: Date }): Promise<void>;
  failed(id: string, why: string): Promise<void>;
  /** Its files can be fetched until then. False where it is not done. */
  open(id: string, until: Date): Promise<boolean>;
}

/** Others that begin and end between two looks. */
const ROUNDS = 5;

const jobOf = (item: unknown, now: Date): ExportJob | undefined => {
  const { sk, ttl, until, why, ...job } = Kept.parse(item);
  // An item may outlive its time by two days before DynamoDB sweeps it.
  if (ttl * 1000 <= now.getTime()) return undefined;
  return {
    ...job,
    ...Exported.parse(item),
    id: sk,
    ...(until !== undefined && { until }),
    ...(why !== undefined && { why }),
  };
};

const slotOf = (job: Wanted): Key =>
  keys.exportSlot([
    job.who,
    job.kind,
    ...(job.kind === 'answers' ? [job.survey] : [job.list, job.purpose]),
    job.format,
  ]);

export function createExportStore(db: Db): ExportStore {
  const set = (id: string, values: Record<string, string | number>, holds: string, held = {}) => {
    const names = Object.keys(values);
    return db.update(keys.exportJob(id), `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`, {
      text: holds,
      names: { '#state': 'state', ...Object.fromEntries(names.map((name) => [`#${name}`, name])) },
      values: { ...Object.fromEntries(names.map((name) => [`:${name}`, values[name] as string])), ...held },
    });
  };
  /** The id of the job that has this slot now: `id`, where none was on its way. Undefined: another came between. */
  const take = async (slot: Key, id: string, now: Date): Promise<string | undefined> => {
    const item = { ...slot, job: id, ttl: expiresAt(now, LIFETIME.exportSlot) };
    const free = {
      text: 'attribute_not_exists(pk) OR #ttl <= :now',
      names: { '#ttl': 'ttl' },
      values: { ':now': expiresAt(now, 0) },
    };
    if (await db.put(item, free)) return id;
    const held = await db.get(slot);
    if (!held) return undefined;
    const job = await db.get(keys.exportJob(String(held.job)));
    if (!job || !isOver({ state: Kept.parse(job).state })) return String(held.job);
    // Its maker ended between the job and the slot.
    return (await db.put(item, holdsSlot(String(held.job)))) ? id : undefined;
  };
  const holdsSlot = (id: string): Expression => ({
    text: '#job = :job',
    names: { '#job': 'job' },
    values: { ':job': id },
  });
  const free = async (id: string): Promise<void> => {
    const item = await db.get(keys.exportJob(id));
    if (item) await db.deleteWhere(slotOf({ ...Kept.parse(item), ...Exported.parse(item) }), holdsSlot(id));
  };
  const RUNNING = '#state = :running';
  const running = { ':running': 'running' };
  return {
    async ask(job, random, now) {
      const at = now.toISOString();
      const wished = `${at.replace(/[-:.]/g, '')}-${random}`;
      const asked = { ...job, state: 'waiting', at, rows: 0, tries: 0 } as const;
      const ttl = expiresAt(now, job.kind === 'contacts' ? LIFETIME.contactsJob : LIFETIME.exportJob);
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = await take(slotOf(job), wished, now);
        if (id === undefined) continue;
        // Whoever gets it written hands it on: the one who took the slot may have died before.
        const fresh = await db.put(
          { ...keys.exportJob(id), ...asked, files: '', ttl },
          { text: 'attribute_not_exists(pk)' },
        );
        if (fresh) return { job: { ...asked, id, files: [] }, fresh };
        const there = await this.find(id, now);
        if (there) return { job: there, fresh };
      }
      throw new Error(`others asked for this export ${ROUNDS} times meanwhile: try again`);
    },
    async find(id, now) {
      const item = await db.get(keys.exportJob(id));
      return item && jobOf(item, now);
    },
    async *latest(most, now, before) {
      for await (const item of db.latest(EXPORTS, most, before)) {
        const job = jobOf(item, now);
        if (job) yield job;
      }
    },
    async begin(id, now) {
      const job = await this.find(id, now);
      if (!job || job.state === 'done' || job.state === 'failed') return undefined;
      const tries = job.tries + 1;
      const mine = await set(id, { state: 'running', rows: 0, tries }, '#state = :was AND #tries = :before', {
        ':was': job.state,
        ':before': job.tries,
      });
      return mine ? { ...job, state: 'running', rows: 0, tries } : undefined;
    },
    async told(id, rows) {
      await set(id, { rows }, RUNNING, running);
    },
    async done(id, { rows, files, until }) {
      const made = { state: 'done', rows, files: files.join('\n'), until: until.toISOString() };
      await set(id, made, RUNNING, running);
      await free(id);
    },
    async failed(id, why) {
      await set(id, { state: 'failed', why }, 'attribute_exists(pk)');
      await free(id);
    },
    open: (id, until) => set(id, { until: until.toISOString() }, '#state = :done', { ':done': 'done' }),
  };
}
