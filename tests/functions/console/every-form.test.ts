/**
 * Every form of the table of routes succeeds in a browser that runs no script: found on the pages, filled in by its
 * labels as `form-recipes.ts` has it, sent, and what it leads to says so.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../functions/console/routes.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { type Served, serve } from '../../support/console-server.ts';
import { everyPage, formsOn, pathPattern } from '../../support/console-walk.ts';
import { createConsoleWorld } from '../../support/console-world.ts';
import { RECIPES, type Recipe, type Typed } from './form-recipes.ts';

let world = await createConsoleWorld();
const pages = await everyPage(world);
const forms = formsOn(pages);
/** What htmx asks for while somebody types: whoever has no script misses a help, and nothing else. */
const helps = new Set(
  pages.flatMap(({ body }) => [...body.matchAll(/hx-post="([^"?]+)/g)].map(([, path]) => path)),
);
const posts = routes
  .filter(({ method, path }) => method === 'POST' && !helps.has(path))
  .map(({ path }) => path);

let browser: Browser;
let served: Served;
let page: Page;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serve((request) => world.city.handle(request))]);
  page = await browser.newPage({ javaScriptEnabled: false });
  page.setDefaultTimeout(10_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function fill(form: Locator, label: string, typed: Typed): Promise<void> {
  const labelled = new RegExp(`^${label}(,.*)?( \\(facultatif\\))?$`);
  const group = form.getByRole('group', { name: labelled });
  if (await group.count())
    for (const each of [typed].flat()) await group.getByLabel(String(each)).first().check();
  else {
    const field = form.getByLabel(labelled).first();
    const kind = await field.evaluate((each) => `${each.tagName} ${each.getAttribute('type')}`);
    if (typeof typed === 'object' && 'text' in typed)
      await field.setInputFiles({ name: typed.name, mimeType: 'text/csv', buffer: Buffer.from(typed.text) });
    else if (kind.startsWith('SELECT')) await field.selectOption(typed);
    else await field.fill(String(typed));
  }
}

/** Fills in the form of this route on the page that is open, and sends it. */
async function send(route: string, { fields = {}, press, saves }: Recipe): Promise<void> {
  const actions = await page
    .locator('form[method=post]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('action')));
  const action = actions.find((each) => pathPattern(route).test(each ?? ''));
  const ours = page.locator(`form[method=post][action="${action}"]`);
  const pressed = press === undefined ? undefined : page.getByRole('button', { name: press, exact: true });
  // What is folded away has no role yet.
  const form = (pressed && (await pressed.count()) > 0 ? ours.filter({ has: pressed }) : ours).first();
  // Folded away, until somebody opens it.
  const folded = form.locator('xpath=ancestor::details[not(@open)]/summary');
  if (await folded.count()) await folded.click();
  for (const [label, typed] of Object.entries(fields)) await fill(form, label, typed);
  const button = press ? form.getByRole('button', { name: press, exact: true }) : form.locator('button');
  // What is saved leaves the page as it is.
  await Promise.all([saves || page.waitForEvent('load'), button.first().click()]);
}

async function open(route: string, recipe: Recipe): Promise<void> {
  if (recipe.after) {
    const before = RECIPES[recipe.after] ?? expect.fail(`no recipe for ${recipe.after}`);
    await open(recipe.after, before);
    return send(recipe.after, before);
  }
  const found =
    forms.find((form) => form.route === route && form.address.includes(recipe.on ?? '')) ??
    expect.fail(`no page has the form of ${route}`);
  await page.goto(served.origin + found.address);
}

it.each(posts)('%s', async (route) => {
  const recipe =
    RECIPES[route] ??
    expect.fail(`no recipe for ${route}: add it to tests/functions/console/form-recipes.ts`);
  world = await createConsoleWorld();
  await open(route, recipe);
  if (recipe.gone !== undefined) expect(await page.locator('main').innerText()).toContain(recipe.gone);
  if (recipe.saves) {
    const [saved] = await Promise.all([page.waitForEvent('download'), send(route, recipe)]);
    return expect(saved.suggestedFilename()).toBe(recipe.says);
  }
  await send(route, recipe);
  expect(await page.locator('h1, .done, .fault, .faults').allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringContaining(recipe.says)]),
  );
  if (recipe.gone === undefined) expect(await page.locator('.faults').count()).toBe(0);
  else expect(await page.locator('main').innerText()).not.toContain(recipe.gone);
});

it('has no recipe for a form that is gone', () =>
  expect(Object.keys(RECIPES).filter((route) => !posts.includes(route))).toEqual([]));
