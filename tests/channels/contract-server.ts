/** A server on this machine that answers in every way a server can, for the contract of those who send. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of a server. */
export interface Scripted {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** `half`: the answer breaks off. */
export type Behaviour = Scripted | 'silence' | 'reset' | 'half';

/** After these a message may be out or not. */
export const unclear = (echoed: string): [string, Behaviour][] => [
  [
    'a page in HTML, with a 503',
    { status: 503, body: `<html>${echoed}</html>`, headers: { 'content-type': 'text/html' } },
  ],
  ['a page in HTML, with a 502', { status: 502, body: '<html><h1>Bad Gateway</h1></html>' }],
  ['a page in HTML, with a 200', { status: 200, body: `<html>${echoed}</html>` }],
  ['an empty 200', { status: 200, body: '' }],
  ['an empty 500', { status: 500, body: '' }],
  ['half of an answer', { status: 200, body: '{"sid":"SM' }],
  ['another kind of answer', { status: 200, body: '[1,"2",null]' }],
  ['nothing as an answer', { status: 200, body: 'null' }],
  ['a time-out in words', { status: 408, body: '' }],
  ['a time-out of a proxy', { status: 504, body: '{}' }],
  ['an answer that breaks off', 'half'],
  ['a connection that is cut', 'reset'],
];

export interface ScriptedServer {
  url: string;
  /** What the next requests meet. */
  next: Behaviour;
  requests: number;
  close(): Promise<void>;
}

export async function openScriptedServer(): Promise<ScriptedServer> {
  const server = createServer((request, response) => {
    opened.requests += 1;
    answer(request, response, opened.next);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const opened: ScriptedServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: { status: 500, body: '' },
    requests: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return opened;
}

function answer(request: IncomingMessage, response: ServerResponse, behaviour: Behaviour): void {
  request.resume().on('end', () => {
    if (behaviour === 'silence') return;
    if (behaviour === 'reset') {
      request.socket.destroy();
      return;
    }
    if (behaviour === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"sid":"SM', () => request.socket.destroy());
      return;
    }
    const { status, body, headers } = behaviour;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
}
