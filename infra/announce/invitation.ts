/**
 * `inviter ID --de QUI` of visits and lives: writes the announcement that invites. It is approved and scheduled like any
 * other (`npm run announce`).
 */

import { announcementId, readDraft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { oneLine } from './said.ts';
import type { Saved } from './saved.ts';

const OPTIONS = { de: { type: 'string' }, listes: { type: 'string' }, quand: { type: 'string' } } as const;

export interface Invitation {
  id: string;
  by: string;
  lists?: string[] | undefined;
  at?: string | undefined;
}

/** Throws `Refused` with the usage. */
export function readInvitation(args: string[], usage: string): Invitation {
  const { values, positionals } = readArgs(args, OPTIONS, usage);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(usage);
  const lists = values.listes?.split(',').map((each) => each.trim());
  return { id, by: personOf(values.de), lists, at: values.quand };
}

/** `about`: the kind, what it invites to and whom, as `Draft` has them. `text`: in each language of the city. */
export async function writeInvitation(
  { announcements, around, city, now }: Saved,
  { by, at }: Invitation,
  { id, about, text }: { id: string; about: object; text(language: string): string },
): Promise<void> {
  const texts = Object.fromEntries(city.languages.map((language) => [language, text(language)]));
  const draft = readDraft(
    { purpose: 'public-interest', texts, about: 'invitation', ...about, ...(at !== undefined && { at }) },
    `of ${id}`,
  );
  const { announcement } = await announcements.create(
    (number) => announcementOf(draft, announcementId(number, around.now), number, by),
    { by, what: `inviter ${id}`, at: now },
  );
  console.log(
    [
      oneLine(announcement),
      ...findingLines(lintAnnouncement(announcement, around)),
      `une autre personne la valide, puis on la programme: npm run announce -- approuver ${announcement.id} --de …; programmer ${announcement.id} --de …`,
    ].join('\n'),
  );
}
