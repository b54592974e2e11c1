/**
 * The console over a store in memory, with somebody signed in: pages are asked as a browser asks, forms are sent with
 * the token that the page gave. Signing in itself has its own tests.
 */
import type { Agent, Role } from '../../functions/console/agent.ts';
import type { Door } from '../../functions/console/door.ts';
import { createRouter } from '../../functions/console/router.tsx';
import { routes } from '../../functions/console/routes.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import type { Answer, Handler } from '../../functions/runtime/http.ts';
import { createAuditStore, type Noted } from '../../functions/store/audit.ts';
import { createTestCity } from './city.ts';
import { createMemoryDb, type MemoryDb } from './memory-db.ts';

export const agentOf = (role: Role, more: Partial<Agent> = {}): Agent => ({
  id: `${role}@exemple.fr`,
  name: `Camille (${role})`,
  role,
  ...(role === 'relay' && { language: 'tr' as const }),
  ...more,
});

export interface TestConsole {
  db: MemoryDb;
  deps: Deps;
  clock: { now: Date };
  /** For a browser: `tests/support/console-server.ts`. */
  handle: Handler;
  /** Who is signed in from here on. */
  as(agent: Agent): void;
  get(path: string): Promise<Answer>;
  /** As a form of ours is sent. */
  post(path: string, fields?: Record<string, string | string[]>): Promise<Answer>;
  /** As a form with files is sent. */
  upload(path: string, fields: Record<string, string | File>): Promise<Answer>;
  /** What was noted this month, newest first. */
  audit(): Promise<Noted[]>;
}

const TOKEN = 'le-jeton-de-cette-session';

export function createTestConsole({
  db = createMemoryDb(),
  over = {},
}: {
  db?: MemoryDb;
  over?: Parameters<typeof createTestCity>[1];
} = {}): TestConsole {
  const { deps, clock } = createTestCity(db, over);
  let agent = agentOf('officer');
  const door: Door = {
    who: async () => ({ agent, csrf: TOKEN }),
    hadSession: () => false,
    refuses: (_request, { csrf }, form) => (form.get('jeton') === csrf ? undefined : 'jeton inconnu'),
    own: async () => undefined,
    issuer: 'https://connexion.exemple.fr',
  };
  const handle = createRouter(deps, routes, door);
  const ask = (method: string, target: string, headers: Record<string, string> = {}, bytes?: Buffer) => {
    const [path = '', query = ''] = target.split('?');
    return handle({
      method,
      path,
      query,
      headers,
      body: bytes?.toString('utf8') ?? '',
      ...(bytes && { bytes }),
    });
  };
  return {
    db,
    deps,
    clock,
    handle,
    as: (next) => {
      agent = next;
    },
    get: (path) => ask('GET', path),
    async post(path, fields = {}) {
      const form = new URLSearchParams('jeton' in fields ? {} : { jeton: TOKEN });
      for (const [name, value] of Object.entries(fields))
        for (const each of [value].flat()) form.append(name, each);
      return ask(
        'POST',
        path,
        { 'content-type': 'application/x-www-form-urlencoded' },
        Buffer.from(form.toString()),
      );
    },
    async upload(path, fields) {
      const form = new FormData();
      form.set('jeton', TOKEN);
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const sent = new Response(form);
      return ask(
        'POST',
        path,
        { 'content-type': sent.headers.get('content-type') ?? '' },
        Buffer.from(await sent.arrayBuffer()),
      );
    },
    async audit() {
      const all: Noted[] = [];
      const month = clock.now.toISOString().slice(0, 7);
      for await (const { place: _, ...noted } of createAuditStore(db).month(month, 100)) all.push(noted);
      return all;
    },
  };
}
