/** Every minute: what residents answered since is added to the counts that staff look at. */
import type { Deps } from './runtime/deps.ts';
import { scheduleLambda } from './runtime/lambda.ts';
import { describe } from './runtime/log.ts';
import { countAnswers } from './runtime/results/count-answers.ts';
import { createTallyStore } from './store/tallies.ts';

/** Counted of a shard of a survey in one round: some minutes of a city that all answer at once. */
const MOST = 2_000;

/** Returns how many sheets it counted. One survey's failure is not another's. */
export const create = (deps: Deps) => async (): Promise<number> => {
  let counted = 0;
  const tallies = createTallyStore(deps.db);
  await deps.shelf.ready();
  for (const { key } of deps.world.surveys.all())
    try {
      counted += (await countAnswers({ ...deps, tallies }, key, MOST)).counted;
    } catch (error) {
      deps.log.error('count-failed', { ...describe(error), survey: key });
    }
  return counted;
};

export const handler = scheduleLambda(create);
