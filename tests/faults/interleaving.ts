/** Runs two pieces of work whose store calls are let through one at a time, in an order the test dictates. */
import type { Db } from '../../functions/store/db.ts';

interface Actor {
  waiting?: () => void;
  done: boolean;
}

const settle = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

/** `order`: for each step, whose call goes next (0 or 1); who has none waiting or is done yields to the other. */
export async function interleave(
  order: number[],
  starts: ((wrap: (db: Db) => Db) => Promise<unknown>)[],
): Promise<void> {
  const actors: Actor[] = starts.map(() => ({ done: false }));
  const runs = starts.map((start, index) => {
    const actor = actors[index] as Actor;
    const gate = (): Promise<void> =>
      new Promise((resolve) => {
        actor.waiting = resolve;
      });
    return start((db) => gated(db, gate)).finally(() => {
      actor.done = true;
    });
  });
  const release = (index: number): boolean => {
    const actor = actors[index] as Actor;
    const go = actor.waiting;
    actor.waiting = undefined;
    go?.();
    return Boolean(go);
  };
  for (let step = 0; actors.some((actor) => !actor.done); step += 1) {
    await settle();
    const wanted = order[step] ?? step % actors.length;
    if (!release(wanted)) release(1 - wanted);
  }
  await Promise.all(runs);
}

const gated = (db: Db, gate: () => Promise<void>): Db => ({
  ...db,
  get: async (key) => {
    await gate();
    return db.get(key);
  },
  put: async (item, condition) => {
    await gate();
    return db.put(item, condition);
  },
  update: async (key, update, expression) => {
    await gate();
    return db.update(key, update, expression);
  },
});
