/**
 * What every function works with, and the only place where clients are made. The local host makes the same
 * parts with its own clock, queue and addresses; the functions cannot tell the difference.
 */
import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Offer } from '../../conversations/events.ts';
import { HOUR } from '../../conversations/hours.ts';
import type { World } from '../../conversations/moment.ts';
import type { Provider, Receiver, Sender } from '../channels/channel.ts';
import type { MediaFrom } from '../channels/media.ts';
import type { MessengerReceiver } from '../channels/messenger-receive.ts';
import type { SnsReceiver } from '../channels/sns-receive.ts';
import type { IssuerSettings } from '../console/sign-in/oidc.ts';
import { type ChannelStore, createChannelStore } from '../store/channels.ts';
import { type ContentStore, createContentStore } from '../store/contents.ts';
import { createDb, type Db } from '../store/db.ts';
import { createDeliveryStore, type DeliveryStore } from '../store/deliveries.ts';
import { createLeaseStore } from '../store/leases.ts';
import { createLinkStore, type LinkStore } from '../store/links.ts';
import { createListStore, type ListStore, type StaffList } from '../store/lists.ts';
import { createLiveRows, type LiveRowStore } from '../store/live-rows.ts';
import { createLiveStore, type LiveStore } from '../store/lives.ts';
import { createMarkStore } from '../store/marks.ts';
import { createMediaStore, type MediaStore } from '../store/media.ts';
import { createNumberStore, type NumberStore } from '../store/numbers.ts';
import { createResidentStore, type ResidentStore } from '../store/residents.ts';
import { createRsvpStore, type RsvpStore } from '../store/rsvps.ts';
import { createSeatStore, type SeatStore } from '../store/seats.ts';
import { createSettingsLog } from '../store/settings-log.ts';
import { createSheetStore, type SheetStore } from '../store/sheets.ts';
import { createSurveyLog } from '../store/survey-log.ts';
import { createTagStore, type TagStore } from '../store/tags.ts';
import { createTurnStore, type TurnStore } from '../store/turns.ts';
import { createVisitStore, type VisitStore } from '../store/visits.ts';
import { createWordsStore, type WordsStore } from '../store/words.ts';
import { type HostedTurn, hostEngine } from './bot.ts';
import { cityCommands } from './city-commands.ts';
import { type Announcer, onceAnHour } from './domain-events.ts';
import type { ExportLinks } from './exported-files.ts';
import { createHashes, type Hashes, type HashKeys } from './hashes.ts';
import { createLimits, type Limits } from './limits.ts';
import { createLiveSettings, type LiveSettings } from './live-settings.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue.ts';
import { createReread } from './reread.ts';
import type { Carriers } from './route.ts';
import { createLiveShelf, type LiveShelf } from './shelf.ts';

export interface Deps {
  now(): Date;
  freshId(): string;
  /** From 0 up to 1: spreads retries. */
  random(): number;
  world: World;
  /** Where `world.surveys` come from, and what keeps them fresh. */
  shelf: LiveShelf;
  /** Where `world.city` comes from: its file and what staff changed of it. */
  settings: LiveSettings;
  take: HostedTurn;
  hashes: Hashes;
  /** What the stores are made on; those of announcements: `announcing.ts`. */
  db: Db;
  turns: TurnStore;
  residents: ResidentStore;
  sheets: SheetStore;
  /** What was written in anonymous surveys that have closed. */
  words: WordsStore;
  /** What staff call residents' texts by. */
  tags: TagStore;
  deliveries: DeliveryStore;
  channels: ChannelStore;
  contents: ContentStore;
  links: LinkStore;
  lives: LiveStore;
  /** What residents do with them. */
  liveRows: LiveRowStore;
  lists: ListStore;
  media: MediaStore;
  numbers: NumberStore;
  visits: VisitStore;
  /** Who comes to them. */
  seats: SeatStore;
  rsvps: RsvpStore;
  limits: Limits;
  /** What could not be done at once. */
  queue: Queue;
  /** What is to go out. */
  outbound: Queue;
  /** Photos and voice notes to be fetched. */
  fetching: Queue;
  /** Announcements that go out. */
  broadcasting: Queue;
  /** Exports that staff asked for. */
  exporting: Queue;
  /** Where they are fetched from. */
  mediaFrom: MediaFrom;
  announcer: Announcer;
  senders: Partial<Record<Provider, Sender>>;
  /** Of what comes by HTTP; SMS through AWS come by a topic, as they are. */
  receivers: { twilio?: Receiver; meta?: MessengerReceiver; sns?: SnsReceiver };
  /** Who carries each channel, in order. */
  carriers: Carriers;
  /** What each provider's SMS come from: a short code, a number, a name. */
  smsFrom: Partial<Record<Provider, string>>;
  /** Makes buttons before they are needed, where a provider wants that. */
  prepare?: (offer: Offer, language: string) => Promise<unknown>;
  /** Numbers that have opted out at a provider which does not tell us. */
  optOuts?: () => AsyncGenerator<string>;
  /** Where providers reach us; signatures are made over it, never over what a request says of itself. */
  publicUrl: string;
  /** Who vouches for the agents of the console; of the console alone. */
  signIn?: IssuerSettings;
  /** Hands out what was exported; of the console alone. */
  exported?: ExportLinks;
  log: Log;
}

/** The providers of a city. */
export interface Providers {
  senders: Deps['senders'];
  receivers: Deps['receivers'];
  carriers: Carriers;
  smsFrom: Deps['smsFrom'];
  prepare?: Deps['prepare'];
  optOuts?: Deps['optOuts'];
}

/** What differs between a Lambda and the local host. */
export interface Surroundings {
  now(): Date;
  /** The city, and the surveys that come with the app. */
  world: World;
  /** How often surveys saved by another process are looked for, in seconds. */
  surveysEvery?: number;
  table: { client: Pick<DynamoDBClient, 'send'>; name: string };
  keys: HashKeys;
  queue: Queue;
  outbound: Queue;
  fetching: Queue;
  broadcasting: Queue;
  exporting: Queue;
  mediaFrom: MediaFrom;
  announcer: Announcer;
  /** Made with the hashes and the contents of these deps. */
  providers: (parts: { hashes: Hashes; contents: ContentStore }) => Providers;
  publicUrl: string;
  signIn?: IssuerSettings;
  exported?: ExportLinks;
  log: Log;
}

/** A visit or a live that nobody knows any more is not looked for with every message. */
const NEWS = HOUR;

export function createDeps(around: Surroundings): Deps {
  const db = createDb(around.table.client, around.table.name);
  const { now, queue, outbound, fetching, broadcasting, exporting, mediaFrom, announcer, publicUrl, log } =
    around;
  const hashes = createHashes(around.keys);
  const contents = createContentStore(db);
  const every = around.surveysEvery;
  const { world, shelf, settings } = createLiveWorld(around.world, db, { now, log, every });
  const { leases, ...stores } = createStores(db, world, now);
  return {
    now,
    freshId: () => randomBytes(12).toString('base64url'),
    random: Math.random,
    world,
    shelf,
    settings,
    take: hostEngine(world, [cityCommands]),
    hashes,
    db,
    ...stores,
    contents,
    queue,
    outbound,
    fetching,
    broadcasting,
    exporting,
    mediaFrom,
    announcer: onceAnHour(announcer, leases, now),
    ...around.providers({ hashes, contents }),
    publicUrl,
    ...(around.signIn && { signIn: around.signIn }),
    ...(around.exported && { exported: around.exported }),
    log,
  };
}

/** The world with what staff saved and changed besides what comes with the app. */
export function createLiveWorld(
  { city, surveys: shipped }: World,
  db: Db,
  { now, log, every }: { now(): Date; log: Log; every?: number | undefined },
): { world: World; shelf: LiveShelf; settings: LiveSettings } {
  const saved = createSurveyLog(db);
  const often = { now, log, ...(every !== undefined && { every }) };
  const surveys = createLiveShelf({ shipped, saved, ...often });
  const settings = createLiveSettings(city, createSettingsLog(db), often);
  const planned = createVisitStore(db);
  const visits = createReread({ read: () => planned.shown(now()), none: [], what: 'visits', ...often });
  const onAir = createLiveStore(db);
  const lives = createReread({ read: () => onAir.staged(now()), none: [], what: 'lives', ...often });
  const made = createListStore(db);
  const lists = createReread({
    async read() {
      const all: StaffList[] = [];
      for await (const list of made.all()) all.push(list);
      return all;
    },
    none: [],
    what: 'lists',
    ...often,
  });
  /** Invited by an instance that knew it already. */
  const isNews = (told: { id: string; at: string } | undefined, known: { id: string }[]): boolean =>
    told !== undefined &&
    now().getTime() - Date.parse(told.at) < NEWS &&
    !known.some(({ id }) => id === told.id);
  const shelf: LiveShelf = {
    current: surveys.current,
    refresh: async () =>
      void (await Promise.all([
        surveys.refresh(),
        settings.refresh(),
        visits.refresh(),
        lives.refresh(),
        lists.refresh(),
      ])),
    async ready(session) {
      await Promise.all([
        surveys.ready(session),
        settings.ready(),
        visits.ready(),
        lives.ready(),
        lists.ready(),
      ]);
      if (isNews(session?.visit, visits.current())) await visits.refresh();
      const onStage = lives.current().map(({ live }) => live);
      if (isNews(session?.live, onStage)) await lives.refresh();
    },
  };
  const world: World = {
    get city() {
      return settings.current().city;
    },
    get surveys() {
      return shelf.current();
    },
    get visits() {
      return visits.current();
    },
    get lives() {
      return lives.current();
    },
    get lists() {
      return lists.current();
    },
  };
  return { world, shelf, settings };
}

/** What lies in the table, and what is counted there. */
export function createStores(db: Db, world: World, now: () => Date) {
  const leases = createLeaseStore(db, now);
  const [words, tags] = [createWordsStore(db), createTagStore(db)];
  const { messageDays } = world.city.notice;
  const [visits, seats] = [createVisitStore(db), createSeatStore(db)];
  return {
    turns: createTurnStore(db),
    residents: createResidentStore(db, world.city.notice.messageDays),
    sheets: createSheetStore(db, world, { words, tags, marks: createMarkStore(db) }, now),
    tags,
    words,
    deliveries: createDeliveryStore(db, world.city.notice.messageDays),
    channels: createChannelStore(db, now),
    links: createLinkStore(db),
    lives: createLiveStore(db),
    liveRows: createLiveRows(db, messageDays),
    lists: createListStore(db),
    media: createMediaStore(db),
    numbers: createNumberStore(db),
    visits,
    seats,
    rsvps: createRsvpStore(db, { visits, seats, messageDays }),
    leases,
    limits: createLimits(leases, world, now),
  };
}
