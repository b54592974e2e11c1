/**
 * Every quartier within a year: drafts for those that have no visit behind or ahead, spread over the twelve months to
 * come. Proposes only; staff complete each, and another person approves it like any other. Pure.
 */
import { type City, places } from './city.ts';
import { addDays, DAY, inParis, isPermittedDay, knowsHolidays, parisMoment, weekdayOf } from './hours.ts';
import { TO_COMPLETE, type Visit, type VisitDraft } from './visit.ts';
import { coverage } from './visit-acts.ts';

/** What it takes to look at a draft, approve it and invite people. */
const NOTICE_DAYS = 28;
const YEAR_DAYS = 365;
const WEEK = 7;
/** So far from its even share of the year a visit may be moved, in weeks, for the sake of another day. */
const WEEKS = 6;

export interface Proposed {
  draft: VisitDraft;
  /** The visit whose hour, host and places it has. */
  after: string;
  /** Nobody knows yet where people would meet. */
  incomplete: boolean;
}

export type Programme = { proposed: Proposed[] } | { refused: string };

/** `without`: ids of quartiers that are no place to visit. The quartier that has waited longest comes first; no two on one day, none on a Sunday or a public holiday. */
export function programme(
  city: City,
  visits: readonly Visit[],
  now: Date,
  without: readonly string[] = [],
): Programme {
  const ids = places(city)
    .map(({ id }) => id)
    .filter((id) => !without.includes(id));
  const missing = coverage(ids, visits, now)
    .filter(({ uncovered }) => uncovered)
    .sort((a, b) => (a.last ?? '').localeCompare(b.last ?? ''));
  if (missing.length === 0) return { proposed: [] };
  const earlier = visits
    .filter(({ state, quartier }) => state !== 'cancelled' && ids.includes(quartier))
    .sort((a, b) => a.day.localeCompare(b.day));
  const latest = earlier.at(-1);
  if (!latest)
    return {
      refused:
        "il n'y a encore aucune visite de quartier: écrivez la première (nouvelle), les autres prennent son heure, son hôte et ses places",
    };
  const taken = new Set(visits.filter(({ state }) => state !== 'cancelled').map(({ day }) => day));
  const step = (YEAR_DAYS - NOTICE_DAYS) / missing.length;
  const proposed: Proposed[] = [];
  for (const [index, { quartier }] of missing.entries()) {
    const own = earlier.filter((visit) => visit.quartier === quartier).at(-1);
    const model = own ?? latest;
    const wished = inParis(new Date(now.getTime() + (NOTICE_DAYS + step * (index + 0.5)) * DAY)).date;
    const day = dayNear(wished, model.day, taken, now);
    if (!day)
      return {
        refused: `aucun jour ne convient autour du ${wished}: jours fériés inconnus (complétez conversations/holidays-fr.json) ou jours déjà pris`,
      };
    taken.add(day);
    proposed.push({ draft: draftAfter(model, quartier, day), after: model.id, incomplete: !own });
  }
  return { proposed };
}

/** What may name the old day is left behind; where it is another quartier's, so is what is only true there. */
function draftAfter(model: Visit, quartier: string, day: string): VisitDraft {
  const { title, host, time, minutes, meeting, stops, capacity, transport } = model;
  const own = model.quartier === quartier;
  return {
    quartier,
    ...(own && title && { title }),
    host,
    day,
    time,
    minutes,
    meeting: own ? meeting : { name: TO_COMPLETE },
    stops: own ? stops : [],
    capacity,
    ...(own && transport && { transport }),
    texts: {},
  };
}

/** On the weekday of the model (a Saturday for a Sunday), as near as may be to `wished`, a week from any other where it can. */
function dayNear(wished: string, model: string, taken: ReadonlySet<string>, now: Date): string | undefined {
  const weekday = weekdayOf(model) || 6;
  const first = addDays(wished, ((weekday - weekdayOf(wished) + 10) % 7) - 3);
  const weeks = Array.from({ length: WEEKS }, (_, index) => [index, -index]).flat();
  const days = weeks
    .map((week) => addDays(first, week * WEEK))
    .filter((day) => parisMoment(day, '00:00') > now && knowsHolidays(day) && isPermittedDay(day));
  const alone = (day: string): boolean =>
    [...Array(WEEK).keys()].every(
      (away) => !taken.has(addDays(day, away)) && !taken.has(addDays(day, -away)),
    );
  return days.find(alone) ?? days.find((day) => !taken.has(day));
}
