/** What outlives an invocation: the table, the exports for a week, the secrets. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CONTACTS } from '../../functions/runtime/exported-files.ts';
import { INDEX, KEY_ATTRIBUTES } from '../../functions/store/table.ts';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import type { Stage } from './stage.ts';

/** Long enough to notice a mistake; after it, what somebody erased is gone from the backups too. */
const BACKUP_DAYS = 14;
/** An export is a copy of answers, one file of it of phone numbers. */
const EXPORT_DAYS = 7;
/** One of contacts holds who is erased after it was made; the shortest that S3 counts. */
const CONTACTS_DAYS = 1;

export interface StorageProps {
  stage: Stage;
  encryption: Encryption;
}

export class Storage extends Construct {
  readonly table: Table;
  readonly exports: Bucket;
  /** Photos and voice notes of residents, as long as messages are kept. */
  readonly media: Bucket;
  readonly secret: Secret;
  readonly secretName: string;

  constructor(scope: Construct, id: string, { stage, encryption }: StorageProps) {
    super(scope, id);
    this.table = createTable(this, stage, encryption);
    const bucket = (name: string, days: number): Bucket =>
      new Bucket(this, name, {
        blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
        objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
        encryption: BucketEncryption.KMS,
        encryptionKey: encryption.data,
        bucketKeyEnabled: true,
        enforceSSL: true,
        minimumTLSVersion: 1.2,
        lifecycleRules: [
          { expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ],
        // Refused by AWS while a file is in it; then wait until the last has expired.
        removalPolicy: RemovalPolicy.DESTROY,
      });
    this.exports = bucket('Exports', EXPORT_DAYS);
    this.exports.addLifecycleRule({ prefix: CONTACTS, expiration: Duration.days(CONTACTS_DAYS) });
    this.media = bucket('Media', stage.facts.notice.messageDays);
    accept(
      this.media,
      'AwsSolutions-S1',
      'Only the media function writes here, and staff read through links of a quarter of an hour. Access logs would keep addresses of staff and be looked at by nobody.',
    );
    accept(
      this.exports,
      'AwsSolutions-S1',
      'Files live a week (of contacts a day) and are reached only by the export function and the links that it and the console make, which live a quarter of an hour. A second bucket, of access logs, would keep addresses of staff and be looked at by nobody.',
    );
    this.secretName = `${stage.prefix}-secrets`;
    // Its first value is noise that no function accepts: docs/deploy.md says how it is filled, once.
    this.secret = new Secret(this, 'Secret', {
      secretName: this.secretName,
      description: "Twilio's account and tokens, the keys of the pseudonyms (docs/deploy.md)",
      encryptionKey: encryption.secrets,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(
      this.secret,
      'AwsSolutions-SMG4',
      "Twilio changes a token only when a person asks it to, so a rotation function could not do it alone: docs/runbook.md#rotating-twilios-token has the steps, during which both tokens hold. The keys of the pseudonyms must never change: they are the table's keys.",
    );
  }
}

function createTable(scope: Construct, { prefix, stage, throughput }: Stage, { data }: Encryption): Table {
  const text = (name: string) => ({ name, type: AttributeType.STRING });
  const { pk, sk, listPk, listSk, expires } = KEY_ATTRIBUTES;
  const limits = { maxReadRequestUnits: throughput.reads, maxWriteRequestUnits: throughput.writes };
  const table = new Table(scope, 'Table', {
    tableName: prefix,
    partitionKey: text(pk),
    sortKey: text(sk),
    timeToLiveAttribute: expires,
    billingMode: BillingMode.PAY_PER_REQUEST,
    ...limits,
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: BACKUP_DAYS,
    },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: data,
    deletionProtection: stage === 'prod',
    removalPolicy: RemovalPolicy.RETAIN,
  });
  table.addGlobalSecondaryIndex({
    indexName: INDEX,
    partitionKey: text(listPk),
    sortKey: text(listSk),
    projectionType: ProjectionType.KEYS_ONLY,
    ...limits,
  });
  return table;
}
