/**
 * The table through the AWS SDK, in plain values. Owns the translation and which failures are expected;
 * the files beside it own what is stored.
 */
import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { INDEX, KEY_ATTRIBUTES, type Key } from './table.ts';

export type Plain = string | number | Record<string, string>;
export type Item = Record<string, Plain>;

function encode(value: Plain): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, text]) => [name, { S: text }])) };
}

function decode(value: AttributeValue): Plain {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  return Object.fromEntries(Object.entries(value.M ?? {}).map(([name, text]) => [name, text.S ?? '']));
}

const encodeItem = (item: Item): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, encode(value)]));
const decodeItem = (item: Record<string, AttributeValue>): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, decode(value)]));

/** A condition or an update: the expression, `#name` and `:value` parts given as plain pairs. */
export interface Expression {
  text: string;
  names?: Record<string, string>;
  values?: Record<string, Plain>;
}

export interface Db {
  get(key: Key): Promise<Item | undefined>;
  /**
   * The items of these keys in their order, as many as there are; a key that is named twice is read once. As fresh as
   * `get`: who decides by them that somebody is written to must not miss a STOP. Throws where the table does not catch up.
   */
  getMany(keys: Key[]): Promise<(Item | undefined)[]>;
  /** False where the condition did not hold. */
  put(item: Item, condition?: Expression): Promise<boolean>;
  update(key: Key, update: string, expression: Expression): Promise<boolean>;
  delete(key: Key): Promise<void>;
  /** False where the condition did not hold: then it is still there. */
  deleteWhere(key: Key, condition: Expression): Promise<boolean>;
  /**
   * The items of a partition in order, page by page; `after` leaves out the sort keys up to it, itself included. `most`:
   * a page of the store holds no more, for who stops early.
   */
  query(pk: string, after?: string, most?: number): AsyncGenerator<Item>;
  /**
   * The items of a partition from the last to the first, `most` a page of the store; `before` leaves out the sort keys
   * from it on, itself included. For who looks at a list: no decision hangs on it, so that it may be a moment behind.
   */
  latest(pk: string, most: number, before?: string): AsyncGenerator<Item>;
  /** Every item's key and end of life, from the whole table. */
  scan(): AsyncGenerator<Item>;
  /** Keys listed under an index partition, in order; `upTo` bounds its sort key, included. */
  listed(listPk: string, upTo?: string): AsyncGenerator<Item>;
  /** The same, behind a sort key that is left out itself: to go on where another has ended. */
  listedAfter(listPk: string, after: string): AsyncGenerator<Item>;
}

/** DynamoDB's own limit of keys in one call. */
const BATCH = 100;
/** What the table did not get to is asked for again after 50 ms, 100 ms, …: 6.3 seconds in all. */
const MOST_ROUNDS = 7;
const FIRST_WAIT = 50;

/** `table` names the table; `pageSize` is only smaller than a full page in tests, which need not wait either. */
export function createDb(
  client: Pick<DynamoDBClient, 'send'>,
  table: string,
  pageSize?: number,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Db {
  const expressionInput = ({ names, values }: Expression) => ({
    ...(names && { ExpressionAttributeNames: names }),
    ...(values && { ExpressionAttributeValues: encodeItem(values) }),
  });
  const guarded = async (send: () => Promise<unknown>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  type Page = { Items?: Record<string, AttributeValue>[]; LastEvaluatedKey?: Record<string, AttributeValue> };
  async function* pages(
    next: (rest: { ExclusiveStartKey?: Record<string, AttributeValue>; Limit?: number }) => Promise<Page>,
    limit = pageSize,
  ): AsyncGenerator<Item> {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await next({
        ...(start && { ExclusiveStartKey: start }),
        ...(limit && { Limit: limit }),
      });
      for (const item of page.Items ?? []) yield decodeItem(item);
      start = page.LastEvaluatedKey;
    } while (start);
  }
  const query = (input: QueryCommandInput, limit?: number): AsyncGenerator<Item> =>
    pages((rest) => client.send(new QueryCommand({ ...input, ...rest })), limit);
  /** At most a batch; empty answers count as rounds only while nothing at all comes back. */
  const batch = async (keys: Key[]): Promise<Item[]> => {
    const found: Item[] = [];
    let rest: Record<string, AttributeValue>[] = keys.map((key) => encodeItem({ ...key }));
    for (let round = 0; rest.length > 0; round += 1) {
      if (round > MOST_ROUNDS) throw new Error(`the table did not get to ${rest.length} keys of a batch`);
      if (round > 0) await wait(FIRST_WAIT * 2 ** (round - 1));
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: rest, ConsistentRead: true } } }),
      );
      const came = Responses?.[table] ?? [];
      found.push(...came.map(decodeItem));
      rest = UnprocessedKeys?.[table]?.Keys ?? [];
      if (came.length > 0) round = 0;
    }
    return found;
  };
  return {
    async getMany(keys) {
      const named = (key: { pk?: unknown; sk?: unknown }): string => `${key.pk}\n${key.sk}`;
      const once = [...new Map(keys.map((key) => [named(key), key])).values()];
      const found = new Map<string, Item>();
      for (let from = 0; from < once.length; from += BATCH)
        for (const item of await batch(once.slice(from, from + BATCH))) found.set(named(item), item);
      return keys.map((key) => found.get(named(key)));
    },
    async get(key) {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName: table, Key: encodeItem({ ...key }), ConsistentRead: true }),
      );
      return found && decodeItem(found);
    },
    put: (item, condition) =>
      guarded(() =>
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: encodeItem(item),
            ...(condition && { ConditionExpression: condition.text, ...expressionInput(condition) }),
          }),
        ),
      ),
    update: (key, update, expression) =>
      guarded(() =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: encodeItem({ ...key }),
            UpdateExpression: update,
            ConditionExpression: expression.text,
            ...expressionInput(expression),
          }),
        ),
      ),
    async delete(key) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: encodeItem({ ...key }) }));
    },
    deleteWhere: (key, condition) =>
      guarded(() =>
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: encodeItem({ ...key }),
            ConditionExpression: condition.text,
            ...expressionInput(condition),
          }),
        ),
      ),
    query: (pk, after, most) =>
      query(
        {
          TableName: table,
          KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk > :after'}`,
          ExpressionAttributeValues: encodeItem({
            ':pk': pk,
            ...(after !== undefined && { ':after': after }),
          }),
          ConsistentRead: true,
        },
        most,
      ),
    latest: (pk, most, before) =>
      query(
        {
          TableName: table,
          KeyConditionExpression: `pk = :pk${before === undefined ? '' : ' AND sk < :before'}`,
          ExpressionAttributeValues: encodeItem({
            ':pk': pk,
            ...(before !== undefined && { ':before': before }),
          }),
          ScanIndexForward: false,
        },
        most,
      ),
    scan: () =>
      pages((rest) =>
        client.send(
          new ScanCommand({
            TableName: table,
            ProjectionExpression: 'pk, sk, #ttl',
            ExpressionAttributeNames: { '#ttl': KEY_ATTRIBUTES.expires },
            ...rest,
          }),
        ),
      ),
    listed: (listPk, upTo) =>
      query({
        TableName: table,
        IndexName: INDEX,
        KeyConditionExpression: `lp = :lp${upTo ? ' AND ls <= :upTo' : ''}`,
        ExpressionAttributeValues: encodeItem({ ':lp': listPk, ...(upTo && { ':upTo': upTo }) }),
      }),
    listedAfter: (listPk, after) =>
      query({
        TableName: table,
        IndexName: INDEX,
        KeyConditionExpression: 'lp = :lp AND ls > :after',
        ExpressionAttributeValues: encodeItem({ ':lp': listPk, ':after': after }),
      }),
  };
}
