/**
 * How many residents an audience has, and how many of them a message would reach: read list by list, shard by shard and
 * page by page, so that it takes as much memory for a million as for a hundred.
 */
import { type Audience, listsOf, matches, type Withheld, withheld } from '../../conversations/audience.ts';
import type { City } from '../../conversations/city.ts';
import type { Channel, Kind } from '../../conversations/events.ts';
import { channelOf } from '../channels/channel.ts';
import type { Purpose } from '../channels/templates.ts';
import type { ListStore, StaffList } from '../store/lists.ts';
import { shards } from '../store/table.ts';
import type { TurnItem } from '../store/turn-item.ts';
import type { TurnStore } from '../store/turns.ts';
import { type Carriers, type Refused, routeOf } from './route.ts';

/** Why a message would not go out: what the resident wants, or what the way to them is like. */
export type Unreached = Exclude<Withheld, 'none'> | Refused;

/** `all` of a language, a channel, a list; `reached`, where a message could go now. */
interface Tally {
  all: number;
  reached: number;
}

export interface AudienceCount extends Tally {
  languages: Map<string, Tally>;
  /** Where they last wrote from. */
  channels: Map<Channel, Tally>;
  /** Each resident in the first of the audience's lists that they are on: the lists add up to all. */
  lists: Map<string, Tally>;
  /** Who has stopped has left the lists too: `stopped` is only who has done so just now. */
  unreached: Map<Unreached, number>;
}

export interface CountDeps {
  lists: Pick<ListStore, 'members' | 'all'>;
  turns: Pick<TurnStore, 'findMany'>;
  city: City;
  carriers: Carriers;
  now(): Date;
}

/** What a page holds: a batch of the store's. */
const PAGE = 100;

const PURPOSE: Record<Kind, Purpose> = {
  visit: 'visit',
  survey: 'survey',
  live: 'live',
  info: 'information',
};

/** The lists that staff made. */
export async function staffLists(lists: Pick<ListStore, 'all'>): Promise<StaffList[]> {
  const all: StaffList[] = [];
  for await (const list of lists.all()) all.push(list);
  return all;
}

/** `kind`: what the message would be about. */
export async function countAudience(deps: CountDeps, audience: Audience, kind: Kind): Promise<AudienceCount> {
  const { city } = deps;
  const lists = audience.lists ?? listsOf({ city, lists: await staffLists(deps.lists) }).map(({ id }) => id);
  const count: AudienceCount = {
    all: 0,
    reached: 0,
    languages: new Map(),
    channels: new Map(),
    lists: new Map(),
    unreached: new Map(),
  };
  for await (const { item, list } of residentsOf(deps, lists))
    if (item.session.consent !== 'none' && matches(audience, item.session))
      add(count, item, list, deps, kind);
  return count;
}

/**
 * Everyone on these lists, once. Who is on several is met on each and taken on the first that their own session names:
 * no memory of who was met is needed. The session rules, for the index is a moment behind.
 */
async function* residentsOf(
  { lists: store, turns }: CountDeps,
  lists: string[],
): AsyncGenerator<{ item: TurnItem; list: string }> {
  for (const list of lists)
    for (const shard of shards)
      for await (const hashes of paged(store.members(list, { shard })))
        for (const item of await turns.findMany(hashes))
          if (lists.find((each) => item.session.lists.includes(each)) === list) yield { item, list };
}

async function* paged(members: AsyncGenerator<string>): AsyncGenerator<string[]> {
  let page: string[] = [];
  for await (const hash of members) {
    page.push(hash);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function add(
  count: AudienceCount,
  { session, ...item }: TurnItem,
  list: string,
  { city, carriers, now }: CountDeps,
  kind: Kind,
): void {
  const language = session.language ?? 'fr';
  const about = { now: now(), kind };
  const why = withheld(session, about) ?? refusal(item, language, { kind, city, carriers, now: now() });
  const tallies = [
    count,
    tallyOf(count.languages, language),
    tallyOf(count.channels, session.channel ?? (item.address ? channelOf(item.address) : 'sms')),
    tallyOf(count.lists, list),
  ];
  for (const tally of tallies) {
    tally.all += 1;
    if (why === undefined) tally.reached += 1;
  }
  // `none` was left out above.
  if (why !== undefined && why !== 'none') count.unreached.set(why, (count.unreached.get(why) ?? 0) + 1);
}

/** What a text without a length would meet: whether there is a way does not hang on the words. */
function refusal(
  item: Pick<TurnItem, 'address' | 'known' | 'others'>,
  language: string,
  { kind, ...about }: { kind: Kind; now: Date; city: City; carriers: Carriers },
): Refused | undefined {
  const way = routeOf(item, { text: '', purpose: PURPOSE[kind], language }, about);
  return 'refused' in way ? way.refused : undefined;
}

function tallyOf<Name>(tallies: Map<Name, Tally>, name: Name): Tally {
  const tally = tallies.get(name) ?? { all: 0, reached: 0 };
  tallies.set(name, tally);
  return tally;
}
