/** Plays drawn courses through the bare engine and checks every turn. */
import fc from 'fast-check';
import { createEngine, type TakeTurn } from '../../conversations/engine.ts';
import type { Effect, Event } from '../../conversations/events.ts';
import type { World } from '../../conversations/moment.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type Course, course, type Step } from './anything.ts';
import { saidIn, widerWorld } from './play.ts';

export interface Taken {
  before: Session;
  event: Event;
  now: Date;
  after: Session;
  effects: Effect[];
  said?: string;
}

function deepFreeze<T>(value: T): T {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** As long as the ids of real messages, which a text may carry. */
const idOf = (index: number): string => `m${String(index).padStart(9, '0')}`;

function eventOf(step: Exclude<Step, { kind: 'due' }>, id: string): Event {
  switch (step.kind) {
    case 'text':
      return { type: 'said', id, channel: 'sms', text: step.text };
    case 'woken':
      return { type: 'waited', id };
    case 'event':
      return { ...step.event, id };
  }
}

/** Every input is frozen, so that a turn that changes one throws. */
export function run(turn: TakeTurn, { start, steps }: Course): Taken[] {
  const all: Taken[] = [];
  let before = newSession('resident');
  let now = start;
  for (const [index, step] of steps.entries()) {
    const id = idOf(index);
    let event: Event = { type: 'waited', id };
    if (step.kind !== 'due') {
      now = new Date(now.getTime() + step.after);
      event = eventOf(step, id);
    } else if (before.due) now = new Date(Math.max(now.getTime(), Date.parse(before.due)));
    else continue;
    const { session: after, effects } = turn(deepFreeze(before), deepFreeze(event), now);
    all.push({ before, event, now, after, effects, said: saidIn({ effects }) });
    // What the store does with someone who was erased: what comes next comes from someone new.
    before = after.id === '' ? newSession(`resident${index}`) : after;
  }
  return all;
}

export const worlds: World[] = [localWorld(), widerWorld()];

/** Draws courses for the example city, then for one with every question type, and checks each turn of each. */
export function always(check: (taken: Taken, all: Taken[], world: World) => void, numRuns = 400): void {
  for (const world of worlds) {
    const turn = createEngine(world);
    fc.assert(
      fc.property(course, (drawn) => {
        const all = run(turn, drawn);
        for (const taken of all) check(taken, all, world);
      }),
      { numRuns },
    );
  }
}
