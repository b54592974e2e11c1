/**
 * What a phone's camera reads off a poster is what our readers understand: codes read by a decoder that is not ours, the
 * sheet as a browser lays it out for print.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import jsqr from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Named } from '../../../conversations/audience.ts';
import { type Poster, posterLink } from '../../../conversations/poster-link.ts';
import { readKeyword } from '../../../conversations/understand/keywords.ts';
import { readBatch } from '../../../functions/channels/messenger-events.ts';
import { fontFiles } from '../../../functions/pages/fonts.ts';
import { qrModules, qrPng, qrSvg } from '../../../functions/posters/qr.ts';
import { posterPage } from '../../../functions/posters/sheet.tsx';
import { localWorld } from '../../../infra/local/city.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { type Language, languages, words } from '../../../locales/index.ts';
import { axeViolations } from '../../browser.ts';

const world = localWorld();
// The package is CommonJS with its function under `default`.
const decode = ((jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr) as unknown as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

function scanned(png: Buffer): string | undefined {
  const { data, width, height } = PNG.sync.read(png);
  return decode(new Uint8ClampedArray(data), width, height)?.data;
}

/** What arrives with us once the link has been followed and what it brings been sent. */
function arrives(uri: string): string {
  const sms = /^sms:38123\?&body=(.+)$/.exec(uri);
  if (sms) return decodeURIComponent(sms[1] as string);
  const url = new URL(uri);
  if (url.host === 'wa.me') {
    expect(url.pathname).toBe('/33939980001');
    return url.searchParams.get('text') as string;
  }
  expect(`${url.host}${url.pathname}`).toBe('m.me/VilleDeClichyExemple');
  const referral = { ref: url.searchParams.get('ref'), source: 'SHORTLINK', type: 'OPEN_THREAD' };
  const messaging = [{ sender: { id: '7' }, recipient: { id: '1' }, timestamp: 1_764_000_000_000, referral }];
  const [incoming] = readBatch({ object: 'page', entry: [{ id: '1', time: 1_764_000_000_000, messaging }] }, {
    pageId: '1',
    eventId: (id: string) => id,
  } as never);
  if (incoming?.kind !== 'event' || incoming.event.type !== 'said') throw new Error(JSON.stringify(incoming));
  return incoming.event.text;
}

const poster = (language: Language, channel: Poster['channel'] = 'sms'): Poster => ({
  goal: { list: 'chene' },
  channel,
  source: 'A12',
  language,
});

describe.each(['sms', 'whatsapp', 'messenger'] as const)('a code that opens %s', (channel) => {
  it.each(languages)('scanned, brings list, poster and language back: %s', (language) => {
    const read = scanned(qrPng(posterLink(poster(language, channel), world).uri));
    expect(readKeyword(arrives(read as string), world.city, world.surveys)).toEqual({
      kind: 'quartier',
      quartier: 'chene',
      source: 'A12',
      language,
    });
  });
});

describe('a code', () => {
  const { uri } = posterLink(poster('tr'), world);
  it('has four white modules around it, and is large enough for print', () => {
    const modules = qrModules(uri);
    const edge = [
      ...modules.slice(0, 4),
      ...modules.slice(-4),
      ...modules.map((row) => [...row.slice(0, 4), ...row.slice(-4)]),
    ];
    expect(edge.flat().some(Boolean)).toBe(false);
    expect(modules[4]?.[4]).toBe(true);
    expect(PNG.sync.read(qrPng(uri)).width).toBeGreaterThanOrEqual(1400);
  });

  it('is read with a corner of its middle torn away', () => {
    const png = PNG.sync.read(qrPng(uri));
    const [from, to] = [Math.round(png.width * 0.5), Math.round(png.width * 0.63)];
    for (let y = from; y < to; y += 1)
      for (let x = from; x < to; x += 1)
        png.data.fill(255, (y * png.width + x) * 4, (y * png.width + x) * 4 + 3);
    expect(scanned(PNG.sync.write(png))).toBe(uri);
  });
});

describe('as a browser shows it', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-posters-'));
    for (const font of fontFiles()) copyFileSync(font, path.join(folder, path.basename(font)));
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** From a file, so that its own fonts are there. */
  async function open(asked: Poster, paper: 'A4' | 'A5' = 'A4', of: Named = world): Promise<void> {
    const file = path.join(folder, 'affiche.html');
    writeFileSync(file, await posterPage(asked, of, { fonts: '.', paper }));
    await page.goto(pathToFileURL(file).href);
    await page.evaluate('document.fonts.ready');
  }

  it('the SVG is read as the PNG is', async () => {
    const { uri, text } = posterLink(poster('fr'), world);
    await page.setContent(`<div style="width:600px">${qrSvg(uri, text)}</div>`);
    expect(scanned(await page.locator('svg').screenshot())).toBe(uri);
    expect(qrSvg(uri, 'a<b & c')).toContain('<title>a&lt;b &amp; c</title>');
  });

  it.each(languages)(
    'the sheet in %s: on one page, readable, anyone can use it, its code read',
    async (language) => {
      for (const channel of ['sms', 'whatsapp', 'messenger'] as const) {
        await open(poster(language, channel));
        const { text, uri, to } = posterLink(poster(language, channel), world);
        const fits = await page.evaluate(
          `(() => { const m = document.querySelector('main'); return [m.scrollHeight <= m.clientHeight, m.scrollWidth <= m.clientWidth, [...m.querySelectorAll('p,h1,h2')].every((e) => e.scrollWidth <= e.clientWidth + 1)] })()`,
        );
        expect(fits, channel).toEqual([true, true, true]);
        expect(await page.getAttribute('html', 'dir')).toBe(words[language].direction);
        const said = await page.innerText('body');
        expect(said).toContain('STOP');
        expect(said).toContain(`${world.city.site}/donnees`);
        expect(said).not.toMatch(/\{\{|undefined/);
        if (channel !== 'messenger') expect(said).toContain(text);
        if (channel !== 'whatsapp') expect(said).toContain(to);
        if (channel === 'sms') expect(scanned(await page.screenshot())).toBe(uri);
      }
      expect(await axeViolations(page)).toEqual([]);
    },
    30_000,
  );

  it.each(['tr', 'ar', 'fr'] as const)(
    'with long names nothing is cut in %s, and the code is read',
    async (language) => {
      const { city } = world;
      const quartiers = city.quartiers.map((each) => ({
        ...each,
        name: 'Résidence de la Forestière et du Bois du Temple-Nord',
      }));
      const name = 'Communauté de communes de Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson';
      await open(poster(language), 'A4', { ...world, city: { ...city, name, quartiers } });
      const [foot, end] = await page.evaluate<number[]>(
        `[document.querySelector('.small').getBoundingClientRect().bottom, document.querySelector('main').getBoundingClientRect().bottom]`,
      );
      // The margin of the page is below it.
      expect(foot).toBeLessThan((end as number) - 40);
      expect(scanned(await page.screenshot())).toBe(posterLink(poster(language), world).uri);
    },
    30_000,
  );

  it('half the size on A5, one page each', async () => {
    for (const paper of ['A4', 'A5'] as const) {
      await open(poster('ta'), paper);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    }
  }, 30_000);

  it('of a survey names what it is about, with French below', async () => {
    const survey: Poster = { goal: { survey: 'square' }, channel: 'sms', language: 'ar' };
    await open(survey);
    expect(await page.innerText('body')).toContain('SQUARE AR');
    expect(await page.getAttribute('h2', 'lang')).toBe('fr');
    expect(await page.getAttribute('h2', 'dir')).toBe('ltr');
  });
});
