/** That a sheet has changed and is to be counted again (`tallies.ts`). */
import type { Db } from './db.ts';
import { shardOf, uncounted } from './table.ts';

export interface MarkStore {
  /**
   * After each change of a sheet, or what may have been one. `change` is another for each: who counts takes away the
   * marks that it saw, and no later one.
   */
  mark(survey: string, name: string, change: string): Promise<void>;
}

export const createMarkStore = (db: Db): MarkStore => ({
  async mark(survey, name, change) {
    await db.put({ pk: uncounted(survey, shardOf(name)), sk: `${name}#${change}` });
  },
});
