/**
 * The providers of one city, made from its settings: who sends, who is heard, who carries which channel. The same in
 * a Lambda and on the local host, where only the addresses differ.
 */
import type { SNSClient } from '@aws-sdk/client-sns';
import { createMessengerReceiver } from '../channels/messenger-receive.ts';
import { createMessenger } from '../channels/messenger-send.ts';
import { optOuts } from '../channels/sns-opt-outs.ts';
import { createSnsReceiver } from '../channels/sns-receive.ts';
import { createSnsSms } from '../channels/sns-send.ts';
import { createTwilioReceiver } from '../channels/twilio-receive.ts';
import { createTwilio } from '../channels/twilio-send.ts';
import type { ContentStore } from '../store/contents.ts';
import type { Providers } from './deps.ts';
import type { Hashes } from './hashes.ts';

export interface ProviderSettings {
  /** Where providers reach us; signatures are made over it. */
  publicUrl: string;
  twilio?: {
    accountSid: string;
    /** The first signs what we send; all are accepted on what we receive, so that a token can be rotated. */
    tokens: string[];
    /** A short code or an E.164 number. */
    number: string;
    whatsapp?: string;
    apiUrl: string;
    contentUrl: string;
    messagingUrl: string;
  };
  meta?: {
    pageId: string;
    pageToken: string;
    /** The first signs what we ask; all are accepted on what we receive. */
    appSecrets: string[];
    verifyToken: string;
    appId?: string;
    apiUrl: string;
  };
  sns?: {
    client: Pick<SNSClient, 'send'>;
    primary: boolean;
    senderId?: string;
    originationNumber?: string;
    maxPriceUsd: number;
  };
}

export const providersOf =
  ({ publicUrl, twilio, meta, sns }: ProviderSettings) =>
  ({ hashes, contents }: { hashes: Hashes; contents: ContentStore }): Providers => {
    const senders: Providers['senders'] = {};
    const receivers: Providers['receivers'] = {};
    const smsFrom: Providers['smsFrom'] = {};
    let prepare: Providers['prepare'];
    if (twilio) {
      const { accountSid, tokens, number, whatsapp, apiUrl, contentUrl, messagingUrl } = twilio;
      const sender = createTwilio({
        accountSid,
        authToken: tokens[0] as string,
        smsFrom: number,
        ...(whatsapp && { whatsappFrom: whatsapp }),
        baseUrl: apiUrl,
        contentUrl,
        messagingUrl,
        contents,
      });
      senders.twilio = sender;
      smsFrom.twilio = number;
      if (whatsapp) prepare = sender.ensureContent;
      receivers.twilio = createTwilioReceiver({
        tokens,
        numbers: { sms: number, ...(whatsapp && { whatsapp }) },
        publicUrl,
        eventId: hashes.event,
      });
    }
    if (meta) {
      const { pageId, pageToken, appSecrets, verifyToken, appId, apiUrl } = meta;
      senders.meta = createMessenger({
        pageId,
        token: pageToken,
        baseUrl: apiUrl,
        appSecret: appSecrets[0] as string,
      });
      receivers.meta = createMessengerReceiver({
        appSecrets,
        verifyToken,
        pageId,
        ...(appId && { appId }),
        eventId: hashes.event,
      });
    }
    if (sns) {
      const { client, senderId, originationNumber, maxPriceUsd } = sns;
      smsFrom.sns = senderId ?? (originationNumber as string);
      senders.sns = createSnsSms({
        client,
        ...(senderId && { senderId }),
        ...(originationNumber && { originationNumber }),
        maxPrice: maxPriceUsd,
        // Information that residents have asked for, and answers to them.
        type: 'Transactional',
      });
      if (originationNumber)
        receivers.sns = createSnsReceiver({
          eventId: hashes.event,
          ours: [originationNumber],
          // docs/deploy.md 12: self-managed opt-outs, or AWS would silence who begins an answer with "arrêt".
          optOuts: 'ours',
        });
    }
    const bySms = [...(twilio ? (['twilio'] as const) : []), ...(sns ? (['sns'] as const) : [])];
    return {
      senders,
      receivers,
      smsFrom,
      ...(prepare && { prepare }),
      ...(sns && { optOuts: () => optOuts(sns.client) }),
      carriers: {
        sms: sns?.primary ? bySms.toReversed() : bySms,
        ...(twilio?.whatsapp && { whatsapp: ['twilio'] }),
        ...(meta && { messenger: ['meta'] }),
      },
    };
  };
