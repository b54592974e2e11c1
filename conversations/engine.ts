/**
 * The only place where a conversation moves: `(session, event, now) → (session, effects)`. Pure: no clock, no
 * randomness, no I/O; the same input gives the same output, and the input is left as it was.
 */

import { announce, recall } from './announce.ts';
import { dropTails } from './burst.ts';
import { echo } from './echo.ts';
import { enrol, remove } from './enrol.ts';
import { forget } from './erase.ts';
import type { Effect, Event } from './events.ts';
import { hearMessage, rest } from './hear.ts';
import { HOUR } from './hours.ts';
import { isoOf, timeOf } from './instant.ts';
import { link, tie } from './link.ts';
import { Moment, type World } from './moment.ts';
import { correctProfile, doRequested } from './on-behalf.ts';
import { introduce, relieve, relievedUntil, remember } from './relieved.ts';
import { REMINDER_HOURS, type Session } from './session.ts';
import { resume, stop } from './stop.ts';
import { beginSurvey } from './survey-begin.ts';
import { wakeSurvey } from './survey-conversation.ts';
import { definition, upToDate } from './survey-questions.ts';
import { isOpen, surveyDue } from './survey-steps.ts';
import { sayTest } from './try-out.ts';
import { unsay } from './unsay.ts';
import { pruneVisits } from './visit-answers.ts';
import { sayMovedUp } from './visit-notices.ts';
import { visitDue, wakeVisit } from './visit-silence.ts';
import { finishJoin } from './welcome.ts';

export interface Turn {
  session: Session;
  effects: Effect[];
}
export type TakeTurn = (session: Session, event: Event, now: Date) => Turn;

/** The engine of one city. The turn it returns never throws on anything a resident can send. */
export function createEngine(world: World): TakeTurn {
  return (session, event, now) => {
    const moment = new Moment(world, upToDate(session, world.surveys), event, now);
    dropTails(moment);
    const wake = move(moment, event);
    if (moment.claim) return { session, effects: [{ type: 'ask', claim: moment.claim }] };
    if (isUnasked(event) && moment.hasSaid) {
      const { visit, live } = moment.session;
      // What was asked just now is what is answered next.
      rest(moment, {
        visit: visit !== session.visit ? visit : undefined,
        live: live !== session.live ? live : undefined,
      });
    }
    echo(moment, session);
    pruneVisits(moment);
    remember(moment);
    moment.set({ due: nextDue(moment, wake) });
    return { session: prune(moment.session), effects: moment.effects };
  };
}

/** What we say then answers nobody, and asks something new. */
const isUnasked = ({ type }: Event): boolean => type !== 'said' && type !== 'linked' && type !== 'tested';

function move(moment: Moment, event: Event): Date | undefined {
  switch (event.type) {
    case 'said':
      moment.set({
        channel: event.channel === 'sms' ? undefined : event.channel,
        heard: moment.at.slice(0, 10),
      });
      introduce(moment);
      hearMessage(moment, event);
      return undefined;
    case 'linked':
      moment.set({ heard: moment.at.slice(0, 10) });
      introduce(moment);
      link(moment, event);
      return undefined;
    case 'tied':
      tie(moment, event);
      return undefined;
    case 'unsaid':
      unsay(moment, event.of);
      return undefined;
    case 'relieved':
      relieve(moment, event);
      return undefined;
    case 'waited':
      return wake(moment);
    case 'invited': {
      const survey = moment.world.surveys.latest(event.survey);
      const answered = survey && moment.session.ended[survey.key]?.end === 'done';
      // Nobody is told unasked that they have answered already, or that it is too late.
      const muted = moment.session.muted?.includes('survey');
      if (survey && moment.session.consent === 'given' && !muted && !answered && isOpen(survey, moment.now)) {
        introduce(moment);
        beginSurvey(moment, survey, { mode: 'push', ...(event.source && { source: event.source }) });
      }
      return undefined;
    }
    case 'announced':
      announce(moment, event);
      return undefined;
    case 'tested':
      sayTest(moment, event);
      return undefined;
    case 'movedUp':
      sayMovedUp(moment, event);
      return undefined;
    case 'recalled':
      recall(moment, event);
      return undefined;
    case 'stopped':
      if (moment.session.consent !== 'stopped') stop(moment, { quiet: true });
      return undefined;
    case 'resumed':
      resume(moment, { quiet: true });
      return undefined;
    case 'retired':
      forget(moment);
      return undefined;
    case 'enrolled':
      enrol(moment, event);
      return undefined;
    case 'removed':
      remove(moment, event);
      return undefined;
    case 'requested':
      doRequested(moment, event);
      return undefined;
    case 'corrected':
      correctProfile(moment, event);
      return undefined;
  }
}

/** Time has passed. Who said OUI and then no more is on the list; a survey reminds once, then ends. */
function wake(moment: Moment): Date | undefined {
  const { join, survey, consent } = moment.session;
  if (consent === 'stopped') return undefined;
  if (join && moment.now >= joinDue(join.last)) {
    if (join.step === 'language' || join.step === 'age') finishJoin(moment);
    else moment.set({ join: undefined });
  }
  // No reminder into a conversation between two people.
  const next = survey ? (relievedUntil(moment) ?? wakeSurvey(moment)) : undefined;
  wakeVisit(moment);
  return next;
}

const joinDue = (last: string): Date => new Date(timeOf(last) + REMINDER_HOURS * HOUR);

/**
 * When to be woken. A time that is already set and comes no later is left as it is: the index then changes only
 * when a survey begins and ends, not with every answer (a changed index key costs two more write units).
 */
function nextDue(moment: Moment, wake: Date | undefined): string | undefined {
  const { join, survey, consent, due } = moment.session;
  if (consent === 'stopped') return undefined;
  const visit = visitDue(moment);
  if (!survey && !join && !visit) return undefined;
  const remindAfter = survey && definition(moment, survey)?.remindAfter;
  const first = Math.min(
    survey ? (wake ?? surveyDue(survey, remindAfter)).getTime() : Number.POSITIVE_INFINITY,
    join ? joinDue(join.last).getTime() : Number.POSITIVE_INFINITY,
    visit?.getTime() ?? Number.POSITIVE_INFINITY,
  );
  const set = due ? timeOf(due) : Number.NaN;
  return set <= first && set > moment.now.getTime() ? due : isoOf(first);
}

/** Fields without a value are left out, so that a session equals itself after a round through the store. */
function prune(session: Session): Session {
  let pruned = without(session);
  for (const part of PARTS) {
    const before = pruned[part];
    const after = before && without(before);
    if (after !== before) pruned = { ...pruned, [part]: after };
  }
  return pruned;
}

const PARTS = ['join', 'survey', 'amend', 'visit', 'live', 'aside'] as const;

/** The same object where there is nothing to leave out. */
function without<T extends object>(value: T): T {
  for (const key in value) if (value[key] === undefined) return kept(value);
  return value;
}

/** A loop: `Object.entries` and back would be the dearest step of a turn. */
function kept<T extends object>(value: T): T {
  const made = {} as T;
  for (const key in value) if (value[key] !== undefined) made[key] = value[key];
  return made;
}
