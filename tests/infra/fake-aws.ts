/**
 * Secrets Manager, SQS, SNS, S3 and Twilio's Messages as one small local server: the one call of each that the
 * functions make, in the providers' own protocol. Any other call is refused, and `refused` says so.
 */
import { createHash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAws {
  url: string;
  /** Bodies of the messages put on the queue. */
  queued: string[];
  /** What Twilio was asked to send. */
  sent: Record<string, string>[];
  /** What was announced on the topic. */
  announced: unknown[];
  /** Files put into a bucket, by `/bucket/key`. */
  files: Map<string, string>;
  refused: string[];
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

export async function startFakeAws(secret: object): Promise<FakeAws> {
  const queued: string[] = [];
  const sent: Record<string, string>[] = [];
  const announced: unknown[] = [];
  const files = new Map<string, string>();
  const refused: string[] = [];
  const answer = (target: string, body: string): Answer => {
    if (target === 'secretsmanager.GetSecretValue')
      return { status: 200, body: { Name: 'secret', SecretString: JSON.stringify(secret) } };
    if (target === 'AmazonSQS.SendMessage') {
      const { MessageBody } = JSON.parse(body) as { MessageBody: string };
      queued.push(MessageBody);
      // The SDK compares it with what it has sent.
      const md5 = createHash('md5').update(MessageBody).digest('hex');
      return { status: 200, body: { MessageId: `m${queued.length}`, MD5OfMessageBody: md5 } };
    }
    const form = new URLSearchParams(body);
    if (target === 'POST /' && form.get('Action') === 'Publish') {
      announced.push(JSON.parse(form.get('Message') ?? ''));
      return { status: 200, body: PUBLISHED };
    }
    if (/^PUT \/exports\//.test(target)) {
      files.set(target.slice('PUT '.length).replace(/\?.*/, ''), body);
      return { status: 200, headers: { etag: '"1"' }, body: '' };
    }
    if (/^POST \/2010-04-01\/Accounts\/AC\w+\/Messages\.json$/.test(target)) {
      sent.push(Object.fromEntries(form));
      return { status: 201, body: { sid: `SM${String(sent.length).padStart(32, '0')}` } };
    }
    refused.push(target);
    return { status: 400, body: { __type: 'UnknownOperationException', message: target } };
  };
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? `${request.method} ${request.url}`);
    const { status, headers = {}, body } = answer(target, await bodyOf(request));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const url = await listen(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url, queued, sent, announced, files, refused, close };
}

const PUBLISHED =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

export interface RecordingStore {
  url: string;
  /** The store's actions so far, as a role names them; `Query listed` where the index was asked. */
  actions: Set<string>;
  close(): Promise<void>;
}

/** Stands in front of the store and notes what is asked of it. */
export async function recordStore(endpoint: string): Promise<RecordingStore> {
  const actions = new Set<string>();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { IndexName } = JSON.parse(body) as { IndexName?: string };
    const action = String(request.headers['x-amz-target']).split('.')[1];
    actions.add([action, IndexName].filter(Boolean).join(' '));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const passed = httpRequest(endpoint, { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    passed.end(body);
  });
  const url = await listen(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url, actions, close };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
