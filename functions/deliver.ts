/**
 * Empties outboxes: what a turn has to say through a provider's API. Sent once, whatever happens on the way; what has
 * to wait is asked for again when its time comes.
 */
import type { Deps } from './runtime/deps.ts';
import { GRACE, handOver } from './runtime/hand-over.ts';
import { queueLambda } from './runtime/lambda.ts';
import type { QueueMessage } from './runtime/queue.ts';
import type { Owed } from './store/turn-item.ts';

/** SQS delays no longer; the index finds what waits longer. */
const MOST_DELAY = 900;

/** Handles one message. Throws where it must come back. */
export const create =
  (deps: Deps) =>
  async (message: QueueMessage): Promise<void> => {
    if (message.kind !== 'deliver')
      throw new Error(`the outbound queue takes "deliver", got "${message.kind}"`);
    await deps.settings.ready();
    const item = await deps.turns.find(message.hash);
    if (!item || (await handOver(deps, item, false)) === 'done') return;
    const after = await deps.turns.find(message.hash);
    const waiting = [...(after?.outbox ?? []), ...(after?.reply ? [after.reply] : [])];
    const first = waiting.find(({ notBefore }) => notBefore !== undefined);
    // What could go already waits for something else, such as the morning: the index has it.
    const delay = first ? Math.ceil((readyAt(first) - deps.now().getTime()) / 1000) : 0;
    if (delay > 0 && delay <= MOST_DELAY) await deps.outbound.send(message, delay);
  };

/** A second try is made no sooner than the first can be looked up. */
const readyAt = ({ notBefore, attempt, claimed, at }: Omit<Owed, 'to'>): number =>
  Math.max(Date.parse(notBefore ?? at), attempt > 0 ? Date.parse(claimed ?? at) + GRACE : 0);

export const handler = queueLambda(create);
