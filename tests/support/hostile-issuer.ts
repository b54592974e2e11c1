/** An issuer that answers as a test tells it to: right, wrong, or not at all. What it signs, it signs really. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostileIssuer {
  url: string;
  /** Claims over those of an agent in order; `undefined` leaves one out. */
  claims: Record<string, unknown>;
  /** How the token is signed: by its own key, by another under the same name, or not. */
  signature: 'own' | 'other' | 'none';
  /** What its token endpoint does; `silent` answers with an error of the server. */
  token: 'fine' | 'refuses' | 'silent';
  /** Bodies that its token endpoint has got. */
  asked: URLSearchParams[];
  /** What the agent's browser was sent there with: whoever signs in here approves at once. */
  approve(location: string): string;
  close(): Promise<void>;
}

const key = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export async function startHostileIssuer(): Promise<HostileIssuer> {
  const [own, other] = [key(), key()];
  /** By code: what was asked for. */
  const codes = new Map<string, URLSearchParams>();
  const answer = (path: string, body: string): { status: number; json: unknown } => {
    if (path === '/.well-known/openid-configuration') return { status: 200, json: metadata(issuer.url) };
    if (path === '/jwks')
      return {
        status: 200,
        json: { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] },
      };
    if (path !== '/token') return { status: 404, json: { error: 'not_found' } };
    const form = new URLSearchParams(body);
    issuer.asked.push(form);
    if (issuer.token === 'silent') return { status: 502, json: { error: 'bad_gateway' } };
    const begun = codes.get(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const fits = begun?.get('code_challenge') === createHash('sha256').update(verifier).digest('base64url');
    if (issuer.token === 'refuses' || !begun || !fits)
      return { status: 400, json: { error: 'invalid_grant' } };
    return { status: 200, json: { access_token: 'a', token_type: 'Bearer', id_token: token(begun) } };
  };
  const token = (begun: URLSearchParams): string => {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer.url,
      aud: begun.get('client_id'),
      sub: 'sub-1',
      iat: seconds,
      exp: seconds + 60,
      auth_time: seconds,
      nonce: begun.get('nonce'),
      email: 'agent@exemple.fr',
      email_verified: true,
      name: 'Alex Martin',
      'cognito:groups': ['officer'],
      ...issuer.claims,
    };
    const none = issuer.signature === 'none';
    const head = `${encoded({ alg: none ? 'none' : 'ES256', kid: 'k' })}.${encoded(claims)}`;
    const by = issuer.signature === 'other' ? other : own;
    const signed = sign('sha256', Buffer.from(head), { key: by.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${head}.${none ? '' : signed.toString('base64url')}`;
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { status, json } = answer(new URL(request.url ?? '/', 'http://x').pathname, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer: HostileIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {},
    signature: 'own',
    token: 'fine',
    asked: [],
    approve(location) {
      const { searchParams: begun } = new URL(location);
      const code = `code-${codes.size}`;
      codes.set(code, begun);
      return new URLSearchParams({ code, state: begun.get('state') ?? '' }).toString();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return issuer;
}

const metadata = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
});
