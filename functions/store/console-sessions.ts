/**
 * Agents who are signed in to the console, and sign-ins that have begun. Each lies under the SHA-256 of what the
 * browser holds: who reads the table can sign in as nobody.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { languages } from '../../locales/index.ts';
import { type Agent, ROLES } from '../console/agent.ts';
import type { Db } from './db.ts';
import { CONSOLE_SESSIONS, expiresAt, type Key, keys, LIFETIME } from './table.ts';

/** A sign-in on its way to the issuer and back. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  /** PKCE's: https://www.rfc-editor.org/rfc/rfc7636 */
  verifier: string;
  /** Where the agent wanted to go: a path of the console. */
  back: string;
}

export interface ConsoleSessionStore {
  /** `id` is what the browser holds; so in every call. */
  beginSignIn(id: string, pending: PendingSignIn, now: Date): Promise<void>;
  /** `undefined`: unknown, too old, or used already. */
  findSignIn(id: string, now: Date): Promise<PendingSignIn | undefined>;
  /** True for one caller alone, who then goes on. */
  useSignIn(id: string): Promise<boolean>;
  begin(id: string, agent: Agent, now: Date): Promise<void>;
  /** Whose session it is. Notes at most once a minute that it lives. */
  find(id: string, now: Date): Promise<Agent | undefined>;
  end(id: string): Promise<void>;
  /** Where those that are open stand, by their agents; `after` is the place of the last one seen. One page of keys. */
  places(after?: string): AsyncGenerator<SessionPlace>;
  /** Those of these places that are open at `now`, as fresh as a page's own look. */
  openAt(places: SessionPlace[], now: Date): Promise<OpenSession[]>;
  /** Ends each one of this agent's; how many there were. */
  endAll(agent: string): Promise<number>;
}

/** A key of the table, and where it stands in the list. */
export interface SessionPlace {
  key: Key;
  place: string;
}

export interface OpenSession {
  agent: Agent;
  begun: Date;
  seen: Date;
}

/** Milliseconds: a page asked for within them writes nothing. */
const TOUCH = 60_000;
const SECOND = 1000;

const Kept = z.object({
  agent: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  language: z.enum(languages).optional(),
  begun: z.coerce.date(),
  seen: z.coerce.date(),
});

const Pending = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  back: z.string(),
  used: z.string().optional(),
  ttl: z.number(),
});

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

/** When a session ends by itself: DynamoDB may delete it two days later, so whoever reads it looks at the clock. */
const endOf = (begun: Date, seen: Date): Date =>
  new Date(
    Math.min(seen.getTime() + LIFETIME.sessionIdle * SECOND, begun.getTime() + LIFETIME.session * SECOND),
  );
const ttlOf = (begun: Date, seen: Date): number => expiresAt(endOf(begun, seen), 0);

export function createConsoleSessionStore(db: Db): ConsoleSessionStore {
  const session = (id: string): Key => keys.consoleSession(hashOf(id));
  const signIn = (id: string): Key => keys.consoleSignIn(hashOf(id));
  const listing = (id: string, agent: string) => ({ lp: CONSOLE_SESSIONS, ls: `${agent}#${hashOf(id)}` });
  async function* places(after = ''): AsyncGenerator<SessionPlace> {
    for await (const { pk, sk, ls } of db.listedAfter(CONSOLE_SESSIONS, after || ' '))
      yield { key: { pk: String(pk), sk: String(sk) }, place: String(ls) };
  }
  return {
    places,
    async openAt(found, now) {
      const items = await db.getMany(found.map(({ key }) => key));
      return items.flatMap((item) => {
        if (!item) return [];
        const { agent, name, role, language, begun, seen } = Kept.parse(item);
        if (endOf(begun, seen) <= now) return [];
        return [{ agent: { id: agent, name, role, ...(language && { language }) }, begun, seen }];
      });
    },
    async endAll(agent) {
      const own = `${agent}#`;
      let ended = 0;
      for await (const { key, place } of places(own)) {
        if (!place.startsWith(own)) break;
        await db.delete(key);
        ended += 1;
      }
      return ended;
    },
    async beginSignIn(id, pending, now) {
      await db.put({ ...signIn(id), ...pending, ttl: expiresAt(now, LIFETIME.signIn) });
    },
    async findSignIn(id, now) {
      const item = await db.get(signIn(id));
      if (!item) return undefined;
      const { used, ttl, ...pending } = Pending.parse(item);
      return used === undefined && ttl * SECOND > now.getTime() ? pending : undefined;
    },
    useSignIn: (id) =>
      db.update(signIn(id), 'SET #used = :yes', {
        text: 'attribute_exists(pk) AND attribute_not_exists(#used)',
        names: { '#used': 'used' },
        values: { ':yes': 'yes' },
      }),
    async begin(id, { id: agent, name, role, language }, now) {
      const at = now.toISOString();
      await db.put({
        ...session(id),
        ...listing(id, agent),
        agent,
        name,
        role,
        ...(language && { language }),
        begun: at,
        seen: at,
        ttl: ttlOf(now, now),
      });
    },
    async find(id, now) {
      const item = await db.get(session(id));
      if (!item) return undefined;
      const { agent, name, role, language, begun, seen } = Kept.parse(item);
      if (endOf(begun, seen) <= now) {
        await db.delete(session(id));
        return undefined;
      }
      const known: Agent = { id: agent, name, role, ...(language && { language }) };
      if (now.getTime() - seen.getTime() < TOUCH) return known;
      // Only where it is still there: a page asked for at the same time must not undo a sign-out.
      // One that began before sessions were listed is so from here on.
      const { lp, ls } = listing(id, agent);
      const lives = await db.update(session(id), 'SET #seen = :seen, #ttl = :ttl, #lp = :lp, #ls = :ls', {
        text: 'attribute_exists(pk)',
        names: { '#seen': 'seen', '#ttl': 'ttl', '#lp': 'lp', '#ls': 'ls' },
        values: { ':seen': now.toISOString(), ':ttl': ttlOf(begun, now), ':lp': lp, ':ls': ls },
      });
      return lives ? known : undefined;
    },
    end: (id) => db.delete(session(id)),
  };
}
