/**
 * What Botkit's core and worker take from `botbuilder`, in its place: the turn's context and a store that nobody
 * writes to. State is the turn item's (docs/decisions/0001), so the state class refuses to keep any.
 */
import { MemoryStorage } from 'botbuilder-core/lib/memoryStorage.js';
import { TurnContext } from 'botbuilder-core/lib/turnContext.js';

const refuse = (): never => {
  throw new Error('Botkit keeps no state in this bundle: a turn keeps it (functions/runtime/take-turn.ts)');
};

/** Botkit's constructor makes one and asks it for a property; whoever then reads or writes state is refused. */
class ConversationState {
  createProperty(): object {
    return { get: refuse, set: refuse, delete: refuse };
  }
  load = refuse;
  saveChanges = refuse;
  clear = refuse;
  delete = refuse;
}

export { ConversationState, MemoryStorage, TurnContext };
