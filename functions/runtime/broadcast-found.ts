/** Those who stand side by side in a list, read in two calls for all of them and not in two each. */
import type { Announcement } from '../../conversations/announcement.ts';
import { isMeant } from '../../conversations/reminder.ts';
import type { Row } from '../store/ledger.ts';
import type { TurnItem } from '../store/turn-item.ts';
import { announcing } from './announcing.ts';
import type { Deps } from './deps.ts';
import { describe } from './log.ts';

/** `before`: what the ledger has of them; it is not read of who is not meant. */
export interface Found {
  item: TurnItem;
  before: Row | undefined;
}

/**
 * By hash. Who is not in it is to be read alone: those whose address points to somebody else, and everybody where one of
 * them cannot be read, whose failure is not another's.
 */
export async function findAll(
  deps: Deps,
  announcement: Announcement,
  hashes: string[],
): Promise<Map<string, Found>> {
  try {
    const items = await deps.turns.findMany(hashes);
    const meant = items.filter(({ session }) => session.id !== '' && isMeant(announcement, session));
    const rows = await announcing(deps).ledger.getMany(
      announcement.number,
      meant.map(({ hash }) => hash),
    );
    return new Map(items.map((item) => [item.hash, { item, before: rows.get(item.hash) }]));
  } catch (error) {
    deps.log.error('find-failed', describe(error));
    return new Map();
  }
}
