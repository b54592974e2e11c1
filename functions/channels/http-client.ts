/** Calls to a provider's API on node's own client with keep-alive: a third of the CPU of axios or fetch (dependencies.md). */
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';

/** The SDK waits 30 s; a Lambda has better things to do (channels.md 1.5). */
export const TIMEOUT = 8_000;
/** No answer of an API comes near this; a file does, and says so. */
const MAX_ANSWER = 1024 * 1024;

export interface Call {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  body?: string;
}

export interface ApiResponse {
  statusCode: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 20 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 20 }),
};

/** Of addresses that are called again and again. */
const places = new WeakMap<URL, http.RequestOptions>();

function placeOf(url: URL): http.RequestOptions {
  const known = places.get(url);
  if (known) return known;
  const place = { ...urlToHttpOptions(url) };
  places.set(url, place);
  return place;
}

/** Rejects where there was no whole answer: then nobody knows whether the call was carried out. */
export const call = ({ method, url, headers, body }: Call): Promise<ApiResponse> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const request = (secure ? https : http).request(
      {
        ...placeOf(url),
        method,
        agent: agents[secure ? 'https:' : 'http:'],
        headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > MAX_ANSWER) request.destroy(new Error('the answer of the provider is too long'));
        });
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ statusCode: response.statusCode ?? 0, body: text, headers: response.headers });
        });
        response.on('error', reject);
      },
    );
    // From the first byte to the last: a socket that trickles is as bad as one that is silent.
    const timer = setTimeout(
      () => request.destroy(new Error('the provider did not answer in time')),
      TIMEOUT,
    );
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(body);
  });
