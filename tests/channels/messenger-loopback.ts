/** The stand-in for Meta as a server on this machine, with every request that came and every webhook that went. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outgoing } from '../../functions/channels/channel.ts';
import { createMessenger, type Messenger } from '../../functions/channels/messenger-send.ts';
import { createMeta, type Meta, type MetaFault, type MetaOptions } from '../../infra/local/meta-api.ts';
import { openMetaLog } from '../../infra/local/meta-log.ts';

export const PAGE = '1234567890';
export const APP = '2000000000000001';
export const TOKEN = 'EAAtoken';
export const SECRET = 's'.repeat(32);
export const PSID = '5678';
export const DELIVERY = 'Zk3x9QpLm2vTs7RyWa0b1c.mQ7hT2xKp';

export interface Loopback {
  url: string;
  meta: Meta;
  sender: Messenger;
  /** Another instance of the same: a Lambda that remembers nothing. */
  another(): Messenger;
  requests: {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: Record<string, unknown>;
    body: string;
  }[];
  posted: { body: string; headers: Record<string, string> }[];
  /** For the next calls, in order. */
  faults: { kind: 'send' | 'find' | 'webhook'; fault: MetaFault }[];
  /** What our webhook answers. */
  answers: number[];
  clock: { now: Date };
  close(): Promise<void>;
}

export async function openLoopback(changes: Partial<MetaOptions> = {}): Promise<Loopback> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const at = new URL(request.url ?? '/', 'http://meta');
    const headers = request.headers as Record<string, string | undefined>;
    const asked = { method: request.method ?? '', path: at.pathname, query: at.searchParams, headers, body };
    opened.requests.push(asked);
    const answer = await opened.meta.api(asked);
    if (answer === 'silence') return;
    if (answer === 'reset') {
      request.socket.destroy();
      return;
    }
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
      .end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const another = (): Messenger =>
    createMessenger({ pageId: PAGE, token: TOKEN, baseUrl: url, appSecret: SECRET, timeout: 300 });
  const clock = { now: new Date('2026-11-24T09:00:00.500Z') };
  const opened: Loopback = {
    ...{ url, clock, another, sender: another(), requests: [], posted: [], faults: [], answers: [] },
    meta: createMeta({
      ...{ pageId: PAGE, token: TOKEN, appSecret: SECRET, appId: APP, log: openMetaLog() },
      webhookUrl: 'https://voix.clichy.example/webhooks/messenger',
      now: () => clock.now,
      post: async (_url, body, headers) => {
        opened.posted.push({ body, headers });
        return { status: opened.answers.shift() ?? 200, body: 'EVENT_RECEIVED' };
      },
      fault(call) {
        const index = opened.faults.findIndex(({ kind }) => kind === call.kind);
        return opened.faults.splice(index, index < 0 ? 0 : 1)[0]?.fault ?? 'none';
      },
      ...changes,
    }),
    async close() {
      await opened.meta.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return opened;
}

export const outgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  to: `messenger:${PSID}`,
  text: 'Allez-vous au square ? 1 oui 2 non',
  delivery: DELIVERY,
  receipts: 'https://voix.clichy.example/webhooks/messenger',
  validity: 3600,
  ...changes,
});

export const OFFER = {
  text: 'Allez-vous au square ?',
  choices: [
    { id: 'square.1.va:1', label: 'Oui' },
    { id: 'square.1.va:2', label: 'Non' },
  ],
};
