/** The deps of a Lambda: AWS's clients, the secrets, the city's file. The local host has its own (infra/local). */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { META_MEDIA_HOSTS, TWILIO_MEDIA_HOSTS } from '../channels/media.ts';
import { snsClient } from '../channels/sns-send.ts';
import type { IssuerSettings } from '../console/sign-in/oidc.ts';
import { createDeps, type Deps } from './deps.ts';
import type { Announcer } from './domain-events.ts';
import { type Env, readEnv } from './env.ts';
import { createLog, describe, type Log } from './log.ts';
import { providersOf } from './providers.ts';
import type { Queue } from './queue.ts';
import { readWorld } from './world.ts';

/** What Secrets Manager holds. `previousToken` is accepted on what we receive while a token is rotated. */
export const Secrets = z.object({
  twilioAccountSid: z.string().regex(/^AC[0-9a-f]{32}$/),
  twilioToken: z.string().min(16),
  previousToken: z.string().optional(),
  /** A short code, or a number that may send: French mobile numbers may not (ARCEP 2022-1583; channels.md L7). */
  twilioNumber: z.string().regex(/^(?!\+33[67])\+?\d{4,15}$/),
  /** The city's WhatsApp sender, where it has one. */
  twilioWhatsapp: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional(),
  /** The city's page on Messenger, where it has one (docs/deploy.md 11). */
  meta: z
    .object({
      pageId: z.string().regex(/^\d+$/),
      pageToken: z.string().min(16),
      appSecret: z.string().min(16),
      previousAppSecret: z.string().min(16).optional(),
      verifyToken: z.string().min(16),
      appId: z.string().regex(/^\d+$/).optional(),
    })
    .optional(),
  addressKey: z.string().min(32),
  answersKey: z.string().min(32),
  suppressionKey: z.string().min(32),
});

export async function lambdaDeps(): Promise<Deps> {
  const env = readEnv();
  const manager = new SecretsManagerClient({});
  const secretOf = async (id: string): Promise<string | undefined> =>
    (await manager.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  const secrets = Secrets.parse(JSON.parse((await secretOf(env.SECRET_ID)) ?? '{}'));
  const signIn = env.SIGN_IN && (await issuerOf(env.SIGN_IN, secretOf));
  const twilio = {
    accountSid: secrets.twilioAccountSid,
    tokens: [secrets.twilioToken, secrets.previousToken].filter((token): token is string => Boolean(token)),
    number: secrets.twilioNumber,
  };
  // Not console.log: Lambda's JSON logging would wrap our line in another, as a string.
  const log = createLog((line) => process.stdout.write(`${line}\n`));
  return createDeps({
    now: () => new Date(),
    world: readWorld(JSON.parse(readFileSync(env.CITY_FILE, 'utf8')), env.CITY_FILE),
    table: { client: new DynamoDBClient({ maxAttempts: 3 }), name: env.TABLE },
    keys: { address: secrets.addressKey, answers: secrets.answersKey, suppression: secrets.suppressionKey },
    queue: sqsQueue(env.INBOUND_QUEUE_URL),
    announcer: snsAnnouncer(env.EVENTS_TOPIC, env.ALARMS_TOPIC, log),
    outbound: sqsQueue(env.OUTBOUND_QUEUE_URL),
    fetching: sqsQueue(env.MEDIA_QUEUE_URL),
    broadcasting: sqsQueue(env.BROADCAST_QUEUE_URL),
    exporting: sqsQueue(env.EXPORT_QUEUE_URL),
    mediaFrom: {
      hosts: [...TWILIO_MEDIA_HOSTS, ...META_MEDIA_HOSTS],
      credentials: {
        host: new URL(env.TWILIO_API_URL).host,
        authorization: `Basic ${Buffer.from(`${twilio.accountSid}:${secrets.twilioToken}`).toString('base64')}`,
      },
    },
    providers: providersOf({
      publicUrl: env.PUBLIC_URL,
      twilio: {
        ...twilio,
        ...(secrets.twilioWhatsapp && { whatsapp: secrets.twilioWhatsapp }),
        apiUrl: env.TWILIO_API_URL,
        contentUrl: env.TWILIO_CONTENT_URL,
        messagingUrl: env.TWILIO_MESSAGING_URL,
      },
      ...(secrets.meta && { meta: { ...metaOf(secrets.meta), apiUrl: env.META_API_URL } }),
      ...(env.SNS && { sns: { ...env.SNS, client: snsClient({}) } }),
    }),
    publicUrl: env.PUBLIC_URL,
    ...(signIn && { signIn }),
    log,
  });
}

/** The error says which secret is empty, and nothing of it. */
async function issuerOf(
  { secretId, ...settings }: NonNullable<Env['SIGN_IN']>,
  secretOf: (id: string) => Promise<string | undefined>,
): Promise<IssuerSettings> {
  const clientSecret = await secretOf(secretId);
  if (!clientSecret) throw new Error('the secret that SIGN_IN names is empty');
  return { ...settings, clientSecret };
}

function metaOf({ appSecret, previousAppSecret, ...meta }: NonNullable<z.infer<typeof Secrets>['meta']>) {
  const appSecrets = [appSecret, previousAppSecret].filter((secret): secret is string => Boolean(secret));
  return { ...meta, appSecrets };
}

function sqsQueue(url: string): Queue {
  const client = new SQSClient({});
  return {
    async send(message, delay = 0) {
      await client.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), DelaySeconds: delay }),
      );
    },
  };
}

/** What subscriptions filter by is an attribute too (channels.md 3: at most five keys). */
function snsAnnouncer(events: string | undefined, alarms: string | undefined, log: Log): Announcer {
  const client = events || alarms ? new SNSClient({}) : undefined;
  return {
    async publish(event) {
      const { type, channel, state, cause } = event;
      const attributes = Object.entries({ type, channel, state, cause }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }]],
      );
      if (events)
        await client?.send(
          new PublishCommand({
            TopicArn: events,
            Message: JSON.stringify(event),
            MessageAttributes: Object.fromEntries(attributes),
          }),
        );
    },
    async alarm(alarm) {
      log.error('alarm', { kind: alarm.kind, about: alarm.what });
      try {
        if (alarms)
          await client?.send(
            new PublishCommand({
              TopicArn: alarms,
              Subject: `Porte-Voix: ${alarm.kind}`,
              Message: JSON.stringify(alarm),
              MessageAttributes: { kind: { DataType: 'String', StringValue: alarm.kind } },
            }),
          );
      } catch (error) {
        log.error('alarm-untold', describe(error));
      }
    },
  };
}
