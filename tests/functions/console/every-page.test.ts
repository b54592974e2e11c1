/**
 * Every page of the table of routes, and each form of theirs sent with nothing in it, in a real browser: nothing for axe
 * to find, nothing wider than a phone, French and Arabic told apart. What a new page needs is made in tests/support/console-world.ts.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { type Served, serve } from '../../support/console-server.ts';
import { everyPage, formsOn } from '../../support/console-walk.ts';
import { createConsoleWorld } from '../../support/console-world.ts';
import { faultsOn } from '../../support/page-checks.ts';

let world = await createConsoleWorld();
const pages = (await everyPage(world)).filter(({ alike }) => !alike);

let browser: Browser;
let served: Served;
let page: Page;
let said: string[] = [];
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serve((request) => world.city.handle(request))]);
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('console', (message) => said.push(message.text()));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function opened(address: string): Promise<void> {
  said = [];
  await page.goto(served.origin + address);
}

it.each(pages.map(({ address }) => address))('%s', async (address) => {
  await opened(address);
  expect(await faultsOn(page)).toEqual([]);
  expect(said, 'nothing that the policy refused').toEqual([]);
});

/** Everything in it that can be taken out is; `wanted`: some of that has to be there. */
const emptied = (action: string): Promise<{ fields: boolean; wanted: boolean }> =>
  page.evaluate(`(() => {
    const typed = 'input:not([type=hidden]), textarea, select';
    const all = [...document.querySelectorAll('form[method=post][action="${action}"]')];
    const form = all.find((each) => each.querySelector(typed)) ?? all[0];
    form.dataset.sent = 'empty';
    const fields = [...form.querySelectorAll(typed)]
      .filter((each) => !each.options || [...each.options].some(({ value }) => value === ''));
    for (const each of fields) {
      if (['checkbox', 'radio'].includes(each.type)) each.checked = false;
      else each.value = '';
      const folded = each.closest('details');
      if (folded) folded.open = true;
    }
    const wanted = !form.noValidate && fields.some((each) => each.required);
    form.noValidate = true;
    return { fields: fields.length > 0, wanted };
  })()`);

describe('a form sent with nothing in it', () => {
  const first = [
    ...new Map(
      formsOn(pages)
        .reverse()
        .map((form) => [form.route, form]),
    ).values(),
  ].reverse();
  it.each(first.map((form) => [form.route, form] as const))('%s', async (_, { address, action }) => {
    world = await createConsoleWorld();
    await opened(address);
    const { fields, wanted } = await emptied(action);
    if (!fields) return;
    const [answer] = await Promise.all([
      page.waitForResponse((each) => each.request().method() === 'POST'),
      page.waitForEvent('load'),
      page.locator('form[data-sent] button').first().click(),
    ]);
    if (!wanted && answer.status() === 303) return;
    expect(answer.status()).toBe(422);
    expect(await page.evaluate('document.activeElement.className'), 'what is wrong is read out').toBe(
      'faults',
    );
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.faults a')].filter((each) => !document.querySelector(each.hash)).map((each) => each.hash)`,
      ),
      'each fault leads to its field',
    ).toEqual([]);
    expect(await faultsOn(page)).toEqual([]);
    expect(
      said.filter((each) => !each.includes('422')),
      'nothing that the policy refused',
    ).toEqual([]);
  });
});
