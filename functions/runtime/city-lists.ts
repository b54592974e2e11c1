/** The lists there are: the city file's and those that staff made. */
import type { StaffList } from '../store/lists.ts';
import { shards } from '../store/table.ts';
import type { Deps } from './deps.ts';

export interface CityList {
  id: string;
  name: string;
  plain?: true | undefined;
  /** What it is for, and who made it, when; missing where the city's file has it. */
  purpose?: string;
  basis?: StaffList['basis'];
  by?: string;
  at?: string;
}

export const BASES: Record<StaffList['basis'], string> = {
  interest: "mission d'intérêt public",
  consent: 'consentement',
};

export async function allLists({ world, lists }: Pick<Deps, 'world' | 'lists'>): Promise<CityList[]> {
  const all: CityList[] = world.city.quartiers.map(({ id, name, plain }) => ({ id, name, plain }));
  for await (const list of lists.all()) all.push(list);
  return all;
}

/** Writes the list; false where there is one of this id, which never changes: people agreed to what it says. */
export const defineList = async (
  { world, lists }: Pick<Deps, 'world' | 'lists'>,
  list: StaffList,
): Promise<boolean> => !world.city.quartiers.some(({ id }) => id === list.id) && (await lists.define(list));

/** Of the list's members, so many of each language and each age band; '' where neither was said. */
export interface Members {
  all: number;
  languages: Map<string, number>;
  ages: Map<string, number>;
}

const PAGE = 100;

/** Reads every member, a batch of the store at a time. */
export async function membersOf(
  { lists, turns }: Pick<Deps, 'lists' | 'turns'>,
  id: string,
): Promise<Members> {
  const members: Members = { all: 0, languages: new Map(), ages: new Map() };
  const add = (to: Map<string, number>, what = ''): void => void to.set(what, (to.get(what) ?? 0) + 1);
  let page: string[] = [];
  const read = async (): Promise<void> => {
    const items = await turns.findMany(page);
    page = [];
    for (const { session } of items) {
      // The index is a moment behind.
      if (!session.lists.includes(id)) continue;
      members.all += 1;
      add(members.languages, session.language);
      add(members.ages, session.age);
    }
  };
  for (const shard of shards)
    for await (const hash of lists.members(id, { shard })) if (page.push(hash) >= PAGE) await read();
  await read();
  return members;
}
