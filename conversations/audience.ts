/**
 * Who a message of the city's is for: a part of those who gave their consent. Pure; asked of one resident at a time, so
 * that nobody ever holds all of them. What it means in words: `describe-audience.ts`.
 */
import * as z from 'zod';
import { type City, places } from './city.ts';
import { AgeBand, Channel, type Kind } from './events.ts';
import { faultsIn, invalid } from './faults.ts';
import type { Session } from './session.ts';
import { shownCount } from './small-counts.ts';
import type { SurveyShelf } from './survey.ts';

const some = <Part extends z.ZodType>(part: Part) =>
  z.array(part).min(1, 'a filter names at least one, or is left out').optional();
const Day = z.iso.date('a day is YYYY-MM-DD');

/**
 * All filters hold at once; inside one, any of what it names does. Without any: everyone who gave their consent.
 * Days are those of `Session.heard`.
 *
 * @example { "lists": ["chene", "aines"], "languages": ["tr", "ar"], "ages": ["15-17", "18-24"] }
 * @example { "answered": { "survey": "square", "did": false }, "activeSince": "2026-10-01" }
 */
export const Audience = z
  .strictObject({
    lists: some(z.string()),
    /** Where they live, as they said when they joined; somebody on a list of another quartier too is still from there. */
    quartiers: some(z.string()),
    /** Ours by their code, spoken ones (city file, `voices`) by theirs. */
    languages: some(z.string()),
    ages: some(AgeBand),
    /** Where they last wrote from. */
    channels: some(Channel),
    /** They have written on that day or later. */
    activeSince: Day.optional(),
    /** They have not, as far as is known. */
    silentSince: Day.optional(),
    /** Answered to the end; who has begun, or said no, has not. */
    answered: z.strictObject({ survey: z.string(), did: z.boolean() }).optional(),
    /** Instead of lists: those who have to do with an event (`coming` to V-2026-003), as its own store knows them. */
    group: z
      .strictObject({
        event: z.string().regex(/^[A-Z]-\d{4}-\d{3,}$/, 'an event is V-2026-003'),
        who: z.string().min(1),
      })
      .optional(),
    /** Instead of lists: of those whom this announcement has reached, who have not answered it (`reminder.ts`). */
    told: z
      .string()
      .regex(/^A-\d{4}-\d{3,}$/, 'an announcement is A-2026-001')
      .optional(),
    and: z.literal('silent').optional(),
  })
  .refine(
    ({ lists, group, told }) => [lists, group, told].filter((each) => each !== undefined).length <= 1,
    'lists, a group, those who were told: one of them',
  )
  .refine(({ told, and }) => (told === undefined) === (and === undefined), 'told and silent go together');
export type Audience = z.infer<typeof Audience>;

/** What a filter names that does not exist, and what does. */
export interface UnknownName {
  what: 'list' | 'quartier' | 'language' | 'survey';
  got: string;
  allowed: string[];
}

/** Names what the city or its surveys do not have. */
export class UnknownInAudience extends Error {
  override name = 'UnknownInAudience';
  constructor(readonly unknown: UnknownName[]) {
    const lines = unknown.map(
      ({ what, got, allowed }) => `${what} "${got}" (there are ${allowed.join(', ')})`,
    );
    super(`the audience names what does not exist: ${lines.join('; ')}`);
  }
}

/** What a city's audiences can name. `lists`: those that staff made, besides the city file's. */
export interface Named {
  city: City;
  surveys: SurveyShelf;
  lists?: readonly { id: string; name: string }[];
}

/** Who of staff's is on this list of their own gets tests of announcements, and nothing else by it. */
export const TEST_LIST = 'essais';

/** Every list there is; the city file's first. */
export const listsOf = ({
  city,
  lists = [],
}: Pick<Named, 'city' | 'lists'>): { id: string; name: string }[] => [...city.quartiers, ...lists];

/** Throws on a value of the wrong shape with every fault, and `UnknownInAudience` on names that do not exist. */
export function readAudience(data: unknown, world: Named): Audience {
  const parsed = Audience.safeParse(data, { reportInput: true });
  if (!parsed.success) throw invalid('the audience', faultsIn(parsed.error));
  const audience = parsed.data;
  const unknown = unknownIn(audience, world);
  if (unknown.length > 0) throw new UnknownInAudience(unknown);
  return audience;
}

/** What it names that does not exist. */
export function unknownIn(audience: Audience, world: Named): UnknownName[] {
  const lists = listsOf(world).map(({ id }) => id);
  return [
    ...outside('list', audience.lists, lists),
    ...outside(
      'quartier',
      audience.quartiers,
      places(world.city).map(({ id }) => id),
    ),
    ...outside('language', audience.languages, [
      ...world.city.languages,
      ...world.city.voices.map(({ code }) => code),
    ]),
    ...outside(
      'survey',
      audience.answered && [audience.answered.survey],
      world.surveys.all().map(({ key }) => key),
    ),
  ];
}

const outside = (what: UnknownName['what'], named: string[] | undefined, allowed: string[]): UnknownName[] =>
  (named ?? []).filter((got) => !allowed.includes(got)).map((got) => ({ what, got, allowed }));

/** How many filters narrow the audience: to have been told and to be silent are two. */
export const filtersOf = (audience: Audience): number =>
  Object.values(audience).filter((filter) => filter !== undefined).length;

/** Whether so many people of the audience are too few for the number to be shown, or anything that tells it. */
export const isOfFew = (people: number, audience: Audience): boolean =>
  shownCount(people, filtersOf(audience)) === 'few';

/**
 * The last day on which the resident is known to have written. Who has not written since `heard` is kept, at the
 * latest trace there is of them; undefined where there is none.
 */
export function lastHeard({ heard, survey, join, ended }: Session): string | undefined {
  if (heard !== undefined) return heard;
  const traces = [survey?.last, join?.last, ...Object.values(ended).map(({ at }) => at)];
  const known = traces.filter((at): at is string => at !== undefined).sort();
  return known.at(-1)?.slice(0, 10);
}

/** Whether the filters hold. Says nothing of whether the city may write: `withheld` does. */
export function matches(audience: Audience, session: Session): boolean {
  const { lists, quartiers, languages, ages, channels, activeSince, silentSince, answered } = audience;
  if (lists && !lists.some((list) => session.lists.includes(list))) return false;
  if (quartiers && !(session.quartier && quartiers.includes(session.quartier))) return false;
  if (languages && !languages.includes(session.language ?? 'fr') && !languages.includes(session.voice ?? ''))
    return false;
  if (ages && !(session.age && ages.includes(session.age))) return false;
  if (channels && !channels.includes(session.channel ?? 'sms')) return false;
  if (activeSince !== undefined || silentSince !== undefined) {
    const last = lastHeard(session) ?? '';
    if (activeSince !== undefined && last < activeSince) return false;
    if (silentSince !== undefined && last >= silentSince) return false;
  }
  return !answered || (session.ended[answered.survey]?.end === 'done') === answered.did;
}

/**
 * Why the city does not begin a conversation: `none` no consent was given, `stopped` STOP, `muted` STOP VISITE and the
 * like, `relieved` a person is speaking with them just now.
 */
export type Withheld = 'none' | 'stopped' | 'muted' | 'relieved';

/** `kind`: what the message is about; without it no kind is asked for. */
export function withheld(
  { consent, muted, relieved }: Session,
  { now, kind }: { now: Date; kind?: Kind | undefined },
): Withheld | undefined {
  if (consent !== 'given') return consent;
  if (kind && muted?.includes(kind)) return 'muted';
  return relieved && relieved.until > now.toISOString() ? 'relieved' : undefined;
}

/** Whether this resident is to hear it now. */
export const inAudience = (
  audience: Audience,
  session: Session,
  about: { now: Date; kind?: Kind | undefined },
): boolean => withheld(session, about) === undefined && matches(audience, session);
