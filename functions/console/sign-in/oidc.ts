/**
 * The issuer who signs agents in, by OpenID Connect: the code flow with PKCE, a state and a nonce. openid-client
 * checks the answers; here stands what we ask it to check. https://openid.net/specs/openid-connect-core-1_0.html
 */
import * as oidc from 'openid-client';
import type { PendingSignIn } from '../../store/console-sessions.ts';

export interface IssuerSettings {
  /** `https://cognito-idp.eu-west-3.amazonaws.com/<pool>`; `http:` on this machine alone. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /**
   * Cognito's `/logout`, which wants `logout_uri` in place of the standard's names. Without it the issuer's own
   * `end_session_endpoint` is asked, where it has one.
   */
  logoutUrl?: string;
}

/** The issuer cannot be reached or fails. Nothing is wrong with the agent: they may try again. */
export class IssuerDown extends Error {
  override name = 'IssuerDown';
}
/** The issuer, or openid-client for us, refuses this sign-in. `code` says why. */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super('the sign-in does not hold', { cause });
    this.code = code;
  }
}

export interface Issuer {
  /** Where the agent is sent. */
  authorize(pending: PendingSignIn): Promise<URL>;
  /** `query` is the callback's. The claims of an ID token that holds. Throws `IssuerDown` or `SignInRefused`. */
  claims(query: string, pending: PendingSignIn): Promise<unknown>;
  /** Where the agent's session at the issuer ends, too; from there they come back to `back`. */
  endSession(back: string): Promise<URL | undefined>;
}

/** Seconds for one call: a sign-in makes three, and the Lambda has fifteen. */
const TIMEOUT = 4;
/**
 * Seconds since the agent signed in at the issuer, which comes right before they are back (OpenID Connect Core 3.1.2.1).
 * Longer than it takes to note down a first one-time code; the clocks may differ by openid-client's half minute.
 */
const MAX_AGE = 300;
const SCOPE = 'openid email profile';
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

export const freshPending = (back: string): PendingSignIn => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
  back,
});

export function openIssuer(settings: IssuerSettings, callback: string): Issuer {
  const { issuer, clientId, clientSecret, logoutUrl } = settings;
  const server = new URL(issuer);
  const isHere = server.protocol === 'http:' && LOOPBACK.test(server.hostname);
  if (server.protocol !== 'https:' && !isHere)
    throw new Error(`the issuer must be reached by https, got ${server.protocol}//${server.host}`);
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= oidc.discovery(server, clientId, clientSecret, undefined, {
      // The standard lets who gets an ID token by TLS pass over its signature; we do not.
      execute: [oidc.enableNonRepudiationChecks, ...(isHere ? [oidc.allowInsecureRequests] : [])],
      timeout: TIMEOUT,
    });
    known.catch(() => {
      known = undefined;
    });
    return known.catch(asOurs);
  };
  return {
    async authorize({ state, nonce, verifier }) {
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Else who finds a screen of ours idle goes on with the issuer's session, and our half hour means nothing.
        prompt: 'login',
        // So that the ID token says when; an issuer may pass over `prompt`.
        max_age: String(MAX_AGE),
        ui_locales: 'fr',
        // The same to Cognito: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html
        lang: 'fr',
      });
    },
    async claims(query, { state, nonce, verifier }) {
      const configured = await configuration();
      const url = new URL(callback);
      url.search = query;
      const tokens = await oidc
        .authorizationCodeGrant(configured, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          maxAge: MAX_AGE,
        })
        .catch(asOurs);
      return tokens.claims();
    },
    async endSession(back) {
      if (logoutUrl) {
        const url = new URL(logoutUrl);
        url.search = new URLSearchParams({ client_id: clientId, logout_uri: back }).toString();
        return url;
      }
      const configured = await configuration();
      if (!configured.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(configured, { post_logout_redirect_uri: back });
    },
  };
}

/** What openid-client throws has the issuer's words, and at times a token, in it: only its code goes on. */
function asOurs(error: unknown): never {
  if (error instanceof oidc.AuthorizationResponseError) throw new SignInRefused(error.error, error);
  if (error instanceof oidc.ResponseBodyError && error.status < 500)
    throw new SignInRefused(error.error, error);
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  // An answer that is no answer, or none in time.
  if (!code || DOWN.has(code))
    throw new IssuerDown('the issuer does not answer as it should', { cause: error });
  throw new SignInRefused(code, error);
}
const DOWN = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);
