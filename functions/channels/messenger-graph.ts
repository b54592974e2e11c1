/** Calls to Meta's Graph API for one page: where they go, and how they show who is asking. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiResponse, call } from './http-client.ts';

/** Current when this was written; a version lives two years. */
const VERSION = 'v25.0';

export interface MessengerOptions {
  pageId: string;
  /** The page's access token. Travels in a header, never in a URL: URLs are logged. */
  token: string;
  /** `https://graph.facebook.com`, or the stand-in. */
  baseUrl: string;
  version?: string;
  /** Signs each call, so that a stolen token alone is worth nothing ("Require app secret"). */
  appSecret?: string;
  /** Milliseconds an answer may take; else as long as every provider's. */
  timeout?: number;
}

/** Rejects where there was no whole answer. */
export type Graph = (
  method: 'GET' | 'POST',
  edge: string,
  parameters: Record<string, unknown>,
) => Promise<ApiResponse>;

export function graphOf({
  pageId,
  token,
  baseUrl,
  version = VERSION,
  appSecret,
  timeout,
}: MessengerOptions): Graph {
  const base = `${baseUrl.replace(/\/+$/, '')}/${version}/${encodeURIComponent(pageId)}`;
  const proof = appSecret && createHmac('sha256', appSecret).update(token).digest('hex');
  return async (method, edge, parameters) => {
    const url = new URL(`${base}/${edge}`);
    if (proof) url.searchParams.set('appsecret_proof', proof);
    if (method === 'GET')
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(method === 'POST' && { 'content-type': 'application/json; charset=utf-8' }),
    };
    const body = method === 'POST' ? { body: JSON.stringify(parameters) } : {};
    return within(timeout, call({ method, url, headers, ...body }));
  };
}

async function within(timeout: number | undefined, answer: Promise<ApiResponse>): Promise<ApiResponse> {
  if (timeout === undefined) return answer;
  const over = new AbortController();
  const late = sleep(timeout, undefined, { signal: over.signal }).then(() => {
    throw new Error('the provider did not answer in time');
  });
  late.catch(() => undefined);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}
