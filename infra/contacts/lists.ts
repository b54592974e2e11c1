/** `npm run contacts -- lists`: every list, what it is for, how many are on it, and what the last daily round took off. */
import { allLists, BASES, type CityList } from '../../functions/runtime/city-lists.ts';
import { Refused } from '../command/refused.ts';
import { counted, withStore } from './of-city.ts';

export async function run(args: string[]): Promise<void> {
  if (args.length > 0) throw new Refused('usage: npm run contacts -- lists');
  await withStore(async (deps) => {
    for (const list of await allLists(deps)) console.log(lineOf(list, await deps.lists.count(list.id)));
    const cleaned = await deps.lists.lastCleaned();
    console.log(
      cleaned
        ? `dernier nettoyage le ${cleaned.at.slice(0, 10)}: ${counted(cleaned.forgotten, 'contact oublié', 'contacts oubliés')}, ${counted(cleaned.unreachable, 'injoignable retiré', 'injoignables retirés')} des listes`
        : 'pas encore de nettoyage',
    );
  });
}

const lineOf = ({ id, name, purpose, basis }: CityList, count: number): string =>
  `${id}: ${name}, ${counted(count, 'contact')}${purpose ? `; ${purpose} (${BASES[basis ?? 'consent']})` : ''}`;
