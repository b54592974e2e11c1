/**
 * Sending SMS through Amazon SNS: `Publish` to a number. Owns what is asked of SNS; what its refusals mean is in
 * `sns-errors.ts`. SNS has no validity period and takes no id of ours: a message near the end of the permitted hours
 * may still ring after them, and its fate comes by its own id, from the delivery log.
 */
import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { measure } from '../../conversations/shape.ts';
import { channelOf, nameIn, type Outgoing, type Sender, type SendOutcome } from './channel.ts';
import { TIMEOUT } from './http-client.ts';
import { describeSender } from './senders.ts';
import { outcomeOfError } from './sns-errors.ts';

/** One `Publish`, all parts together (aws-sms.json, publish.rules). */
const MAX_BYTES = 1600;
const CONNECT_TIMEOUT = 2_000;
const E164 = /^\+[1-9]\d{7,14}$/;

export interface SnsSmsOptions {
  client: Pick<SNSClient, 'send'>;
  /** A name, one-way. Give this or `originationNumber`. */
  senderId?: string;
  /** A short code or a number that AWS has given the city; two-way. */
  originationNumber?: string;
  /** In US dollars: what would cost more is not sent. */
  maxPrice: number;
  /** `Promotional` is AWS's default, and comes after everything else. */
  type: 'Transactional' | 'Promotional';
}

/** `Publish` is not idempotent, and the SDK would retry it by itself: it gets one attempt, and an end to it. */
export const snsClient = (config: SNSClientConfig): SNSClient =>
  new SNSClient({
    requestHandler: {
      requestTimeout: TIMEOUT,
      connectionTimeout: CONNECT_TIMEOUT,
      throwOnRequestTimeout: true,
    },
    ...config,
    maxAttempts: 1,
  });

/** Throws where the sender is none that may send. */
export function createSnsSms(options: SnsSmsOptions): Sender {
  const attributes = attributesOf(options);
  return {
    provider: 'sns',
    send: (message) => publish(options.client, message, attributes),
    // A message cannot be looked up: SNS keeps none, and its log is written only when the fate is known.
    find: async () => 'cannot',
  };
}

async function publish(
  client: Pick<SNSClient, 'send'>,
  { to, text }: Outgoing,
  attributes: Attributes,
): Promise<SendOutcome> {
  const number = nameIn(to);
  if (channelOf(to) !== 'sms' || !E164.test(number)) return bug('not-a-number');
  if (text.trim() === '') return bug('empty');
  if (bytesOf(text) > MAX_BYTES) return bug('too-long');
  try {
    const { MessageId } = await client.send(
      new PublishCommand({ PhoneNumber: number, Message: text, MessageAttributes: attributes }),
    );
    return MessageId ? { kind: 'accepted', id: MessageId } : { kind: 'unknown', cause: 'no-id' };
  } catch (error) {
    return outcomeOfError(error);
  }
}

const bug = (code: string): SendOutcome => ({ kind: 'rejected', code, cause: 'bug' });

/** AWS does not say whether bytes are counted as the API gets them or as the network does: whichever is more. */
const bytesOf = (text: string): number =>
  Math.max(Buffer.byteLength(text), measure(text).encoding === 'UCS-2' ? 2 * text.length : 0);

type Attributes = Record<string, { DataType: string; StringValue: string }>;

function attributesOf({ senderId, originationNumber, maxPrice, type }: SnsSmsOptions): Attributes {
  if ((senderId === undefined) === (originationNumber === undefined))
    throw new Error(
      `sms through sns needs a senderId or an originationNumber, got ${senderId === undefined ? 'neither' : 'both'}: give one of them`,
    );
  if (!(maxPrice > 0)) throw new Error(`maxPrice is dollars a message, more than 0, got ${maxPrice}`);
  const sender = describeSender(senderId ?? withPlus(originationNumber as string));
  if ('error' in sender) throw new Error(sender.error);
  if (senderId !== undefined && sender.kind !== 'name')
    throw new Error(`a senderId is a name, got a ${sender.kind}: give it as originationNumber`);
  if (originationNumber !== undefined && sender.kind === 'name')
    throw new Error('an originationNumber is a short code or a number, got a name: give it as senderId');
  const string = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    'AWS.SNS.SMS.SMSType': string(type),
    'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: String(maxPrice) },
    ...(senderId !== undefined && { 'AWS.SNS.SMS.SenderID': string(senderId) }),
    ...(originationNumber !== undefined && {
      'AWS.MM.SMS.OriginationNumber': string(originationNumber),
    }),
  };
}

/** AWS takes a long number without its plus too. */
const withPlus = (number: string): string => (/^\d{7,14}$/.test(number) ? `+${number}` : number);
