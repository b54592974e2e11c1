/**
 * The log of what staff changed of the city's file: every item is one line of it and never changes. One partition, read
 * as the log of surveys is: whole when an instance starts, then once a minute what came after.
 */
import { Entry, type Numbered } from '../../conversations/settings.ts';
import type { Db } from './db.ts';
import { keys, SETTINGS } from './table.ts';

export interface SettingsLog {
  /** What stands behind a line, 0 for everything. `entry` is missing where a version wrote it that knew more than we do. */
  since(number: number): AsyncGenerator<{ number: number; entry?: Numbered }>;
  /** Writes the line with this number. False where another has: nothing was written. */
  write(number: number, entry: Entry): Promise<boolean>;
}

export const createSettingsLog = (db: Db): SettingsLog => ({
  async *since(after) {
    for await (const item of db.query(SETTINGS, keys.setting(after).sk)) {
      const number = Number(item.sk);
      const read = Entry.safeParse(JSON.parse(String(item.entry)));
      yield { number, ...(read.success && { entry: { ...read.data, number } }) };
    }
  },
  write: (number, entry) =>
    db.put({ ...keys.setting(number), entry: JSON.stringify(entry) }, { text: 'attribute_not_exists(pk)' }),
});
