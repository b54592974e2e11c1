/** `npm run visit -- sujets [ID]`: what is to be seen, asked and raised, by its number; of one visit, or of all. */
import type { Raised } from '../../functions/store/rsvps.ts';
import { Refused } from '../command/refused.ts';
import { findVisit, withVisits } from './saved.ts';

const KINDS = [
  ['subject', 'P', 'à voir sur place'],
  ['question', 'Q', 'questions'],
  ['request', 'D', 'signalements'],
] as const;

/** P-12, Q-77, D-0532 */
export const numberOf = (letter: string, number: number): string =>
  `${letter}-${letter === 'D' ? String(number).padStart(4, '0') : number}`;

export async function run([id, ...more]: string[]): Promise<void> {
  if (more.length > 0) throw new Refused('usage: npm run visit -- sujets [ID]');
  await withVisits(async (saved) => {
    const visit = id === undefined ? undefined : (await findVisit(saved, id)).thing;
    let count = 0;
    for (const [kind, letter, title] of KINDS) {
      const found: Raised[] = [];
      for await (const each of saved.rsvps.raised(kind))
        if (!visit || each.visit === visit.id) found.push(each);
      if (found.length === 0) continue;
      console.log(`${title}:`);
      for (const { number, text, visit: about, at, language } of found) {
        const where = visit ? '' : `  ${about ?? 'hors visite'}`;
        console.log(
          `  ${numberOf(letter, number)}  ${at.slice(0, 10)}${where}  (${language}) ${text.replace(/\s+/g, ' ')}`,
        );
      }
      count += found.length;
    }
    if (count === 0) console.log('rien encore');
  });
}
