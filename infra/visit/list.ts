/** `npm run visit -- liste`: every visit, a line each, with how many come. */
import { taken, waiting } from '../../conversations/seats.ts';
import { Refused } from '../command/refused.ts';
import { visitLine } from './said.ts';
import { withVisits } from './saved.ts';

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) throw new Refused('usage: npm run visit -- liste');
  await withVisits(async ({ around, seats }) => {
    for (const visit of around.visits) {
      const all = await seats.read(visit.number);
      const count = all ? `, ${taken(all)} inscrites, ${waiting(all).length} en attente` : '';
      console.log(`${visitLine(visit)}${count}`);
    }
    if (around.visits.length === 0) console.log('pas encore de visite: npm run visit -- nouvelle …');
  });
}
