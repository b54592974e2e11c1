/**
 * Whether a provider may be used: stopped as a whole where credentials, sender or account are refused, and tried
 * again with one message after a while. The queue is kept meanwhile.
 */
import { MINUTE } from '../../conversations/hours.ts';
import type { Db } from './db.ts';
import { keys } from './table.ts';

/** A provider on one channel, `twilio-sms`: what is wrong with one sender need not be wrong with the other. */
export type Lane = string;

/** One message goes out as a trial after this long. */
const TRIAL_AFTER = 5 * MINUTE;
/** What an instance remembers of a provider's state, so that not every message asks. */
const REMEMBER = 10_000;

export interface ChannelStore {
  /** `open`, `stopped`, or `trial`: stopped, and this one message may try. */
  state(lane: Lane): Promise<'open' | 'stopped' | 'trial'>;
  /** True where it was open until now: then staff are to be told. */
  stop(lane: Lane, code: string): Promise<boolean>;
  /** True where it was stopped until now. */
  resume(lane: Lane): Promise<boolean>;
  /** Without asking: this instance has seen it open a moment ago. */
  isOpen(lane: Lane): boolean;
  why(lane: Lane): Promise<{ code: string; at: string } | undefined>;
}

export function createChannelStore(db: Db, now: () => Date): ChannelStore {
  const known = new Map<Lane, { stopped: boolean; asked: number }>();
  const remember = (lane: Lane, stopped: boolean): void => {
    known.set(lane, { stopped, asked: now().getTime() });
  };
  return {
    async state(lane) {
      const memory = known.get(lane);
      const age = now().getTime() - (memory?.asked ?? 0);
      if (memory && !memory.stopped && age >= 0 && age < REMEMBER) return 'open';
      const item = await db.get(keys.channel(lane));
      const stopped = item?.state === 'stopped';
      remember(lane, stopped);
      if (!item || !stopped) return 'open';
      if (now().getTime() - Date.parse(String(item.tried)) < TRIAL_AFTER) return 'stopped';
      const mine = await db.update(keys.channel(lane), 'SET tried = :now', {
        text: '#state = :stopped AND tried = :tried',
        names: { '#state': 'state' },
        values: { ':now': now().toISOString(), ':tried': String(item.tried), ':stopped': 'stopped' },
      });
      return mine ? 'trial' : 'stopped';
    },
    async stop(lane, code) {
      const at = now().toISOString();
      remember(lane, true);
      const fresh = await db.put(
        { ...keys.channel(lane), state: 'stopped', code, at, tried: at },
        {
          text: 'attribute_not_exists(pk) OR #state = :open',
          names: { '#state': 'state' },
          values: { ':open': 'open' },
        },
      );
      return fresh;
    },
    async resume(lane) {
      remember(lane, false);
      return db.update(keys.channel(lane), 'SET #state = :open', {
        text: '#state = :stopped',
        names: { '#state': 'state' },
        values: { ':open': 'open', ':stopped': 'stopped' },
      });
    },
    isOpen: (lane) => known.get(lane)?.stopped === false,
    async why(lane) {
      const item = await db.get(keys.channel(lane));
      return item?.state === 'stopped' ? { code: String(item.code), at: String(item.at) } : undefined;
    },
  };
}
