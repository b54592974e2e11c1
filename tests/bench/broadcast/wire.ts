/** Requests and answers between a worker and the counting fake: a line of JSON each, what is due at once in one write. */
import type { Socket } from 'node:net';

/** Calls `take` with each line that comes; returns what writes one. */
export function wire(socket: Socket, take: (message: never) => void): (message: unknown) => void {
  let rest = '';
  let waiting = '';
  socket.setNoDelay(true);
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) take(JSON.parse(line) as never);
  });
  return (message) => {
    if (waiting === '') setImmediate(flush);
    waiting += `${JSON.stringify(message)}\n`;
  };
  function flush(): void {
    socket.write(waiting);
    waiting = '';
  }
}
