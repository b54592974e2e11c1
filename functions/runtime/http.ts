/** Requests and answers as the functions see them, and API Gateway's HTTP API payload 2.0 around them. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** No provider's form comes near this; what is larger is refused unread (speed-and-faults.md 3.4). */
export const MAX_BODY = 16 * 1024;

export interface Request {
  method: string;
  path: string;
  /** Raw, without the question mark: a signature is over it as it came. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
  /** The body as it came, where a signature is over its bytes: they differ from `body` where they are no UTF-8. */
  bytes?: Buffer;
  /** The network address at the other end, as the gateway saw it: personal data, neither logged nor stored. */
  from?: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** Each a whole `set-cookie`: the one header that comes several times. */
  cookies?: string[];
  body: string;
  /** The body is bytes, in base64. */
  base64?: boolean;
}

export type Handler = (request: Request) => Promise<Answer>;

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

/** Undoes what the gateway did to a request: base64, the stage in front of the path, cookies apart from the headers. */
export function requestOf(event: APIGatewayProxyEventV2): Request {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const { method, path, sourceIp } = event.requestContext.http;
  const stage = event.requestContext.stage;
  const prefix = `/${stage}/`;
  return {
    method,
    path: stage !== '$default' && path.startsWith(prefix) ? path.slice(prefix.length - 1) : path,
    query: event.rawQueryString,
    headers: {
      ...Object.fromEntries(
        Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      ...(event.cookies && { cookie: event.cookies.join('; ') }),
    },
    body: bytes.toString('utf8'),
    bytes,
    from: sourceIp,
  };
}

export const resultOf = (answer: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: answer.status,
  headers: answer.headers ?? {},
  ...(answer.cookies && { cookies: answer.cookies }),
  body: answer.body,
  ...(answer.base64 && { isBase64Encoded: true }),
});
