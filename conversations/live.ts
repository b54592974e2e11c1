/**
 * A Facebook live as data: when it is, until when questions are taken, and what residents may do with it at a moment.
 * What may happen to it is in `live-acts.ts`, the questions that staff have looked at in `live-board.ts`.
 */
import * as z from 'zod';
import { ParisTime, Person } from './announcement.ts';
import type { City } from './city.ts';
import { faultsIn, invalid } from './faults.ts';
import { lastPermitted } from './follow-up.ts';
import {
  addDays,
  DAY,
  HOUR,
  inParis,
  knowsHolidays,
  MINUTE,
  nextPermitted,
  parisAt,
  parisMoment,
} from './hours.ts';
import type { Board } from './live-board.ts';
import { Texts } from './questions/type.ts';

/** Half a part: what is said around it must fit too. */
export const MAX_SUBJECT = 40;
/** How long a first name and who asked what are kept behind the live, so that answers find their askers. */
export const KEPT_DAYS = 30;

const Instant = z.iso.datetime();
const Signed = z.strictObject({ by: Person, at: Instant });

/** As it is printed in messages. */
export const Link = z
  .string()
  .regex(
    /^(https:\/\/)?[A-Za-z0-9.-]+\.[A-Za-z]{2,}(\/[^\s]*)?$/,
    'a link is fb.example/live, without spaces',
  )
  .max(60);

/** What a person writes. Days and hours are those of Paris. */
export const LiveDraft = z.strictObject({
  /** "les travaux du bas Clichy", by language. */
  subject: Texts,
  /** When it begins. */
  at: ParisTime,
  /** Where it is seen. */
  link: Link,
  /** Opens it by SMS; `live-` and this in a link of Messenger. */
  keyword: z
    .string()
    .regex(/^[A-Z0-9]{2,20}$/, 'a keyword is 2 to 20 capital letters or digits, without accents'),
  /** Until when questions are taken. */
  until: ParisTime,
  /** How many of the most wanted questions are asked. */
  asks: z.int().min(2).max(20).default(3),
  /** So many minutes before it begins the link goes to those who want it. */
  lead: z.int().min(0).max(120).default(15),
  /** By when every asker has an answer; without it the next day on which the city writes. */
  answers: z.iso.date().optional(),
  /** What staff say in other words than ours when it opens for someone, by language. */
  opening: Texts.optional(),
});
export type LiveDraft = z.infer<typeof LiveDraft>;

/** What is said about a live besides the invitation, each at most once; `answer#77` answers Q-77. */
export const PlannedName = z.string().regex(/^(link|cancelled|(moved|answer|refused)#\d+)$/);

export const LiveState = z.enum(['draft', 'open', 'started', 'ended', 'cancelled']);
export type LiveState = z.infer<typeof LiveState>;

/**
 * As it stands after so many acts.
 *
 * @example { "id": "L-2026-001", "number": 1, "state": "open", "subject": { "fr": "les travaux du bas Clichy" },
 *   "at": "2026-11-26T19:00", "until": "2026-11-26T12:00", "link": "fb.example/live", "keyword": "TRAVAUX",
 *   "asks": 3, "lead": 15, "author": "agent@exemple", "editors": [],
 *   "approved": { "by": "chef@exemple", "at": "2026-11-23T09:00:00.000Z" }, "moves": [], "planned": {} }
 */
export const Live = LiveDraft.extend({
  id: z.string().regex(/^L-\d{4}-\d{3,}$/),
  /** Of all there are, from 1. */
  number: z.int().min(1),
  state: LiveState,
  author: Person,
  /** Who else has changed it: they do not approve it either. */
  editors: z.array(Person),
  approved: Signed.optional(),
  started: Instant.optional(),
  ended: Instant.optional(),
  /** When it was to be before, the oldest first: once residents counted on it. */
  moves: z.array(Signed.extend({ from: ParisTime })),
  /** Why it does not take place, as those who wanted it are told. */
  cancelled: Signed.extend({ why: Texts.optional() }).optional(),
  /** Where it can be seen again. */
  replay: Link.optional(),
  /** The announcements made for it, by what they say: each is made once. `none`: its hour had passed. */
  planned: z.record(PlannedName, z.string().regex(/^(A-\d{4}-\d{3,}|none)$/)),
});
export type Live = z.infer<typeof Live>;

/** A live that residents may hear of, and the questions that staff have looked at. */
export interface OnStage {
  live: Live;
  board: Board;
}

/** Reads what a person wrote. Throws with every fault, its place and the value, in one message. */
export function readLive(data: unknown, name: string): LiveDraft {
  const parsed = LiveDraft.safeParse(data, { reportInput: true });
  if (!parsed.success) throw invalid(`live ${name}`, faultsIn(parsed.error));
  return parsed.data;
}

/** `L-2026-007`: the year in Paris, and the number. */
export const liveId = (number: number, date: string): string =>
  `L-${date.slice(0, 4)}-${String(number).padStart(3, '0')}`;

/** The number in an id; undefined where it is none. */
export function liveNumber(id: string): number | undefined {
  const digits = /^L-\d{4}-(\d{3,8})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const beginsAt = ({ at }: Pick<Live, 'at'>): Date => parisAt(at);
export const closesAt = ({ until }: Pick<Live, 'until'>): Date => parisAt(until);
/** When the link is wished to go out. */
export const linkWished = (live: Pick<Live, 'at' | 'lead'>): Date =>
  new Date(beginsAt(live).getTime() - live.lead * MINUTE);

/** When the link goes out: then, or in the last permitted slot before it. Undefined where there is none any more. */
export const linkAt = (
  live: Pick<Live, 'at' | 'lead'>,
  sending: City['sending'],
  from = new Date(0),
): Date | undefined => lastPermitted(linkWished(live), { sending, from, begins: beginsAt(live) });

/** By when answers are promised, YYYY-MM-DD. */
export function answeredBy(live: Pick<Live, 'at' | 'answers'>, sending: City['sending']): string {
  if (live.answers) return live.answers;
  const next = parisMoment(addDays(live.at.slice(0, 10), 1), '12:00');
  return inParis(knowsHolidays(inParis(next).date) ? nextPermitted(next, sending) : next).date;
}

/** What residents can do with it: ask, vote. */
export const isOn = ({ state }: Pick<Live, 'state'>): boolean => state === 'open' || state === 'started';
export const takesQuestions = (live: Live, now: Date): boolean => isOn(live) && now < closesAt(live);

/** Longer than a row of who wants the link takes to be written. */
const AHEAD = 2 * MINUTE;

/** The link is given at once: it goes out about now, has gone out, cannot go out, or the live has begun. */
export function isNear(live: Live, sending: City['sending'], now: Date): boolean {
  const at = linkAt(live, sending);
  return live.state === 'started' || at === undefined || now.getTime() >= at.getTime() - AHEAD;
}

/** A live that nobody ends by hand is over after this long. */
const LASTS = 4 * HOUR;
export const overAt = (live: Pick<Live, 'at'>): Date => new Date(beginsAt(live).getTime() + LASTS);

/** How long its film is at most, in seconds: it may have been running before anyone noted that it had begun. */
export const filmLasts = (live: Live): number =>
  Math.ceil((timeOfEnd(live) - Math.min(beginsAt(live).getTime(), timeOfStart(live))) / 1000) +
  live.lead * 60;
const timeOfStart = (live: Live): number =>
  live.started === undefined ? beginsAt(live).getTime() : Date.parse(live.started);
const timeOfEnd = (live: Live): number =>
  live.ended === undefined ? overAt(live).getTime() : Date.parse(live.ended);

/** Seconds since 1970 at which what a resident left with it goes by itself. */
export const forgottenAt = (live: Pick<Live, 'at'>): number =>
  Math.floor((beginsAt(live).getTime() + KEPT_DAYS * DAY) / 1000);

/** The one that begins first of those that residents can still take part in. */
export const nextLive = (lives: readonly OnStage[]): OnStage | undefined =>
  lives
    .filter(({ live }) => isOn(live))
    .sort((a, b) => a.live.at.localeCompare(b.live.at) || a.live.number - b.live.number)[0];
