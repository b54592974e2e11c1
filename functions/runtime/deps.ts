/**
 * What every function works with, and the only place where clients are made. The local host makes the same
 * parts with its own clock, queue and addresses; the functions cannot tell the difference.
 */
import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { World } from '../../conversations/moment.ts';
import type { SmsSender } from '../channels/sms.ts';
import { createDb } from '../store/db.ts';
import { createResidentStore, type ResidentStore } from '../store/residents.ts';
import { createSheetStore, type SheetStore } from '../store/sheets.ts';
import { createTurnStore, type TurnStore } from '../store/turns.ts';
import { type HostedTurn, hostEngine } from './bot.ts';
import { cityCommands } from './city-commands.ts';
import type { Announcer } from './domain-events.ts';
import { createHashes, type Hashes, type HashKeys } from './hashes.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue.ts';

export interface TwilioAccount {
  accountSid: string;
  /** The first signs what we send; all are accepted on what we receive, so that a token can be rotated. */
  tokens: string[];
  /** The city's sender: a short code or an E.164 number. */
  number: string;
}

export interface Deps {
  now(): Date;
  freshId(): string;
  world: World;
  take: HostedTurn;
  hashes: Hashes;
  turns: TurnStore;
  residents: ResidentStore;
  sheets: SheetStore;
  queue: Queue;
  announcer: Announcer;
  sms: SmsSender;
  twilio: TwilioAccount;
  /** Where providers reach us; signatures are made over it, never over what a request says of itself. */
  publicUrl: string;
  log: Log;
}

/** What differs between a Lambda and the local host. */
export interface Surroundings {
  now(): Date;
  world: World;
  table: { client: Pick<DynamoDBClient, 'send'>; name: string };
  keys: HashKeys;
  queue: Queue;
  announcer: Announcer;
  sms: SmsSender;
  twilio: TwilioAccount;
  publicUrl: string;
  log: Log;
}

export function createDeps(around: Surroundings): Deps {
  const db = createDb(around.table.client, around.table.name);
  const { now, world, queue, announcer, sms, twilio, publicUrl, log } = around;
  return {
    now,
    freshId: () => randomBytes(12).toString('base64url'),
    world,
    take: hostEngine(world, [cityCommands]),
    hashes: createHashes(around.keys),
    turns: createTurnStore(db),
    residents: createResidentStore(db, world.city.notice.messageDays),
    sheets: createSheetStore(db),
    queue,
    announcer,
    sms,
    twilio,
    publicUrl,
    log,
  };
}
