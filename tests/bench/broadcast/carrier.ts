/** The other end of the line for many messages: Twilio's HTTP, as little of it as a sender reads. Counts, and keeps nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let messages = 0;
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    if (request.method === 'GET') return response.end(JSON.stringify({ messages }));
    if (!body.includes('To=') || !body.includes('Body=')) {
      response.writeHead(400);
      return response.end('{"code":21604}');
    }
    messages += 1;
    response.writeHead(201, { 'content-type': 'application/json' });
    return response.end(
      JSON.stringify({ sid: `SM${String(messages).padStart(32, '0')}`, status: 'queued', num_segments: '1' }),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })),
);
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
