/**
 * An agent's session: an id of 256 bits in a cookie that scripts cannot read, everything else in the store. It ends
 * half an hour after the last page, twelve hours after the sign-in, or with the sign-out (`store/table.ts`).
 */
import { createHmac } from 'node:crypto';
import type { Deps } from '../../runtime/deps.ts';
import type { Request } from '../../runtime/http.ts';
import { createConsoleSessionStore } from '../../store/console-sessions.ts';
import type { Agent } from '../agent.ts';
import { cookiesOf, freshId } from './cookies.ts';

export interface Session {
  agent: Agent;
  /** What every form of this session carries in a hidden field: `csrf.ts`. */
  csrf: string;
}

export interface Sessions {
  /** Whose request it is, where it is an agent's. */
  of(request: Request, now: Date): Promise<Session | undefined>;
  /** Whether it came with a session's cookie, living or not. */
  presented(request: Request): boolean;
  /**
   * A new session under a new id, whatever the request came with: an id that somebody has planted is not taken over,
   * and a session that the browser still had ends. `cookie` is a whole `set-cookie`.
   */
  begin(request: Request, agent: Agent, now: Date): Promise<{ cookie: string }>;
  /** Ends it in the store; `cookie` takes it out of the browser too. */
  end(request: Request): Promise<{ cookie: string }>;
}

/** Made from the id, so that it need not be kept; the id cannot be told from it. */
const csrfOf = (id: string): string => createHmac('sha256', id).update('csrf').digest('base64url');

export const sessions = (deps: Pick<Deps, 'db' | 'publicUrl'>): Sessions => {
  const store = createConsoleSessionStore(deps.db);
  const { session: cookie } = cookiesOf(deps.publicUrl);
  const end = async (request: Request): Promise<void> => {
    const id = cookie.read(request);
    if (id) await store.end(id);
  };
  return {
    async of(request, now) {
      const id = cookie.read(request);
      const agent = id && (await store.find(id, now));
      return agent ? { agent, csrf: csrfOf(id) } : undefined;
    },
    presented: (request) => cookie.read(request) !== undefined,
    async begin(request, agent, now) {
      await end(request);
      const id = freshId();
      await store.begin(id, agent, now);
      return { cookie: cookie.set(id) };
    },
    async end(request) {
      await end(request);
      return { cookie: cookie.clear() };
    },
  };
};
