/** API Gateway's part: an HTTP request as the payload 2.0 event that a Lambda gets, and its result as an answer. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Handler } from '../../functions/runtime/http.ts';
import { MAX_BODY, requestOf, resultOf } from '../../functions/runtime/http.ts';

/** A fetch handler that calls our function as the gateway would. What is larger than `most` bytes is not even read. */
export const gateway =
  (handler: Handler, most = 4 * MAX_BODY) =>
  async (request: Request): Promise<Response> => {
    if (Number(request.headers.get('content-length') ?? 0) > most)
      return new Response('the request is too large', { status: 413 });
    const result = resultOf(
      await handler(requestOf(eventOf(request, Buffer.from(await request.arrayBuffer())))),
    );
    const body = result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64') : (result.body ?? '');
    return new Response(request.method === 'HEAD' ? null : body, {
      status: result.statusCode ?? 200,
      headers: [
        ...Object.entries(result.headers ?? {}).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]),
        ...(result.cookies ?? []).map((cookie): [string, string] => ['set-cookie', cookie]),
      ],
    });
  };

function eventOf(request: Request, body: Buffer): APIGatewayProxyEventV2 {
  const url = new URL(request.url);
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: url.host,
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: request.headers.get('user-agent') ?? '',
      },
      requestId: 'local',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}
