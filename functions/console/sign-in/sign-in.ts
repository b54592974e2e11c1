/**
 * An agent's way in and out. What was begun stands in the store under the hash of a cookie that lives ten minutes,
 * and is used once. Nothing of what the issuer sends is kept but the agent, and their name for the pages that say who did what; no token and no address is written down.
 */
import type { Deps } from '../../runtime/deps.ts';
import type { Answer, Request } from '../../runtime/http.ts';
import { describe } from '../../runtime/log.ts';
import { keepAgentName } from '../../store/agent-names.ts';
import { createConsoleSessionStore } from '../../store/console-sessions.ts';
import { ROOT } from '../navigation.ts';
import { agentOf } from './claims.ts';
import { cookiesOf, freshId } from './cookies.ts';
import { isSame, refusedPost } from './csrf.ts';
import { freshPending, type Issuer, IssuerDown, openIssuer, SignInRefused } from './oidc.ts';
import { createRate } from './rate.ts';
import { returnPath } from './return-path.ts';
import { sessions } from './session.ts';
import { type Stop, stopPage } from './stop-page.tsx';
import { REFUSED, REFUSED_POST, STOPS, waitText } from './stops.ts';

const BEGIN = `${ROOT}/connexion`;
const CALLBACK = `${ROOT}/retour`;

export interface SignIn {
  /** `GET /console/connexion?vers=/console/…`: to the issuer. */
  begin(request: Request): Promise<Answer>;
  /** `GET /console/retour`: back from there, with a session or a page that says what is wrong. */
  callback(request: Request): Promise<Answer>;
  /** `POST /console/deconnexion`: ends the session here and at the issuer. */
  signOut(request: Request): Promise<Answer>;
  /** The origin that signing out leads to: `form-action` holds for redirects too. */
  leadsTo: string;
}

/** The deps without `signIn` make every way in fail loudly. */
export const signIn = (deps: Deps): SignIn => {
  const { publicUrl, now, log } = deps;
  const store = createConsoleSessionStore(deps.db);
  const { signIn: cookie } = cookiesOf(publicUrl);
  const open = sessions(deps);
  const rate = createRate(deps);
  let opened: Issuer | undefined;
  const issuer = (): Issuer => {
    if (!deps.signIn) throw new Error('nobody signs agents in: the environment has no SIGN_IN');
    opened ??= openIssuer(deps.signIn, `${publicUrl}${CALLBACK}`);
    return opened;
  };
  const say = (stop: Omit<Stop, 'link'> & Partial<Stop>, back = ROOT): Promise<Answer> =>
    stopPage(deps.world.city, {
      // The whole address: who came by another name of this host gets their cookies under the right one.
      link: { href: `${publicUrl}${BEGIN}?vers=${encodeURIComponent(back)}`, label: 'Se connecter' },
      ...stop,
    });
  const go = (location: string, cookies?: string[]): Answer => ({
    status: 303,
    headers: { location, 'cache-control': 'no-store' },
    ...(cookies && { cookies }),
    body: '',
  });
  const often = async (
    request: Request,
    act: 'begin' | 'return',
    back?: string,
  ): Promise<Answer | undefined> => {
    const seconds = await rate.wait(request.from, act);
    if (seconds === undefined) return undefined;
    log.info('console-sign-in', { outcome: 'too-often' });
    const text = `${STOPS.often.text} ${waitText(seconds)}`;
    return say({ ...STOPS.often, text, headers: { 'retry-after': String(seconds) } }, back);
  };
  /** What an issuer that fails or refuses comes to. Anything else is a bug, and goes on. */
  const stopped = (error: unknown, back: string): Promise<Answer> => {
    if (error instanceof IssuerDown) {
      log.error('console-sign-in', { outcome: 'issuer-down', ...describe(error.cause) });
      return say({ ...STOPS.down, headers: { 'retry-after': '60' } }, back);
    }
    if (!(error instanceof SignInRefused)) throw error;
    log.info('console-sign-in', { outcome: 'refused', code: error.code });
    return say({ ...STOPS.given, cookies: [cookie.clear()] }, back);
  };
  const lost = (why: string, back?: string): Promise<Answer> => {
    log.info('console-sign-in', { outcome: 'lost', why });
    return say(STOPS.lost, back);
  };

  return {
    leadsTo: new URL(deps.signIn?.logoutUrl ?? deps.signIn?.issuer ?? publicUrl).origin,
    async begin(request) {
      if (isNoPage(request)) return ONLY_A_PAGE;
      const back = returnPath(new URLSearchParams(request.query).get('vers'));
      const wait = await often(request, 'begin', back);
      if (wait) return wait;
      const pending = freshPending(back);
      const id = freshId();
      try {
        const location = await issuer().authorize(pending);
        await store.beginSignIn(id, pending, now());
        return go(location.href, [cookie.set(id)]);
      } catch (error) {
        return stopped(error, back);
      }
    },
    async callback(request) {
      if (isNoPage(request)) return ONLY_A_PAGE;
      const wait = await often(request, 'return');
      if (wait) return wait;
      const id = cookie.read(request);
      const pending = id && (await store.findSignIn(id, now()));
      if (!pending) return lost('unknown');
      const { back } = pending;
      // Looked at before it is used up: a link from elsewhere must not undo a sign-in that is on its way.
      const state = new URLSearchParams(request.query).get('state') ?? '';
      if (!isSame(state, pending.state)) return lost('state', back);
      if (!(await store.useSignIn(id))) return lost('used', back);
      let claims: unknown;
      try {
        claims = await issuer().claims(request.query, pending);
      } catch (error) {
        return stopped(error, back);
      }
      const agent = agentOf(claims);
      if (typeof agent === 'string') {
        log.info('console-sign-in', { outcome: agent });
        const link = { href: `${publicUrl}${BEGIN}`, label: 'Se connecter avec un autre compte' };
        return say({ ...REFUSED[agent], link, cookies: [cookie.clear()] });
      }
      await keepAgentName(deps.db, agent, now());
      const session = await open.begin(request, agent, now());
      log.info('console-sign-in', { outcome: 'in', role: agent.role });
      return go(back, [session.cookie, cookie.clear()]);
    },
    async signOut(request) {
      const session = await open.of(request, now());
      // A form of another site comes without the cookie (SameSite): an answer that takes it away would sign out its owner.
      if (!session) return go(ROOT);
      const refused = refusedPost(request, session, new URLSearchParams(request.body), publicUrl);
      if (refused) {
        log.info('console-sign-out', { outcome: refused });
        const link = { href: `${publicUrl}${ROOT}`, label: 'Revenir à la console' };
        return say({ status: 403, title: 'Vous êtes encore connecté', text: REFUSED_POST[refused], link });
      }
      const { cookie: ended } = await open.end(request);
      // Ours has ended; where the issuer is out of reach, its session ends by itself.
      const away = await issuer()
        .endSession(`${publicUrl}${ROOT}`)
        .catch(() => undefined);
      return go(away?.href ?? ROOT, [ended]);
    },
  };
};

/** A picture on somebody else's page would use up the tries of everybody who shares its address. */
const isNoPage = ({ headers }: Request): boolean =>
  headers['sec-fetch-dest'] !== undefined && headers['sec-fetch-dest'] !== 'document';
const ONLY_A_PAGE: Answer = { status: 403, headers: { 'cache-control': 'no-store' }, body: '' };
