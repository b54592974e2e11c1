/** `npm run announce -- relance ID --de QUI [--texte …]`: a reminder to those who have not answered (`remind-silent.ts`). */
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { remindSilent } from '../../functions/runtime/remind-silent.ts';
import { findingLines } from '../command/findings.ts';
import { personOf } from '../command/person.ts';
import { readArgs, textsIn } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { oneLine } from './said.ts';
import { changedMeanwhile, find, withAnnouncements } from './saved.ts';

const USAGE =
  'usage: npm run announce -- relance ID --de QUI [--texte "en français"] [--texte tr="en turc"…]; sans --texte, le même texte';

export async function run(args: string[]): Promise<void> {
  const { id, de, texte } = read(args);
  const by = personOf(de);
  await withAnnouncements(async (saved) => {
    const before = await find(saved, id);
    const { announcements, around, now } = saved;
    const made = await remindSilent(announcements, before, { by, now }, textsIn(texte));
    if (made === 'changed') throw new Refused(changedMeanwhile(before.announcement.id));
    if ('refused' in made) throw new Refused(made.refused);
    const { reminder } = made;
    const reminders = { ...around.reminders, [before.announcement.id]: reminder.id };
    console.log(
      [
        oneLine(reminder),
        ...findingLines(lintAnnouncement(reminder, { ...around, reminders })),
        `une autre personne la valide, puis on la programme: npm run announce -- approuver ${reminder.id} --de …; programmer ${reminder.id} --de …`,
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
