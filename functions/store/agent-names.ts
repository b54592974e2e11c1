/**
 * What agents are called, by their addresses: personal data of staff, which stays as long after they last signed in as
 * the log of what they did.
 */
import type { Db, Item } from './db.ts';
import { expiresAt, keys, LIFETIME } from './table.ts';

/** Seconds: a name that was written within them is not written again. */
const FRESH = 7 * 86_400;

/** Written where it has changed, or where its life has run for a week. */
export async function keepAgentName(db: Db, agent: { id: string; name: string }, now: Date): Promise<void> {
  const key = keys.agentName(agent.id);
  const ttl = expiresAt(now, LIFETIME.agentName);
  const before = await db.get(key);
  if (agentNameIn(before) === agent.name && Number(before?.ttl) > ttl - FRESH) return;
  await db.put({ ...key, name: agent.name, ttl });
}

/** Of an item at `keys.agentName`. */
export const agentNameIn = (item: Item | undefined): string | undefined =>
  item?.name === undefined ? undefined : String(item.name);
