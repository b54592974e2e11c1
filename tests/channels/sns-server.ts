/** The stand-in for Amazon SNS on a loopback port, and the real SDK client that talks to it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SNSClient } from '@aws-sdk/client-sns';
import { snsClient } from '../../functions/channels/sns-send.ts';
import { createSnsApi, type SnsApi, type SnsApiOptions } from '../../infra/local/sns-api.ts';

export const RESIDENT = '+33639980001';
export const SHORT_CODE = '38123';

export interface SnsServer {
  api: SnsApi;
  client: SNSClient;
  /** What the SDK sent, whole. */
  calls: URLSearchParams[];
  /** Bodies of inbound SMS, as the queue gets them. */
  inbound: string[];
  /** Lines of the delivery log. */
  log: string[];
  now: Date;
  /** Instead of the stand-in's answer, for the next request. */
  instead?: { status: number; body: string } | 'hang-up';
  close(): void;
}

export async function openSnsServer(changes: Partial<SnsApiOptions> = {}): Promise<SnsServer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const form = new URLSearchParams(body);
    opened.calls.push(form);
    const { instead } = opened;
    opened.instead = undefined;
    if (instead === 'hang-up') {
      request.socket.destroy();
      return;
    }
    const answer =
      instead ?? (await opened.api.answer({ form, authorization: request.headers.authorization }));
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const opened: SnsServer = {
    calls: [],
    inbound: [],
    log: [],
    now: new Date('2026-11-24T09:00:00Z'),
    api: createSnsApi({
      accessKeyId: 'AKIDEXAMPLE',
      number: SHORT_CODE,
      optOuts: 'ours',
      now: () => opened.now,
      inbound: (body) => void opened.inbound.push(body),
      log: (line) => void opened.log.push(line),
      ...changes,
    }),
    client: snsClient({
      region: 'eu-west-3',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/carrier/sns`,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
    }),
    close() {
      opened.client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
  return opened;
}
