/** The stand-in's API over HTTP: mounted where our functions look for Twilio's three hosts, and by tests. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Carrier } from './carrier.ts';

/** Longer than our client waits (functions/channels/http-client.ts); then the line is cut. */
export const SILENCE_MS = 10_000;

/**
 * A fetch handler for everything under `prefix`: `https://api.twilio.com`, `content.` and `messaging.` at once. `env` is
 * what the server has of the connection, so that it can be cut.
 */
export const serveTwilio =
  (carrier: Pick<Carrier, 'api'>, prefix = '') =>
  async (request: Request, env?: unknown): Promise<Response> => {
    const at = new URL(request.url);
    const body = ['GET', 'HEAD', 'DELETE'].includes(request.method) ? '' : await request.text();
    const isForm = request.headers.get('content-type')?.includes('form-urlencoded') ?? false;
    const answer = await carrier.api({
      method: request.method,
      path: at.pathname.slice(prefix.length),
      query: at.searchParams,
      form: new URLSearchParams(isForm ? body : ''),
      body,
      authorization: request.headers.get('authorization') ?? undefined,
    });
    if (answer.lost === 'silent') await sleep(SILENCE_MS, undefined, { ref: false });
    if (answer.lost) return cutOff(env);
    const { status, file, json } = answer;
    if (file)
      return new Response(new Uint8Array(file.bytes), { status, headers: { 'content-type': file.type } });
    return json ? Response.json(json, { status }) : new Response(null, { status });
  };

/** What @hono/node-server hands over beside the request; Hono calls it `context.env`. */
interface NodeEnv {
  outgoing?: { destroy(): void };
}

/** Cuts the line. Where the socket is out of reach, a body that breaks off is as good. */
export function cutOff(env: unknown): Response {
  const { outgoing } = (env ?? {}) as NodeEnv;
  if (outgoing) {
    outgoing.destroy();
    return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  }
  const broken = new Error('cut off by the stand-in');
  return new Response(new ReadableStream({ pull: (controller) => controller.error(broken) }));
}
