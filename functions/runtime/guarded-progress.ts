/**
 * How far an announcement has come, for who sees no resident: one table whose cells add up to whom it is for. Nothing
 * else that adds up to any of them is told beside it, else a count of few would follow.
 */
import { guardedTable, type Shown } from '../../conversations/small-counts.ts';
import type { Progress } from '../store/ledger.ts';

/** Sent, handed to the provider or on the phone. */
export const outOf = ({ states }: Progress): number =>
  (states.accepted ?? 0) + (states.sent ?? 0) + (states.delivered ?? 0) + (states.unknown ?? 0);

export interface GuardedProgress {
  delivered: Shown;
  unconfirmed: Shown;
  failed: Shown;
  held: Shown;
  /** Still to come, or taken back. */
  rest: Shown;
  /** Whether every cell is told, so that a sum of theirs tells nothing more. */
  whole: boolean;
}

export function guardedProgress(progress: Progress): GuardedProgress {
  const { planned, states } = progress;
  const [out, delivered, lost, kept] = [
    outOf(progress),
    states.delivered ?? 0,
    states.failed ?? 0,
    states.held ?? 0,
  ];
  const cells = guardedTable([delivered, out - delivered, lost, kept, planned - out - lost - kept]);
  const [told = 0, unconfirmed = 0, failed = 0, held = 0, rest = 0] = cells;
  return {
    ...{ delivered: told, unconfirmed, failed, held, rest },
    whole: cells.every((each) => typeof each === 'number'),
  };
}
