/**
 * Empties outboxes: what a turn has to say through a provider's API. Sent once, whatever happens on the way; what has
 * to wait is asked for again when its time comes.
 */
import type { Deps } from './runtime/deps.ts';
import { handOver } from './runtime/hand-over.ts';
import { queueLambda } from './runtime/lambda.ts';
import type { QueueMessage } from './runtime/queue.ts';

/** SQS delays no longer; the index finds what waits longer. */
const MOST_DELAY = 900;

/** Handles one message. Throws where it must come back. */
export const create =
  (deps: Deps) =>
  async (message: QueueMessage): Promise<void> => {
    if (message.kind !== 'deliver')
      throw new Error(`the outbound queue takes "deliver", got "${message.kind}"`);
    const item = await deps.turns.find(message.hash);
    if (!item || (await handOver(deps, item, false)) === 'done') return;
    const after = await deps.turns.find(message.hash);
    const next = [...(after?.outbox ?? []), ...(after?.reply ? [after.reply] : [])]
      .map(({ notBefore }) => notBefore)
      .find((time) => time !== undefined);
    if (!next) return;
    const delay = Math.ceil((Date.parse(next) - deps.now().getTime()) / 1000);
    if (delay <= MOST_DELAY) await deps.outbound.send(message, Math.max(1, delay));
  };

export const handler = queueLambda(create);
