/** A DynamoDB client that counts what passes through it. To know an item before and after a write it looks itself. */
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Index, readUnits, type StoredItem, sizeOf, type Units, writeCost } from './units.ts';

type Key = Record<'pk' | 'sk', NonNullable<StoredItem[string]>>;

interface Sent {
  constructor: { name: string };
  input: { TableName: string; Key?: Key; Item?: StoredItem };
}

export interface Counting {
  client: Pick<DynamoDBClient, 'send'>;
  /** What was counted since it was last asked. */
  taken(): Units;
}

const none = (): Units => ({ calls: 0, read: 0, write: 0, bytes: 0 });

/** Throws on a command that the turn path has never needed: its price would have to be thought about. */
export function counting(client: DynamoDBClient, indexes: Index[]): Counting {
  let units = none();
  let watched = true;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { body } = args.request as { body: string };
      const { headers } = result.response as { headers: Record<string, string> };
      if (watched) units.bytes += Buffer.byteLength(body) + Number(headers['content-length']);
      return result;
    },
    { step: 'finalizeRequest', priority: 'low', name: 'bytesOnTheWire' },
  );
  const look = async (table: string, { pk, sk }: Key): Promise<StoredItem | undefined> => {
    watched = false;
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
    );
    watched = true;
    return Item;
  };
  const send = async (command: Sent): Promise<unknown> => {
    const { TableName, Key, Item } = command.input;
    const run = (): Promise<unknown> => client.send(command as never);
    units.calls += 1;
    switch (command.constructor.name) {
      case 'GetItemCommand': {
        const found = (await run()) as { Item?: StoredItem };
        units.read += readUnits(found.Item ? sizeOf(found.Item) : 0);
        return found;
      }
      case 'QueryCommand': {
        // The shelf of surveys, asked by each instance once a minute, whatever the number of turns.
        const found = (await run()) as { Items?: StoredItem[] };
        units.read += readUnits((found.Items ?? []).reduce((bytes, item) => bytes + sizeOf(item), 0));
        return found;
      }
      case 'PutItemCommand':
      case 'UpdateItemCommand': {
        const key = (Key ?? Item) as Key;
        const before = await look(TableName, key);
        try {
          return await run();
        } finally {
          units.write += writeCost(indexes, before, await look(TableName, key));
        }
      }
      default:
        throw new Error(`no price is known for ${command.constructor.name}`);
    }
  };
  return {
    client: { send } as unknown as Pick<DynamoDBClient, 'send'>,
    taken() {
      const counted = units;
      units = none();
      return counted;
    },
  };
}
