/**
 * Takes one part of an announcement a few pages further. What starts the parts, and ends an announcement, is the
 * minute's look of `remind` (runtime/broadcast-tick.ts).
 */
import { workOn } from './runtime/broadcast.ts';
import type { Deps } from './runtime/deps.ts';
import { queueLambda } from './runtime/lambda.ts';
import type { QueueMessage } from './runtime/queue.ts';

/** Handles one message. Throws where the store does: the lease runs out, and the minute's look begins the page anew. */
export const create =
  (deps: Deps) =>
  async (message: QueueMessage): Promise<void> => {
    if (message.kind !== 'broadcast')
      throw new Error(`the broadcast queue takes "broadcast", got "${message.kind}"`);
    await deps.settings.ready();
    await workOn(deps, message);
  };

export const handler = queueLambda(create);
