/**
 * What others may want to know of: someone joined, stopped, finished a survey, asked to be called, is in danger. Made of a turn's
 * effects; holds no address, no name, no text, nothing that says who.
 */
import { HOUR } from '../../conversations/hours.ts';
import type { LeaseStore } from '../store/leases.ts';
import type { Pending } from '../store/turn-item.ts';

/**
 * `id` is the same however often it is published: who listens counts it once.
 *
 * @example { "type": "survey-ended", "id": "x8Kq2aB0_z.0", "at": "2026-11-23T09:00:00.000Z", "survey": "square", "end": "done" }
 * @example { "type": "stopped", "id": "x8Kq2aB0_z.1", "at": "2026-11-23T09:00:00.000Z" }
 */
export interface DomainEvent {
  type:
    | 'joined'
    | 'stopped'
    | 'resumed'
    | 'survey-ended'
    | 'call-asked'
    | 'alarm'
    | 'erased'
    | 'delivery'
    | 'exported';
  id: string;
  at: string;
  list?: string;
  survey?: string;
  end?: string;
  /** Of an alarm: `self` or `violence`. */
  danger?: string;
  /** Of a delivery. */
  channel?: string;
  state?: string;
  cause?: string;
}

/**
 * Something a member of staff has to look at; `what` is a word of ours or a provider's code, never who.
 *
 * @example { "kind": "channel-stopped", "at": "2026-11-23T09:00:00.000Z", "what": "twilio-sms-20003" }
 */
export interface Alarm {
  kind: 'channel-stopped' | 'spending-cap' | 'refused' | 'danger';
  at: string;
  what: string;
}

export interface Announcer {
  publish(event: DomainEvent): Promise<void>;
  /** Never throws: that staff cannot be told is logged, and stops nothing. Told once an hour for the same thing. */
  alarm(alarm: Alarm): Promise<void>;
}

/** The same alarm is told once an hour: a thousand residents behind it are one trouble. */
export const onceAnHour = (announcer: Announcer, leases: LeaseStore, now: () => Date): Announcer => ({
  publish: (event) => announcer.publish(event),
  async alarm(alarm) {
    const name = `alarm-${alarm.kind}-${alarm.what}-${now().toISOString().slice(0, 13)}`;
    const until = new Date(now().getTime() + HOUR);
    const first = await leases.take({ name, most: 1, block: 1, until }, 1).catch(() => true);
    if (first) await announcer.alarm(alarm);
  },
});

/** The domain events of a turn; most turns have none. */
export function eventsOf(turn: Pending): DomainEvent[] {
  return turn.effects.flatMap((effect, index): DomainEvent[] => {
    const about = { id: `${turn.event}.${index}`, at: turn.at };
    switch (effect.type) {
      case 'subscribe':
        return [{ type: 'joined', ...about, list: effect.list }];
      case 'consent':
        return effect.kind === 'given' ? [] : [{ type: effect.kind, ...about }];
      case 'record':
        return [{ type: 'survey-ended', ...about, survey: effect.sheet.survey, end: effect.sheet.end }];
      case 'call':
        return [{ type: 'call-asked', ...about }];
      case 'keep':
        return effect.alarm ? [{ type: 'alarm', ...about, danger: effect.alarm }] : [];
      case 'erase':
        return [{ type: 'erased', ...about }];
      default:
        return [];
    }
  });
}
