/** The stand-ins of Meta and of Amazon SNS over HTTP, where our functions look for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meta } from './meta-api.ts';
import type { SnsApi } from './sns-api.ts';
import { cutOff, SILENCE_MS } from './twilio-api-server.ts';

/** Graph, everything under `prefix`. */
export const serveMeta =
  (meta: Pick<Meta, 'api'>, prefix: string) =>
  async (request: Request, env?: unknown): Promise<Response> => {
    const at = new URL(request.url);
    const answer = await meta.api({
      method: request.method,
      path: at.pathname.slice(prefix.length),
      query: at.searchParams,
      headers: Object.fromEntries(request.headers),
      body: request.method === 'GET' ? '' : await request.text(),
    });
    if (answer === 'silence') await sleep(SILENCE_MS, undefined, { ref: false });
    if (answer === 'silence' || answer === 'reset') return cutOff(env);
    return new Response(answer.body, {
      status: answer.status,
      headers: { 'content-type': 'application/json; charset=utf-8', ...answer.headers },
    });
  };

/** AWS's query protocol: one path, the action in the form. */
export const serveSns =
  (sns: Pick<SnsApi, 'answer'>) =>
  async (request: Request): Promise<Response> => {
    const form = new URLSearchParams(await request.text());
    const authorization = request.headers.get('authorization') ?? undefined;
    const { status, body } = await sns.answer({ form, ...(authorization && { authorization }) });
    return new Response(body, { status, headers: { 'content-type': 'text/xml; charset=utf-8' } });
  };
