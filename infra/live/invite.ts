/** `npm run live -- inviter ID --de QUI`: the announcement that invites to a live. */
import { takesQuestions } from '../../conversations/live.ts';
import { openingText } from '../../conversations/live-words.ts';
import { readInvitation, writeInvitation } from '../announce/invitation.ts';
import { Refused } from '../command/refused.ts';
import { findLive, withLives } from './saved.ts';

const USAGE =
  'usage: npm run live -- inviter ID --de QUI [--listes a,b: ces listes; sans elles, toutes] [--quand AAAA-MM-JJTHH:MM]';

export async function run(args: string[]): Promise<void> {
  const given = readInvitation(args, USAGE);
  const { lists } = given;
  await withLives(async (saved) => {
    const { thing: live } = await findLive(saved, given.id);
    if (!takesQuestions(live, saved.now))
      throw new Refused(
        `le direct ${live.id} ne prend pas de questions: validez-le d'abord (approuver), ou il est trop tard`,
      );
    const { announcing } = saved;
    await writeInvitation(announcing, given, {
      id: live.id,
      about: { kind: 'live', live: live.id, ...(lists && { audience: { lists } }) },
      text: (language) => openingText(live, language, announcing.city),
    });
  });
}
