/** The inbound queue: what could not be done at once, to be done with the same code. SQS in production. */
import * as z from 'zod';
import { Event } from '../../conversations/events.ts';

/**
 * - `turn` an event that was accepted but not handled
 * - `effects` a turn was written, its effects could not be carried out
 *
 * @example { "kind": "turn", "address": "sms:+33639980001", "event": { "type": "said", "id": "x8Kq2a", "channel": "sms", "text": "1" } }
 * @example { "kind": "effects", "hash": "p2x…" }
 */
export const QueueMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('turn'), address: z.string(), event: Event }),
  z.strictObject({ kind: z.literal('effects'), hash: z.string() }),
]);
export type QueueMessage = z.infer<typeof QueueMessage>;

export interface Queue {
  /** Resolves once the message is kept. `delay` in seconds. */
  send(message: QueueMessage, delay?: number): Promise<void>;
}
