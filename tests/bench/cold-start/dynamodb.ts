/** A Lambda that reads and writes one item: what the AWS SDK's client costs before anything of ours. */
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({ region: 'eu-west-3' });

export const handler = async (pk: string): Promise<boolean> => {
  const key = { pk: { S: pk } };
  const { Item } = await client.send(new GetItemCommand({ TableName: 'table', Key: key }));
  await client.send(new PutItemCommand({ TableName: 'table', Item: { ...Item, ...key } }));
  return Item !== undefined;
};
