/** The console by keyboard alone, in a real browser: every stop is seen, nothing is skipped, a file goes in, a form is sent. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { draftsOf } from '../../../functions/console/surveys/drafts.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { type Served, serve } from '../../support/console-server.ts';
import { everyPage } from '../../support/console-walk.ts';
import { createConsoleWorld } from '../../support/console-world.ts';

let world = await createConsoleWorld();
/** One of each route: what has a focus does not depend on what stands on the page. */
const pages = [
  ...new Map((await everyPage(world)).reverse().map((each) => [each.route, each.address])).values(),
];

let browser: Browser;
let served: Served;
let page: Page;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serve((request) => world.city.handle(request))]);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(10_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});
beforeEach(async () => {
  world = await createConsoleWorld();
});

/** Where the focus is: how it is called, its place in the page, and what hides it. */
const focus = (): Promise<{ place: number; html: string; unseen: string }> =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const { width, height, top, bottom } = at.getBoundingClientRect();
    const unseen = outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? 'no outline'
      : width < 1 || height < 1 || bottom <= 0 || top >= innerHeight ? 'off the screen' : '';
    return { place: [...document.querySelectorAll('*')].indexOf(at), html: at.outerHTML.slice(0, 120), unseen };
  })()`);

/** What a keyboard has to come to; of radio buttons of one name, one. */
const stops = (): Promise<number> =>
  page.evaluate(`(() => {
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      .filter((each) => each.checkVisibility() && !each.disabled)
      .filter((each) => each.type !== 'radio' || !groups.has(each.name) && groups.add(each.name)).length;
  })()`);

it.each(pages)('%s is gone through from the link to its content to its foot', async (address) => {
  // Where counts come by themselves, they are there.
  await page.goto(served.origin + address, { waitUntil: 'networkidle' });
  const wanted = await stops();
  // A sheet to print has nothing to come to.
  if (wanted === 0) return;
  const seen: Awaited<ReturnType<typeof focus>>[] = [];
  // A field of a date has a stop for each of its parts.
  for (let steps = 0; steps < 6 * wanted; steps += 1) {
    await page.keyboard.press('Tab');
    const at = await focus();
    if (at.html.startsWith('<body') || at.place === seen[0]?.place) break;
    if (at.place !== seen.at(-1)?.place) seen.push(at);
  }
  expect(seen.filter(({ unseen }) => unseen !== '')).toEqual([]);
  expect(seen[0]?.html).toContain('class="skip"');
  expect(seen.length, 'every stop is come to').toBe(wanted);
  expect(
    seen.map(({ place }) => place),
    'in the order of the page',
  ).toEqual([...seen.map(({ place }) => place)].sort((a, b) => a - b));
});

it('the first stop leads past the menu', async () => {
  await page.goto(`${served.origin}/console/annonces`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('!!document.activeElement.closest("main")')).toBe(true);
});

/** Goes on with Tab as far as what is called so. */
async function tabTo(label: string): Promise<void> {
  for (let steps = 0; steps < 300; steps += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(`(() => {
      const at = document.activeElement;
      return (at.labels?.[0] ?? at).textContent.trim();
    })()`);
    if (String(name).startsWith(label)) return;
  }
  throw new Error(`Tab never comes to "${label}"`);
}

/** Opens the field's chooser by its key, as staff do. */
async function choose(name: string, bytes: Buffer): Promise<void> {
  await tabTo('Fichier');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}

/** A page under load takes its time. */
const LONG = { timeout: 10_000 };
const title = (): Promise<string> => page.locator('h1').innerText();

it('contacts are tried and imported', async () => {
  await page.goto(`${served.origin}/console/listes/delegues/import`);
  await choose('contacts.csv', Buffer.from('Tel\n06 39 98 00 71\n01 99 00 12 34\n'));
  await tabTo('Comment les personnes');
  await page.keyboard.type('Bulletin signé');
  await tabTo('Jour de l’accord');
  await page.keyboard.type('09052026');
  await tabTo('Essayer');
  await page.keyboard.press('Enter');
  await expect.poll(title, LONG).toBe('Ce que ferait l’import');
  await tabTo('Importer 1 contact');
  await page.keyboard.press('Enter');
  await expect.poll(title, LONG).toBe('Import fait');
  expect(await world.city.deps.lists.count('delegues')).toBe(1);
});

it('a form of Kobo is imported and published', async () => {
  const { body, base64 } = await world.city.get('/console/sondages/square/formulaire/xlsx');
  expect(base64).toBe(true);
  await page.goto(`${served.origin}/console/sondages/importer`);
  await choose('square.xlsx', Buffer.from(body, 'base64'));
  await tabTo('Importer');
  await page.keyboard.press('Enter');
  // Somebody is writing it: asked for again, with a box to check.
  await page.locator('.faults').waitFor();
  await choose('square.xlsx', Buffer.from(body, 'base64'));
  await tabTo('Remplacer le brouillon');
  await page.keyboard.press('Space');
  await tabTo('Importer');
  await page.keyboard.press('Enter');
  await expect.poll(title, LONG).not.toBe('Importer un formulaire');
  expect((await draftsOf(world.city.deps).get('square'))?.draft.survey.languages).toContain('ar');
  await page.goto(`${served.origin}/console/sondages/square/publier`);
  await tabTo('Publier');
  await page.keyboard.press('Enter');
  await page.waitForURL(/square\?fait=/);
  expect(await draftsOf(world.city.deps).get('square')).toBeUndefined();
});

it('Enter in a field sends its form', async () => {
  await page.goto(`${served.origin}/console/habitants`);
  await tabTo('Numéro de téléphone');
  await page.keyboard.type('06 39 98 00 01');
  await page.keyboard.press('Enter');
  await page.waitForURL(/habitants\/[\w-]{10,}/);
});
