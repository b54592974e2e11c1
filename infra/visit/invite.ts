/**
 * `npm run visit -- inviter ID --de QUI`: writes the announcement that invites the list of the visit's quartier. It is
 * approved and scheduled like any other (`npm run announce`).
 */
import { announcementId, readDraft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { takesPeople } from '../../conversations/visit.ts';
import { invitationText } from '../../conversations/visit-words.ts';
import { findingLines, oneLine } from '../announce/said.ts';
import { personOf } from '../announce/saved.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE =
  'usage: npm run visit -- inviter ID --de QUI [--listes a,b: à la place de celle du quartier] [--quand AAAA-MM-JJTHH:MM]';

export async function run(args: string[]): Promise<void> {
  const options = { de: { type: 'string' }, listes: { type: 'string' }, quand: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  const by = personOf(values.de);
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    if (!takesPeople(visit, saved.now))
      throw new Refused(
        `la visite ${visit.id} n'est pas ouverte aux inscriptions: validez-la d'abord (approuver)`,
      );
    const { announcements, around, city, now } = saved.announcing;
    const texts = city.languages.map((language) => [language, invitationText(visit, language, city)]);
    const draft = readDraft(
      {
        kind: 'visit',
        purpose: 'public-interest',
        texts: Object.fromEntries(texts),
        visit: visit.id,
        about: 'invitation',
        audience: { lists: values.listes?.split(',').map((each) => each.trim()) ?? [visit.quartier] },
        ...(values.quand !== undefined && { at: values.quand }),
      },
      'of the visit',
    );
    const { announcement } = await announcements.create(
      (number) => announcementOf(draft, announcementId(number, around.now), number, by),
      { by, what: `inviter ${visit.id}`, at: now },
    );
    console.log(
      [
        oneLine(announcement),
        ...findingLines(lintAnnouncement(announcement, around)),
        `une autre personne la valide, puis on la programme: npm run announce -- approuver ${announcement.id} --de …; programmer ${announcement.id} --de …`,
      ].join('\n'),
    );
  });
}
