/** The host's clock: real time plus what staff have turned it forward. Survives a restart and never goes back. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Clock {
  now(): Date;
  /** Turns it to `target`. Throws RangeError where that would be going back. */
  turnTo(target: Date): void;
}

export function createClock(folder: string): Clock {
  const file = path.join(folder, 'clock.json');
  let offset = readOffset(file);
  const now = (): Date => new Date(Date.now() + offset);
  return {
    now,
    turnTo(target) {
      const ahead = target.getTime() - now().getTime();
      if (ahead < 0) throw new RangeError(`the clock never goes back: it is ${now().toISOString()}`);
      offset += ahead;
      writeFileSync(`${file}.tmp`, JSON.stringify({ offset }));
      renameSync(`${file}.tmp`, file);
    },
  };
}

function readOffset(file: string): number {
  try {
    const { offset } = JSON.parse(readFileSync(file, 'utf8')) as { offset: unknown };
    return typeof offset === 'number' && offset >= 0 ? offset : 0;
  } catch {
    return 0;
  }
}
