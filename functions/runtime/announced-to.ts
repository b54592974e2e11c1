/**
 * Whom an announcement is for where that is no list: a group of those who have to do with an event, as its own store
 * knows it. A group is small and is read whole; it stands among the lists under a name of its own.
 */
import type { AnnouncedTo } from '../../conversations/announcement.ts';
import { GROUPS, groupOf, type Group as Who } from '../../conversations/seats.ts';
import { visitNumber } from '../../conversations/visit.ts';
import { shards } from '../store/table.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';

export interface Group {
  /** Up to `most` hashes of turn items, in order, behind `after`. */
  page(event: string, who: string, after: string, most: number): Promise<string[]>;
}

/** Behind every id of a list: no list begins so. */
const MARK = '@';

/** The name under which a group stands among the lists. */
export const groupList = ({ event, who }: NonNullable<AnnouncedTo['group']>): string =>
  `${MARK}${event}${MARK}${who}`;

const visits = ({ seats }: Pick<Deps, 'seats'>): Group => ({
  async page(event, who, after, most) {
    const number = visitNumber(event);
    const all = number === undefined ? undefined : await seats.read(number);
    if (!all || !isWho(who)) return [];
    return groupOf(all, who)
      .filter((hash) => hash > after)
      .slice(0, most);
  },
});

const isWho = (who: string): who is Who => (GROUPS as readonly string[]).includes(who);

/** By the letter that an event's id begins with. */
const groups: Record<string, (deps: Deps) => Group> = { V: visits };

/** A page of a list's shard, or of a group, which the first shard's worker takes whole. */
export async function membersOf(
  deps: Deps,
  list: string,
  shard: string,
  page: { after: string; most: number },
): Promise<string[]> {
  if (!list.startsWith(MARK)) return announcing(deps).members.page(list, shard, page.after, page.most);
  if (shard !== shards[0]) return [];
  const [, event = '', who = ''] = list.split(MARK);
  const group = groups[event.slice(0, 1)];
  if (!group) throw new Error(`no group knows the event ${event}`);
  return group(deps).page(event, who, page.after, page.most);
}
