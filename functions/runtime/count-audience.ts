/**
 * How many residents an audience has, and how many of them a message would reach if it left now: read list by list,
 * shard by shard and page by page, so that it takes as much memory for a million as for a hundred.
 */
import type { AnnouncementKind } from '../../conversations/announcement.ts';
import type { Reached } from '../../conversations/announcement-price.ts';
import { type Audience, type Withheld, withheld } from '../../conversations/audience.ts';
import type { Channel } from '../../conversations/events.ts';
import { isMeant } from '../../conversations/reminder.ts';
import { channelOf } from '../channels/channel.ts';
import { purposeOf } from '../channels/templates.ts';
import { shards } from '../store/table.ts';
import type { TurnItem } from '../store/turn-item.ts';
import { isGroup, listsFor, type MemberDeps, membersOf } from './announced-to.ts';
import type { Deps } from './deps.ts';
import { type Refused, routeOf } from './route.ts';

/** Why a message would not go out: what the resident wants, or what the way to them is like. */
export type Unreached = Withheld | Refused;

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
  /** Those it reaches, by the way that it goes and the language. */
  ways: (Reached & { template: boolean })[];
}

export type CountDeps = MemberDeps &
  Pick<Deps, 'carriers' | 'now'> & { turns: Pick<Deps['turns'], 'findMany'> };

/** What the message would be about, and its text; without one, one that fits every template. */
export interface About {
  kind: AnnouncementKind;
  survey?: string | undefined;
  visit?: string | undefined;
  textIn?: (language: string) => string;
}

/** What a page holds: a batch of the store's. */
const PAGE = 100;

export async function countAudience(
  deps: CountDeps,
  audience: Audience,
  about: About,
): Promise<AudienceCount> {
  const count: Counting = {
    all: 0,
    reached: 0,
    languages: new Map(),
    channels: new Map(),
    lists: new Map(),
    unreached: new Map(),
    waysByName: new Map(),
  };
  for await (const { item, list } of residentsOf(deps, await listsFor(deps, audience)))
    if (isMeant({ audience, ...about }, item.session)) add(count, item, list, deps, about);
  const { waysByName, ...counted } = count;
  const order = (way: Reached): string => `${way.channel} ${way.language}`;
  return { ...counted, ways: [...waysByName.values()].sort((a, b) => order(a).localeCompare(order(b))) };
}

type Counting = Omit<AudienceCount, 'ways'> & { waysByName: Map<string, AudienceCount['ways'][number]> };

/**
 * Everyone on these lists, once. Who is on several is met on each and taken on the first that their own session names:
 * no memory of who was met is needed. The session rules, for the index is a moment behind.
 */
async function* residentsOf(
  deps: CountDeps,
  lists: string[],
): AsyncGenerator<{ item: TurnItem; list: string }> {
  for (const list of lists)
    for (const shard of shards)
      for await (const hashes of pagesOf(deps, list, shard))
        for (const item of await deps.turns.findMany(hashes))
          if (isGroup(list) || isListed(item, list, lists)) yield { item, list };
}

/** Who began to join and gave no consent is on no list. */
const isListed = ({ session }: TurnItem, list: string, lists: string[]): boolean =>
  session.consent !== 'none' && lists.find((each) => session.lists.includes(each)) === list;

async function* pagesOf(deps: CountDeps, list: string, shard: string): AsyncGenerator<string[]> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await membersOf(deps, list, shard, { after, most: PAGE });
    if (page.length > 0) yield page;
    after = page.length < PAGE ? undefined : page.at(-1);
  }
}

function add(
  count: Counting,
  { session, ...item }: TurnItem,
  list: string,
  { world: { city }, carriers, now }: CountDeps,
  { kind, textIn = () => '' }: About,
): void {
  const language = session.language ?? 'fr';
  const why = withheld(session, { now: now(), ...(kind !== 'urgent' && { kind }) });
  const wanted = { text: textIn(language), purpose: purposeOf(kind), language };
  const way = why ? { refused: why } : routeOf(item, wanted, { now: now(), city, carriers });
  const tallies = [
    count,
    tallyOf(count.languages, language),
    tallyOf(count.channels, session.channel ?? (item.address ? channelOf(item.address) : 'sms')),
    tallyOf(count.lists, list),
  ];
  for (const tally of tallies) {
    tally.all += 1;
    if (!('refused' in way)) tally.reached += 1;
  }
  if ('refused' in way) {
    count.unreached.set(way.refused, (count.unreached.get(way.refused) ?? 0) + 1);
    return;
  }
  const line = {
    language,
    channel: channelOf(way.to),
    provider: way.providers[0] as Reached['provider'],
    template: way.template !== undefined,
  };
  const name = Object.values(line).join(' ');
  const before = count.waysByName.get(name);
  count.waysByName.set(name, { ...line, people: (before?.people ?? 0) + 1 });
}

function tallyOf<Name>(tallies: Map<Name, Tally>, name: Name): Tally {
  const tally = tallies.get(name) ?? { all: 0, reached: 0 };
  tallies.set(name, tally);
  return tally;
}
