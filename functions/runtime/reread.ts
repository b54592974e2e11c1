/**
 * What staff change and every turn needs, few enough to be read whole: from the store when an instance starts, and again
 * once in a while. A turn never fails for want of news; it does where nothing was ever read.
 */
import { describe, type Log } from './log.ts';
import { REFRESH_EVERY } from './shelf.ts';

export interface Reread<Made> {
  /** What is known now. */
  current(): Made;
  /** What was read too long ago is read again. Throws only where nothing was ever read. */
  ready(): Promise<void>;
  /** Reads it at once. Throws where the store does. */
  refresh(): Promise<void>;
}

interface Parts<Made> {
  read(): Promise<Made>;
  none: Made;
  /** What it is, for the log. */
  what: string;
  now(): Date;
  /** Seconds. */
  every?: number;
  log: Log;
}

export function createReread<Made>({
  read,
  none,
  what,
  now,
  every = REFRESH_EVERY,
  log,
}: Parts<Made>): Reread<Made> {
  let known = none;
  let loaded = false;
  let looked = 0;
  let reading: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    reading ??= read()
      .then((made) => {
        known = made;
        loaded = true;
        looked = now().getTime();
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return {
    current: () => known,
    refresh,
    async ready() {
      const age = now().getTime() - looked;
      if (loaded && age < every * 1000 && age >= 0) return;
      try {
        await refresh();
      } catch (error) {
        if (!loaded) throw error;
        looked = now().getTime();
        log.error('unrefreshed', { what, ...describe(error) });
      }
    },
  };
}
