/** The embedded DynamoDB: dynalite on disk, spoken to by the real SDK; and the table, as `functions/store/table.ts` says. */
import { mkdir } from 'node:fs/promises';
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
  const server = loadDynalite()({
    ...(folder && { path: path.join(folder, 'store') }),
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
  });
  const database = folder ? lastOpened() : undefined;
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
      if (database) await compact(database);
    },
    close: async () => {
      await connected.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
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
