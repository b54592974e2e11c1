/**
 * What a start after `kill -9` must mend. dynalite writes items whole but the index beside them, so about a
 * quarter of the index rows can be missing or stale (design.md 5); and what has expired is swept here, since
 * dynalite has no sweep of its own.
 */
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { INDEX } from '../../functions/store/table.ts';

type Raw = Record<string, AttributeValue>;

async function* scan(client: DynamoDBClient, input: ScanCommandInput): AsyncGenerator<Raw> {
  let start: Raw | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...input, ...(start && { ExclusiveStartKey: start }) }));
    for (const item of page.Items ?? []) yield item;
    start = page.LastEvaluatedKey;
  } while (start);
}

const name = (item: Raw): string => `${item.pk?.S}\n${item.sk?.S}`;
const entry = (item: Raw | undefined): string | undefined =>
  item?.lp && item.ls && `${item.lp.S}\n${item.ls.S}`;

/** Index entries that say something else than the table: by item, the entries that are wrong and whether one is missing. */
export async function compareIndex(client: DynamoDBClient, table: string) {
  const items = new Map<string, Raw>();
  for await (const item of scan(client, { TableName: table, ConsistentRead: true }))
    items.set(name(item), item);
  const stale: Raw[] = [];
  const found = new Set<string>();
  for await (const row of scan(client, { TableName: table, IndexName: INDEX })) {
    if (entry(row) === entry(items.get(name(row)))) found.add(name(row));
    else stale.push(row);
  }
  const missing = [...items.values()].filter((item) => entry(item) && !found.has(name(item)));
  return { items, stale, missing };
}

/** Makes the index say what the table says; deletes what has expired. Returns how much was mended. */
export async function repair(client: DynamoDBClient, table: string, now: Date) {
  const { items, stale, missing } = await compareIndex(client, table);
  for (const row of stale) {
    // dynalite removes the entry of the item as it was: let it have been what the stale entry says.
    const key = { pk: row.pk as AttributeValue, sk: row.sk as AttributeValue };
    const item = items.get(name(row));
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...item, ...key, lp: row.lp as AttributeValue, ls: row.ls as AttributeValue },
      }),
    );
    if (item) await client.send(new PutItemCommand({ TableName: table, Item: item }));
    else await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
  }
  for (const item of missing) await client.send(new PutItemCommand({ TableName: table, Item: item }));
  let expired = 0;
  for (const item of items.values()) {
    if (!item.ttl?.N || Number(item.ttl.N) * 1000 > now.getTime()) continue;
    expired += 1;
    const key = { pk: item.pk as AttributeValue, sk: item.sk as AttributeValue };
    await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
  }
  return { stale: stale.length, missing: missing.length, expired };
}
