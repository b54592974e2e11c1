/** The pages about one list and one resident, in a real browser: nothing for axe to find, nothing wider than a phone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { axeViolations } from '../../browser.ts';
import { text } from '../../support/city.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';
import { type Served, serve } from '../../support/console-server.ts';

const ANNA = '+33639980001';
let browser: Browser;
let served: Served;
let city: TestConsole;
beforeAll(async () => {
  city = createTestConsole();
  const webhook = createWebhook(city.deps);
  for (const each of ['CHENE', 'oui', '4', '4', 'الموقف مظلم جدا']) await text(webhook, ANNA, each);
  [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const resident = (act: string) => () => `/console/habitants/${city.deps.hashes.address(`sms:${ANNA}`)}${act}`;

it.each([
  ['a resident who writes Arabic', resident('')],
  ['correcting', resident('/corriger')],
  ['stopping', resident('/stop')],
  ['a copy', resident('/copie')],
  ['erasing', resident('/effacer')],
  ['a list', () => '/console/listes/chene'],
  ['its languages', () => '/console/listes/chene/composition'],
  ['its poster', () => '/console/listes/chene/affiche?langue=ar'],
  ['an import', () => '/console/listes/chene/import'],
])(
  '%s',
  async (_, address) => {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const answer = await page.goto(served.origin + address());
    expect(answer?.status(), await answer?.text()).toBe(200);
    expect(await axeViolations(page)).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
      'as wide as the screen',
    ).toBe(true);
    expect(said, 'nothing that the policy refused').toEqual([]);
    await page.close();
  },
  60_000,
);

it('a file is tried and imported by hand, in a browser', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  await page.goto(`${served.origin}/console/listes/aines/import`);
  await page.setInputFiles('#fichier', {
    name: 'contacts.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Tel\n06 39 98 00 07\n01 99 00 12 34\n'),
  });
  await page.fill('#preuve', 'Bulletin signé');
  await page.fill('#le', '2026-09-05');
  await page.click('text=Essayer');
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.click('text=Importer 1 contact');
  expect(await page.textContent('h1')).toBe('Import fait');
  expect(await city.deps.lists.count('aines')).toBe(1);
  await page.close();
}, 60_000);
