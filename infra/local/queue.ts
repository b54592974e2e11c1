/**
 * A queue in this process, behind the port that SQS stands behind in production: kept in the store
 * until it is done, delivered again with a delay, set aside after five failures.
 */
import { randomUUID } from 'node:crypto';
import { describe, type Log } from '../../functions/runtime/log.ts';
import { type Queue, QueueMessage } from '../../functions/runtime/queue.ts';
import type { Db, Item } from '../../functions/store/db.ts';

/** As SQS is set up in production. */
const MAX_RECEIVES = 5;
const VISIBILITY = 30_000;

export interface LocalQueue extends Queue {
  /** Delivers everything that is due to `handle`, one by one. Returns how many were done. */
  drain(handle: (message: QueueMessage) => Promise<void>): Promise<number>;
  /** When the next message is due. */
  next(): Promise<Date | undefined>;
}

export function createLocalQueue(
  name: 'inbound' | 'outbound' | 'media' | 'broadcast' | 'export',
  db: Db,
  now: () => Date,
  log: Log,
): LocalQueue {
  const WAITING = `queue#${name}`;
  const DEAD = `queue#${name}-dead`;
  const waiting = async (): Promise<Item[]> => {
    const items: Item[] = [];
    for await (const item of db.query(WAITING)) items.push(item);
    return items.sort((a, b) => Number(a.visible) - Number(b.visible));
  };
  return {
    async send(message, delay = 0) {
      const at = now().getTime();
      const sk = `${new Date(at).toISOString()}#${randomUUID()}`;
      await db.put({
        pk: WAITING,
        sk,
        body: JSON.stringify(message),
        visible: at + delay * 1000,
        receives: 0,
      });
    },
    async next() {
      const [first] = await waiting();
      return first && new Date(Number(first.visible));
    },
    async drain(handle) {
      let done = 0;
      for (const item of await waiting()) {
        const key = { pk: String(item.pk), sk: String(item.sk) };
        if (Number(item.visible) > now().getTime()) continue;
        try {
          await handle(QueueMessage.parse(JSON.parse(String(item.body))));
          done += 1;
        } catch (error) {
          const receives = Number(item.receives) + 1;
          log.error('message-failed', { ...describe(error), receives });
          if (receives >= MAX_RECEIVES) await db.put({ ...item, pk: DEAD });
          else {
            await db.put({ ...item, receives, visible: now().getTime() + VISIBILITY * receives });
            continue;
          }
        }
        await db.delete(key);
      }
      return done;
    },
  };
}
