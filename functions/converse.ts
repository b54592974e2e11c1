/**
 * Drains the inbound queue: events that the webhook accepted but could not handle, and effects left over.
 * What fails goes back alone; the rest of the batch is done.
 */
import type { Deps } from './runtime/deps.ts';
import { handOver } from './runtime/hand-over.ts';
import { queueLambda } from './runtime/lambda.ts';
import type { QueueMessage } from './runtime/queue.ts';
import { settle, takeTurn } from './runtime/take-turn.ts';

/** Not an error of ours: the message is to come back. */
export class TryLater extends Error {
  override name = 'TryLater';
}

/** Handles one message. Throws where it must come back. */
export const create =
  (deps: Deps) =>
  async (message: QueueMessage): Promise<void> => {
    if (message.kind === 'effects') {
      const item = await deps.turns.find(message.hash);
      if (item) await settle(deps, item);
      return;
    }
    if (message.kind !== 'turn')
      throw new Error(`the inbound queue takes turns and effects, got "${message.kind}"`);
    const taken = await takeTurn(deps, message.address, message.event, 'api');
    if (taken.kind === 'older') return;
    if ((await handOver(deps, taken.item, taken.kind === 'fresh')) === 'later')
      throw new TryLater('the reply is still owed');
  };

export const handler = queueLambda(create);
