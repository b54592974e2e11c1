/** The deps of a Lambda: AWS's clients, the secrets, the city's file. The local host has its own (infra/local). */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { createTwilioSms } from '../channels/twilio-send.ts';
import { createDeps, type Deps } from './deps.ts';
import type { Announcer } from './domain-events.ts';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import type { Queue } from './queue.ts';
import { readWorld } from './world.ts';

/** What Secrets Manager holds. `previousToken` is accepted on what we receive while a token is rotated. */
export const Secrets = z.object({
  twilioAccountSid: z.string().regex(/^AC[0-9a-f]{32}$/),
  twilioToken: z.string().min(16),
  previousToken: z.string().optional(),
  /** A short code, or a number that may send: French mobile numbers may not (ARCEP 2022-1583; channels.md L7). */
  twilioNumber: z.string().regex(/^(?!\+33[67])\+?\d{4,15}$/),
  addressKey: z.string().min(32),
  answersKey: z.string().min(32),
  suppressionKey: z.string().min(32),
});

export async function lambdaDeps(): Promise<Deps> {
  const env = readEnv();
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: env.SECRET_ID }),
  );
  const secrets = Secrets.parse(JSON.parse(SecretString ?? '{}'));
  const twilio = {
    accountSid: secrets.twilioAccountSid,
    tokens: [secrets.twilioToken, secrets.previousToken].filter((token): token is string => Boolean(token)),
    number: secrets.twilioNumber,
  };
  return createDeps({
    now: () => new Date(),
    world: readWorld(JSON.parse(readFileSync(env.CITY_FILE, 'utf8')), env.CITY_FILE),
    table: { client: new DynamoDBClient({ maxAttempts: 3 }), name: env.TABLE },
    keys: { address: secrets.addressKey, answers: secrets.answersKey, suppression: secrets.suppressionKey },
    queue: sqsQueue(env.INBOUND_QUEUE_URL),
    announcer: snsAnnouncer(env.EVENTS_TOPIC),
    sms: createTwilioSms({
      accountSid: twilio.accountSid,
      authToken: secrets.twilioToken,
      from: twilio.number,
      baseUrl: env.TWILIO_API_URL,
    }),
    twilio,
    publicUrl: env.PUBLIC_URL,
    // Not console.log: Lambda's JSON logging would wrap our line in another, as a string.
    log: createLog((line) => process.stdout.write(`${line}\n`)),
  });
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

/** The type is an attribute too, so that a subscription can filter by it. */
function snsAnnouncer(topic: string | undefined): Announcer {
  const client = topic ? new SNSClient({}) : undefined;
  return {
    async publish(event) {
      await client?.send(
        new PublishCommand({
          TopicArn: topic,
          Message: JSON.stringify(event),
          MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
        }),
      );
    },
  };
}
