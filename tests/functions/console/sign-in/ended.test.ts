/** Who comes back after their session has ended reads so, and finds the way back to the page; a first visit goes straight on. */
import { beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../../functions/console/router.tsx';
import { routes } from '../../../../functions/console/routes.ts';
import { createDoor } from '../../../../functions/console/sign-in/door.ts';
import { sessions } from '../../../../functions/console/sign-in/session.ts';
import type { Answer } from '../../../../functions/runtime/http.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../../support/console.ts';

const MINUTE = 60_000;
const SAYS = 'Votre session a pris fin';

let city: TestConsole;
let cookie: string;
beforeEach(async () => {
  city = createTestConsole();
  const begun = await sessions(city.deps).begin(asked(''), agentOf('officer'), city.clock.now);
  cookie = begun.cookie.split(';')[0] as string;
});
const asked = (held: string, path = '/console/visites', query = '') => ({
  method: 'GET',
  path,
  query,
  body: '',
  headers: { ...(held && { cookie: held }) },
});
const open = (...request: Parameters<typeof asked>): Promise<Answer> =>
  createRouter(city.deps, routes, createDoor(city.deps))(asked(...request));
const wait = (minutes: number): void => {
  city.clock.now = new Date(city.clock.now.getTime() + minutes * MINUTE);
};

it('a session that has ended is said, with the way back to the page', async () => {
  expect((await open(cookie)).status).toBe(200);
  wait(30);
  for (const _again of [1, 2]) {
    const { status, body, headers } = await open(cookie, '/console/visites', 'apres=12');
    expect(status).toBe(401);
    expect(body).toContain(SAYS);
    expect(body).toContain('href="/console/connexion?vers=%2Fconsole%2Fvisites%3Fapres%3D12"');
    expect(headers?.['content-security-policy']).toContain("default-src 'none'");
  }
});

it.each(['', 'pv=court', '__Host-pv=court', 'autre=1'])(
  'with the cookies "%s" it is a first visit',
  async (held) => {
    const { status, headers } = await open(held);
    expect([status, headers?.location]).toEqual([303, '/console/connexion?vers=%2Fconsole%2Fvisites']);
  },
);

it('an address that is written as a trick stays in the way to sign in', async () => {
  wait(30);
  const { body } = await open(cookie, '//ailleurs.example/"><script>', 'vers=https://ailleurs.example');
  expect(body).not.toContain('<script>');
  expect(body.match(/href="[^"]*connexion[^"]*"/g)).toEqual([
    expect.stringMatching(/^href="\/console\/connexion\?vers=%2F%2Failleurs/),
  ]);
});
