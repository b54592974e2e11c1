/** `npm run visit -- couverture`: per quartier, the last and the next visit, and which has none within a year. */
import { places } from '../../conversations/city.ts';
import { coverage } from '../../conversations/visit-acts.ts';
import { Refused } from '../command/refused.ts';
import { withVisits } from './saved.ts';

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) throw new Refused('usage: npm run visit -- couverture');
  await withVisits(async ({ around: { city, visits, now } }) => {
    const quartiers = places(city).map(({ id }) => id);
    for (const { quartier, last, next, uncovered } of coverage(quartiers, visits, now)) {
      const alone = uncovered ? '  À PRÉVOIR: pas de visite en un an' : '';
      console.log(`${quartier}  dernière: ${last ?? '-'}  prochaine: ${next ?? '-'}${alone}`);
    }
  });
}
