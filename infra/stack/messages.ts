/** The queues and topics: inbound events, what failed, what happened, what staff must know. */
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import { SPECS } from './functions.ts';
import type { Stage } from './stage.ts';

/** As AWS asks, so that a batch is never handed out twice while it is being worked on. */
const VISIBILITY_FACTOR = 6;
/** Five tries, half an hour: what fails longer needs a person. */
const MAX_RECEIVES = 5;
/** The longest SQS allows: holidays included, somebody looks in time. */
const KEEP_FAILED = Duration.days(14);

export interface MessagesProps {
  stage: Stage;
  encryption: Encryption;
}

export class Messages extends Construct {
  readonly names: { inbound: string; inboundFailed: string; failed: string };
  readonly inbound: Queue;
  /** Inbound messages that failed five times. */
  readonly inboundFailed: Queue;
  /** Schedules and alarms that could not be delivered, and asynchronous invocations that failed. */
  readonly failed: Queue;
  readonly events: Topic;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, { stage, encryption }: MessagesProps) {
    super(scope, id);
    const encrypted = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: encryption.data,
      enforceSSL: true,
    };
    const { prefix } = stage;
    this.names = {
      inbound: `${prefix}-inbound`,
      inboundFailed: `${prefix}-inbound-failed`,
      failed: `${prefix}-failed`,
    };
    const forFailed = (name: string, queueName: string): Queue => {
      const queue = new Queue(this, name, {
        queueName,
        retentionPeriod: KEEP_FAILED,
        ...encrypted,
      });
      accept(
        queue,
        'Serverless-SQSRedrivePolicy',
        'This is a dead-letter queue: an alarm watches it and a person empties it.',
      );
      return queue;
    };
    this.failed = forFailed('Failed', this.names.failed);
    this.inboundFailed = forFailed('InboundFailed', this.names.inboundFailed);
    accept(this.failed, 'AwsSolutions-SQS3', 'This is a dead-letter queue itself.');
    this.inbound = new Queue(this, 'Inbound', {
      queueName: this.names.inbound,
      visibilityTimeout: Duration.seconds(SPECS.converse.timeout * VISIBILITY_FACTOR),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.inboundFailed, maxReceiveCount: MAX_RECEIVES },
      ...encrypted,
    });
    const topic = (name: string, suffix: string): Topic =>
      new Topic(this, name, {
        topicName: `${prefix}-${suffix}`,
        masterKey: encryption.data,
        enforceSSL: true,
      });
    this.events = topic('Events', 'events');
    this.alarms = topic('Alarms', 'alarms');
    // A policy of its own (for TLS) replaces the default one, under which alarms could be published.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.alarms.addSubscription(new EmailSubscription(stage.alarmEmail, { deadLetterQueue: this.failed }));
  }
}
