/** Every route, every role: who may not gets nothing; and what surrounds every page. */
import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../functions/console/agent.ts';
import { fileName } from '../../../functions/console/page.ts';
import { may, RIGHTS } from '../../../functions/console/roles.ts';
import { routes } from '../../../functions/console/routes.ts';
import { agentOf, createTestConsole } from '../../support/console.ts';

const addressOf = (path: string): string => path.replace(/:\w+/g, 'inconnu');

describe.each(ROLES)('%s', (role) => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_, route) => {
      const city = createTestConsole();
      city.as(agentOf(role));
      const before = city.db.items.size;
      const address = addressOf(route.path);
      const { status, body } = route.method === 'GET' ? await city.get(address) : await city.post(address);
      if (may(role, route.right)) return expect(status, body).not.toBe(403);
      expect(status).toBe(403);
      expect(body).toContain('n’est pas ouverte à votre rôle');
      expect(city.db.items.size, 'nothing was written').toBe(before);
    },
  );
});

it('who only reads may nothing else, and the contractor sees no resident', () => {
  const changes = RIGHTS.filter((right) => /\.(write|publish|approve|send|change|import)$/.test(right));
  for (const right of changes) expect(may('read-only', right), right).toBe(false);
  for (const right of ['residents.read', 'words.read', 'attendance.read', 'exports.contacts'] as const)
    expect(may('provider', right), right).toBe(false);
  for (const right of ['announcements.approve', 'announcements.send', 'surveys.publish'] as const)
    expect(
      ROLES.filter((role) => may(role, right)),
      right,
    ).toEqual(['officer']);
});

it('no page may be framed, cached or given a script of somebody else', async () => {
  const { headers = {} } = await createTestConsole().get('/console');
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self' https://connexion.exemple.fr; frame-ancestors 'none'; base-uri 'none'",
  );
  expect(headers['cache-control']).toBe('no-store');
});

it('a form without the token of the session changes nothing', async () => {
  const city = createTestConsole();
  const posts = routes.filter(({ method }) => method === 'POST');
  for (const { path } of posts) {
    expect((await city.post(addressOf(path), { jeton: 'un autre' })).status, path).toBe(403);
    expect((await city.post(addressOf(path), { jeton: [] })).status, path).toBe(403);
  }
});

it('what is nowhere is said to be nowhere', async () => {
  const { status, body } = await createTestConsole().get('/console/nulle-part');
  expect(status).toBe(404);
  expect(body).toContain('Page introuvable');
});

it.each([
  ['résultats "été".csv', 'resultats-ete-.csv'],
  ['a\r\nSet-Cookie: x=1', 'a-Set-Cookie-x-1'],
  ['../../etc/passwd', 'etc-passwd'],
  ['', 'fichier'],
  ['答え.xlsx', 'xlsx'],
])('the file name %j stands as %j in the header', (name, safe) => expect(fileName(name)).toBe(safe));
