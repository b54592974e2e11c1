/** The embedded DynamoDB: dynalite on disk, spoken to by the real SDK; and the table, as `functions/store/table.ts` says. */
import { mkdir } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { INDEX, KEY_ATTRIBUTES } from '../../functions/store/table.ts';
import { compact, lastOpened, loadDynalite } from './compaction.ts';

export const TABLE = 'porte-voix';

export interface Store {
  client: DynamoDBClient;
  table: string;
  endpoint: string;
  /** Leaves nothing in the files of what was deleted. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

/** `folder` undefined: in memory. Throws where another process has the folder. */
export async function openStore(folder?: string): Promise<Store> {
  if (folder) await mkdir(folder, { recursive: true });
  const gate = createGate();
  const server = loadDynalite()({
    ...(folder && { path: path.join(folder, 'store') }),
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
  });
  const database = folder ? lastOpened() : undefined;
  gate.guard(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connected = connectStore(endpoint);
  try {
    await createTable(connected.client);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    ...connected,
    endpoint,
    compact: async () => {
      if (database) await gate.alone(() => compact(database));
    },
    close: async () => {
      await connected.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Lets requests through, or holds them while something is done alone: dynalite throws past everyone on a closed database. */
function createGate() {
  let running = 0;
  let open: Promise<void> = Promise.resolve();
  return {
    guard(server: Server): void {
      const handlers = server.listeners('request') as RequestListener[];
      server.removeAllListeners('request');
      server.on('request', async (request, response) => {
        await open;
        running += 1;
        response.once('close', () => {
          running -= 1;
        });
        for (const handle of handlers) handle(request, response);
      });
    },
    async alone(work: () => Promise<void>): Promise<void> {
      const before = open;
      let release = (): void => {};
      open = new Promise((resolve) => {
        release = resolve;
      });
      try {
        await before;
        while (running > 0) await new Promise((resolve) => setTimeout(resolve, 1));
        await work();
      } finally {
        release();
      }
    },
  };
}

export function connectStore(endpoint: string): {
  client: DynamoDBClient;
  table: string;
  close(): Promise<void>;
} {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { client, table: TABLE, close: async () => client.destroy() };
}

async function createTable(client: DynamoDBClient): Promise<void> {
  const { pk, sk, listPk, listSk } = KEY_ATTRIBUTES;
  const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [pk, sk, listPk, listSk].map(text),
        KeySchema: [
          { AttributeName: pk, KeyType: 'HASH' },
          { AttributeName: sk, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: INDEX,
            KeySchema: [
              { AttributeName: listPk, KeyType: 'HASH' },
              { AttributeName: listSk, KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { TableName: TABLE });
}
