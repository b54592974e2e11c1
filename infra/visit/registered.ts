/** `npm run visit -- inscrits ID`: who comes and who waits, by their code, without a number or a name. */
import { taken, waiting } from '../../conversations/seats.ts';
import { type Registered, registeredAt } from '../../functions/runtime/visit-people.ts';
import { Refused } from '../command/refused.ts';
import { peopleWord, visitLine } from './said.ts';
import { findVisit, withVisits } from './saved.ts';

const STATES = { coming: 'vient', waiting: 'attend', left: 'parti' };

export async function run([id, ...more]: string[]): Promise<void> {
  if (id === undefined || more.length > 0) throw new Refused('usage: npm run visit -- inscrits ID');
  await withVisits(async (saved) => {
    const { thing: visit } = await findVisit(saved, id);
    const all = await saved.seats.read(visit.number);
    const registered = await registeredAt(saved, visit);
    console.log(visitLine(visit));
    if (!all || registered.length === 0) {
      console.log("personne n'est inscrit");
      return;
    }
    for (const each of registered) console.log(lineOf(each));
    console.log(
      `${peopleWord(taken(all))} sur ${all.capacity} places, ${waiting(all).length} en liste d'attente`,
    );
  });
}

function lineOf({ code, state, people, language, channel = '', ...each }: Registered): string {
  const silent = each.silent ? ', ne reçoit plus de message' : '';
  const fetched = each.transport ? ', transport' : '';
  const here = each.here === undefined ? '' : `, présents: ${each.here}`;
  return `  ${code}  ${STATES[state]}  ${peopleWord(people)}  ${language}, ${channel}${fetched}${silent}${here}`;
}
