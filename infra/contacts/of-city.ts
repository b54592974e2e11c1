/** What the commands about contacts share. */
import { allLists, type CityList } from '../../functions/runtime/city-lists.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import { Refused } from '../command/refused.ts';
import { withDeps } from '../local/with-deps.ts';

/** Throws `Refused` with those there are. */
export async function listOf(deps: Deps, id: string): Promise<CityList> {
  const all = await allLists(deps);
  const found = all.find((each) => each.id === id);
  if (found) return found;
  throw new Refused(
    `la liste « ${id} » n'existe pas. Listes: ${all.map((each) => each.id).join(', ')}. Pour en créer une: npm run contacts -- list add`,
  );
}

const folder = (): string => process.env.DATA_DIR ?? '.data';

export const withStore = <Made>(work: (deps: Deps) => Promise<Made>): Promise<Made> =>
  withDeps(folder(), work, { make: true });

/** "1 contact", "2 contacts". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('fr-FR')} ${count > 1 ? more : one}`;
