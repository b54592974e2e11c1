/** `npm run visit -- inviter ID --de QUI`: the announcement that invites the list of the visit's quartier. */
import { takesPeople } from '../../conversations/visit.ts';
import { invitationText } from '../../conversations/visit-words.ts';
import { readInvitation, writeInvitation } from '../announce/invitation.ts';
import { Refused } from '../command/refused.ts';
import { findVisit, withVisits } from './saved.ts';

const USAGE =
  'usage: npm run visit -- inviter ID --de QUI [--listes a,b: à la place de celle du quartier] [--quand AAAA-MM-JJTHH:MM]';

export async function run(args: string[]): Promise<void> {
  const given = readInvitation(args, USAGE);
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, given.id);
    if (!takesPeople(visit, saved.now))
      throw new Refused(
        `la visite ${visit.id} n'est pas ouverte aux inscriptions: validez-la d'abord (approuver)`,
      );
    const { announcing } = saved;
    await writeInvitation(announcing, given, {
      id: visit.id,
      about: { kind: 'visit', visit: visit.id, audience: { lists: given.lists ?? [visit.quartier] } },
      text: (language) => invitationText(visit, language, announcing.city),
    });
  });
}
