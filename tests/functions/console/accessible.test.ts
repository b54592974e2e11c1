/** Every page that needs no thing to look at, in a real browser: nothing for axe to find, nothing wider than a phone. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/console/routes.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { axeViolations } from '../../browser.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';
import { type Served, serve } from '../../support/console-server.ts';

let browser: Browser;
let served: Served;
let city: TestConsole;
beforeAll(async () => {
  city = createTestConsole();
  [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const pages = routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'));

describe.each([
  ['a computer', { width: 1280, height: 800 }],
  ['a small phone', { width: 320, height: 640 }],
] as const)('on %s', (_, viewport) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext({ viewport });
  });
  afterAll(() => context?.close());

  it.each(pages.map(({ path }) => path))('%s', async (path) => {
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const answer = await page.goto(served.origin + path);
    expect(answer?.status(), await answer?.text()).toBeLessThan(400);
    expect(await axeViolations(page)).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
      'as wide as the screen',
    ).toBe(true);
    expect(said, 'nothing that the policy refused').toEqual([]);
    await page.close();
  });
});
