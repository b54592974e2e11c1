/** Signing in to the console of the local host, with the real OpenID provider behind it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MOST_TRIES } from '../../functions/console/sign-in/rate.ts';
import { createDb, type Item } from '../../functions/store/db.ts';
import { keys } from '../../functions/store/table.ts';
import { EXAMPLE_AGENTS } from '../../infra/local/example-agents.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { StaffBrowser } from '../support/staff-browser.ts';

const MINUTE = 60_000;
let folder: string;
let host: Host;
const lines: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-console-'));
  vi.spyOn(console, 'error').mockImplementation((...line) => void lines.push(line.join(' ')));
  host = await startHost({ folder, port: 0 });
});
afterAll(async () => {
  await host.close();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
/** Each test has a window of tries of its own. */
afterEach(() => host.advanceTo(new Date(host.clock.now().getTime() + 15 * MINUTE)));

const browser = () => new StaffBrowser(host.url);
const stored = (id: string): Promise<Item | undefined> =>
  createDb(host.store.client, host.store.table).get(
    keys.consoleSession(createHash('sha256').update(id).digest('base64url')),
  );
const sessionOf = (by: StaffBrowser): string => by.cookies.get('pv')?.value ?? '';

describe('the way in', () => {
  it.each(EXAMPLE_AGENTS)('of $id leads to the page that was asked for', async (agent) => {
    const by = browser();
    const page = await by.signIn(agent.id, '/console?page=2');
    expect(page).toMatchObject({ status: 200, url: `${host.url}/console?page=2` });
    expect(page.body).toContain(agent.name);
    expect(await stored(sessionOf(by))).toMatchObject({ agent: agent.id, role: agent.role });
  });

  it('asks the issuer with a challenge, a state and a nonce, and keeps of them only what the way back needs', async () => {
    const by = browser();
    const away = await by.visit('/console/connexion');
    const asked = new URL(away.location ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(asked.get('redirect_uri')).toBe(`${host.url}/console/retour`);
    expect(away.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^pv-login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
  });

  it('gives a cookie that no script reads, and the store only its hash', async () => {
    const by = browser();
    const back = await by.choose('agent@exemple.fr', '/console');
    const { headers } = await by.visit(back.location ?? '');
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^pv=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      'pv-login=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ]);
    const all: string[] = [];
    for await (const { pk, sk } of createDb(host.store.client, host.store.table).scan())
      all.push(`${pk} ${sk}`);
    expect(all.join()).not.toContain(sessionOf(by));
  });

  it('keeps the signing key in the data folder, for its owner alone', () => {
    const secrets = JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8'));
    expect(JSON.parse(secrets.identityKey)).toMatchObject({ kty: 'EC', crv: 'P-256', d: expect.any(String) });
  });
});

describe('what is tried and refused', () => {
  it('a planted session is not taken over', async () => {
    const by = browser();
    const planted = 'A'.repeat(43);
    by.cookies.set('pv', { value: planted, path: '/' });
    await by.signIn('agent@exemple.fr', '/console/connexion');
    expect(sessionOf(by)).not.toBe(planted);
    expect(await stored(planted)).toBeUndefined();
  });

  it("another agent's session ends where its browser signs in anew", async () => {
    const by = browser();
    await by.signIn('agent@exemple.fr');
    const first = sessionOf(by);
    await by.signIn('lecture@exemple.fr', '/console/connexion');
    expect(sessionOf(by)).not.toBe(first);
    expect(await stored(first)).toBeUndefined();
    expect(await stored(sessionOf(by))).toMatchObject({ role: 'read-only' });
  });

  it('a way back that was used already', async () => {
    const by = browser();
    const back = await by.choose('agent@exemple.fr', '/console');
    const login = by.cookies.get('pv-login');
    expect(await by.visit(back.location ?? '')).toMatchObject({ status: 303 });
    by.cookies.clear();
    if (login) by.cookies.set('pv-login', login);
    const again = await by.visit(back.location ?? '');
    expect(again.status).toBe(400);
    expect(again.body).toContain('La connexion n’a pas abouti');
    expect(by.cookies.has('pv')).toBe(false);
  });

  it("somebody else's way back: their code in my browser", async () => {
    const [mine, theirs] = [browser(), browser()];
    await mine.visit('/console/connexion');
    const back = await theirs.choose('lecture@exemple.fr', '/console');
    expect((await mine.visit(back.location ?? '')).status).toBe(400);
    expect(mine.cookies.has('pv')).toBe(false);
    // It has cost neither of them the sign-in that was on its way.
    expect(mine.cookies.has('pv-login')).toBe(true);
    expect((await theirs.visit(back.location ?? '')).status).toBe(303);
  });

  it("somebody else's code under my own state: the challenge does not fit", async () => {
    const [mine, theirs] = [browser(), browser()];
    const away = await mine.visit('/console/connexion');
    const back = new URL((await theirs.choose('agent@exemple.fr', '/console')).location ?? '');
    back.searchParams.set('state', new URL(away.location ?? '').searchParams.get('state') ?? '');
    const refused = await mine.visit(back.href);
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('n’a pas confirmé votre identité');
    expect(mine.cookies.has('pv')).toBe(false);
    expect(lines.at(-1)).toContain('invalid_grant');
  });

  it('too many tries from one network, until the quarter of an hour is over', async () => {
    const by = browser();
    const tries = [];
    for (let at = 0; at <= MOST_TRIES; at += 1) tries.push((await by.visit('/console/connexion')).status);
    expect(tries).toEqual([...Array(MOST_TRIES).fill(303), 429]);
    const refused = await by.visit('/console/connexion');
    expect(refused.body).toContain('Trop d’essais de connexion');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await host.advanceTo(new Date(host.clock.now().getTime() + 15 * MINUTE));
    expect((await by.visit('/console/connexion')).status).toBe(303);
  });
});

describe('the way out', () => {
  it('ends the session in the store and at the issuer, which asks again', async () => {
    const by = browser();
    const page = await by.signIn('agent@exemple.fr');
    const id = sessionOf(by);
    const form = { jeton: StaffBrowser.token(page) };
    const out = await by.visit('/console/deconnexion', { form, headers: { origin: host.url } });
    expect(out.location).toMatch(/\/identite\/session\/end\?.*client_id=console/);
    expect(by.cookies.has('pv')).toBe(false);
    expect(await stored(id)).toBeUndefined();
    const leave = await by.follow(out);
    const xsrf = /name="xsrf" value="(\w+)"/.exec(leave.body)?.[1] ?? '';
    const away = await by.visit('/identite/session/end/confirm', { form: { xsrf, logout: 'yes' } });
    expect(away.location).toBe(`${host.url}/console`);
    expect(by.cookies.has('identite')).toBe(false);
    // Whoever has copied the cookie has nothing.
    by.cookies.set('pv', { value: id, path: '/' });
    expect((await by.visit('/console')).status).toBe(401);
  });

  it.each([
    ['from another site', {}, { origin: 'https://mechant.example' }],
    ['without the token', { jeton: '' }, {}],
    ['with the token of another session', { jeton: 'B'.repeat(43) }, {}],
  ])('is refused %s, and the session goes on', async (_label, fields, headers) => {
    const by = browser();
    const page = await by.signIn('agent@exemple.fr');
    const refused = await by.visit('/console/deconnexion', {
      form: { jeton: StaffBrowser.token(page), ...fields },
      headers: { origin: host.url, ...headers },
    });
    expect(refused.status).toBe(403);
    expect((await by.visit('/console')).status).toBe(200);
  });
});

it('what was written down holds nobody, no cookie and no code', async () => {
  const by = browser();
  const back = await by.choose('chef@exemple.fr', '/console');
  await by.follow(back);
  const code = new URL(back.location ?? '').searchParams.get('code') ?? '?';
  const all = lines.join('\n');
  expect(all).toContain('"what":"console-sign-in","outcome":"in","role":"officer"');
  for (const secret of [sessionOf(by), code, 'exemple.fr', 'Claude']) expect(all).not.toContain(secret);
});
