/**
 * What others may want to know of: someone joined, stopped, finished a survey, asked to be called, is in danger. Made of a turn's
 * effects; holds no address, no name, no text, nothing that says who.
 */
import type { Pending } from '../store/turns.ts';

/**
 * `id` is the same however often it is published: who listens counts it once.
 *
 * @example { "type": "survey-ended", "id": "x8Kq2aB0_z.0", "at": "2026-11-23T09:00:00.000Z", "survey": "square", "end": "done" }
 * @example { "type": "stopped", "id": "x8Kq2aB0_z.1", "at": "2026-11-23T09:00:00.000Z" }
 */
export interface DomainEvent {
  type: 'joined' | 'stopped' | 'resumed' | 'survey-ended' | 'call-asked' | 'alarm' | 'erased';
  id: string;
  at: string;
  list?: string;
  survey?: string;
  end?: string;
  /** Of an alarm: `self` or `violence`. */
  danger?: string;
}

export interface Announcer {
  publish(event: DomainEvent): Promise<void>;
}

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
