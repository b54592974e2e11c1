/** The residents' notice in a real browser: accessible, narrow, enlarged, in its own fonts. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from '../../functions/pages.ts';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { languages } from '../../locales/index.ts';
import { axeViolations } from '../browser.ts';
import { createTestCity } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

let browser: Browser;
let server: Server;
let base: string;

beforeAll(async () => {
  const pages = create(createTestCity(createMemoryDb()).deps);
  server = createServer(async ({ url = '', method = '' }, response) => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const answer = await pages({ method, path: pathname, query: search.slice(1), headers: {}, body: '' });
    response.writeHead(answer.status, answer.headers);
    response.end(Buffer.from(answer.body, 'base64' in answer ? 'base64' : 'utf8'));
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function open(language: string, width: number, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(`${base}/donnees?lang=${language}`, { waitUntil: 'networkidle' });
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
  }
}

/** As a string: TypeScript here knows no document. */
const WIDTH = 'document.documentElement.scrollWidth';

/** The fonts of the letters that are not in the common one. */
const OWN_FONT: Partial<Record<string, string>> = {
  tr: 'Noto Sans Ext',
  ro: 'Noto Sans Ext',
  ar: 'Noto Sans Arabic',
  ur: 'Noto Sans Arabic',
  ta: 'Noto Sans Tamil',
  bn: 'Noto Sans Bengali',
  zh: 'Noto Sans SC',
};

describe.each(languages)('the notice in %s', (language) => {
  it('has nothing that axe finds wrong', async () => {
    await open(language, 1280, async (page) => expect(await axeViolations(page)).toEqual([]));
    await open(language, 320, async (page) => expect(await axeViolations(page)).toEqual([]));
  });

  it('needs no sideways scrolling at 320 px, nor with text twice as large', async () => {
    await open(language, 320, async (page) => expect(await page.evaluate(WIDTH)).toBe(320));
    await open(language, 640, async (page) => {
      await page.evaluate("document.documentElement.style.fontSize = '212%'");
      expect(await page.evaluate(WIDTH)).toBe(640);
    });
  });

  it('is shown in the fonts it carries', async () => {
    await open(language, 375, async (page) => {
      const loaded =
        "[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)";
      const own = OWN_FONT[language] ?? 'Noto Sans';
      expect((await page.evaluate<string[]>(loaded)).join()).toContain(own);
      expect(
        await page.evaluate("[...document.fonts].filter((face) => face.status === 'error').length"),
      ).toBe(0);
    });
  });

  it('shows where the keyboard is, first on the way past the languages', async () => {
    await open(language, 375, async (page) => {
      await page.keyboard.press('Tab');
      const skip = page.locator(':focus-visible');
      expect(await skip.getAttribute('href')).toBe('#texte');
      expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
      expect(await skip.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    });
  });
});
