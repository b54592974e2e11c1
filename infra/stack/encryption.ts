/**
 * The two keys that everything at rest is encrypted with: one for what the city keeps, one for the secrets, so that
 * who may read the table cannot, by that alone, tie its pseudonyms to people (channels.md L17).
 */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Spelled out: cdk's own grants end in a star. */
const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];
const USE_FOR_LOGS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

export class Encryption extends Construct {
  readonly data: Key;
  readonly secrets: Key;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const made = (name: string, description: string): Key =>
      new Key(this, name, {
        description: `${stage.prefix}: ${description}`,
        alias: `${stage.prefix}-${name.toLowerCase()}`,
        enableKeyRotation: true,
        // Without its key the table is noise: both stay when the stack goes.
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.data = made('Data', 'table, queues, topics, exports, logs');
    this.secrets = made('Secrets', "Twilio's tokens and the keys of the pseudonyms");
    for (const statement of servicesOf(Stack.of(this), stage)) this.data.addToResourcePolicy(statement);
  }
}

/** Services that write under the key by themselves. In a key's policy the resource `*` is the key itself. */
function servicesOf({ account, region, partition }: Stack, { prefix, sns }: Stage): PolicyStatement[] {
  const allow = (service: string, actions: string[], conditions?: Record<string, object>): PolicyStatement =>
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions,
      resources: ['*'],
      ...(conditions && { conditions }),
    });
  const groups = ['lambda', 'http'].map(
    (kind) => `arn:${partition}:logs:${region}:${account}:log-group:/${kind}/${prefix}-*`,
  );
  return [
    allow(`logs.${region}.amazonaws.com`, USE_FOR_LOGS, {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups },
    }),
    allow('cloudwatch.amazonaws.com', USE, { StringEquals: { 'aws:SourceAccount': account } }),
    // EventBridge does not say for whom it asks, so a condition would silence it; the queue's own policy names the rule:
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    allow('events.amazonaws.com', USE),
    allow('sns.amazonaws.com', USE),
    // Publishes what residents answer by SMS through AWS: the topic is encrypted (aws-sms.json, inboundNotes).
    ...(sns?.originationNumber
      ? [allow('sms-voice.amazonaws.com', USE, { StringEquals: { 'aws:SourceAccount': account } })]
      : []),
  ];
}
