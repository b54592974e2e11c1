/** The pages of one survey in a real browser, with Arabic beside the French: nothing for axe, nothing too wide. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { axeViolations } from '../../browser.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';
import { type Served, serve } from '../../support/console-server.ts';

const AT = '/console/sondages/square';

let browser: Browser;
let served: Served;
let city: TestConsole;
beforeAll(async () => {
  city = createTestConsole();
  await city.post(`${AT}/modifier`);
  [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const PAGES = [
  `${AT}?langue=ar&canal=whatsapp`,
  `${AT}/editer?l=ar&langue=ar`,
  `${AT}/publier`,
  `${AT}/dates`,
  `${AT}/essai`,
];

it.each([
  [1280, 800],
  [320, 640],
])('%i pixels wide', async (width, height) => {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: true });
  for (const path of PAGES) {
    const page = await context.newPage();
    const answer = await page.goto(served.origin + path);
    expect(answer?.status(), path).toBe(200);
    expect(await axeViolations(page), path).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
    await page.close();
  }
  await context.close();
});

it('is written without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${served.origin}${AT}/editer?l=ar`);
  await page.fill('[id="q0.text.fr"]', 'Une autre question?');
  await page.selectOption('[name="nouveau-type"]', 'yesno');
  await page.click('button[value="add"]');
  expect(page.url()).toContain('#q');
  expect(await page.inputValue('[id="q0.text.fr"]')).toBe('Une autre question?');
  expect(await page.textContent('.done')).toContain('La question est ajoutée');
  await context.close();
});
