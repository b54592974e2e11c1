/**
 * What would be deployed: the stack's rules one by one, what each role may do as a table to read, the runbook behind
 * each alarm. The packs of rules are in rules.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readEnv } from '../../functions/runtime/env.ts';
import { INDEX, KEY_ATTRIBUTES } from '../../functions/store/table.ts';
import { build, functionNames } from '../../infra/build.ts';
import { SPECS } from '../../infra/stack/functions.ts';
import { ALONE, drainedBy, WORKS } from '../../infra/stack/messages.ts';
import { allowed, readable } from './policies.ts';
import { prod, trial } from './stages.ts';
import { type Properties, type Resource, type Synthesized, synthesize } from './synth.ts';

let bundles: string;
let made: Synthesized;
let inProd: Synthesized;
beforeAll(async () => {
  bundles = mkdtempSync(path.join(tmpdir(), 'porte-voix-stack-'));
  await build({ outdir: bundles });
  made = synthesize({ stage: trial, bundles });
  inProd = synthesize({ stage: prod, bundles });
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

const all = (type: string, from = made): Resource[] => from.resources.filter((each) => each.Type === type);
const only = (type: string, from = made): Properties => {
  const [found, ...others] = all(type, from);
  if (!found || others.length > 0) throw new Error(`there is not one ${type}, but ${others.length + 1}`);
  return found.Properties;
};
const refers = (value: unknown): string => JSON.stringify(value);

describe('the table', () => {
  it('has the keys, the index and the expiry of functions/store/table.ts', () => {
    const { pk, sk, listPk, listSk, expires } = KEY_ATTRIBUTES;
    const schema = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    expect(only('AWS::DynamoDB::Table')).toMatchObject({
      KeySchema: schema(pk, sk),
      GlobalSecondaryIndexes: [
        { IndexName: INDEX, KeySchema: schema(listPk, listSk), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true },
    });
  });

  it('is paid by use up to a limit, backed up, encrypted under our key, and stays', () => {
    const limits = { MaxReadRequestUnits: 500, MaxWriteRequestUnits: 200 };
    const { DeletionPolicy, Properties: table } = all('AWS::DynamoDB::Table')[0] as Resource;
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      OnDemandThroughput: limits,
      GlobalSecondaryIndexes: [{ OnDemandThroughput: limits }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    expect(refers(table.SSESpecification.KMSMasterKeyId)).toContain('EncryptionData');
    expect(DeletionPolicy).toBe('Retain');
    expect(only('AWS::DynamoDB::Table', inProd).DeletionProtectionEnabled).toBe(true);
  });
});

describe('queues and topics', () => {
  const name = ({ Properties: queue }: Resource): string => queue.QueueName;

  it('every queue is a dead-letter queue or has one, after five tries', () => {
    const queues = all('AWS::SQS::Queue');
    const dead = queues.filter((queue) => name(queue).endsWith('failed'));
    expect(queues.map(name)).toHaveLength(11);
    for (const queue of queues.filter((each) => !dead.includes(each))) {
      expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
      const own = name(queue).replace(/^.*-/, '');
      expect(refers(queue.Properties.RedrivePolicy).toLowerCase()).toContain(`${own}failed`);
    }
    for (const queue of dead) expect(queue.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  it('everything is encrypted under our key and refuses what does not come by TLS', () => {
    const kinds = [
      ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues'],
      ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics'],
    ] as const;
    for (const [kind, policy, where] of kinds)
      for (const { id, Properties: each } of all(kind)) {
        expect(refers(each.KmsMasterKeyId), id).toContain('EncryptionData');
        const policies = all(policy).filter((one) => refers(one.Properties[where]).includes(`"${id}"`));
        expect(refers(policies), id).toContain('"Effect":"Deny"');
        expect(refers(policies), id).toContain('"aws:SecureTransport":"false"');
      }
  });

  it('hides a batch six times as long as it may take, one by one as long, and takes back what failed alone', () => {
    for (const work of WORKS) {
      const queue = all('AWS::SQS::Queue').find((each) => name(each).endsWith(`-${work}`));
      const times = ALONE.includes(work) ? 1 : 6;
      expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        times * SPECS[drainedBy(work)].timeout,
      );
    }
    const sources = all('AWS::Lambda::EventSourceMapping');
    expect(sources).toHaveLength(WORKS.length);
    for (const { Properties: source } of sources)
      expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const alone = sources.filter(({ Properties: source }) => source.BatchSize === 1);
    expect(alone.map(({ id }) => id)).toEqual([expect.stringContaining('Export')]);
  });

  it('alarms may be published, and reach a mailbox', () => {
    const policy = all('AWS::SNS::TopicPolicy').find((each) => refers(each).includes('MessagesAlarms'));
    expect(refers(policy)).toContain('cloudwatch.amazonaws.com');
    const mails = all('AWS::SNS::Subscription').map((each) => each.Properties);
    expect(mails.filter(({ FilterPolicy }) => !FilterPolicy)).toMatchObject([
      { Protocol: 'email', Endpoint: trial.alarmEmail },
    ]);
  });

  it('who wants to know what happened gets what they asked for and no more', () => {
    const policies = (from: Synthesized) =>
      all('AWS::SNS::Subscription', from)
        .map(({ Properties: { Endpoint, FilterPolicy } }) => ({ to: Endpoint, FilterPolicy }))
        .filter(({ FilterPolicy }) => FilterPolicy);
    expect(policies(made)).toEqual([{ to: trial.alarmEmail, FilterPolicy: { type: ['alarm'] } }]);
    expect(policies(inProd)).toContainEqual({
      to: 'suivi@clichy.example',
      FilterPolicy: { type: ['delivery', 'stopped', 'exported'], state: ['failed'] },
    });
    // channels.md 3: five keys and 150 combinations at most.
    for (const { FilterPolicy } of policies(inProd))
      expect(Object.values(FilterPolicy as object).reduce((all, { length }) => all * length, 1)).toBeLessThan(
        150,
      );
  });

  it('SMS that come in through AWS go to the inbound queue as they are, where the city has such a number', () => {
    const raw = ({ Properties: each }: Resource) => each.Protocol === 'sqs' && each.RawMessageDelivery;
    expect(all('AWS::SNS::Subscription').filter(raw)).toHaveLength(0);
    expect(all('AWS::SNS::Subscription', inProd).filter(raw)).toHaveLength(1);
    const policy = all('AWS::SNS::TopicPolicy', inProd).find((each) => refers(each).includes('InboundSms'));
    expect(refers(policy)).toContain('sms-voice.amazonaws.com');
  });
});

describe('functions', () => {
  it('there is one for each file', () => {
    const names = all('AWS::Lambda::Function').map((each) => each.Properties.FunctionName);
    expect(names.sort()).toEqual(functionNames().map((each) => `${trial.prefix}-${each}`));
  });

  it('each has a role of its own, and no role has a policy of AWS', () => {
    const roles = all('AWS::Lambda::Function').map((each) => refers(each.Properties.Role));
    expect(new Set(roles).size).toBe(roles.length);
    expect(all('AWS::IAM::Role')).toHaveLength(roles.length);
    for (const role of all('AWS::IAM::Role')) expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('each runs on Node 24, traced, with a memory and a time of its own', () => {
    for (const { Properties: each } of all('AWS::Lambda::Function')) {
      const name = each.FunctionName.slice(trial.prefix.length + 1) as keyof typeof SPECS;
      const spec = SPECS[name];
      expect(each.EphemeralStorage?.Size, name).toBe(name === 'export' ? 2048 : undefined);
      expect(each).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: spec.memory,
        Timeout: spec.timeout,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
      });
    }
  });

  it('each is told what functions/runtime/env.ts reads, and nothing else', () => {
    for (const { Properties: each } of all('AWS::Lambda::Function')) {
      // Lambda's own and its starter's, for those that go through everyone there is.
      const {
        AWS_LAMBDA_EXEC_WRAPPER: starter,
        HEAP_YOUNG_MB: young,
        HEAP_OLD_MB: old,
        HEAP_ALONE: alone,
        ...ours
      } = each.Environment.Variables;
      const heaps: Record<string, unknown[]> = {
        broadcast: ['/var/task/small-heap', '4', '48', 'yes'],
        export: ['/var/task/small-heap', '4', '56', undefined],
      };
      const name = each.FunctionName.slice(trial.prefix.length + 1);
      expect([starter, young, old, alone]).toEqual(heaps[name] ?? Array(4).fill(undefined));
      const names = Object.keys(ours);
      const shapes: Record<string, string> = {
        EVENTS_TOPIC: 'arn:aws:sns:x',
        ALARMS_TOPIC: 'arn:aws:sns:y',
        SNS: JSON.stringify(prod.sns),
        CITY_FILE: 'cities/exemple.json',
        SIGN_IN: JSON.stringify({ issuer: 'https://a.example', clientId: 'c', secretId: 's' }),
      };
      const values = Object.fromEntries(names.map((one) => [one, shapes[one] ?? 'https://a.example']));
      expect(Object.keys(readEnv(values)).filter((one) => one !== 'TWILIO_API_URL')).toEqual(
        expect.arrayContaining(names),
      );
      expect(each.Environment.Variables.CITY_FILE).toMatch(/^cities\/[a-z0-9-]+\.json$/);
    }
  });

  it('are set aside in an account that can do so', () => {
    const reserved = (from: Synthesized) =>
      all('AWS::Lambda::Function', from).filter((each) => each.Properties.ReservedConcurrentExecutions);
    expect(reserved(made)).toHaveLength(0);
    expect(reserved(inProd).length).toBeGreaterThan(3);
  });

  it('one without an entry, and one without a bundle, is refused with a sentence', () => {
    expect(() => synthesize({ stage: trial, bundles, functions: ['carrier-pigeon'] })).toThrow(
      'functions/carrier-pigeon.ts has no entry in infra/stack/functions.ts',
    );
    expect(() => synthesize({ stage: trial, bundles: '/nowhere' })).toThrow('there is no bundle /nowhere/');
  });

  it('what is scheduled is tried again, then kept: nothing is lost in silence', () => {
    expect(all('AWS::Events::Rule').map((each) => each.Properties.ScheduleExpression)).toEqual([
      'rate(1 minute)',
      'rate(1 minute)',
      'cron(30 1 * * ? *)',
    ]);
    for (const { Properties: rule } of all('AWS::Events::Rule'))
      for (const target of rule.Targets) {
        expect(refers(target.DeadLetterConfig)).toContain('MessagesFailed');
        expect(target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
      }
    expect(all('AWS::Lambda::EventInvokeConfig')).toHaveLength(3);
    for (const { Properties: each } of all('AWS::Lambda::EventInvokeConfig'))
      expect(refers(each.DestinationConfig.OnFailure)).toContain('MessagesFailed');
  });
});

describe('roles', () => {
  const statements = () => all('AWS::IAM::Policy').flatMap((policy) => allowed(policy, made.resources));

  it('may do what this table says', async () => {
    await expect(readable(statements())).toMatchFileSnapshot('roles.txt');
  });

  it('have no wildcard but where an action has no resource', () => {
    const wild = statements().filter(
      ({ action, resource }) =>
        action.includes('*') || resource.replace(/(Exports|Media)\.Arn\/\*/, '').includes('*'),
    );
    // X-Ray knows no resources; exports and media are named when they are made.
    expect(new Set(wild.map(({ action, resource }) => `${action} ${resource}`))).toEqual(
      new Set(['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *']),
    );
  });

  it('the webhook reads neither lists nor exports', () => {
    const webhook = statements().filter(({ role }) => role === 'webhook');
    expect(webhook.filter(({ resource }) => /index|Exports/.test(resource))).toEqual([]);
    expect(webhook.map(({ action }) => action)).not.toContain('dynamodb:Scan');
  });
});

describe('the way in', () => {
  it('has the routes that the functions answer', () => {
    expect(all('AWS::ApiGatewayV2::Route').map((each) => each.Properties.RouteKey)).toEqual([
      'POST /webhooks/twilio',
      'POST /webhooks/twilio/receipts',
      'GET /webhooks/messenger',
      'POST /webhooks/messenger',
      'GET /donnees',
      'HEAD /donnees',
      'GET /donnees/{proxy+}',
      'HEAD /donnees/{proxy+}',
      'GET /d/{code}',
      'HEAD /d/{code}',
      'GET /v/{file}',
      'HEAD /v/{file}',
      'ANY /console',
      'ANY /console/{proxy+}',
    ]);
  });

  it('hands events over in the form that functions/runtime/http.ts reads', () => {
    for (const { Properties: each } of all('AWS::ApiGatewayV2::Integration'))
      expect(each.PayloadFormatVersion).toBe('2.0');
  });

  it('is throttled, and writes nothing down that says who', () => {
    const stage = only('AWS::ApiGatewayV2::Stage');
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 });
    expect(stage.AccessLogSettings.Format).not.toMatch(
      /identity|path|query|header|body|authorizer|userAgent/i,
    );
    expect(JSON.parse(stage.AccessLogSettings.Format)).toHaveProperty('route');
  });

  it("ends Twilio's address with the tries it is to make", () => {
    expect(refers(made.outputs.WebhookUrl?.Value)).toContain('/webhooks/twilio#rc=5&rp=all');
    expect(inProd.outputs.WebhookUrl?.Value).toBe('https://voix.clichy.example/webhooks/twilio#rc=5&rp=all');
  });

  it("has one address alone: the city's domain where it has one", () => {
    expect(only('AWS::ApiGatewayV2::Api', inProd).DisableExecuteApiEndpoint).toBe(true);
    expect(only('AWS::ApiGatewayV2::DomainName', inProd).DomainName).toBe('voix.clichy.example');
    const told = all('AWS::Lambda::Function', inProd).map(
      (each) => each.Properties.Environment.Variables.PUBLIC_URL,
    );
    expect(new Set(told)).toEqual(new Set(['https://voix.clichy.example']));
  });
});

describe('what is kept', () => {
  it('logs stay six months, encrypted', () => {
    const groups = all('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functionNames().length + 1);
    for (const { Properties: group } of groups) {
      expect(group.RetentionInDays).toBe(180);
      expect(refers(group.KmsKeyId)).toContain('EncryptionData');
    }
  });

  it.each([
    ['exports stay a week, of contacts a day', 'Exports', [{ days: 7 }, { days: 1, Prefix: 'contacts/' }]],
    ['photos and voice notes stay as long as messages', 'Media', [{ days: 90 }]],
  ])('%s, closed to everyone, by TLS alone', (_label, id, rules) => {
    expect(all('AWS::S3::Bucket').find((each) => each.id.includes(id))?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        Rules: rules.map(({ days, ...where }) => ({ ExpirationInDays: days, Status: 'Enabled', ...where })),
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
    });
    const policy = all('AWS::S3::BucketPolicy').find((each) => each.id.includes(id));
    expect(refers(policy)).toContain('"aws:SecureTransport":"false"');
  });

  it('secrets are under a key of their own', () => {
    const secrets = all('AWS::SecretsManager::Secret');
    expect(secrets).toHaveLength(2);
    for (const { Properties: secret } of secrets)
      expect(refers(secret.KmsKeyId)).toContain('EncryptionSecrets');
  });
});

describe('alarms', () => {
  const alarms = (): Properties[] => all('AWS::CloudWatch::Alarm').map((each) => each.Properties);
  const named = () => alarms().map((each) => each.AlarmName.slice(trial.prefix.length + 1));

  it('each goes to staff and names a section of the runbook that is there', () => {
    const headings = readFileSync('docs/runbook.md', 'utf8').match(/^## .+$/gm) ?? [];
    const anchors = headings.map((each) =>
      each.slice(3).toLowerCase().replaceAll("'", '').replaceAll(' ', '-'),
    );
    for (const { AlarmActions, AlarmDescription } of alarms()) {
      expect(refers(AlarmActions)).toContain('MessagesAlarms');
      expect(anchors).toContain(/docs\/runbook\.md#([\w-]+)$/m.exec(AlarmDescription)?.[1]);
      expect(AlarmDescription).not.toMatch(/Token|undefined/);
      expect(AlarmDescription.length).toBeLessThan(1024);
    }
  });

  test.each(functionNames())('%s is watched for errors and refusals', (name) => {
    expect(named()).toEqual(expect.arrayContaining([`${name}-errors`, `${name}-throttles`]));
  });

  it('queues, the webhook, the table and the reminders are watched', () => {
    expect(named()).toEqual(
      expect.arrayContaining([
        'inbound-failed',
        'outbound-failed',
        'media-failed',
        'broadcast-failed',
        'failed',
        'inbound-age',
        'outbound-age',
        'webhook-5xx',
        'table-throttles',
        'remind-failing',
        'remind-silent',
      ]),
    );
    const silent = alarms().find((each) => each.AlarmName.endsWith('remind-silent'));
    expect(silent?.TreatMissingData).toBe('breaching');
  });

  it('the bill is watched too', () => {
    const { Budget, NotificationsWithSubscribers: warnings } = only('AWS::Budgets::Budget');
    expect(Budget).toMatchObject({ BudgetType: 'COST', BudgetLimit: { Amount: 30, Unit: 'USD' } });
    expect(warnings).toHaveLength(3);
    for (const { Subscribers } of warnings) expect(Subscribers[0].Address).toBe(trial.alarmEmail);
  });
});
