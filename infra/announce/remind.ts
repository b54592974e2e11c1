/**
 * `npm run announce -- relance ID --de QUI [--texte …] [--quand …]`: writes the announcement that reminds those who were
 * told and have not answered, once. It is approved and scheduled like any other, and fills their week like any other.
 *
 * Written first, then noted on what it reminds of by a conditional write, and only what is noted there can be approved:
 * a crash between leaves a draft that the next try takes up, and of two people at once one is told.
 */
import { type Announcement, announcementId, numberIn } from '../../conversations/announcement.ts';
import { announcementOf, cancel } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { reminderOf } from '../../conversations/reminder.ts';
import type { Kept } from '../../functions/store/announcements.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { oneLine } from './said.ts';
import { find, type Saved, withAnnouncements } from './saved.ts';

const USAGE =
  'usage: npm run announce -- relance ID --de QUI [--texte "en français"] [--texte tr="en turc"…]; sans --texte, le même texte';

export async function run(args: string[]): Promise<void> {
  const { id, de, texte } = read(args);
  const by = personOf(de);
  await withAnnouncements(async (saved) => {
    const before = await find(saved, id);
    await refuseSecond(saved, before.announcement);
    const made = reminderOf(before.announcement);
    if ('refused' in made) throw new Refused(made.refused);
    const texts = textsIn(texte) ?? made.draft.texts;
    const draft = { ...made.draft, texts };
    const { announcements, around, now } = saved;
    const reminder =
      (await leftBehind(saved, before.announcement.id)) ??
      (await announcements.create(
        (number) => announcementOf(draft, announcementId(number, around.now), number, by),
        { by, what: `relance de ${before.announcement.id}`, at: now },
      ));
    const noted = { ...before.announcement, reminder: reminder.announcement.id };
    if (!(await announcements.write(before, noted, { by, what: 'relance', at: now }))) {
      await withdraw(saved, reminder, by);
      throw new Refused(
        `quelqu'un vient d'agir sur l'annonce ${before.announcement.id}: regardez-la de nouveau (voir ${before.announcement.id})`,
      );
    }
    const reminders = { ...around.reminders, [before.announcement.id]: reminder.announcement.id };
    console.log(
      [
        oneLine(reminder.announcement),
        ...findingLines(lintAnnouncement(reminder.announcement, { ...around, reminders })),
        `une autre personne la valide, puis on la programme: npm run announce -- approuver ${reminder.announcement.id} --de …; programmer ${reminder.announcement.id} --de …`,
      ].join('\n'),
    );
  });
}

function read(args: string[]): { id: string; de?: string; texte?: string[] } {
  const options = { de: { type: 'string' }, texte: { type: 'string', multiple: true } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  return { id, ...values };
}

/** One that was cancelled before it began has reminded nobody. */
async function refuseSecond({ announcements }: Saved, { id, reminder }: Announcement): Promise<void> {
  const number = reminder === undefined ? undefined : numberIn(reminder);
  const kept = number === undefined ? undefined : await announcements.get(number);
  if (kept && (kept.announcement.state !== 'cancelled' || kept.announcement.started))
    throw new Refused(`l'annonce ${id} a déjà sa relance: ${reminder}. On ne relance qu'une fois`);
}

/** A reminder that was written and never noted. */
async function leftBehind({ announcements }: Saved, id: string): Promise<Kept | undefined> {
  for await (const kept of announcements.list())
    if (kept.announcement.audience.told === id && kept.announcement.state === 'draft') return kept;
  return undefined;
}

async function withdraw({ announcements, now }: Saved, reminder: Kept, by: string): Promise<void> {
  const acted = cancel(reminder.announcement);
  if ('announcement' in acted)
    await announcements.write(reminder, acted.announcement, { by, what: 'annuler', at: now });
}
