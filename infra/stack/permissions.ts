/** What a function's role may do: every action and resource by name, no wildcard. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { INDEX } from '../../functions/store/table.ts';
import type { Encryption } from './encryption.ts';
import type { Messages } from './messages.ts';
import type { Storage } from './storage.ts';

export interface Access {
  table: ('GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan')[];
  /** The index of who is due, open and listed. */
  index?: true;
  inbound?: 'send' | 'both';
  /** Announces what happened. */
  events?: true;
  /** Writes exports and makes links to them. */
  exports?: true;
}

export interface Resources {
  encryption: Encryption;
  storage: Storage;
  messages: Messages;
  logGroup: LogGroup;
  asynchronous: boolean;
}

const KMS_READ = ['kms:Decrypt', 'kms:DescribeKey'];
/** As cdk grants a writer of the table, without the stars. */
const KMS_WRITE = [...KMS_READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const READS = ['GetItem', 'Query', 'Scan'];

export function statementsFor(may: Access, on: Resources): PolicyStatement[] {
  const { storage, messages, encryption, logGroup } = on;
  const writes =
    on.asynchronous || may.exports || may.inbound || may.table.some((each) => !READS.includes(each));
  const queues = [...(may.inbound ? [messages.inbound] : []), ...(on.asynchronous ? [messages.failed] : [])];
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    allow(
      may.table.map((action) => `dynamodb:${action}`),
      storage.table.tableArn,
    ),
    ...(may.index ? [allow(['dynamodb:Query'], `${storage.table.tableArn}/index/${INDEX}`)] : []),
    allow(['secretsmanager:GetSecretValue'], storage.secret.secretArn),
    allow(['kms:Decrypt'], encryption.secrets.keyArn),
    allow(writes ? KMS_WRITE : KMS_READ, encryption.data.keyArn),
    ...queues.map((queue) => allow(['sqs:SendMessage'], queue.queueArn)),
    ...(may.events ? [allow(['sns:Publish'], messages.events.topicArn)] : []),
    ...(may.inbound === 'both'
      ? [
          allow(
            ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
            messages.inbound.queueArn,
          ),
        ]
      : []),
    ...(may.exports
      ? [
          allow(
            ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
            storage.exports.arnForObjects('*'),
          ),
        ]
      : []),
  ];
}

const allow = (actions: string[], resource: string): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resource] });
