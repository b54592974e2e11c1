/**
 * An announcement as data: what staff have written once, to be said to many. Owns the schema, its number, and the text
 * that goes out; what may happen to it is in `announcement-acts.ts`, what is wrong with it in `announcement-lint.ts`.
 */
import * as z from 'zod';
import { About, Announced } from './announced.ts';
import { Audience } from './audience.ts';
import type { Channel } from './events.ts';
import { faultsIn, invalid } from './faults.ts';
import { local, phrase } from './phrase.ts';
import { Texts } from './questions/type.ts';

export const AnnouncementKind = z.enum(['info', 'visit', 'live', 'survey', 'urgent']);
export type AnnouncementKind = z.infer<typeof AnnouncementKind>;

/**
 * Who does something to an announcement: a role or an address at work, never a resident. Compared in small letters.
 * An address has what RFC 5321 4.5.3.1 allows it and mail in use has: a name may begin with _ and hold ' and +.
 */
export const Person = z
  .string()
  .regex(
    /^[a-z0-9_'][a-z0-9._'+-]*(@[a-z0-9.-]+)?$/,
    'a person is a role or an address in small letters: agent@exemple',
  )
  .max(254);

/** A moment on the clocks of Paris. */
export const ParisTime = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'a moment is YYYY-MM-DDTHH:MM in Paris',
    abort: true,
  })
  .refine((at) => z.iso.date().safeParse(at.slice(0, 10)).success, 'there is no such day');

/** What a person writes. */
export const Draft = z.strictObject({
  kind: AnnouncementKind,
  /**
   * One purpose, one legal base, for ever (channels.md 5, L1, L2): the city's mission of public interest towards those
   * who joined a list, or their consent.
   */
  purpose: z.enum(['public-interest', 'consent']),
  /** The language whose text stands in for missing ones. */
  base: z.string().default('fr'),
  texts: Texts,
  /** The key of the survey that a survey announcement begins. */
  survey: z.string().optional(),
  /** The id of the visit or the live that it is about, and what it says of it: else it is the invitation. */
  visit: z.string().optional(),
  live: z.string().optional(),
  about: About.optional(),
  /** The question of a live's that it answers or refuses. */
  question: z.int().min(1).optional(),
  audience: Audience.default({}),
  /** When it is wished to begin. */
  at: ParisTime.optional(),
  /** Why it cannot wait, where it is urgent. */
  reason: z.string().min(1).max(500).optional(),
});
export type Draft = z.infer<typeof Draft>;

export const AnnouncementState = z.enum([
  'draft',
  'approved',
  'scheduled',
  'running',
  'paused',
  'done',
  'cancelled',
]);
export type AnnouncementState = z.infer<typeof AnnouncementState>;

const Instant = z.iso.datetime();
const Signed = z.strictObject({ by: Person, at: Instant });

/**
 * As it stands after so many acts.
 *
 * @example { "id": "A-2026-001", "number": 1, "state": "scheduled", "kind": "visit", "purpose": "public-interest",
 *   "base": "fr", "texts": { "fr": "Ville de Clichy: visite samedi 10h" }, "audience": { "lists": ["chene"] },
 *   "author": "agent@exemple", "editors": [], "approvals": [{ "by": "chef@exemple", "at": "2026-11-23T09:00:00.000Z" }],
 *   "begins": "2026-11-24T07:30:00.000Z" }
 */
export const Announcement = Draft.extend({
  id: z.string().regex(/^A-\d{4}-\d{3,}$/),
  /** Of all there are, from 1: it never starts again, so that a delivery's id finds its announcement. */
  number: z.int().min(1),
  state: AnnouncementState,
  author: Person,
  /** Of a draft that is still being written: nobody is asked to approve it. */
  writing: z.literal(true).optional(),
  /** The event that it follows from, and which of its messages it is: `V-2026-003#eve`. */
  tied: z.string().optional(),
  /** Who else has changed it: they do not approve it either. */
  editors: z.array(Person),
  /** Of its survey, as it was read by who approved it: its first words go out with the text (`first-words.ts`). */
  revision: z.int().min(1).optional(),
  approvals: z.array(Signed),
  /** Before an election: who has looked at the text with that in mind, and what they say of it (L3). */
  review: Signed.extend({ note: z.string() }).optional(),
  /** The permitted moment at which it goes out. */
  begins: Instant.optional(),
  /** The announcement that reminds of it, once. */
  reminder: z.string().optional(),
  /** How many people it was to reach, in how many parts and for how much, when it was proposed or planned. */
  estimate: z
    .strictObject({ people: z.int(), parts: z.int(), euros: z.number(), unpriced: z.int(), at: Instant })
    .optional(),
  /** When the first page went out; from then on nothing in it changes. */
  started: Instant.optional(),
  /** Cancelled after it had begun: when the last of it was taken out of outboxes. */
  cleared: Instant.optional(),
});
export type Announcement = z.infer<typeof Announcement>;

/** What of it is said to a resident: made once for a whole page of them. */
export function saidOf(announcement: Announcement): Announced {
  const known = saids.get(announcement);
  if (known) return known;
  const said = partsSaid(announcement);
  saids.set(announcement, said);
  return said;
}
const saids = new WeakMap<Announcement, Announced>();

const partsSaid = ({ id, ...announcement }: Announcement): Announced => ({
  ...(Object.fromEntries(Object.entries(announcement).filter(([name]) => name in Announced.shape)) as Omit<
    Announced,
    'announcement'
  >),
  announcement: id,
});

/** What a person wrote of it. */
export const draftIn = (announcement: Announcement): Draft =>
  Object.fromEntries(Object.entries(announcement).filter(([name]) => name in Draft.shape)) as Draft;

/** Reads what a person wrote. Throws with every fault, its place and the value, in one message. */
export function readDraft(data: unknown, name: string): Draft {
  const parsed = Draft.safeParse(data, { reportInput: true });
  if (!parsed.success) throw invalid(`announcement ${name}`, faultsIn(parsed.error));
  return parsed.data;
}

/** `A-2026-007`: the year in Paris, and the number. */
export const announcementId = (number: number, date: string): string =>
  `A-${date.slice(0, 4)}-${String(number).padStart(3, '0')}`;

/** The number in an id; undefined where it is none. */
export function numberIn(id: string): number | undefined {
  const digits = /^A-\d{4}-(\d{3,8})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** In whose language the text is that a speaker of this one gets. */
export const textLanguage = ({ texts, base }: Pick<Draft, 'texts' | 'base'>, language: string): string =>
  texts[language] !== undefined ? language : texts[base] !== undefined ? base : 'fr';

/** In capitals, alone: a road has a stop too. */
const SAYS_STOP = /(?<![\p{L}\p{N}])STOP(?![\p{L}\p{N}])/u;

/**
 * The text as it goes out. An SMS says how to stop (L4, L5): where the writer has not, ten septets at its end do, in
 * French " Fin: STOP" (participation.md 2.3, push). Elsewhere the thread says who writes, and STOP works all the same.
 */
export function announcedText(
  announcement: Pick<Draft, 'texts' | 'base'>,
  language: string,
  channel: Channel,
): string {
  const text = writtenText(announcement, language);
  if (channel !== 'sms' || SAYS_STOP.test(text)) return text;
  return `${text} ${phrase(textLanguage(announcement, language), 'announce.stop')}`;
}

/** As staff wrote it. */
export const writtenText = ({ texts, base }: Pick<Draft, 'texts' | 'base'>, language: string): string =>
  (texts[textLanguage({ texts, base }, language)] ?? local(texts, language)).trim();
