/**
 * Running numbers that residents are told (Q-77, D-0532): one after another in each series, and the same again for the
 * same message. A crash may leave a gap; no number is ever given twice.
 */
import type { Claim } from '../../conversations/claim.ts';
import type { Db } from './db.ts';
import { LeaseBusy } from './leases.ts';
import { expiresAt, keys } from './table.ts';

export type Series = Extract<Claim, { for: 'number' }>['series'];

export interface NumberStore {
  /** From 1. Throws `LeaseBusy` where too many ask at once: nothing is lost, it can be asked again. */
  next(series: Series, event: string, now: Date): Promise<number>;
}

/** As long as a message may come again, with room. */
const KEPT = 7 * 86_400;
/** A town asks a question a second at most; each round is one other that came first. */
const ROUNDS = 12;

export const createNumberStore = (db: Db): NumberStore => ({
  async next(series, event, now) {
    const mine = keys.numberOf(series, event);
    for (let round = 0; round < ROUNDS; round += 1) {
      const had = await db.get(mine);
      if (had) return Number(had.number);
      const key = keys.lastNumber(series);
      const last = Number((await db.get(key))?.last ?? 0);
      const raised = await db.put(
        { ...key, last: last + 1 },
        last === 0
          ? { text: 'attribute_not_exists(pk)' }
          : { text: '#last = :last', names: { '#last': 'last' }, values: { ':last': last } },
      );
      if (!raised) continue;
      const item = { ...mine, number: last + 1, ttl: expiresAt(now, KEPT) };
      if (await db.put(item, { text: 'attribute_not_exists(pk)' })) return last + 1;
    }
    throw new LeaseBusy(`the numbers of ${series} were taken too often`);
  },
});
