/** The announcement that an address names, and what surrounds it. */
import { type Announcement, numberIn } from '../../../conversations/announcement.ts';
import type { AnnouncementAround } from '../../../conversations/announcement-lint.ts';
import { parisTime } from '../../../conversations/hours.ts';
import { announcing } from '../../runtime/announcing.ts';
import type { Kept } from '../../store/announcements.ts';
import { type Asked, NotThere } from '../page.ts';

/** Throws `NotThere`. */
export async function found({ deps, params }: Pick<Asked, 'deps' | 'params'>): Promise<Kept> {
  const number = numberIn(params.id ?? '');
  const kept = number === undefined ? undefined : await announcing(deps).announcements.get(number);
  if (kept?.announcement.id !== params.id) throw new NotThere();
  return kept as Kept;
}

/** What of the city the acts and the lint ask about; of reminders only whether this one is noted as one. */
export async function aroundOf(
  { deps: { db, world }, now }: Pick<Asked, 'deps' | 'now'>,
  { audience: { told } }: Pick<Announcement, 'audience'>,
): Promise<AnnouncementAround> {
  const number = told === undefined ? undefined : numberIn(told);
  const reminded =
    number === undefined ? undefined : await announcing({ db, world }).announcements.get(number);
  const reminder = reminded?.announcement.reminder;
  return {
    city: world.city,
    surveys: world.surveys.all(),
    lists: [...(world.lists ?? [])],
    ...(told !== undefined && reminder !== undefined && { reminders: { [told]: reminder } }),
    now: parisTime(now),
  };
}
