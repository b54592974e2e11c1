/** The announcement that invites to a visit or a live. It is approved and scheduled like any other. */
import { type Announcement, announcementId, readDraft } from '../../conversations/announcement.ts';
import { announcementOf, type Doer } from '../../conversations/announcement-acts.ts';
import type { City } from '../../conversations/city.ts';
import { parisTime } from '../../conversations/hours.ts';
import type { AnnouncementStore } from '../store/announcements.ts';

export interface Inviting {
  /** Of the visit or the live. */
  id: string;
  /** The kind, what it invites to and whom, as `Draft` has them. */
  about: object;
  /** YYYY-MM-DDTHH:MM in Paris. */
  at?: string | undefined;
  /** In each language of the city. */
  text(language: string): string;
}

/** Throws with every fault where that is no draft. */
export async function invite(
  announcements: AnnouncementStore,
  { languages }: Pick<City, 'languages'>,
  { by, now }: Doer,
  { id, about, at, text }: Inviting,
): Promise<Announcement> {
  const texts = Object.fromEntries(languages.map((language) => [language, text(language)]));
  const draft = readDraft(
    { purpose: 'public-interest', texts, about: 'invitation', ...about, ...(at !== undefined && { at }) },
    `of ${id}`,
  );
  const { announcement } = await announcements.create(
    (number) => announcementOf(draft, announcementId(number, parisTime(now)), number, by),
    { by, what: `inviter ${id}`, at: now },
  );
  return announcement;
}
