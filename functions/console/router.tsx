/**
 * Every request to the console: whose it is, which page it is for, whether they may, whether a form is ours. What a page
 * makes is framed here, and what it looks at is noted before it is shown.
 */
import { TrieRouter } from 'hono/router/trie-router';
import type { Deps } from '../runtime/deps.ts';
import type { Answer, Handler, Request } from '../runtime/http.ts';
import { describe } from '../runtime/log.ts';
import { createAuditStore } from '../store/audit.ts';
import { assetAt } from './assets.ts';
import type { Door, SignedIn } from './door.ts';
import { Broken, formOf, TooLarge } from './form-of.ts';
import { TOKEN_FIELD, Token } from './forms.tsx';
import { bare, framed, rendered } from './layout.tsx';
import { createLookup, Looked } from './lookup.ts';
import { ROOT } from './navigation.ts';
import { type Asked, type Made, NotThere, type Page, type Route } from './page.ts';
import { may } from './roles.ts';

/** `formAction`: where a form may lead besides us, since signing out goes on to the issuer. */
const policy = (formAction: string[]): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `form-action ${["'self'", ...formAction].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const GUARD = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'x-robots-tag': 'noindex',
};

export function createRouter(deps: Deps, routes: Route[], door: Door): Handler {
  const router = new TrieRouter<Route>();
  for (const route of routes) router.add(route.method, route.path, route);
  const [log, audit] = [deps.log, createAuditStore(deps.db)];
  const security = { ...GUARD, 'content-security-policy': policy([door.issuer]) };

  const page = (status: number, body: string): Answer => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': 'fr' },
    body,
  });
  const plain = async (status: number, title: string, body: unknown): Promise<Answer> =>
    page(status, await bare(title, deps.world.city, body as never));
  const nowhere = (): Promise<Answer> =>
    plain(
      404,
      'Page introuvable',
      <p>
        Il n’y a rien à cette adresse, ou rien que vous puissiez voir. <a href={ROOT}>Revenir à l’accueil</a>
      </p>,
    );

  async function answer(request: Request): Promise<Answer> {
    const file = request.method === 'GET' ? await assetAt(request.path) : undefined;
    if (file) return file;
    const own = await door.own(request);
    if (own) return own;
    const [found] = router.match(request.method === 'HEAD' ? 'GET' : request.method, request.path)[0];
    const now = deps.now();
    const session = await door.who(request, now);
    if (!session) return notSignedIn(request);
    if (!found) return nowhere();
    const [route, params] = found as [Route, Record<string, string>];
    const { agent } = session;
    if (!may(agent.role, route.right)) return forbidden();
    const { form, files } = route.method === 'POST' ? await formOf(request, route.files) : NO_FORM;
    const refused = route.method === 'POST' && door.refuses(request, session, form);
    if (refused) return plain(403, 'Envoi refusé', <Refused why={refused} />);
    form.delete(TOKEN_FIELD);
    await deps.shelf.ready();
    const note: Asked['note'] = (what, about) =>
      audit.note(
        { at: now.toISOString(), who: agent.id, what, ...(about !== undefined && { about }) },
        deps.freshId(),
      );
    const asked: Asked = {
      deps,
      agent,
      now,
      params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decoded(value)])),
      query: new URLSearchParams(request.query),
      form,
      files,
      note,
    };
    const looked = route.audit?.(asked);
    if (looked) await note(looked.what, looked.about);
    return shown(await route.make(asked), session, request.path);
  }

  async function shown(made: Made, session: SignedIn, path: string): Promise<Answer> {
    if ('fragment' in made && made.stale) return REFRESH;
    if ('fragment' in made)
      return page(
        200,
        await rendered(
          <Looked.Provider value={createLookup(deps.db)}>
            <Token.Provider value={session.csrf}>{made.fragment}</Token.Provider>
          </Looked.Provider>,
        ),
      );
    if (!('title' in made)) return made;
    const lookup = createLookup(deps.db);
    const frame = { lookup, city: deps.world.city, agent: session.agent, token: session.csrf, path };
    return page(made.status ?? 200, await framed(made satisfies Page, frame));
  }

  /** What was typed comes back with the page: a session ends while somebody writes. */
  async function notSignedIn(request: Request): Promise<Answer> {
    // A number that moved until the session ended: htmx loads the whole page again, which leads to signing in.
    if (request.headers['hx-request']) return REFRESH;
    if (request.method === 'POST')
      return plain(
        401,
        'Votre session est terminée',
        <>
          <p>Rien n’a été enregistré. Ce que vous avez écrit est encore sur la page précédente.</p>
          <ol>
            <li>
              <a href={`${ROOT}/connexion`} target="_blank" rel="noopener">
                Connectez-vous dans un nouvel onglet
              </a>
              .
            </li>
            <li>Revenez à cet onglet, puis à la page précédente, et copiez votre texte.</li>
            <li>Ouvrez de nouveau la page et envoyez-le.</li>
          </ol>
        </>,
      );
    const to = `${request.path}${request.query ? `?${request.query}` : ''}`;
    const signIn = `${ROOT}/connexion?${new URLSearchParams({ vers: to })}`;
    if (!door.hadSession(request)) return { status: 303, headers: { location: signIn }, body: '' };
    return plain(
      401,
      'Votre session a pris fin',
      <>
        <p>
          Elle se ferme après une demi-heure sans activité, et douze heures après la connexion.
          Reconnectez-vous : vous reviendrez à cette page.
        </p>
        <p>
          <a class="button" href={signIn}>
            Se reconnecter
          </a>
        </p>
      </>,
    );
  }

  const forbidden = (): Promise<Answer> =>
    plain(
      403,
      'Cette page n’est pas ouverte à votre rôle',
      <p>
        Si vous en avez besoin, demandez à la personne qui gère les comptes de la ville.{' '}
        <a href={ROOT}>Revenir à l’accueil</a>
      </p>,
    );

  return async (request) => {
    let made: Answer;
    try {
      made = await answer(request);
    } catch (error) {
      if (error instanceof NotThere) made = await nowhere();
      else if (error instanceof TooLarge) made = await plain(413, 'Envoi trop lourd', <p>{error.message}</p>);
      else if (error instanceof Broken) made = await plain(400, 'Envoi incomplet', <p>{error.message}</p>);
      else {
        log.error('console-failed', describe(error));
        made = await plain(
          500,
          'Une erreur s’est produite',
          <p>
            Rien n’a été perdu de ce qui était enregistré. Revenez à la page précédente et réessayez ; si cela
            se répète, prévenez le service informatique avec l’heure exacte.
          </p>,
        );
      }
    }
    return {
      ...made,
      headers: { ...security, ...made.headers },
      ...(request.method === 'HEAD' && { body: '' }),
    };
  };
}

/** https://htmx.org/reference/#response_headers */
const REFRESH: Answer = { status: 204, headers: { 'hx-refresh': 'true' }, body: '' };

const NO_FORM = { form: new URLSearchParams(), files: new Map() };

const Refused = ({ why }: { why: string }) => (
  <>
    <p>{why}</p>
    <p>Rien n’a été enregistré. Revenez à la page précédente, chargez-la de nouveau et recommencez.</p>
  </>
);

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new NotThere();
  }
}
