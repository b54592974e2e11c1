/**
 * Messages that follow from an event: announcements like any other, tied to their visit or live, which notes which they
 * are.
 *
 * Made first, then noted on the event by a conditional write, and only what is noted there is scheduled: a crash between
 * leaves a draft that the next look finds again, never two that go out.
 */
import { type Announcement, announcementId, type Draft } from '../../conversations/announcement.ts';
import { announcementOf, cancel, schedule } from '../../conversations/announcement-acts.ts';
import { MINUTE, parisTime } from '../../conversations/hours.ts';
import type { Kept } from '../store/announcements.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';

/** Who acts in the journals. */
export const SERVICE = 'porte-voix';
/** Longer than any instance goes on with an event as it was (`REFRESH_EVERY`). */
export const AHEAD = 2 * MINUTE;

export interface Tied {
  /** The event, and as it notes the message: `V-2026-003#eve`. */
  tied: string;
  author: string;
  /** Who has approved the event, or these words. */
  approved: { by: string; at: string };
  /** What it is, for the journal: "message de la visite V-2026-003". */
  what: string;
  /** When it is wished to go out. */
  at: Date;
  draft: Omit<Draft, 'purpose' | 'base' | 'at'>;
}

/** The id of the announcement that says it: the one that is there, or a new one. */
export async function tiedAnnouncement(deps: Deps, message: Tied): Promise<string> {
  const { announcements } = announcing(deps);
  const { tied, what, at, author, approved, draft } = message;
  for await (const { announcement } of announcements.list())
    if (announcement.tied === tied && announcement.state === 'approved') return announcement.id;
  const now = deps.now();
  const { announcement } = await announcements.create(
    (number) => ({
      ...announcementOf(
        { ...draft, purpose: 'public-interest', base: 'fr', at: parisTime(at > now ? at : now) },
        announcementId(number, parisTime(now)),
        number,
        author,
      ),
      state: 'approved',
      approvals: [approved],
      review: { ...approved, note: what },
      tied,
    }),
    { by: SERVICE, what, at: now },
  );
  return announcement.id;
}

/** Those that are noted go out at their moment. */
export async function scheduleNoted(deps: Deps, planned: Record<string, string>): Promise<void> {
  for (const id of Object.values(planned)) {
    const number = Number(/^A-\d{4}-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
    const kept = Number.isNaN(number) ? undefined : await announcing(deps).announcements.get(number);
    if (kept?.announcement.state === 'approved') await scheduleOne(deps, kept);
  }
}

async function scheduleOne(deps: Deps, kept: Kept): Promise<void> {
  const now = deps.now();
  const { at } = kept.announcement;
  const wished = at !== undefined && at > parisTime(now) ? at : undefined;
  const { at: _, ...atOnce } = kept.announcement;
  const acted = schedule(
    wished ? kept.announcement : atOnce,
    { by: SERVICE, now },
    { city: deps.world.city, surveys: [], now: parisTime(now) },
    wished,
  );
  if ('refused' in acted) deps.log.error('follow-up-refused', { why: acted.refused });
  else
    await announcing(deps).announcements.write(kept, acted.announcement, {
      by: SERVICE,
      what: 'programmer',
      at: now,
    });
}

/** Cancels those that hold no longer, in outboxes too. False where somebody acts on one just now. */
export async function callOff(
  deps: Deps,
  what: string,
  isVoid: (announcement: Announcement) => boolean,
): Promise<boolean> {
  const { announcements } = announcing(deps);
  for await (const kept of announcements.list()) {
    if (kept.announcement.state === 'draft' || !isVoid(kept.announcement)) continue;
    const acted = cancel(kept.announcement);
    if ('refused' in acted) continue;
    const act = { by: SERVICE, what: `annuler: ${what}`, at: deps.now() };
    if (!(await announcements.write(kept, acted.announcement, act))) return false;
  }
  return true;
}
