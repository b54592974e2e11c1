/** Requests and answers between a worker and the counting fake: a line of JSON each, what is due at once in one write. */
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/**
 * Calls `take` with each line that comes; returns what writes one and what is to hear all bytes. `inTurn`: as Nagle's algorithm does it, what is said
 * while an answer is awaited goes together once it comes, since here a system call costs as much as all that is in it.
 */
export function wire(
  socket: Socket,
  take: (message: never) => void,
  { inTurn = false } = {},
): { write(message: unknown): void; hear(chunk: Buffer): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let waiting = '';
  let isPlanned = false;
  let isAwaiting = false;
  return {
    hear(chunk) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) take(JSON.parse(line) as never);
      isAwaiting = false;
      plan();
    },
    write(message) {
      waiting += `${JSON.stringify(message)}\n`;
      plan();
    },
  };
  function plan(): void {
    if (isPlanned || isAwaiting || waiting === '') return;
    isPlanned = true;
    setImmediate(flush);
  }
  function flush(): void {
    isPlanned = false;
    isAwaiting = inTurn;
    socket.write(waiting);
    waiting = '';
  }
}
