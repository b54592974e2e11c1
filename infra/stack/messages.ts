/** The queues and topics: inbound events, what failed, what happened, what staff must know. */
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionFilter, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import { SPECS } from './functions.ts';
import type { Stage } from './stage.ts';

/** As AWS asks, so that a batch is never handed out twice while it is being worked on. */
const VISIBILITY_FACTOR = 6;
/** Taken one by one: a try comes back as soon as the last one can run no longer, and staff who wait see it begin anew. */
export const ALONE: readonly string[] = ['export'];
/** Five tries, half an hour: what fails longer needs a person. */
const MAX_RECEIVES = 5;
/** The longest SQS allows: holidays included, somebody looks in time. */
const KEEP_FAILED = Duration.days(14);

export interface MessagesProps {
  stage: Stage;
  encryption: Encryption;
}

/** Each queue of work, and the function that drains it. */
const WORK = {
  inbound: 'converse',
  outbound: 'deliver',
  media: 'media',
  broadcast: 'broadcast',
  export: 'export',
} as const;
export type Work = keyof typeof WORK;
export const WORKS = Object.keys(WORK) as Work[];
export const drainedBy = (work: Work): (typeof WORK)[Work] => WORK[work];

export class Messages extends Construct {
  readonly names: { failed: string } & Record<Work | `${Work}Failed`, string>;
  /** What is to be done. */
  readonly work: Record<Work, Queue>;
  /** What failed five times. */
  readonly workFailed: Record<Work, Queue>;
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
      outbound: `${prefix}-outbound`,
      outboundFailed: `${prefix}-outbound-failed`,
      media: `${prefix}-media`,
      mediaFailed: `${prefix}-media-failed`,
      broadcast: `${prefix}-broadcast`,
      broadcastFailed: `${prefix}-broadcast-failed`,
      export: `${prefix}-export`,
      exportFailed: `${prefix}-export-failed`,
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
    accept(this.failed, 'AwsSolutions-SQS3', 'This is a dead-letter queue itself.');
    const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
    const each = (make: (work: Work) => Queue): Record<Work, Queue> =>
      Object.fromEntries(WORKS.map((work) => [work, make(work)])) as Record<Work, Queue>;
    this.workFailed = each((work) => forFailed(`${capital(work)}Failed`, this.names[`${work}Failed`]));
    this.work = each(
      (work) =>
        new Queue(this, capital(work), {
          queueName: this.names[work],
          visibilityTimeout: Duration.seconds(
            SPECS[WORK[work]].timeout * (ALONE.includes(work) ? 1 : VISIBILITY_FACTOR),
          ),
          retentionPeriod: Duration.days(4),
          deadLetterQueue: { queue: this.workFailed[work], maxReceiveCount: MAX_RECEIVES },
          ...encrypted,
        }),
    );
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
    this.subscriptions(stage);
    if (stage.sns?.originationNumber) this.twoWay(topic);
  }

  /**
   * Who wants to know what happened gets only that (channels.md 3: five keys, 150 combinations at most). A person in
   * danger is told to staff at once, whoever else listens.
   */
  private subscriptions({ alarmEmail, subscribers }: Stage): void {
    const to = (email: string, types: string[], states?: string[]): void =>
      void this.events.addSubscription(
        new EmailSubscription(email, {
          deadLetterQueue: this.failed,
          filterPolicy: {
            type: SubscriptionFilter.stringFilter({ allowlist: types }),
            ...(states && { state: SubscriptionFilter.stringFilter({ allowlist: states }) }),
          },
        }),
      );
    to(alarmEmail, ['alarm']);
    for (const { email, types, states } of subscribers) to(email, types, states);
  }

  /** SMS that come in through AWS: published by the carrier's side, drained with the rest of what comes in. */
  private twoWay(topic: (name: string, suffix: string) => Topic): void {
    const inbound = topic('InboundSms', 'inbound-sms');
    inbound.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [inbound.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.work.inbound.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.work.inbound.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': inbound.topicArn } },
      }),
    );
    // Not cdk's SqsSubscription: it writes the topic into the key's policy, and the topic has the key already.
    new Subscription(this, 'InboundSmsToQueue', {
      topic: inbound,
      protocol: SubscriptionProtocol.SQS,
      endpoint: this.work.inbound.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: this.failed,
    });
  }
}
