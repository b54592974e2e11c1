/**
 * Writes the announcement that reminds those who were told and have not answered, once. It is approved and scheduled
 * like any other, and fills their week like any other.
 *
 * Written first, then noted on what it reminds of by a conditional write, and only what is noted there can be approved:
 * a crash between leaves a draft that the next try takes up where it says the same, and of two people at once one is told.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Announcement, announcementId, type Draft, numberIn } from '../../conversations/announcement.ts';
import { announcementOf, cancel, type Doer } from '../../conversations/announcement-acts.ts';
import { parisTime } from '../../conversations/hours.ts';
import { reminderOf } from '../../conversations/reminder.ts';
import type { AnnouncementStore, Kept } from '../store/announcements.ts';

/** `changed`: another has acted on it since `before` was read. */
export type Reminded = { reminder: Announcement } | { refused: string } | 'changed';

/** `texts`: in place of the same ones again. */
export async function remindSilent(
  announcements: AnnouncementStore,
  before: Kept,
  { by, now }: Doer,
  texts?: Draft['texts'],
): Promise<Reminded> {
  const { announcement } = before;
  const second = await secondOf(announcements, announcement);
  if (second) return { refused: second };
  const made = reminderOf(announcement);
  if ('refused' in made) return made;
  const draft = { ...made.draft, texts: texts ?? made.draft.texts };
  const begun = await leftBehind(announcements, announcement.id);
  const same = begun && isDeepStrictEqual(begun.announcement.texts, draft.texts);
  if (begun && !same)
    return {
      refused: `une relance de ${announcement.id} est déjà écrite, avec un autre texte: ${begun.announcement.id}, de « ${begun.announcement.author} ». Rien n'a été enregistré: reprenez son texte mot pour mot pour l'utiliser, ou annulez ${begun.announcement.id} et recommencez`,
    };
  const reminder =
    begun ??
    (await announcements.create(
      (number) => announcementOf(draft, announcementId(number, parisTime(now)), number, by),
      { by, what: `relance de ${announcement.id}`, at: now },
    ));
  const noted = { ...announcement, reminder: reminder.announcement.id };
  if (await announcements.write(before, noted, { by, what: 'relance', at: now }))
    return { reminder: reminder.announcement };
  const acted = cancel(reminder.announcement);
  if ('announcement' in acted)
    await announcements.write(reminder, acted.announcement, { by, what: 'annuler', at: now });
  return 'changed';
}

/** One that was cancelled before it began has reminded nobody. */
async function secondOf(
  { get }: AnnouncementStore,
  { id, reminder }: Announcement,
): Promise<string | undefined> {
  const number = reminder === undefined ? undefined : numberIn(reminder);
  const kept = number === undefined ? undefined : await get(number);
  return kept && (kept.announcement.state !== 'cancelled' || kept.announcement.started)
    ? `l'annonce ${id} a déjà sa relance: ${reminder}. On ne relance qu'une fois`
    : undefined;
}

/** A reminder that was written and never noted. */
async function leftBehind({ list }: AnnouncementStore, id: string): Promise<Kept | undefined> {
  for await (const kept of list())
    if (kept.announcement.audience.told === id && kept.announcement.state === 'draft') return kept;
  return undefined;
}
