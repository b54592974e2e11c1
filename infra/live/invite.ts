/**
 * `npm run live -- inviter ID --de QUI`: writes the announcement that invites to a live. It is approved and scheduled like
 * any other (`npm run announce`).
 */
import { announcementId, readDraft } from '../../conversations/announcement.ts';
import { announcementOf } from '../../conversations/announcement-acts.ts';
import { lintAnnouncement } from '../../conversations/announcement-lint.ts';
import { takesQuestions } from '../../conversations/live.ts';
import { openingText } from '../../conversations/live-words.ts';
import { findingLines, oneLine } from '../announce/said.ts';
import { personOf } from '../announce/saved.ts';
import { readArgs } from '../command/read-args.ts';
import { Refused } from '../command/refused.ts';
import { findLive, withLives } from './saved.ts';

const USAGE =
  'usage: npm run live -- inviter ID --de QUI [--listes a,b: ces listes; sans elles, toutes] [--quand AAAA-MM-JJTHH:MM]';

export async function run(args: string[]): Promise<void> {
  const options = { de: { type: 'string' }, listes: { type: 'string' }, quand: { type: 'string' } } as const;
  const { values, positionals } = readArgs(args, options, USAGE);
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(USAGE);
  const by = personOf(values.de);
  const lists = values.listes?.split(',').map((each) => each.trim());
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, id);
    if (!takesQuestions(live, saved.now))
      throw new Refused(
        `le direct ${live.id} ne prend pas de questions: validez-le d'abord (approuver), ou il est trop tard`,
      );
    const { announcements, around, city, now } = saved.announcing;
    const texts = city.languages.map((language) => [language, openingText(live, language, city)]);
    const draft = readDraft(
      {
        kind: 'live',
        purpose: 'public-interest',
        texts: Object.fromEntries(texts),
        live: live.id,
        about: 'invitation',
        ...(lists && { audience: { lists } }),
        ...(values.quand !== undefined && { at: values.quand }),
      },
      'of the live',
    );
    const { announcement } = await announcements.create(
      (number) => announcementOf(draft, announcementId(number, around.now), number, by),
      { by, what: `inviter ${live.id}`, at: now },
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
