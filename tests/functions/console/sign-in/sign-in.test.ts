/** The sign-in against an issuer that lies, refuses, or is gone; by its own clock. The real flow: tests/local. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessions } from '../../../../functions/console/sign-in/session.ts';
import { signIn } from '../../../../functions/console/sign-in/sign-in.ts';
import type { Answer, Request } from '../../../../functions/runtime/http.ts';
import { keys } from '../../../../functions/store/table.ts';
import { createTestCity, PUBLIC_URL, type TestCity } from '../../../support/city.ts';
import { type HostileIssuer, startHostileIssuer } from '../../../support/hostile-issuer.ts';
import { createMemoryDb, type MemoryDb } from '../../../support/memory-db.ts';

let issuer: HostileIssuer;
beforeAll(async () => {
  issuer = await startHostileIssuer();
});
afterAll(() => issuer.close());

let db: MemoryDb;
let city: TestCity;
let door: ReturnType<typeof signIn>;
beforeEach(() => {
  Object.assign(issuer, { claims: {}, signature: 'own', token: 'fine', asked: [] });
  db = createMemoryDb();
  city = createTestCity(db);
  city.deps.signIn = { issuer: issuer.url, clientId: 'console', clientSecret: 's'.repeat(32) };
  door = signIn(city.deps);
});

const asked = (query = '', cookie?: string, from = '192.0.2.1'): Request => ({
  method: 'GET',
  path: '/console/connexion',
  query,
  headers: { ...(cookie && { cookie }) },
  body: '',
  from,
});
const cookieIn = ({ cookies }: Answer, at = 0): string => (cookies?.[at] ?? '').split(';')[0] as string;
const sessionsIn = (): string[] =>
  [...db.items.values()].map(({ pk }) => String(pk)).filter((pk) => pk.startsWith('console-session#'));

const sessionsOf = ({ deps }: TestCity, cookie: string) => sessions(deps).of(asked('', cookie), deps.now());

async function begun(vers = '/console') {
  const away = await door.begin(asked(`vers=${encodeURIComponent(vers)}`));
  return { query: issuer.approve(away.headers?.location ?? ''), cookie: cookieIn(away), away };
}
async function tried(vers?: string): Promise<Answer> {
  const { query, cookie } = await begun(vers);
  return door.callback(asked(query, cookie));
}

it('a picture on somebody else’s page begins nothing and uses up no tries', async () => {
  for (let index = 0; index < 100; index += 1) {
    const picture = { ...asked('vers=/console'), headers: { 'sec-fetch-dest': 'image' } };
    expect((await door.begin(picture)).status).toBe(403);
    expect((await door.callback(picture)).status).toBe(403);
  }
  expect((await tried()).status).toBe(303);
});

describe('an issuer that is right', () => {
  it('brings the agent in, under cookies that no other host can plant', async () => {
    const { away, query, cookie } = await begun('/console/sondages?page=2');
    expect(away.cookies).toEqual([
      expect.stringMatching(
        /^__Host-pv-login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
      ),
    ]);
    const back = await door.callback(asked(query, cookie));
    expect(back).toMatchObject({ status: 303, headers: { location: '/console/sondages?page=2' } });
    expect(back.cookies?.[0]).toMatch(/^__Host-pv=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(issuer.asked[0]?.get('redirect_uri')).toBe(`${PUBLIC_URL}/console/retour`);
  });

  it('keeps what the agent is called, for the pages that say who did what; never in the logs', async () => {
    issuer.claims = { email: 'Lou@exemple.fr', name: 'Lou Petit' };
    await tried();
    expect(await db.get(keys.agentName('lou@exemple.fr'))).toMatchObject({ name: 'Lou Petit' });
    expect(city.lines.join('\n')).not.toMatch(/Petit|lou@/i);
  });

  it.each([
    ['//mechant.example/console'],
    ['https://mechant.example/console'],
    ['/console/../handset'],
    ['/console/retour?code=1'],
  ])('and leads nowhere but into the console: %s', async (vers) => {
    expect(await tried(vers)).toMatchObject({ status: 303, headers: { location: '/console' } });
  });
});

describe('refused without a session', () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  const lies: [string, Partial<HostileIssuer>][] = [
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a token for another client', { claims: { aud: 'another' } }],
    ['a token of another issuer', { claims: { iss: 'https://another.example' } }],
    ['a token that has expired', { claims: { iat: past - 60, exp: past } }],
    ['a sign-in of an hour ago, where a fresh one was asked for', { claims: { auth_time: past } }],
    ['nothing of when the agent signed in', { claims: { auth_time: undefined } }],
    ['a token signed by another key', { signature: 'other' }],
    ['a token without a signature', { signature: 'none' }],
    ['a code that the issuer does not take', { token: 'refuses' }],
  ];
  it.each(lies)('%s', async (_label, lie) => {
    Object.assign(issuer, lie);
    const refused = await tried();
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('n’a pas confirmé votre identité');
    expect(sessionsIn()).toEqual([]);
    expect(city.lines.at(-1)).toMatch(/"outcome":"refused","code":"\w+"/);
  });

  it.each([
    ['no role of ours', { 'cognito:groups': ['another'] }, 'n’a pas de rôle'],
    ['two roles', { 'cognito:groups': ['officer', 'read-only'] }, 'a plusieurs rôles'],
    ['an address that nobody has verified', { email_verified: false }, 'n’est pas vérifiée'],
    ['no address', { email: undefined }, 'n’a pas d’adresse'],
    ['a relay without a language', { 'cognito:groups': ['relay'] }, 'n’a pas de langue'],
  ])('%s, in French, with whom to ask', async (_label, claims, said) => {
    issuer.claims = claims;
    const refused = await tried();
    expect(refused.status).toBe(403);
    expect(refused.body).toContain(said);
    expect(refused.body).toContain('Demandez à l’administrateur');
    expect(sessionsIn()).toEqual([]);
  });

  it.each([
    ['that the agent has stopped', 'error=access_denied'],
    ['in words of its own, which are not shown', 'error=<b>x</b>&error_description=<script>'],
  ])('an error of the issuer: %s', async (_label, error) => {
    const { query, cookie } = await begun();
    const state = new URLSearchParams(query).get('state') ?? '';
    const refused = await door.callback(asked(`${error}&state=${state}`, cookie));
    expect(refused.status).toBe(400);
    expect(refused.body).not.toMatch(/<b>|<script>|access_denied/);
  });

  it.each([
    ['another state', (query: string) => query.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`)],
    ['no state', (query: string) => query.replace(/&?state=[^&]+/, '')],
    ['two states', (query: string) => `state=${'A'.repeat(43)}&${query}`],
  ])('%s, and the sign-in on its way goes on', async (_label, change) => {
    const { query, cookie } = await begun();
    expect((await door.callback(asked(change(query), cookie))).status).toBe(400);
    expect(issuer.asked).toEqual([]);
    expect((await door.callback(asked(query, cookie))).status).toBe(303);
  });

  it.each([
    ['no cookie', () => undefined],
    ['a forged cookie', () => `__Host-pv-login=${'A'.repeat(43)}`],
    ['a cookie of another form', () => '__Host-pv-login=1'],
    ['two cookies of one name', (cookie: string) => `__Host-pv-login=${'A'.repeat(43)}; ${cookie}`],
    ['the other way round', (cookie: string) => `${cookie}; __Host-pv-login=${'A'.repeat(43)}`],
    ['a cookie without the prefix', (cookie: string) => cookie.replace('__Host-', '')],
  ])('%s', async (_label, change) => {
    const { query, cookie } = await begun();
    expect((await door.callback(asked(query, change(cookie)))).status).toBe(400);
    expect(issuer.asked).toEqual([]);
  });

  it('a way back after more than ten minutes', async () => {
    const { query, cookie } = await begun();
    city.clock.now = new Date(city.clock.now.getTime() + 600_000);
    expect((await door.callback(asked(query, cookie))).status).toBe(400);
    expect(sessionsIn()).toEqual([]);
  });

  it('two ways back at one time: one of them', async () => {
    const { query, cookie } = await begun();
    // Both have read it before either has used it.
    const { get } = db;
    let read = 0;
    let together = (): void => undefined;
    const bothRead = new Promise<void>((resolve) => {
      together = resolve;
    });
    db.get = async (key) => {
      const item = await get(key);
      if (!key.pk.startsWith('console-sign-in#')) return item;
      read += 1;
      if (read === 2) together();
      await bothRead;
      return item;
    };
    const both = await Promise.all([1, 2].map(() => door.callback(asked(query, cookie))));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400]);
    expect(sessionsIn()).toHaveLength(1);
  });
});

describe('an issuer that is gone', () => {
  it('on the way back: the agent may try again in a minute', async () => {
    issuer.token = 'silent';
    const stopped = await tried();
    expect(stopped).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    expect(stopped.body).toContain('ne répond pas');
  });

  it('from the start: nothing is stored', async () => {
    city.deps.signIn = { issuer: 'http://127.0.0.1:9', clientId: 'console', clientSecret: 's' };
    const closed = signIn(city.deps);
    expect((await closed.begin(asked())).status).toBe(503);
    expect([...db.items.keys()].filter((key) => key.startsWith('console-'))).toEqual([]);
  });

  it('is never one by plain http on another machine', async () => {
    city.deps.signIn = { issuer: 'http://issuer.example', clientId: 'console', clientSecret: 's' };
    await expect(signIn(city.deps).begin(asked())).rejects.toThrow(
      'must be reached by https, got http://issuer.example',
    );
  });
});

describe('tries', () => {
  it('are counted by the block that they come from, for a quarter of an hour', async () => {
    const status = async (from: string) => (await door.begin(asked('', undefined, from))).status;
    for (let at = 0; at < 60; at += 1) expect(await status(`192.0.2.${at}`)).toBe(303);
    const refused = await door.begin(asked('vers=/console/journal', undefined, '192.0.2.200'));
    // Nine o'clock sharp: the window has just begun.
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '900' } });
    expect(refused.body).toContain('Réessayez dans 15 minutes.');
    expect(refused.body).toContain('vers=%2Fconsole%2Fjournal');
    expect(await status('198.51.100.1')).toBe(303);
    city.clock.now = new Date(city.clock.now.getTime() + 900_000);
    expect(await status('192.0.2.1')).toBe(303);
  });

  it('with guessed cookies are slowed too, before anything is looked up at the issuer', async () => {
    const guess = () => door.callback(asked('code=1&state=2', `__Host-pv-login=${'A'.repeat(43)}`));
    for (let at = 0; at < 60; at += 1) expect((await guess()).status).toBe(400);
    expect((await guess()).status).toBe(429);
    expect(issuer.asked).toEqual([]);
  });

  it('leave no address in the store', async () => {
    await tried();
    expect(JSON.stringify([...db.items])).not.toContain('192.0.2');
  });
});

describe('signing out', () => {
  it("goes by Cognito's own form where there is one", async () => {
    const settings = { issuer: issuer.url, clientId: 'console', clientSecret: 's'.repeat(32) };
    city.deps.signIn = { ...settings, logoutUrl: 'https://exemple.auth.example/logout' };
    door = signIn(city.deps);
    const session = cookieIn(await tried());
    const { agent, csrf } = (await sessionsOf(city, session)) ?? {};
    expect(agent?.id).toBe('agent@exemple.fr');
    const out = await door.signOut({
      ...asked('', session),
      method: 'POST',
      headers: { cookie: session, origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ jeton: csrf ?? '' }).toString(),
    });
    expect(out.headers?.location).toBe(
      `https://exemple.auth.example/logout?client_id=console&logout_uri=${encodeURIComponent(`${PUBLIC_URL}/console`)}`,
    );
    expect(out.cookies).toEqual(['__Host-pv=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0']);
    expect(sessionsIn()).toEqual([]);
    expect(door.leadsTo).toBe('https://exemple.auth.example');
  });

  it('takes no cookie away where none came: a form of another site has none', async () => {
    const out = await door.signOut({ ...asked(), method: 'POST', body: '' });
    expect(out).toMatchObject({ status: 303, headers: { location: '/console' } });
    expect(out.cookies).toBeUndefined();
  });

  it('ends ours where the issuer has no such page', async () => {
    const session = cookieIn(await tried());
    const { csrf } = (await sessionsOf(city, session)) ?? {};
    const out = await door.signOut({
      ...asked('', session),
      headers: { cookie: session, origin: PUBLIC_URL },
      body: `jeton=${csrf}`,
    });
    expect(out).toMatchObject({ status: 303, headers: { location: '/console' } });
    expect(sessionsIn()).toEqual([]);
  });
});

it('nothing of the agent, no cookie and no token is written down', async () => {
  const { query, cookie } = await begun();
  const back = await door.callback(asked(query, cookie));
  issuer.claims = { 'cognito:groups': [] };
  await tried();
  const all = city.lines.join('\n');
  expect(all).toContain('"outcome":"in"');
  for (const secret of [
    cookie.split('=')[1],
    cookieIn(back).split('=')[1],
    'code-',
    'exemple.fr',
    'Alex',
    '192.0.2',
  ])
    expect(all).not.toContain(secret);
});
