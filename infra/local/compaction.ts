/**
 * Makes deletion real on this machine: LevelDB keeps deleted values in its files until it compacts them. dynalite
 * does not give its database away, so it is handed a class that remembers the instances made of it.
 */
import { createRequire } from 'node:module';

interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
  put(key: string, value: unknown): Promise<void>;
  del(key: string): Promise<void>;
  compactRange?(start: string, end: string): Promise<void>;
}
type DatabaseClass = { new (...options: unknown[]): Database; prototype: Database };

const opened: Database[] = [];
const require = createRequire(import.meta.url);
const level = createRequire(require.resolve('dynalite'))('level') as { Level: DatabaseClass };
const Level = level.Level;
level.Level = class extends Level {
  constructor(...options: unknown[]) {
    super(...options);
    opened.push(this);
  }
};

/** Loads dynalite with the class above, and says which database it opened last. */
export const loadDynalite = () => require('dynalite') as typeof import('dynalite');
export const lastOpened = (): Database | undefined => opened.at(-1);

const FIRST = '\u0001';
const LAST = '\uffff';

/**
 * Rewrites every file of the database without what was deleted or overwritten. LevelDB leaves the files of its last
 * level alone unless newer ones overlap them: two marks at the ends of the key range make them overlap, twice, since
 * the first round may only bring everything down to that level.
 */
export async function compact(database: Database): Promise<void> {
  // dynalite replaces methods of its instance; these are the database's own.
  const own = Level.prototype;
  // It also leaves iterators open, and what an iterator may still see is kept: reopening ends them all. No request
  // may come meanwhile (store.ts holds them).
  await own.close.call(database);
  await own.open.call(database);
  for (let round = 0; round < 2; round += 1) {
    for (const key of [FIRST, LAST]) await own.put.call(database, key, round);
    await own.compactRange?.call(database, FIRST, LAST);
  }
  for (const key of [FIRST, LAST]) await own.del.call(database, key);
}
