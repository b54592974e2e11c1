/** `npm run contacts -- members ID`: how many are on a list, by language and age. No number and no name. */
import { membersOf } from '../../functions/runtime/city-lists.ts';
import { Refused } from '../command/refused.ts';
import { counted, listOf, withStore } from './of-city.ts';

export async function run(args: string[]): Promise<void> {
  const [id] = args;
  if (!id || args.length !== 1) throw new Refused('usage: npm run contacts -- members LISTE');
  await withStore(async (deps) => {
    const { name } = await listOf(deps, id);
    const { all: count, languages, ages } = await membersOf(deps, id);
    console.log(`${name}: ${counted(count, 'contact')}`);
    if (count > 0) console.log(`langues: ${listed(languages, 'non dite')}\nâges: ${listed(ages, 'non dit')}`);
  });
}

const listed = (counts: Map<string, number>, unsaid: string): string =>
  [...counts]
    .map(([what, count]): [string, number] => [what || unsaid, count])
    .sort(([a, some], [b, others]) => others - some || a.localeCompare(b))
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
