/** What the pages about lists share. */
import { allLists, type CityList } from '../../runtime/city-lists.ts';
import { ROOT } from '../navigation.ts';
import { type Asked, NotThere } from '../page.ts';

export const LISTS = `${ROOT}/listes`;

export const addressOf = (id: string, part?: string): string =>
  `${LISTS}/${id}${part === undefined ? '' : `/${part}`}`;

/** Of `:id`. */
export async function asked({ deps, params }: Asked): Promise<CityList> {
  const found = (await allLists(deps)).find(({ id }) => id === params.id);
  if (!found) throw new NotThere();
  return found;
}
