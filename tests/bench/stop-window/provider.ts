/** A provider that says as little as Twilio's SDK is content with, and notes when each message has reached it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call } from '../../../functions/channels/http-client.ts';
import { ACCOUNT } from '../../support/city.ts';

export interface Provider {
  url: string;
  /** When the last POST for a number was here whole. */
  posted: Map<string, number>;
  /** Numbers whose next POST is cut off without an answer. */
  cut: Set<string>;
  close(): Promise<void>;
}

const MESSAGES = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;

export async function openProvider(): Promise<Provider> {
  const posted = new Map<string, number>();
  const cut = new Set<string>();
  let ids = 0;
  const freshId = (kind: string): string => `${kind}${String(++ids).padStart(32, '0')}`;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const at = performance.now();
    const answer = (value: object): void => {
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const isMessages = request.url?.split('?')[0] === MESSAGES;
    if (request.method === 'GET') return answer({ messages: [], next_page_uri: null });
    if (!isMessages) return answer({ sid: freshId('HX') });
    const number = (new URLSearchParams(body).get('To') ?? '').replace('whatsapp:', '');
    posted.set(number, at);
    if (cut.delete(number)) return request.socket.destroy();
    return answer({ sid: freshId('SM') });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posted,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same client and a body of the same kind, without anything of ours around it. Milliseconds. */
export async function barePost({ url, posted }: Provider, number: string): Promise<number> {
  const from = performance.now();
  await call({
    method: 'POST',
    url: new URL(url + MESSAGES),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ To: number, From: '38123', Body: 'Bonjour, ici la mairie' }).toString(),
  });
  return (posted.get(number) ?? Number.NaN) - from;
}
