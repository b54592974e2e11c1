/** The queues: what could not be done at once (inbound), what is to go out (outbound). SQS in production. */
import * as z from 'zod';
import { Event } from '../../conversations/events.ts';

/**
 * - `turn` an event that was accepted but not handled
 * - `effects` a turn was written, its effects could not be carried out
 * - `deliver` a resident's outbox has something in it (outbound queue)
 * - `fetch` a photo or voice note waits at the provider (media queue)
 * - `broadcast` a part of an announcement; `owner` of its lease where it goes on (broadcast queue)
 * - `export` an export that staff asked for (export queue)
 * - `import` a long import of contacts, to be tried or gone on with (export queue)
 * - `forget` files that nobody may have any more (media queue)
 *
 * @example { "kind": "turn", "address": "sms:+33639980001", "event": { "type": "said", "id": "x8Kq2a", "channel": "sms", "text": "1" } }
 * @example { "kind": "effects", "hash": "p2x…" }
 * @example { "kind": "deliver", "hash": "p2x…" }
 * @example { "kind": "fetch", "hash": "p2x…", "event": "x8Kq2a" }
 * @example { "kind": "broadcast", "announcement": 7, "part": "chene#a" }
 * @example { "kind": "export", "job": "20261123T090000000Z-x8Kq2aB0" }
 * @example { "kind": "import", "job": "20261123T090000000Z-x8Kq2aB0" }
 * @example { "kind": "forget", "files": ["x8Kq2aB0.jpg"] }
 */
export const QueueMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('turn'), address: z.string(), event: Event }),
  z.strictObject({ kind: z.literal('effects'), hash: z.string() }),
  z.strictObject({ kind: z.literal('deliver'), hash: z.string() }),
  z.strictObject({ kind: z.literal('fetch'), hash: z.string(), event: z.string() }),
  z.strictObject({
    kind: z.literal('broadcast'),
    announcement: z.int(),
    part: z.string(),
    owner: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('export'), job: z.string() }),
  z.strictObject({ kind: z.literal('import'), job: z.string() }),
  z.strictObject({ kind: z.literal('forget'), files: z.array(z.string()) }),
]);
export type QueueMessage = z.infer<typeof QueueMessage>;

export interface Queue {
  /** Resolves once the message is kept. `delay` in seconds. */
  send(message: QueueMessage, delay?: number): Promise<void>;
}
