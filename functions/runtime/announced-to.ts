/**
 * Whom an announcement is for where that is no list: a group of those who have to do with an event, as its own store
 * knows it. A group is small and is read whole; it stands among the lists under a name of its own.
 */
import { numberIn } from '../../conversations/announcement.ts';
import { type Audience, listsOf, TEST_LIST } from '../../conversations/audience.ts';
import { liveNumber } from '../../conversations/live.ts';
import { groupOf } from '../../conversations/live-board.ts';
import { groupOf as comingTo, GROUPS, type Group as Who } from '../../conversations/seats.ts';
import { visitNumber } from '../../conversations/visit.ts';
import type { LedgerState } from '../store/ledger.ts';
import type { ListStore, StaffList } from '../store/lists.ts';
import { shards } from '../store/table.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';

/** Where members are read from. */
export type MemberDeps = Pick<Deps, 'db' | 'lists' | 'seats' | 'lives' | 'liveRows' | 'world'>;

export interface Group {
  /** Up to `most` hashes of turn items, in order, behind `after`. */
  page(event: string, who: string, after: string, most: number): Promise<string[]>;
}

/** Behind every id of a list: no list begins so. */
const MARK = '@';

/** The name under which a group stands among the lists. */
const groupList = ({ event, who }: NonNullable<Audience['group']>): string => `${MARK}${event}${MARK}${who}`;
export const isGroup = (list: string): boolean => list.startsWith(MARK);

/** The lists that staff made. */
export async function staffLists(lists: Pick<ListStore, 'all'>): Promise<StaffList[]> {
  const all: StaffList[] = [];
  for await (const list of lists.all()) all.push(list);
  return all;
}

/** The lists of an audience, or its group: those it names, else all there are. */
export async function listsFor(
  { lists, world: { city } }: Pick<MemberDeps, 'lists' | 'world'>,
  { group, told, lists: named }: Audience,
): Promise<string[]> {
  if (group) return [groupList(group)];
  if (told !== undefined) return [groupList({ event: told, who: 'told' })];
  const all = async () => listsOf({ city, lists: await staffLists(lists) }).map(({ id }) => id);
  return named ?? (await all()).filter((id) => id !== TEST_LIST);
}

const visits = ({ seats }: Pick<Deps, 'seats'>): Group => ({
  async page(event, who, after, most) {
    const number = visitNumber(event);
    const all = number === undefined ? undefined : await seats.read(number);
    if (!all || !isWho(who)) return [];
    return comingTo(all, who)
      .filter((hash) => hash > after)
      .slice(0, most);
  },
});

const isWho = (who: string): who is Who => (GROUPS as readonly string[]).includes(who);

/**
 * Of a live: `interested` in the link, `asked#77` the askers of that question and of those grouped with it, `concerned`
 * all of these.
 */
const lives = ({ lives: kept, liveRows }: Pick<Deps, 'lives' | 'liveRows'>): Group => ({
  async page(event, who, after, most) {
    const number = liveNumber(event);
    if (number === undefined) return [];
    if (who === 'interested') return liveRows.followers(number, after, most);
    const question = /^asked#(\d+)$/.exec(who)?.[1];
    const found = new Set<string>();
    if (who === 'concerned')
      for (const hash of await liveRows.followers(number, '', EVERYONE)) found.add(hash);
    else if (question === undefined) return [];
    const asked = question && new Set(groupOf((await kept.board(number)).board, Number(question)));
    for await (const { question: one, hash } of liveRows.askers(number))
      if (!asked || asked.has(one)) found.add(hash);
    return [...found]
      .sort()
      .filter((hash) => hash > after)
      .slice(0, most);
  },
});

/** A city of 30,000 has fewer who want one link; they are held for a page at most. */
const EVERYONE = 100_000;

/** By the letter that an event's id begins with. */
const groups: Record<string, (deps: MemberDeps) => Group> = { V: visits, L: lives };

/** A page of a list's shard, or of a group, which the first shard's worker takes whole. */
export async function membersOf(
  deps: MemberDeps,
  list: string,
  shard: string,
  page: { after: string; most: number },
): Promise<string[]> {
  if (!isGroup(list)) return firstOf(deps.lists.members(list, { shard, after: page.after }), page.most);
  const [, event = '', who = ''] = list.split(MARK);
  const announcement = numberIn(event);
  if (announcement !== undefined) return firstOf(toldOf(deps, announcement, shard, page.after), page.most);
  if (shard !== shards[0]) return [];
  const group = groups[event.slice(0, 1)];
  if (!group) throw new Error(`no group knows the event ${event}`);
  return group(deps).page(event, who, page.after, page.most);
}

/** Whom an announcement has reached for certain, in this shard. */
async function* toldOf(
  deps: MemberDeps,
  number: number,
  shard: string,
  after: string,
): AsyncGenerator<string> {
  for await (const { hash, state } of announcing(deps).ledger.rows(number, shard, after))
    if (TOLD.has(state)) yield hash;
}
const TOLD = new Set<LedgerState>(['accepted', 'sent', 'delivered']);

async function firstOf(members: AsyncGenerator<string>, most: number): Promise<string[]> {
  const found: string[] = [];
  for await (const hash of members) if (found.push(hash) >= most) break;
  return found;
}
