/** Loaded before every test file: no test leaves this machine, not even one that swallows the refusal. */
import { Socket } from 'node:net';
import * as fc from 'fast-check';
import { afterEach } from 'vitest';

// A landing must not hang on the draw: the same courses each time, others with FC_SEED=<any whole number>.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261124) });

// The CDK's built-in rules cost 10 s a synth; the one infra check turns them on, every other test does without.
process.env.CDK_VALIDATION ??= 'false';

/** Hosts refused since the last test ended. Only the test of this guard empties it by hand. */
export const refusedHosts: string[] = [];

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3})$/i;

/** The host that `socket.connect(...args)` would reach; a socket file counts as this machine. */
function hostOf(args: unknown[]): string {
  // net.connect() hands its arguments over already normalised: one array, the options first.
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { path?: string | null; host?: string | null };
    return path ? 'localhost' : (host ?? 'localhost');
  }
  const file = typeof first === 'string' && Number.isNaN(Number(first));
  return !file && typeof args[1] === 'string' ? args[1] : 'localhost';
}

function refusal(host: string): Error {
  // The host alone: an address's path or body may carry a phone number or a key.
  return new Error(
    `tests may not leave this machine: connection to host "${host}" refused, ` +
      'only localhost, 127.0.0.0/8 and ::1 are allowed; point the client at a server the test has started',
  );
}

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (LOOPBACK.test(host)) return Reflect.apply(connect, this, args);
  refusedHosts.push(host);
  // As a late 'error' event, the way a real refusal arrives: TLS still sets its socket up after this call,
  // and what is written meanwhile must queue (`connecting`) instead of failing with an error of its own.
  Reflect.set(this, 'connecting', true);
  process.nextTick(() => this.destroy(refusal(host)));
  return this;
} as typeof connect;

afterEach(() => {
  const host = refusedHosts[0];
  refusedHosts.length = 0;
  if (host !== undefined) throw refusal(host);
});
