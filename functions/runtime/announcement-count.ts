/**
 * Who an announcement would go to if it left now: people by language, channel and provider, and who would not hear it
 * and why. Goes through the lists shard by shard and holds nobody; reads one turn item a member.
 */
import type { Announcement } from '../../conversations/announcement.ts';
import { textLanguage } from '../../conversations/announcement.ts';
import type { Reached } from '../../conversations/announcement-price.ts';
import type { City } from '../../conversations/city.ts';
import type { Session } from '../../conversations/session.ts';
import { channelOf } from '../channels/channel.ts';
import type { Purpose } from '../channels/templates.ts';
import type { Db } from '../store/db.ts';
import { hashIn, listShard, shards } from '../store/table.ts';
import type { TurnStore } from '../store/turns.ts';
import { groupList } from './announced-to.ts';
import { type Carriers, type Refused, routeOf } from './route.ts';

/** STOP, no consent, STOP VISITE; a person of the city is speaking with them; no way there. */
export type Unheard = 'stopped' | 'none' | 'muted' | 'relieved' | Refused;

export interface Count {
  reached: (Reached & { template: boolean })[];
  unheard: Partial<Record<Unheard, number>>;
}

export async function countAudience(
  announcement: Announcement,
  { db, turns, city, carriers, now }: { db: Db; turns: TurnStore; city: City; carriers: Carriers; now: Date },
): Promise<Count> {
  const reached = new Map<string, Count['reached'][number]>();
  const unheard: Count['unheard'] = {};
  const lists = listsOf(announcement, city);
  for (const list of lists)
    for (const shard of shards)
      for await (const { pk } of db.listed(listShard(list, shard))) {
        const item = await turns.find(hashIn(String(pk)));
        // Somebody on several lists counts on the first of them.
        if (!item || lists.find((each) => item.session.lists.includes(each)) !== list) continue;
        if (!isMeant(announcement, item.session)) continue;
        const language = item.session.language ?? 'fr';
        const purpose = purposeOf(announcement.kind);
        const text = announcement.texts[textLanguage(announcement, language)] ?? '';
        const why = withheld(announcement, item.session, now);
        const way = why
          ? { refused: why }
          : routeOf(item, { text, purpose, language }, { now, city, carriers });
        if ('refused' in way) {
          unheard[way.refused] = (unheard[way.refused] ?? 0) + 1;
          continue;
        }
        const line = {
          language,
          channel: channelOf(way.to),
          provider: way.providers[0] as Reached['provider'],
          template: way.template !== undefined,
        };
        const name = Object.values(line).join(' ');
        const before = reached.get(name) ?? { ...line, people: 0 };
        reached.set(name, { ...before, people: before.people + 1 });
      }
  const order = (line: Reached): string => `${line.channel} ${line.language}`;
  return { reached: [...reached.values()].sort((a, b) => order(a).localeCompare(order(b))), unheard };
}

/** The lists it goes to, or the group: those it names, else all. */
export const listsOf = ({ audience }: Pick<Announcement, 'audience'>, city: City): string[] =>
  audience.group ? [groupList(audience.group)] : (audience.lists ?? city.quartiers.map(({ id }) => id));

/** What its templates are for. */
export const purposeOf = (kind: Announcement['kind']): Purpose => (kind === 'info' ? 'information' : kind);

/** Whether somebody on one of its lists is among those it is for. */
export const isMeant = ({ audience: { quartiers, languages } }: Announcement, session: Session): boolean =>
  (!quartiers || quartiers.includes(session.quartier ?? '')) &&
  (!languages || languages.includes(session.language ?? 'fr'));

function withheld({ kind }: Announcement, session: Session, now: Date): Unheard | undefined {
  if (session.consent !== 'given') return session.consent;
  if (kind !== 'urgent' && session.muted?.includes(kind)) return 'muted';
  return session.relieved && session.relieved.until > now.toISOString() ? 'relieved' : undefined;
}
