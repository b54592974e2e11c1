/** `npm run visit -- sujets [ID]`: what is to be seen, asked and raised, by its number; of one visit, or of all. */
import { raisedAt } from '../../functions/runtime/visit-people.ts';
import { Refused } from '../command/refused.ts';
import { findVisit, withVisits } from './saved.ts';

export async function run([id, ...more]: string[]): Promise<void> {
  if (more.length > 0) throw new Refused('usage: npm run visit -- sujets [ID]');
  await withVisits(async (saved) => {
    const visit = id === undefined ? undefined : (await findVisit(saved, id)).thing;
    const kinds = await raisedAt(saved.rsvps, visit?.id);
    for (const { title, raised } of kinds) {
      console.log(`${title}:`);
      for (const { number, text, visit: about, at, language } of raised) {
        const where = visit ? '' : `  ${about ?? 'hors visite'}`;
        console.log(`  ${number}  ${at.slice(0, 10)}${where}  (${language}) ${text.replace(/\s+/g, ' ')}`);
      }
    }
    if (kinds.length === 0) console.log('rien encore');
  });
}
