/**
 * The announcements, for a command: those of this machine (`DATA_DIR`), or of a deployment where `TABLE` names its
 * table, with the AWS credentials of who runs the command.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { numberIn } from '../../conversations/announcement.ts';
import type { AnnouncementAround } from '../../conversations/announcement-lint.ts';
import type { Named } from '../../conversations/audience.ts';
import type { City } from '../../conversations/city.ts';
import { parisTime } from '../../conversations/hours.ts';
import { surveyShelf } from '../../conversations/survey.ts';
import { staffLists } from '../../functions/runtime/announced-to.ts';
import { cityNow } from '../../functions/runtime/live-settings.ts';
import {
  type AnnouncementStore,
  createAnnouncementStore,
  type Kept,
} from '../../functions/store/announcements.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import { createListStore } from '../../functions/store/lists.ts';
import { createSettingsLog } from '../../functions/store/settings-log.ts';
import { createSurveyStore } from '../../functions/store/surveys.ts';
import { findThing } from '../command/things.ts';
import { localWorld } from '../local/city.ts';
import { createClock } from '../local/clock.ts';
import { reachStore } from '../local/reach.ts';

export interface Saved {
  announcements: AnnouncementStore;
  db: Db;
  city: City;
  around: AnnouncementAround;
  /** What audiences can name. */
  world: Named;
  /** The local host's time where its clock was turned. */
  now: Date;
}

/** Throws `Refused` where the store cannot be reached. */
export async function withAnnouncements<Made>(work: (saved: Saved) => Promise<Made>): Promise<Made> {
  const table = process.env.TABLE;
  const folder = process.env.DATA_DIR ?? '.data';
  const reached = table
    ? { client: new DynamoDBClient({}), table, close: async () => {} }
    : await reachStore(folder, { make: true });
  const now = table ? new Date() : createClock(folder).now();
  try {
    const { city: base, surveys: shipped } = localWorld();
    const db = createDb(reached.client, reached.table);
    const city = await cityNow(base, createSettingsLog(db));
    const saved = await createSurveyStore(db, shipped.every(), () => now).all();
    const surveys = surveyShelf([...shipped.every(), ...saved]);
    const lists = await staffLists(createListStore(db));
    const announcements = createAnnouncementStore(db);
    const reminders: Record<string, string> = {};
    for await (const { announcement } of announcements.list())
      if (announcement.reminder !== undefined) reminders[announcement.id] = announcement.reminder;
    const around = { city, surveys: surveys.all(), lists, reminders, now: parisTime(now) };
    const world = { city, surveys, lists };
    return await work({ announcements, db, city, around, world, now });
  } finally {
    await reached.close();
  }
}

/** The announcement with this id. Throws `Refused` where there is none, with those that are. */
export const find = ({ announcements }: Pick<Saved, 'announcements'>, id: string): Promise<Kept> =>
  findThing(
    {
      number: numberIn,
      get: announcements.get,
      id: ({ announcement }) => announcement.id,
      async ids() {
        const all: string[] = [];
        for await (const { announcement } of announcements.list()) all.push(announcement.id);
        return all;
      },
      words: {
        none: "il n'y a pas d'annonce",
        last: 'Dernières annonces',
        empty: "Il n'y a pas encore d'annonce",
      },
    },
    id,
  );

/** What is said where another has acted meanwhile. */
export const changedMeanwhile = (id: string): string =>
  `quelqu'un vient d'agir sur l'annonce ${id}: regardez-la de nouveau (voir ${id}), puis recommencez`;
