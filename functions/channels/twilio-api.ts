/**
 * Twilio's APIs, as we call them: the SDK's own typed Messages resource on a small keep-alive HTTP client, since the
 * whole SDK weighs 3.7 MB (dependencies.md), and JSON for what the SDK has no light resource for.
 */
import BaseTwilio from 'twilio/lib/base/BaseTwilio.js';
import Domain from 'twilio/lib/base/Domain.js';
import Version from 'twilio/lib/base/Version.js';
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { unwrap } from '../runtime/cjs.ts';
import { type ApiResponse, call } from './http-client.ts';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
}

/** `baseUrl` is `https://api.twilio.com`, or the stand-in's. */
export function messagesOf({ accountSid, authToken }: TwilioAccount, baseUrl: string): MessageListInstance {
  const client = new (unwrap(BaseTwilio).Client)(accountSid, authToken, {
    httpClient: keepAliveClient(),
  } as never);
  const domain = new (unwrap(Domain))(client as never, baseUrl);
  const version = new (unwrap(Version))(domain, '2010-04-01');
  return MessageListInstance(version as never, accountSid);
}

/** Posts JSON. Rejects where there was no whole answer. */
export const postJson = (account: TwilioAccount, url: string, body: unknown): Promise<ApiResponse> =>
  call({
    method: 'POST',
    url: new URL(url),
    headers: {
      authorization: basic(account.accountSid, account.authToken),
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
    },
    body: JSON.stringify(body),
  });

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

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
  request: ({ method, uri, username = '', password = '', headers, params, data }: SdkRequest) => {
    const url = new URL(uri);
    for (const [name, value] of pairs(params)) url.searchParams.append(name, value);
    return call({
      method,
      url,
      headers: { ...headers, authorization: basic(username, password) },
      ...(data && { body: new URLSearchParams(pairs(data)).toString() }),
    });
  },
});

/** A list becomes a parameter that comes several times: MediaUrl, PersistentAction. */
const pairs = (values: Record<string, unknown> = {}): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );
