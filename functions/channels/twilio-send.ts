/**
 * Sending through Twilio: the SDK's own typed Messages resource on a small keep-alive HTTP client, since the
 * whole SDK weighs 3.7 MB (dependencies.md). Owns what each answer of the API means for us.
 */
import BaseTwilio from 'twilio/lib/base/BaseTwilio.js';
import Domain from 'twilio/lib/base/Domain.js';
import Version from 'twilio/lib/base/Version.js';
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { unwrap } from '../runtime/cjs.ts';
import { call } from './http-client.ts';
import type { SendOutcome, SmsSender } from './sms.ts';

const DAY = 86_400_000;

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  from: string;
  /** `https://api.twilio.com`, or the stand-in. */
  baseUrl: string;
}

export function createTwilioSms(options: TwilioOptions): SmsSender {
  const messages = messagesOf(options);
  return {
    async send(message) {
      try {
        const { to, text, receipts, validity } = message;
        const sent = await messages.create({
          to,
          body: text,
          from: options.from,
          statusCallback: receipts,
          validityPeriod: Math.min(36_000, Math.max(1, Math.floor(validity))),
        });
        return { kind: 'accepted', id: sent.sid };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async find({ to, text, since }) {
      // DateSent is a date: the day before is asked for too, then compared to the second.
      const found = await messages.list({ to, dateSentAfter: new Date(since.getTime() - DAY), limit: 50 });
      // Twilio's times have no milliseconds.
      const from = Math.floor(since.getTime() / 1000) * 1000;
      return found.find(
        (each) => each.direction !== 'inbound' && each.body === text && each.dateCreated.getTime() >= from,
      )?.sid;
    },
  };
}

function messagesOf({ accountSid, authToken, baseUrl }: TwilioOptions) {
  const client = new (unwrap(BaseTwilio).Client)(accountSid, authToken, {
    httpClient: keepAliveClient(),
  } as never);
  const domain = new (unwrap(Domain))(client as never, baseUrl);
  const version = new (unwrap(Version))(domain, '2010-04-01');
  return MessageListInstance(version as never, accountSid);
}

/** `code` is Twilio's; an answer without one (an HTML page of a proxy) says only its HTTP status. */
function outcomeOf(error: unknown): SendOutcome {
  const { status, code } = error as { status?: number; code?: number };
  if (status === undefined) return { kind: 'unknown', cause: 'network' };
  // 429 was not processed (channels.md 1.5: 20429): safe to send again.
  if (status === 429) return { kind: 'throttled', after: 1 };
  // Wrong or rotated credentials, a suspended account: nothing was processed, and the reply is still owed.
  if (status === 401 || status === 403) return { kind: 'throttled', after: 300 };
  if (status >= 500) return { kind: 'unknown', cause: `http-${status}` };
  return { kind: 'rejected', code: typeof code === 'number' ? code : status };
}

interface SdkRequest {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: Record<string, string>;
  params?: Record<string, unknown>;
  data?: Record<string, unknown>;
}

/** What the SDK asks of an HTTP client, on ours. */
const keepAliveClient = () => ({
  request: ({ method, uri, username, password, headers, params, data }: SdkRequest) => {
    const url = new URL(uri);
    for (const [name, value] of pairs(params)) url.searchParams.append(name, value);
    const credentials = Buffer.from(`${username}:${password}`).toString('base64');
    return call({
      method,
      url,
      headers: { ...headers, authorization: `Basic ${credentials}` },
      ...(data && { body: new URLSearchParams(pairs(data)).toString() }),
    });
  },
});

const pairs = (values: Record<string, unknown> = {}): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );
