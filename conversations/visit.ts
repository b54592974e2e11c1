/**
 * A visit of the mayor's to a quartier, or another meeting that residents say they come to, as data. Owns the schema,
 * its number and its times; what may happen to it is in `visit-acts.ts`, who comes in `seats.ts`.
 */
import * as z from 'zod';
import { Person } from './announcement.ts';
import { faultsIn, invalid } from './faults.ts';
import { MINUTE, parisMoment } from './hours.ts';
import { Texts } from './questions/type.ts';

const Instant = z.iso.datetime();
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM in Paris');

/** Where people meet: as it is said in a message, and as a map knows it, where somebody has looked. */
export const MeetingPoint = z
  .strictObject({
    name: z.string().min(1).max(40),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: 'a spot has a latitude and a longitude, or none of them',
    path: ['latitude'],
  });
export type MeetingPoint = z.infer<typeof MeetingPoint>;

/** The name of a meeting point that nobody has decided yet: such a visit is not approved. */
export const TO_COMPLETE = 'lieu à préciser';

/** More people than this need another kind of meeting, and more parties than this no longer fit in one item. */
export const MOST_PEOPLE = 2000;

/** What a person writes. */
export const VisitDraft = z.strictObject({
  /** The id of one of the city's quartiers; its list is invited. */
  quartier: z.string().min(1),
  /** "Repas des aînés"; where there is none it is a visit of the quartier. */
  title: Texts.optional(),
  /** As it stands after "avec": "Mme la Maire". */
  host: Texts,
  /** YYYY-MM-DD and HH:MM in Paris. */
  day: z.iso.date(),
  time: ClockTime,
  minutes: z
    .int()
    .min(15)
    .max(12 * 60)
    .default(90),
  meeting: MeetingPoint,
  /** In the order of the walk. */
  stops: z.array(z.string().min(1).max(80)).max(20).default([]),
  capacity: z.int().min(1).max(MOST_PEOPLE),
  /** Whoever comes is asked whether they are to be fetched, instead of what they want to be seen (J14). */
  transport: z.literal(true).optional(),
  /** Words of the staff's own where ours do not do, by language. */
  texts: z.strictObject({ invitation: Texts.optional(), reminder: Texts.optional() }).prefault({}),
});
export type VisitDraft = z.infer<typeof VisitDraft>;

export const VisitState = z.enum(['draft', 'open', 'cancelled', 'done']);
export type VisitState = z.infer<typeof VisitState>;

/** What is said about a visit besides the invitation, each at most once; `moved#2` is the second change. */
export const PlannedName = z.string().regex(/^(week|eve|after|moved#\d+|cancelled|report)$/);

/**
 * As it stands after so many acts.
 *
 * @example { "id": "V-2026-003", "number": 3, "state": "open", "quartier": "chene", "host": { "fr": "Mme la Maire" },
 *   "day": "2026-04-11", "time": "10:00", "minutes": 90,
 *   "meeting": { "name": "square du Chêne Pointu", "latitude": 48.9101, "longitude": 2.5533 },
 *   "stops": ["parking tour 4"], "capacity": 30, "texts": {}, "author": "agent@exemple", "editors": [],
 *   "approved": { "by": "chef@exemple", "at": "2026-03-30T09:00:00.000Z" }, "moves": [], "planned": {} }
 */
export const Visit = VisitDraft.extend({
  id: z.string().regex(/^V-\d{4}-\d{3,}$/),
  /** Of all there are, from 1. */
  number: z.int().min(1),
  state: VisitState,
  author: Person,
  /** Who else has changed it before it was open: they do not approve it either. */
  editors: z.array(Person),
  approved: z.strictObject({ by: Person, at: Instant }).optional(),
  /** Where and when it was before, the oldest first. */
  moves: z.array(
    VisitDraft.pick({ day: true, time: true, meeting: true }).extend({ by: Person, at: Instant }),
  ),
  /** Why it does not take place, as those who come are told. */
  cancelled: z.strictObject({ by: Person, at: Instant, why: Texts.optional() }).optional(),
  /** What became of it, for those who took part; it goes out once another person has approved it. */
  report: z
    .strictObject({
      /** Who wrote it first, and who wrote it anew: none of them approves it. */
      by: Person,
      editors: z.array(Person).optional(),
      at: Instant,
      texts: Texts,
      approved: z.strictObject({ by: Person, at: Instant }).optional(),
    })
    .optional(),
  /** What residents want to be looked at there, counted when the last reminder was made. */
  subjects: z.int().min(0).optional(),
  /** The announcements made for it, by what they say: each is made once. `none`: its hour had passed. */
  planned: z.record(PlannedName, z.string().regex(/^(A-\d{4}-\d{3,}|none)$/)),
});
export type Visit = z.infer<typeof Visit>;

/** Reads what a person wrote. Throws with every fault, its place and the value, in one message. */
export function readVisitDraft(data: unknown, name: string): VisitDraft {
  const parsed = VisitDraft.safeParse(data, { reportInput: true });
  if (!parsed.success) throw invalid(`visit ${name}`, faultsIn(parsed.error));
  return parsed.data;
}

/** `V-2026-003`: the year in Paris in which it was planned, and the number. */
export const visitId = (number: number, date: string): string =>
  `V-${date.slice(0, 4)}-${String(number).padStart(3, '0')}`;

/** The number in an id; undefined where it is none. */
export function visitNumber(id: string): number | undefined {
  const digits = /^V-\d{4}-(\d{3,8})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const beginsAt = ({ day, time }: Pick<Visit, 'day' | 'time'>): Date => parisMoment(day, time);
export const endsAt = (visit: Pick<Visit, 'day' | 'time' | 'minutes'>): Date =>
  new Date(beginsAt(visit).getTime() + visit.minutes * MINUTE);

/** Whether residents can still say that they come. */
export const takesPeople = (visit: Pick<Visit, 'state' | 'day' | 'time'>, now: Date): boolean =>
  visit.state === 'open' && now < beginsAt(visit);

/** Whether it is still to come, or going on: then it can be spoken of as it stands. */
export const isAhead = (visit: Pick<Visit, 'state' | 'day' | 'time' | 'minutes'>, now: Date): boolean =>
  visit.state === 'open' && now < endsAt(visit);

/** What residents may hear of, the next first. */
export const comingVisits = (visits: readonly Visit[], now: Date): Visit[] =>
  visits
    .filter((visit) => isAhead(visit, now))
    .sort((a, b) => beginsAt(a).getTime() - beginsAt(b).getTime() || a.number - b.number);
