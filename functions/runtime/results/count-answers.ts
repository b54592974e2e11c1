/**
 * Keeps the counts of surveys true to their sheets: what was marked is read again, and the sums change by what differs
 * from what was counted of it before. Any number of counters may run, and be killed anywhere.
 */
import { shards } from '../../store/table.ts';
import type { Added, Counting, Tally, TallyStore } from '../../store/tallies.ts';
import type { Deps } from '../deps.ts';
import { MissingRevision } from '../export-survey.ts';
import { apply } from './apply.ts';
import { contributionOf } from './tokens.ts';

type CountDeps = Pick<Deps, 'sheets' | 'world' | 'now'> & { tallies: TallyStore };

/** Sheets counted in one write of a tally. */
const BATCH = 50;

/**
 * Counts up to `most` changed sheets of each shard. Returns how many it counted; `left` where there are more, or where
 * another was counting.
 */
export async function countAnswers(
  deps: CountDeps,
  survey: string,
  most = Number.POSITIVE_INFINITY,
): Promise<{ counted: number; left: boolean }> {
  const each = await Promise.all(shards.map((shard) => countShard(deps, survey, shard, most)));
  return {
    counted: each.reduce((sum, { counted }) => sum + counted, 0),
    left: each.some(({ left }) => left),
  };
}

async function countShard(
  deps: CountDeps,
  survey: string,
  shard: string,
  most: number,
): Promise<{ counted: number; left: boolean }> {
  const { tallies } = deps;
  for (let counted = 0; ; ) {
    const waiting = await nextBatch(deps, survey, shard, Math.min(BATCH, most - counted));
    if (waiting.length === 0) return { counted, left: counted >= most };
    const before = await tallies.tally(survey, shard);
    await finish(deps, survey, shard, before);
    const batch: Counting[] = [];
    const sums = structuredClone(before.sums);
    for (const { name, marks } of waiting) {
      const [was, added] = await Promise.all([tallies.counted(survey, name), addedBy(deps, survey, name)]);
      apply(sums, was, -1);
      apply(sums, added, 1);
      batch.push({ name, added, marks });
    }
    const after: Tally = { version: before.version, sums, batch };
    if (!(await tallies.write(survey, shard, after))) return { counted, left: true };
    await finish(deps, survey, shard, { ...after, version: before.version + 1 });
    counted += batch.length;
  }
}

/** Marks by the sheet they are about. */
async function nextBatch(
  { tallies }: CountDeps,
  survey: string,
  shard: string,
  most: number,
): Promise<{ name: string; marks: string[] }[]> {
  const found: { name: string; marks: string[] }[] = [];
  if (most <= 0) return found;
  for await (const { name, mark } of tallies.marks(survey, shard)) {
    const last = found.at(-1);
    if (last?.name === name) last.marks.push(mark);
    else if (found.length === most) break;
    else found.push({ name, marks: [mark] });
  }
  return found;
}

/** Notes row by row what a tally has counted already; done again, it changes nothing. */
async function finish(
  { tallies, now }: CountDeps,
  survey: string,
  shard: string,
  { version, batch }: Tally,
): Promise<void> {
  for (const { name, added, marks } of batch) {
    await tallies.note(survey, name, added, version, now());
    for (const mark of marks) await tallies.unmark(survey, shard, mark);
  }
}

async function addedBy(
  { sheets, world }: CountDeps,
  survey: string,
  name: string,
): Promise<Added | undefined> {
  const sheet = await sheets.counts(survey, name);
  if (!sheet) return undefined;
  const revision = world.surveys.get(survey, sheet.revision);
  if (!revision) throw new MissingRevision(survey, sheet.revision);
  return contributionOf(sheet, revision);
}
