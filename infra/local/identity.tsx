/**
 * Who signs agents in on this machine: a real OpenID provider, with the agents of the example in place of accounts and
 * one click in place of a password. Cognito has its place in production; the console cannot tell them apart.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { raw } from 'hono/html';
import { Provider, type Context as ProviderContext } from 'oidc-provider';
import type { City } from '../../conversations/city.ts';
import { bare } from '../../functions/console/layout.tsx';
import { ROLE_NAMES } from '../../functions/console/roles.ts';
import type { IssuerSettings } from '../../functions/console/sign-in/oidc.ts';
import { words } from '../../locales/index.ts';
import { claimsOf, EXAMPLE_AGENTS } from './example-agents.ts';
import { createIdentityMemory } from './identity-memory.ts';

const MOUNT = '/identite';
const CLIENT = 'console';
const SCOPES = 'openid email profile';
const HOUR = 3600;

export interface IdentityOptions {
  /** The host's own address. */
  url: string;
  city: City;
  clientSecret: string;
  signingKey: string;
  cookieKey: string;
}

export const identitySettings = ({ url, clientSecret }: Pick<IdentityOptions, 'url' | 'clientSecret'>) =>
  ({ issuer: `${url}${MOUNT}`, clientId: CLIENT, clientSecret }) satisfies IssuerSettings;

/** What @hono/node-server hands over beside the request. */
interface NodeEnv {
  incoming: IncomingMessage & { originalUrl?: string | undefined };
  outgoing: ServerResponse;
}
type At = Context<{ Bindings: NodeEnv }>;

export function identity(options: IdentityOptions): Hono<{ Bindings: NodeEnv }> {
  const provider = new Provider(`${options.url}${MOUNT}`, configurationOf(options));
  const answer = provider.callback();
  const page = async (context: At, title: string, body: unknown, status: 200 | 400 = 200) =>
    context.html(await bare(title, options.city, body as never), status, { 'cache-control': 'no-store' });
  const app = new Hono<{ Bindings: NodeEnv }>();

  app.get(`${MOUNT}/choix/:uid`, async (context) => {
    const { incoming, outgoing } = context.env;
    const known = await provider.interactionDetails(incoming, outgoing).catch(() => undefined);
    return known ? page(context, 'Qui êtes-vous ?', <Choice />) : page(context, LATE, <Late />, 400);
  });
  app.post(`${MOUNT}/choix/:uid`, async (context) => {
    const { incoming, outgoing } = context.env;
    const { agent } = await context.req.parseBody();
    const accountId = EXAMPLE_AGENTS.find(({ id }) => id === agent)?.id;
    if (!accountId) return page(context, 'Qui êtes-vous ?', <Choice />, 400);
    const next = await provider
      .interactionResult(incoming, outgoing, { login: { accountId } })
      .catch(() => undefined);
    return next ? context.redirect(next, 303) : page(context, LATE, <Late />, 400);
  });
  app.all(`${MOUNT}/*`, async (context) => {
    const { incoming, outgoing } = context.env;
    // As a framework that mounts it would: the provider knows its routes without the prefix.
    incoming.originalUrl = incoming.url;
    if (context.req.path.startsWith(`${MOUNT}/auth`)) withoutSession(incoming);
    incoming.url = incoming.url?.slice(MOUNT.length);
    await answer(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

/** Every sign-in begins anew; else a change of agent would go by way of a page that only JavaScript sends on. */
function withoutSession({ headers }: IncomingMessage): void {
  const others = headers.cookie?.split('; ').filter((each) => !/^identite(?:\.sig)?=/.test(each));
  headers.cookie = others?.join('; ');
}

function configurationOf({ url, city, clientSecret, signingKey, cookieKey }: IdentityOptions): object {
  const says = (title: string, body: unknown) => async (context: ProviderContext) => {
    context.type = 'html';
    context.body = await bare(title, city, body as never);
  };
  return {
    adapter: createIdentityMemory(),
    clients: [
      {
        client_id: CLIENT,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${url}/console/retour`],
        post_logout_redirect_uris: [`${url}/console`],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(JSON.parse(signingKey) as object), use: 'sig', alg: 'ES256' }] },
    cookies: {
      keys: [cookieKey],
      names: { session: 'identite', interaction: 'identite-choix', resume: 'identite-suite' },
    },
    claims: {
      openid: ['sub', 'cognito:groups'],
      email: ['email', 'email_verified'],
      profile: ['name', 'custom:langue'],
    },
    // Cognito puts the claims into the ID token, too.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context: ProviderContext, form: string) =>
          says('Déconnexion', <Leave form={form} />)(context),
        postLogoutSuccessSource: says('Vous êtes déconnecté', <p>Vous pouvez fermer cette page.</p>),
      },
    },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `${MOUNT}/choix/${uid}` },
    async findAccount(_context: unknown, id: string) {
      const agent = EXAMPLE_AGENTS.find((each) => each.id === id);
      return agent && { accountId: id, claims: async () => claimsOf(agent) };
    },
    /** Nobody is asked whether the console may know who they are: it is the city's own. */
    async loadExistingGrant({ oidc: { provider, client, session } }: ProviderContext) {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
    renderError: says('La connexion n’a pas abouti', <Late />),
  };
}

const LATE = 'La connexion n’a pas abouti';
const Late = () => (
  <p>
    Elle a commencé trop tôt ou ailleurs. <a href="/console">Recommencer</a>
  </p>
);

const Choice = () => (
  <>
    <p>
      Ces agents n’existent que dans l’exemple, sur cet ordinateur : il n’y a pas de mot de passe. En
      production, chacun a son compte, avec un mot de passe et un code.
    </p>
    <form method="post">
      <ul class="plain">
        {EXAMPLE_AGENTS.map(({ id, name, role, language }) => (
          <li>
            <button type="submit" name="agent" value={id} class="quiet">
              {name}
            </button>
            <span class="soft">
              {ROLE_NAMES[role]}
              {language && `, ${words[language].name}`} · {id}
            </span>
          </li>
        ))}
      </ul>
    </form>
  </>
);

/** `form` is the provider's own, hidden; without JavaScript the button sends it. */
const Leave = ({ form }: { form: string }) => (
  <>
    {raw(form)}
    <p>
      <button type="submit" form="op.logoutForm" name="logout" value="yes">
        Terminer la déconnexion
      </button>
    </p>
    <script>{raw("document.querySelector('button[name=logout]').click()")}</script>
  </>
);
