/** The pages of exports in a real browser: followed by htmx until done, nothing for axe to find, as wide as a phone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create as createExport } from '../../../functions/export.ts';
import type { QueueMessage } from '../../../functions/runtime/queue.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { axeViolations } from '../../browser.ts';
import { createTestConsole, type TestConsole } from '../../support/console.ts';
import { type Served, serve } from '../../support/console-server.ts';
import { createExportShelf } from '../../support/export-shelf.ts';

const [shelf, sent] = [createExportShelf(), [] as QueueMessage[]];
let browser: Browser;
let served: Served;
let city: TestConsole;
beforeAll(async () => {
  const exporting = { send: async (message: QueueMessage) => void sent.push(message) };
  city = createTestConsole({ over: { exporting, exported: shelf } });
  [browser, served] = await Promise.all([launchBrowser(), serve(city.handle)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function sound(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}

it('an export is asked for, its page becomes ready by itself, its file is saved', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`${served.origin}/console/exports`);
  await sound(page);
  await page.selectOption('#sondage', 'square');
  await page.click('text=Préparer l’export');
  await sound(page);
  for (const message of sent) await createExport(city.deps, shelf)(message);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.click('text=/square_reponses\\.xlsx/', { timeout: 30_000 }),
  ]);
  expect(saved.suggestedFilename()).toBe('2026-11_square_reponses.xlsx');
  await sound(page);
  expect(await page.getAttribute('#etat', 'hx-get'), 'it asks no more').toBeNull();
  await page.goto(`${served.origin}/console/exports`);
  await sound(page);
  expect(said, 'nothing that the policy refused').toEqual([]);
}, 90_000);
