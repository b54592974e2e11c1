/**
 * The saved surveys, for a command: those of this machine (`DATA_DIR`), or of a deployment where `TABLE` names its
 * table, with the AWS credentials of who runs the command.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inParis } from '../../conversations/hours.ts';
import type { Live } from '../../conversations/live.ts';
import type { World } from '../../conversations/moment.ts';
import { surveyShelf } from '../../conversations/survey.ts';
import { cityNow } from '../../functions/runtime/live-settings.ts';
import { createDb } from '../../functions/store/db.ts';
import { livesOn } from '../../functions/store/lives.ts';
import { createSettingsLog } from '../../functions/store/settings-log.ts';
import { createSurveyStore, type SurveyStore } from '../../functions/store/surveys.ts';
import { localWorld } from '../local/city.ts';
import { createClock } from '../local/clock.ts';
import { reachStore } from '../local/reach.ts';

export interface Saved {
  store: SurveyStore;
  /** The city, and every survey there is: shipped and saved. */
  world: World;
  /** The lives that residents can open by their keywords. */
  lives: Live[];
  /** Today in Paris, YYYY-MM-DD: the local host's day where its clock was turned. */
  today: string;
}

/** Throws `Refused` where the store cannot be reached. */
export async function withSurveys<Made>(work: (saved: Saved) => Promise<Made>): Promise<Made> {
  const table = process.env.TABLE;
  const folder = process.env.DATA_DIR ?? '.data';
  const reached = table
    ? { client: new DynamoDBClient({}), table, close: async () => {} }
    : await reachStore(folder, { make: true });
  const now = table ? () => new Date() : createClock(folder).now;
  try {
    const { city: base, surveys: shipped } = localWorld();
    const db = createDb(reached.client, reached.table);
    const city = await cityNow(base, createSettingsLog(db));
    const store = createSurveyStore(db, shipped.every(), now);
    const lives = await livesOn(db);
    const surveys = surveyShelf([...shipped.every(), ...(await store.all())]);
    return await work({ store, world: { city, surveys }, lives, today: inParis(now()).date });
  } finally {
    await reached.close();
  }
}
