/** The deps of a Lambda: what is asked of AWS, with which words; and what is published holds nobody. */
import path from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signed, smsForm } from '../support/city.ts';
import 'aws-sdk-client-mock-vitest/extend';
import { readEnv } from '../../functions/runtime/env.ts';
import { lambdaDeps } from '../../functions/runtime/lambda-deps.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const secrets = mockClient(SecretsManagerClient);
const queue = mockClient(SQSClient);
const topic = mockClient(SNSClient);
const table = mockClient(DynamoDBClient);

const ENV = {
  TABLE: 'porte-voix',
  INBOUND_QUEUE_URL: 'https://sqs.eu-west-3.amazonaws.com/1/inbound',
  OUTBOUND_QUEUE_URL: 'https://sqs.eu-west-3.amazonaws.com/1/outbound',
  MEDIA_QUEUE_URL: 'https://sqs.eu-west-3.amazonaws.com/1/media',
  BROADCAST_QUEUE_URL: 'https://sqs.eu-west-3.amazonaws.com/1/broadcast',
  EXPORT_QUEUE_URL: 'https://sqs.eu-west-3.amazonaws.com/1/export',
  PUBLIC_URL: 'https://voix.clichy.example',
  SECRET_ID: 'porte-voix/test',
  CITY_FILE: path.join(import.meta.dirname, '../../conversations/cities/exemple.json'),
  EVENTS_TOPIC: 'arn:aws:sns:eu-west-3:1:events',
  AWS_REGION: 'eu-west-3',
};
const SECRET = {
  twilioAccountSid: `AC${'0'.repeat(32)}`,
  twilioToken: 'new-token-0123456789',
  previousToken: 'old-token-0123456789',
  twilioNumber: '38123',
  addressKey: 'a'.repeat(64),
  answersKey: 'b'.repeat(64),
  suppressionKey: 'c'.repeat(64),
};

beforeEach(() => {
  for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value);
  for (const mock of [secrets, queue, topic, table]) mock.reset();
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(SECRET) });
});
afterEach(() => vi.unstubAllEnvs());

describe('the deps of a Lambda', () => {
  it('come from one secret, and accept both tokens while one is rotated', async () => {
    const deps = await lambdaDeps();
    expect(secrets).toHaveReceivedCommandWith(GetSecretValueCommand, { SecretId: 'porte-voix/test' });
    for (const [token, kind] of [
      ['new-token-0123456789', 'incoming'],
      ['old-token-0123456789', 'incoming'],
      ['another-token-012345', 'forbidden'],
    ] as const) {
      const form = smsForm('+33639980001', 'OUI', 'SM1');
      expect(deps.receivers.twilio?.read(signed('/webhooks/twilio', form, token, ENV.PUBLIC_URL)).kind).toBe(
        kind,
      );
    }
    expect(deps.world.city.name).toBe('Ville de Clichy-sous-Bois');
  });

  it('read consistently, queue and publish with the words that AWS expects', async () => {
    table.on(GetItemCommand).resolves({});
    const deps = await lambdaDeps();
    expect(await deps.turns.find('h')).toBeUndefined();
    expect(table).toHaveReceivedCommandWith(GetItemCommand, {
      TableName: 'porte-voix',
      ConsistentRead: true,
    });
    await deps.queue.send({ kind: 'effects', hash: 'h' }, 7);
    expect(queue).toHaveReceivedCommandWith(SendMessageCommand, {
      QueueUrl: ENV.INBOUND_QUEUE_URL,
      MessageBody: '{"kind":"effects","hash":"h"}',
      DelaySeconds: 7,
    });
    const event = { type: 'stopped' as const, id: 'e.0', at: '2026-11-23T09:00:00.000Z' };
    await deps.announcer.publish(event);
    expect(topic).toHaveReceivedCommandWith(PublishCommand, {
      TopicArn: ENV.EVENTS_TOPIC,
      Message: JSON.stringify(event),
      MessageAttributes: { type: { DataType: 'String', StringValue: 'stopped' } },
    });
  });

  it('a secret that is not whole is refused without being shown', async () => {
    const { answersKey: _, ...rest } = SECRET;
    secrets
      .on(GetSecretValueCommand)
      .resolves({ SecretString: JSON.stringify({ ...rest, twilioToken: 'short-secret' }) });
    const failure = await lambdaDeps().catch((error: Error) => error.message);
    expect(failure).toContain('answersKey');
    expect(failure).not.toContain('short-secret');
  });

  it("the console's issuer comes with the secret that its environment names", async () => {
    const settings = {
      issuer: 'https://issuer.example/pool',
      clientId: 'c1',
      logoutUrl: 'https://out.example/logout',
    };
    vi.stubEnv('SIGN_IN', JSON.stringify({ ...settings, secretId: 'porte-voix/console' }));
    const own = { SecretId: 'porte-voix/console' };
    secrets.on(GetSecretValueCommand, own).resolves({ SecretString: 'client-secret' });
    expect((await lambdaDeps()).signIn).toEqual({ ...settings, clientSecret: 'client-secret' });
    secrets.on(GetSecretValueCommand, own).resolves({});
    await expect(lambdaDeps()).rejects.toThrow('the secret that SIGN_IN names is empty');
  });

  it('every other function signs nobody in', async () => {
    expect((await lambdaDeps()).signIn).toBeUndefined();
    expect(() =>
      readEnv({ ...ENV, SIGN_IN: '{"issuer":"http://x.example","clientId":"c","secretId":"s"}' }),
    ).toThrow(/SIGN_IN/);
  });

  it('an environment that is not whole names every variable', () => {
    expect(() => readEnv({ ...ENV, TABLE: '', PUBLIC_URL: 'https://x.example/' })).toThrow(
      /PUBLIC_URL[\s\S]*TABLE|TABLE[\s\S]*PUBLIC_URL/,
    );
  });
});

describe('domain events', () => {
  it('tell what happened, and of nobody', async () => {
    const city = createTestCity(createMemoryDb());
    const webhook = createWebhook(city.deps);
    const script = [
      'CHENE A12',
      'oui',
      '1',
      '4',
      'SQUARE',
      '1',
      '3 chez Aminata',
      '1',
      '4',
      'canari',
      'RAPPEL',
      'STOP',
      'REPRENDRE',
      'EFFACER',
      '1',
    ];
    for (const said of script) await text(webhook, '+33639980077', said);
    expect(city.announced.map(({ type }) => type)).toEqual([
      'joined',
      'survey-ended',
      'call-asked',
      'stopped',
      'resumed',
      'joined',
      'erased',
    ]);
    expect(city.announced[1]).toMatchObject({ survey: 'square', end: 'done' });
    expect(new Set(city.announced.map(({ id }) => id)).size).toBe(city.announced.length);
    expect(JSON.stringify(city.announced)).not.toMatch(/3639980077|Aminata|canari/);
  });

  it('a topic that is down stands in nobody’s way', async () => {
    const city = createTestCity(createMemoryDb());
    city.deps.announcer.publish = async () => {
      throw new Error('down');
    };
    const webhook = createWebhook(city.deps);
    for (const said of ['CHENE', 'oui', '1']) await text(webhook, '+33639980078', said);
    expect((await text(webhook, '+33639980078', '4')).reply?.text).toContain('Vous etes inscrit');
    expect(city.queue).toEqual([]);
    expect(city.lines.join()).toContain('event-unpublished');
  });
});
