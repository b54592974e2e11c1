/** The speaker's screen as a browser shows it: readable from afar, usable by anyone, nothing of what residents wrote. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fontFiles } from '../../../functions/pages/fonts.ts';
import { type OnScreen, speakerPage } from '../../../functions/posters/speaker.tsx';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { axeViolations } from '../../browser.ts';

let browser: Browser;
let page: Page;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-screen-'));
  for (const font of fontFiles()) copyFileSync(font, path.join(folder, path.basename(font)));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(next: OnScreen[], done: OnScreen[] = []): Promise<void> {
  const file = path.join(folder, 'ecran.html');
  writeFileSync(file, await speakerPage({ title: 'Clichy – les écoles', next, done }, { fonts: '.' }));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate('document.fonts.ready');
}

const NEXT: OnScreen[] = [
  { title: 'Réouverture du Leclerc?', votes: 12, names: ['Nadia'], others: 2 },
  { title: 'Bus 601 le soir?', votes: 1, names: ['نادية', 'Bruno'], others: 0 },
  { title: '<b>Relogement</b>?', votes: 0, names: [], others: 1 },
];

it('names each question, its votes and who may be named', async () => {
  await open(NEXT, [{ title: 'Place de parking?', votes: 3, names: [], others: 0 }]);
  const said = (await page.innerText('body')).replace(/[\u2068\u2069]/g, '');
  for (const text of [
    '12 votes',
    '1 vote',
    'Nadia et 2 autres personnes',
    'نادية et Bruno',
    '1 personne',
    '<b>Relogement</b>?',
    'Déjà posées',
  ])
    expect(said).toContain(text);
  expect(await axeViolations(page)).toEqual([]);
  const size = await page.evaluate(`getComputedStyle(document.querySelector('.title')).fontSize`);
  expect(Number.parseFloat(String(size))).toBeGreaterThanOrEqual(48);
}, 30_000);

it('fits a projector and a telephone', async () => {
  await open(NEXT);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
  await open([]);
  expect(await page.innerText('body')).toContain('Plus de question à poser');
}, 30_000);
