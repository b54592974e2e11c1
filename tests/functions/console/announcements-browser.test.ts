/** Announcements and visits in a browser: figures that move by themselves, no script needed. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { announcing } from '../../../functions/runtime/announcing.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { createFan, type Fan } from '../../broadcast/fan.ts';
import { agentOf, createTestConsole, type TestConsole } from '../../support/console.ts';
import { type Served, serve } from '../../support/console-server.ts';

let fan: Fan;
let city: TestConsole;
let browser: Browser;
let served: Served;
beforeAll(async () => {
  fan = createFan();
  city = createTestConsole({ db: fan.db });
  Object.defineProperty(city.clock, 'now', { get: () => fan.clock.now });
  city.as(agentOf('officer', { id: 'fatima@exemple.fr' }));
  for (const phone of [1, 2, 3, 4, 5, 6]) await fan.joined(phone, phone === 6 ? { language: 'ar' } : {});
  await fan.planned({
    kind: 'survey',
    survey: 'square',
    texts: { fr: 'Ville de Clichy: votre avis', ar: 'بلدية كليشي: رأيكم' },
  });
  [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.clock.install();
  await page.goto(`${served.origin}/console/${path}`);
  return page;
}

it('a text is weighed while it is typed', async () => {
  const page = await opened('annonces/nouvelle');
  await page.fill('#texte-fr', 'Ville de Clichy: '.repeat(15));
  await page.clock.fastForward(600);
  await page.locator('#poids-fr', { hasText: '2 SMS' }).waitFor();
  await page.context().close();
});

it('without a script the form is saved all the same', async () => {
  const page = await opened('annonces/nouvelle', { javaScriptEnabled: false });
  await page.check('input[name=genre][value=info]');
  await page.fill('#texte-fr', 'Ville de Clichy: réunion jeudi');
  await page.click('text=Enregistrer le brouillon');
  expect(new URL(page.url()).pathname).toBe('/console/annonces/A-2026-002');
  await page.click('text=Compter les destinataires');
  expect(await page.locator('#public').textContent()).toContain('6 personnes');
  await page.context().close();
});

it('recipients are counted on the page, its figures move while it goes out and stand still at the end', async () => {
  fan.hook.outcome = () => ({ kind: 'throttled', after: 60 });
  await fan.look();
  const page = await opened('annonces/A-2026-001');
  await page.click('text=Compter les destinataires');
  await page.locator('#public td', { hasText: 'français' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/annonces/A-2026-001');
  const out = page.locator('#avancement .card', { hasText: 'envoyée' });
  expect(await out.textContent()).toBe('0envoyée');
  delete fan.hook.outcome;
  await fan.run(6);
  expect((await announcing(city.deps).announcements.get(1))?.announcement.state).toBe('done');
  await page.clock.fastForward(5000);
  await page.locator('#avancement:not([hx-get])').waitFor();
  expect(await out.textContent()).toBe('6envoyées');
  expect(await page.locator('text=Suspendre').count(), 'nothing is left to pause').toBe(0);
  await page.context().close();
});
