/** What a function's role may do: every action and resource by name, no wildcard. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { INDEX } from '../../functions/store/table.ts';
import type { Encryption } from './encryption.ts';
import type { Messages, Work } from './messages.ts';
import type { SignIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

export interface Access {
  table: ('GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan')[];
  /** The index of who is due, open and listed. */
  index?: true;
  /** Queues it puts work on, and the one it drains. */
  sends?: Work[];
  drains?: Work;
  /** Announces what happened, and what staff must look at. */
  events?: true;
  /** Writes exports and makes links to them. */
  exports?: true;
  /** Makes links to exports that are there. */
  exportLinks?: true;
  /** Stores what residents send: photos, voice notes. */
  media?: true;
  /** Sends SMS through SNS, where the city does. */
  sms?: true;
  /** Reads who has opted out at SNS. */
  optOuts?: true;
  /** Signs agents in. */
  agents?: true;
}

export interface Resources {
  stage: Stage;
  encryption: Encryption;
  storage: Storage;
  messages: Messages;
  signIn: SignIn;
  logGroup: LogGroup;
  asynchronous: boolean;
}

const KMS_READ = ['kms:Decrypt', 'kms:DescribeKey'];
/** As cdk grants a writer of the table, without the stars. */
const KMS_WRITE = [...KMS_READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];

export function statementsFor(may: Access, on: Resources): PolicyStatement[] {
  const { storage, messages, encryption, logGroup } = on;
  const writes =
    on.asynchronous ||
    may.exports ||
    may.media ||
    may.sends ||
    may.table.some((each) => !READS.includes(each));
  const queues = [
    ...(may.sends ?? []).map((work) => messages.work[work]),
    ...(on.asynchronous ? [messages.failed] : []),
  ];
  const drained = may.drains && messages.work[may.drains];
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    allow(
      // Who may read an item may read many at once.
      may.table
        .flatMap((action) => (action === 'GetItem' ? [action, 'BatchGetItem'] : [action]))
        .map((action) => `dynamodb:${action}`),
      storage.table.tableArn,
    ),
    ...(may.index ? [allow(['dynamodb:Query'], `${storage.table.tableArn}/index/${INDEX}`)] : []),
    allow(['secretsmanager:GetSecretValue'], storage.secret.secretArn),
    ...(may.agents ? [allow(['secretsmanager:GetSecretValue'], on.signIn.secret.secretArn)] : []),
    allow(['kms:Decrypt'], encryption.secrets.keyArn),
    allow(writes ? KMS_WRITE : KMS_READ, encryption.data.keyArn),
    ...queues.map((queue) => allow(['sqs:SendMessage'], queue.queueArn)),
    ...(may.events
      ? [messages.events, messages.alarms].map(({ topicArn }) => allow(['sns:Publish'], topicArn))
      : []),
    ...(drained
      ? [allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], drained.queueArn)]
      : []),
    ...(may.media ? [allow(['s3:DeleteObject', 's3:PutObject'], storage.media.arnForObjects('*'))] : []),
    ...(may.optOuts && on.stage.sns ? [allow(['sns:ListPhoneNumbersOptedOut'], '*')] : []),
    // A phone number has no name of its own at AWS: everything that is no topic, which is what numbers are.
    ...(may.sms && on.stage.sns
      ? [new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] })]
      : []),
    ...(may.exportLinks ? [allow(['s3:GetObject'], storage.exports.arnForObjects('*'))] : []),
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
