/**
 * What the city announces, said to one resident: whether it may be, in which words, and that it counts. An announcement
 * is a turn like any other, so that consent, STOP and the cap of a week hold because there is no second way.
 */

import type { About } from './announced.ts';
import { announcedText, numberIn, writtenText } from './announcement.ts';
import type { City } from './city.ts';
import type { Event } from './events.ts';
import { surveyTold } from './first-words.ts';
import { DAY, inParis } from './hours.ts';
import { isOn, takesQuestions } from './live.ts';
import { sayLive } from './live-conversation.ts';
import type { Moment } from './moment.ts';
import { introduce } from './relieved.ts';
import type { Session } from './session.ts';
import { beginSurvey } from './survey-begin.ts';
import { closeSurvey, isOpen } from './survey-steps.ts';
import { takesPeople } from './visit.ts';
import { sayVisit } from './visit-notices.ts';

type Announced = Extract<Event, { type: 'announced' }>;

/**
 * Why an announcement is not said to a resident:
 * - `stopped`, `no-consent`, `muted` they do not want it; `relieved` a person of the city is speaking with them
 * - `told` they have had it, at another address that became theirs
 * - `answered` its survey, `closed` its survey takes no answers
 * - `pressure` the week is full
 * - `changed` what they have done since leaves them out of whom it is for
 */
export const HELD = [
  'stopped',
  'no-consent',
  'muted',
  'relieved',
  'told',
  'answered',
  'closed',
  'pressure',
  'changed',
] as const;
export type Held = (typeof HELD)[number];

interface AboutEvent {
  id: string;
  open: boolean;
  about: About;
}

/** What of an announcement decides whether it is said. `open`: its survey takes answers today, what it says still holds. */
export interface AnnouncedFacts {
  announcement: string;
  kind: Announced['kind'];
  survey?: { key: string; open: boolean } | undefined;
  visit?: AboutEvent | undefined;
  live?: AboutEvent | undefined;
}

/** A week of pushes: today and the six days before. */
const WEEK = 7;

/** Undefined where it may be said; pure, so that what will be held can be counted beforehand. */
export function mayBeTold(
  session: Session,
  { announcement, kind, survey, visit, live }: AnnouncedFacts,
  now: Date,
  { limits }: Pick<City, 'limits'>,
): Held | undefined {
  const { consent, muted, relieved, ended } = session;
  const tied = isAskedFor(visit);
  const answer = visit && session.visits?.[visit.id]?.answer;
  if (consent === 'stopped') return 'stopped';
  // Whoever said that they come, asked something of a live or wanted its link has asked for what is said of that.
  const asked = isAskedFor(live);
  if (consent !== 'given' && !asked && !(tied && (answer === 'yes' || answer === 'waiting')))
    return 'no-consent';
  if (kind !== 'urgent' && muted?.includes(kind)) return 'muted';
  if (relieved && relieved.until > now.toISOString()) return 'relieved';
  if (wasTold(session, announcement)) return 'told';
  if (survey && ended[survey.key]?.end === 'done') return 'answered';
  if (visit?.about === 'invitation' && answer) return 'answered';
  // They have given their place back since the others were looked up, or have none yet.
  if (tied && (answer === 'no' || (visit?.about === 'reminder' && answer === 'waiting'))) return 'answered';
  if ([survey, visit, live].some((each) => each && !each.open)) return 'closed';
  if (kind !== 'urgent' && !tied && !asked && pushesOf(session, now) >= limits.pushesPerWeek)
    return 'pressure';
  return undefined;
}

/** Whether it was said to them within the last week. */
export const wasTold = ({ pushed = [] }: Pick<Session, 'pushed'>, announcement: string): boolean =>
  pushed.some((each) => each.endsWith(`#${numberIn(announcement)}`));

const ofThisWeek = ({ pushed = [] }: Session, now: Date): string[] => {
  const first = inParis(new Date(now.getTime() - (WEEK - 1) * DAY)).date;
  return pushed.filter((each) => each >= first);
};

/** What is said of a visit or a live to who takes part in it, which they have asked for. */
const isAskedFor = (about: AboutEvent | undefined): boolean =>
  about !== undefined && about.about !== 'invitation';

/** Behind the day of what was asked for: it is remembered as said, and takes nothing of the week from other news. */
const ASKED_FOR = '~';

const pushesOf = (session: Session, now: Date): number =>
  ofThisWeek(session, now).filter((each) => !each.includes(ASKED_FOR)).length;

/** Says it, or says nothing: then it has been a turn all the same, and whoever asks is told why by `mayBeTold`. */
export function announce(moment: Moment, event: Announced): void {
  const facts = factsOf(moment, event);
  if (mayBeTold(moment.session, facts, moment.now, moment.city)) return;
  const survey = event.kind === 'survey' ? surveyTold(moment.world.surveys, event) : undefined;
  // What was approved is not known here: no other words stand in for it.
  if (event.kind === 'survey' && !survey) return;
  const day = inParis(moment.now).date;
  const mark = isAskedFor(facts.visit) || isAskedFor(facts.live) ? ASKED_FOR : '';
  moment.set({
    pushed: [...ofThisWeek(moment.session, moment.now), `${day}${mark}#${numberIn(event.announcement)}`],
  });
  introduce(moment);
  // An SMS may carry it after all, where a person has several addresses.
  const channel = moment.session.linked ? 'sms' : moment.channel;
  // The answer to a question of theirs is no push: it says nothing of STOP.
  const isReply = event.question !== undefined;
  const text = isReply ? writtenText(event, moment.language) : announcedText(event, moment.language, channel);
  if (survey) beginSurvey(moment, survey, { mode: 'push', source: event.announcement, told: text });
  else if (event.visit !== undefined) sayVisit(moment, event, text);
  else if (event.live !== undefined) sayLive(moment, event, text);
  else moment.say(text);
}

/** As they are at a moment: a survey closes. */
export function factsOf(
  at: Pick<Moment, 'world' | 'now'>,
  {
    announcement,
    kind,
    survey: key,
    visit,
    live,
    about = 'invitation',
  }: Pick<Announced, 'announcement' | 'kind' | 'survey' | 'visit' | 'live' | 'about'>,
): AnnouncedFacts {
  if (live !== undefined) {
    const found = at.world.lives?.find((each) => each.live.id === live)?.live;
    const holds = about === 'cancelled' || about === 'answer' || about === 'refused';
    // An invitation asks for questions: behind the closing it would say what is no longer so.
    const open = holds || !found || (about === 'invitation' ? takesQuestions(found, at.now) : isOn(found));
    return { announcement, kind, live: { id: live, open, about } };
  }
  if (visit !== undefined) {
    const found = at.world.visits?.find(({ id }) => id === visit);
    // One that is not known here yet is by the next turn; what became of it can always be said.
    const open = about === 'cancelled' || about === 'report' || !found || takesPeople(found, at.now);
    return { announcement, kind, visit: { id: visit, open, about } };
  }
  if (kind !== 'survey') return { announcement, kind };
  const survey = at.world.surveys.latest(key ?? '');
  return {
    announcement,
    kind,
    survey: { key: key ?? '', open: survey !== undefined && isOpen(survey, at.now) },
  };
}

/** It was cancelled before it went out: it does not count, and the survey it was to begin is not waited for. */
export function recall(moment: Moment, event: Extract<Event, { type: 'recalled' }>): void {
  const { survey, visit, live, pushed = [] } = moment.session;
  if (visit?.source === event.announcement) moment.set({ visit: undefined });
  if (live?.source === event.announcement) moment.set({ live: undefined });
  const left = pushed.filter((each) => !each.endsWith(`#${numberIn(event.announcement)}`));
  moment.set({ pushed: left.length > 0 ? left : undefined });
  if (survey?.source !== event.announcement || survey.mode !== 'push') return;
  if (Object.keys(survey.answers).length === 0) moment.set({ survey: undefined });
  else closeSurvey(moment, 'expired');
}
