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
  const version = new Prepared(domain, '2010-04-01');
  version.prepare(`/Accounts/${accountSid}/Messages.json`, basic(accountSid, authToken));
  return MessageListInstance(version as never, accountSid);
}

type Asked = Parameters<InstanceType<typeof Version>['request']>[0];

/**
 * The SDK's version of the API, but for posts to one address: what is around their parameters is always the same and is
 * taken from the first of them, which goes the SDK's own way. That costs it 20 µs of CPU and 18 kB a message.
 */
class Prepared extends unwrap(Version) {
  private uri = '';
  private authorization = '';
  private around: { url: URL; headers: Record<string, string> } | undefined;

  prepare(uri: string, authorization: string): void {
    this.uri = uri;
    this.authorization = authorization;
  }

  override request(options: Asked): ReturnType<InstanceType<typeof Version>['request']> {
    if (options.method !== 'post' || options.uri !== this.uri) return super.request(options);
    if (this.around) return call({ method: 'post', ...this.around, body: formOf(options.data as Data) });
    const sent = super.request(options);
    // By now the client has added its own to the headers.
    const headers = { ...options.headers, authorization: this.authorization };
    this.around = { url: new URL(this.absoluteUrl(this.uri)), headers };
    return sent;
  }
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
      ...(data && { body: formOf(data) }),
    });
  },
});

type Data = Record<string, unknown>;
const formOf = (data: Data): string => new URLSearchParams(pairs(data)).toString();

/** A list becomes a parameter that comes several times: MediaUrl, PersistentAction. */
const pairs = (values: Record<string, unknown> = {}): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );
