/** `npm run visit -- inscrits ID`: who comes and who waits, by their code, without a number or a name. */
import { codeOf, type Party, taken, waiting } from '../../conversations/seats.ts';
import { channelOf } from '../../functions/channels/channel.ts';
import type { Rsvp } from '../../functions/store/rsvps.ts';
import { Refused } from '../command/refused.ts';
import { peopleWord, visitLine } from './said.ts';
import { findVisit, type SavedVisits, withVisits } from './saved.ts';

const STATES = { coming: 'vient', waiting: 'attend', left: 'parti' };

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run visit -- inscrits ID');
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const all = await saved.seats.read(visit.number);
    const parties = (all?.parties ?? []).filter(({ state }) => state !== 'left');
    console.log(visitLine(visit));
    if (!all || parties.length === 0) {
      console.log("personne n'est inscrit");
      return;
    }
    const answers = new Map<string, Rsvp>();
    for await (const answer of saved.rsvps.answers(visit.number)) answers.set(answer.hash, answer);
    for (const party of parties) console.log(await lineOf(saved, party, answers.get(party.hash)));
    console.log(
      `${peopleWord(taken(all))} sur ${all.capacity} places, ${waiting(all).length} en liste d'attente`,
    );
  });
}

async function lineOf({ turns }: SavedVisits, party: Party, answer: Rsvp | undefined): Promise<string> {
  const item = await turns.find(party.hash);
  const language = item?.session.language ?? 'fr';
  const channel = item?.address ? channelOf(item.address) : '';
  const { consent, muted } = item?.session ?? {};
  const silent =
    !item || consent === 'stopped' || muted?.includes('visit') ? ', ne reçoit plus de message' : '';
  const fetched = answer?.transport ? ', transport' : '';
  const here = party.here === undefined ? '' : `, présents: ${party.here}`;
  return `  ${codeOf(party)}  ${STATES[party.state]}  ${peopleWord(party.people)}  ${language}, ${channel}${fetched}${silent}${here}`;
}
