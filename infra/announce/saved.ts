/**
 * The announcements, for a command: those of this machine (`DATA_DIR`), or of a deployment where `TABLE` names its
 * table, with the AWS credentials of who runs the command.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { numberIn, Person } from '../../conversations/announcement.ts';
import type { AnnouncementAround } from '../../conversations/announcement-lint.ts';
import type { Named } from '../../conversations/audience.ts';
import type { City } from '../../conversations/city.ts';
import { parisTime } from '../../conversations/hours.ts';
import { surveyShelf } from '../../conversations/survey.ts';
import { staffLists } from '../../functions/runtime/announced-to.ts';
import {
  type AnnouncementStore,
  createAnnouncementStore,
  type Kept,
} from '../../functions/store/announcements.ts';
import { createDb, type Db } from '../../functions/store/db.ts';
import { createListStore } from '../../functions/store/lists.ts';
import { createSurveyStore } from '../../functions/store/surveys.ts';
import { Refused } from '../command/refused.ts';
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
    const { city, surveys: shipped } = localWorld();
    const db = createDb(reached.client, reached.table);
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
export async function find({ announcements }: Pick<Saved, 'announcements'>, id: string): Promise<Kept> {
  const number = numberIn(id.toUpperCase());
  const found = number === undefined ? undefined : await announcements.get(number);
  if (found?.announcement.id === id.toUpperCase()) return found;
  const last: string[] = [];
  for await (const { announcement } of announcements.list()) last.push(announcement.id);
  const known =
    last.length > 0 ? `Dernières annonces: ${last.slice(-5).join(', ')}` : "Il n'y a pas encore d'annonce";
  throw new Refused(`il n'y a pas d'annonce « ${id} ». ${known}`);
}

/** Who does it, as `--de` says. Throws `Refused` where that is nobody. */
export function personOf(given: string | undefined): string {
  const person = Person.safeParse(given?.trim().toLowerCase());
  if (person.success) return person.data;
  throw new Refused(
    given === undefined
      ? 'dites qui vous êtes: --de agent@exemple'
      : `--de dit qui vous êtes, par un rôle ou une adresse professionnelle (agent@exemple), reçu « ${given} »`,
  );
}
