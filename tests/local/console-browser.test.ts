/** Signing in and out in a real browser, with JavaScript and without; the pages on the way, for anyone (axe). */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { axeViolations } from '../browser.ts';

/** Where a person who works on the pages finds pictures of them: SHOTS=/tmp/shots npm test -- … */
const SHOTS = process.env.SHOTS;

let folder: string;
let host: Host;
let browser: Browser;
let context: BrowserContext | undefined;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-console-browser-'));
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  [host, browser] = await Promise.all([startHost({ folder, port: 0 }), launchBrowser()]);
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await host.close();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => context?.close());

async function open(at: string, javaScriptEnabled = true): Promise<Page> {
  context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(`${host.url}${at}`);
  return page;
}
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
};
const heading = (page: Page) => page.locator('h1').innerText();

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('an agent, %s', (_label, javaScript) => {
  it('signs in, comes to the page that was asked for, signs out, and another signs in', async () => {
    const page = await open('/console/journal', javaScript);
    expect(await heading(page)).toBe('Qui êtes-vous ?');
    await page.getByRole('button', { name: 'Alex Martin' }).click();
    await page.waitForURL('**/console/journal');
    expect(await page.locator('.who').innerText()).toContain('Alex Martin');

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    if (!javaScript) await page.getByRole('button', { name: 'Terminer la déconnexion' }).click();
    await page.getByRole('button', { name: 'Morgan Girard' }).click();
    await page.waitForURL(`${host.url}/console`);
    expect(await page.locator('.who').innerText()).toContain('Morgan Girard');
  });

  it('changes to another agent without signing out first', async () => {
    const page = await open('/console', javaScript);
    await page.getByRole('button', { name: 'Alex Martin' }).click();
    await page.waitForURL(`${host.url}/console`);
    await page.goto(`${host.url}/console/connexion`);
    await page.getByRole('button', { name: 'Claude Bernard' }).click();
    await page.waitForURL(`${host.url}/console`);
    expect(await page.locator('.who').innerText()).toContain('Claude Bernard');
  });
});

it('a script on the page cannot read the cookies', async () => {
  const page = await open('/console');
  await page.getByRole('button', { name: 'Alex Martin' }).click();
  await page.waitForURL(`${host.url}/console`);
  const kept = await page.context().cookies();
  expect(kept.find(({ name }) => name === 'pv')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
  });
  expect(kept.some(({ name }) => name === 'pv-login')).toBe(false);
  expect(await page.evaluate('document.cookie')).toBe('');
});

it('a form of another site ends no session', async () => {
  const form = `<form method="post" action="${host.url}/console/deconnexion"><button>ok</button></form>`;
  const other = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(form),
  );
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
  const page = await open('/console');
  await page.getByRole('button', { name: 'Alex Martin' }).click();
  await page.waitForURL(`${host.url}/console`);
  // To a browser, localhost is another site than 127.0.0.1.
  await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`);
  await page.getByRole('button', { name: 'ok' }).click();
  await page.waitForURL(`${host.url}/**`);
  await page.goto(`${host.url}/console`);
  expect(await page.locator('.who').innerText()).toContain('Alex Martin');
  other.close();
});

it.each([
  ['the choice of an agent', '/console', 'choix', 'Qui êtes-vous ?'],
  ['a sign-in that was lost', '/console/retour?code=1&state=2', 'perdue', 'La connexion n’a pas abouti'],
  [
    'an address of the issuer that has passed',
    '/identite/choix/passe',
    'passee',
    'La connexion n’a pas abouti',
  ],
])('%s can be used by anyone, on a phone too', async (_label, at, name, title) => {
  const page = await open(at);
  expect(await heading(page)).toBe(title);
  expect(await axeViolations(page)).toEqual([]);
  await shot(page, `connexion-${name}`);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(await axeViolations(page)).toEqual([]);
  await shot(page, `connexion-${name}-320`);
});

it('who comes by another name of this machine is sent to the right one', async () => {
  const page = await open('/console');
  await page.goto(`${host.url.replace('127.0.0.1', 'localhost')}/console/journal`);
  await page.getByRole('button', { name: 'Alex Martin' }).click();
  await page.waitForURL('**/console/retour?**');
  expect(await heading(page)).toBe('La connexion n’a pas abouti');
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: 'Alex Martin' }).click();
  await page.waitForURL(`${host.url}/console`);
});
