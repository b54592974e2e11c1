/**
 * `inviter ID --de QUI` of visits and lives: writes the announcement that invites. It is approved and scheduled like any
 * other (`npm run announce`).
 */
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { type Inviting, invite } from '../../functions/runtime/invite.ts';
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

/** Writes it and prints what it says. */
export async function writeInvitation(
  { announcements, around, city, now }: Saved,
  { by, at }: Invitation,
  inviting: Inviting,
): Promise<void> {
  const announcement = await invite(announcements, city, { by, now }, { ...inviting, at });
  console.log(
    [
      oneLine(announcement),
      ...findingLines(lintAnnouncement(announcement, around)),
      `une autre personne la valide, puis on la programme: npm run announce -- approuver ${announcement.id} --de …; programmer ${announcement.id} --de …`,
    ].join('\n'),
  );
}
