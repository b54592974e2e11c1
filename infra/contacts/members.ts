/** `npm run contacts -- members ID`: how many are on a list, by language and age. No number and no name. */
import type { Session } from '../../conversations/session.ts';
import { shards } from '../../functions/store/table.ts';
import { Refused } from '../command/refused.ts';
import { counted, listOf, withStore } from './of-city.ts';

export async function run(args: string[]): Promise<void> {
  const [id] = args;
  if (!id || args.length !== 1) throw new Refused('usage: npm run contacts -- members LISTE');
  await withStore(async (deps) => {
    const { name } = await listOf(deps, id);
    const languages = new Map<string, number>();
    const ages = new Map<string, number>();
    const add = (to: Map<string, number>, what: string): void => void to.set(what, (to.get(what) ?? 0) + 1);
    let count = 0;
    for (const shard of shards)
      for await (const hash of deps.lists.members(id, { shard }) as AsyncGenerator<string>) {
        const session: Session | undefined = (await deps.turns.find(hash))?.session;
        // The index is a moment behind.
        if (!session?.lists.includes(id)) continue;
        count += 1;
        add(languages, session.language ?? 'non dite');
        add(ages, session.age ?? 'non dit');
      }
    console.log(`${name}: ${counted(count, 'contact')}`);
    if (count > 0) console.log(`langues: ${listed(languages)}\nâges: ${listed(ages)}`);
  });
}

const listed = (counts: Map<string, number>): string =>
  [...counts]
    .sort(([a, some], [b, others]) => others - some || a.localeCompare(b))
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
