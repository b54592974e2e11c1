/**
 * The Lambdas: for each its size, what may invoke it and what it may do, one role each. Names come from the files in
 * `functions/`; one that has no entry here cannot be deployed.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CfnElement, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  EventInvokeConfig,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Env } from '../../functions/runtime/env.ts';
import { HEAPS, heapEnvironment, SMALL_HEAP } from '../build/heaps.ts';
import { CITIES } from '../build.ts';
import { accept } from './accepted.ts';
import type { Encryption } from './encryption.ts';
import type { Messages } from './messages.ts';
import { type Access, statementsFor } from './permissions.ts';
import type { SignIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

interface Spec {
  /** MB; CPU comes with it. */
  memory: number;
  /** MB of /tmp where Lambda's own 512 are too few. */
  disk?: number;
  /** Seconds. */
  timeout: number;
  /** How many may run at once, where the account lets us set them aside. */
  reserved?: number;
  /** Invoked by events that nobody waits for: what fails goes to a queue. Tries after the first. */
  retries?: 0 | 1 | 2;
  may: Access;
}

/** Taking a turn: the store, the queue where it cannot be done at once, the announcement of what happened. */
const TURNS = {
  table: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
  sends: ['inbound', 'outbound', 'media'],
  events: true,
} satisfies Access;

/** Twilio waits 15 s for the webhook, which gives up by itself after 3 and a queue's answer. */
export const SPECS = {
  webhook: { memory: 512, timeout: 10, reserved: 100, may: TURNS },
  converse: { memory: 512, timeout: 60, may: { ...TURNS, drains: 'inbound', sms: true } },
  // One message's looks and sendings, with a provider that hangs each time, fit into a minute.
  deliver: { memory: 512, timeout: 60, may: { ...TURNS, drains: 'outbound', sms: true } },
  // A voice note of 16 MB through a slow provider.
  media: {
    memory: 512,
    timeout: 60,
    may: { table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'], drains: 'media', events: true, media: true },
  },
  // The next minute is the retry. A second one beside a slow first is safe: every step is claimed in the table.
  remind: {
    memory: 512,
    timeout: 300,
    reserved: 2,
    retries: 0,
    may: { ...TURNS, sends: [...TURNS.sends, 'broadcast'], index: true, sms: true },
  },
  // A batch's pages, each of a hundred residents, with a provider that is slow.
  broadcast: {
    memory: 512,
    timeout: 300,
    may: { ...TURNS, sends: [...TURNS.sends, 'broadcast'], drains: 'broadcast', index: true, sms: true },
  },
  // What it did not get to, the next minute counts; two side by side count nothing twice.
  count: {
    memory: 512,
    timeout: 120,
    reserved: 1,
    retries: 0,
    may: { table: ['GetItem', 'PutItem', 'DeleteItem', 'Query'] },
  },
  pages: { memory: 512, timeout: 10, reserved: 20, may: { table: ['GetItem', 'Query'] } },
  // A page waits for the store, a sign-in for the issuer; an import of contacts takes what API Gateway gives it.
  console: {
    memory: 1024,
    timeout: 29,
    reserved: 20,
    may: {
      ...TURNS,
      table: [...TURNS.table, 'BatchGetItem'],
      sends: [...TURNS.sends, 'export'],
      index: true,
      agents: true,
      exportLinks: true,
    },
  },
  sweep: {
    memory: 512,
    timeout: 900,
    reserved: 1,
    retries: 2,
    may: { ...TURNS, table: [...TURNS.table, 'Scan'], optOuts: true },
  },
  // Two for the queue of the console, one for whoever asks it by hand and waits for its links.
  // What an anonymous survey says is mixed on disk, beside the sheets of the workbook that wait there.
  // A long import of contacts is a turn a row.
  export: {
    memory: 1024,
    disk: 2048,
    timeout: 900,
    reserved: 3,
    may: {
      ...TURNS,
      table: [...TURNS.table, 'BatchGetItem'],
      sends: [...TURNS.sends, 'export'],
      drains: 'export',
      index: true,
      exports: true,
    },
  },
} satisfies Record<string, Spec>;
export type FunctionName = keyof typeof SPECS;

/** channels.md L13: logs 6 to 12 months. They hold no address, no name and no text. */
export const LOG_RETENTION = RetentionDays.SIX_MONTHS;

export interface FunctionsProps {
  stage: Stage;
  encryption: Encryption;
  storage: Storage;
  messages: Messages;
  signIn: SignIn;
  publicUrl: string;
  /** The Lambdas there are, and the folder of their bundles. */
  names: string[];
  bundles: string;
}

export class Functions extends Construct {
  readonly all = new Map<FunctionName, Lambda>();
  readonly logs = new Map<FunctionName, LogGroup>();

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    for (const name of props.names) {
      if (!isKnown(name))
        throw new Error(
          `functions/${name}.ts has no entry in infra/stack/functions.ts, say there what it needs and may do`,
        );
      this.create(name, props);
    }
  }

  get(name: FunctionName): Lambda {
    const found = this.all.get(name);
    if (!found) throw new Error(`functions/${name}.ts is missing, the stack needs it`);
    return found;
  }

  private create(name: FunctionName, props: FunctionsProps): void {
    const { stage, encryption, messages } = props;
    const spec: Spec = SPECS[name];
    const functionName = `${stage.prefix}-${name}`;
    const scope = new Construct(this, name);
    const logGroup = new LogGroup(scope, 'Logs', {
      logGroupName: logsNameOf(stage, name),
      retention: LOG_RETENTION,
      encryptionKey: encryption.data,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, 'Role', {
      description: `what ${functionName} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const asynchronous = spec.retries !== undefined;
    for (const statement of statementsFor(spec.may, { ...props, logGroup, asynchronous }))
      role.addToPolicy(statement);
    trace(role);
    if (spec.may.exports || spec.may.exportLinks)
      acceptObjects(
        role,
        props.storage.exports,
        'The files of an export are named when they are made; the bucket holds nothing else.',
      );
    if (spec.may.media)
      acceptObjects(
        role,
        props.storage.media,
        'A photo is named when it is stored; the bucket holds nothing else.',
      );
    if (spec.may.optOuts && stage.sns)
      accept(
        role,
        'AwsSolutions-IAM5[Resource::*]',
        "AWS's list of who has opted out is the account's, and has no resource to name.",
      );
    if (spec.may.sms && stage.sns)
      accept(
        role,
        'AwsSolutions-IAM5[Resource::arn:aws:sns:*:*:*]',
        'Publishing to a phone number has no resource to name: topics are left out, numbers are what is left.',
      );
    const made = new Lambda(scope, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleOf(props.bundles, name)),
      handler: 'index.handler',
      memorySize: spec.memory,
      ...(spec.disk && { ephemeralStorageSize: Size.mebibytes(spec.disk) }),
      timeout: Duration.seconds(spec.timeout),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: {
        ...environmentOf(props, spec.may),
        ...startedWith(name),
      },
      ...(stage.reserveConcurrency && spec.reserved && { reservedConcurrentExecutions: spec.reserved }),
    });
    if (asynchronous)
      new EventInvokeConfig(scope, 'Invocations', {
        function: made,
        retryAttempts: spec.retries,
        maxEventAge: Duration.hours(1),
        // Not cdk's destination, which grants more than the role already has.
        onFailure: { bind: () => ({ destination: messages.failed.queueArn }) },
      });
    accept(
      made,
      'Serverless-LambdaDLQ',
      asynchronous
        ? 'Has a destination for failed invocations instead, which also keeps the error.'
        : 'Nobody invokes it without waiting: the API hands the error back, the queue keeps the message.',
    );
    this.all.set(name, made);
    this.logs.set(name, logGroup);
  }
}

export const logsNameOf = ({ prefix }: Stage, name: FunctionName): string => `/lambda/${prefix}-${name}`;

const isKnown = (name: string): name is FunctionName => Object.hasOwn(SPECS, name);

function bundleOf(bundles: string, name: string): string {
  const folder = path.join(bundles, name);
  if (!existsSync(folder))
    throw new Error(`there is no bundle ${folder}, run "npm run synth" or "tsx infra/build.ts" first`);
  return folder;
}

/** Read by Lambda and by the program that it starts then. */
function startedWith(name: FunctionName): Record<string, string> {
  const heap = HEAPS[name];
  if (!heap) return {};
  return {
    AWS_LAMBDA_EXEC_WRAPPER: `/var/task/${path.basename(SMALL_HEAP)}`,
    ...heapEnvironment(heap),
  };
}

/** The names are those that functions/runtime/env.ts reads. */
function environmentOf(
  { stage, storage, messages, signIn, publicUrl }: FunctionsProps,
  may: Access,
): Partial<Record<keyof Env, string>> {
  return {
    TABLE: storage.table.tableName,
    INBOUND_QUEUE_URL: messages.work.inbound.queueUrl,
    OUTBOUND_QUEUE_URL: messages.work.outbound.queueUrl,
    MEDIA_QUEUE_URL: messages.work.media.queueUrl,
    BROADCAST_QUEUE_URL: messages.work.broadcast.queueUrl,
    EXPORT_QUEUE_URL: messages.work.export.queueUrl,
    PUBLIC_URL: publicUrl,
    SECRET_ID: storage.secret.secretArn,
    CITY_FILE: `${CITIES}/${path.basename(stage.cityFile)}`,
    ...(may.events && {
      EVENTS_TOPIC: messages.events.topicArn,
      ALARMS_TOPIC: messages.alarms.topicArn,
    }),
    ...(may.media && { MEDIA_BUCKET: storage.media.bucketName }),
    ...((may.sms || may.optOuts) && stage.sns && { SNS: JSON.stringify(stage.sns) }),
    ...((may.exports || may.exportLinks) && { EXPORT_BUCKET: storage.exports.bucketName }),
    ...(may.agents && { SIGN_IN: Stack.of(signIn).toJsonString(signIn.settings) }),
  };
}

/** X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
function trace(role: Role): void {
  role.addToPolicy(
    new PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }),
  );
  accept(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'X-Ray takes traces for the whole account: its two writing actions know no resource.',
  );
}

function acceptObjects(role: Role, bucket: Bucket, why: string): void {
  const id = Stack.of(role).getLogicalId(bucket.node.defaultChild as CfnElement);
  accept(role, `AwsSolutions-IAM5[Resource::<${id}.Arn>/*]`, why);
}
