/** The pages of a preview in a real browser: anybody can use them, in their own fonts, at the width of a phone. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { previewSurvey } from '../../../conversations/preview/preview.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { launchBrowser } from '../../../infra/survey/browser.ts';
import { writePreview } from '../../../infra/survey/preview/files.ts';
import { axeViolations } from '../../browser.ts';
import { MONDAY } from '../../conversations/play.ts';
import { quartierSurvey } from '../../support/branching.ts';

const preview = previewSurvey({ survey: quartierSurvey, city: localWorld().city, now: MONDAY });
let browser: Browser;
let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porte-voix-preview-'));
  const written = await writePreview(preview, folder);
  expect(written.pictures).toBe(true);
  files = written.files;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string, width: number, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: 'networkidle' });
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
  }
}

/** As strings: TypeScript here knows no document. */
const WIDTH = 'document.documentElement.scrollWidth';
const FONTS = "[...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family)";

describe.each(['apercu.html', 'sms-fr.html', 'whatsapp-ar.html', 'messenger-ta.html'])('%s', (name) => {
  it('has nothing that axe finds wrong', async () => {
    await open(name, 1280, async (page) => expect(await axeViolations(page)).toEqual([]));
    await open(name, 320, async (page) => expect(await axeViolations(page)).toEqual([]));
  });

  it('needs no sideways scrolling at 320 px', async () => {
    await open(name, 320, async (page) => expect(await page.evaluate(WIDTH)).toBe(320));
  });
});

it('is read from the right in Arabic, in letters of its own', async () => {
  await open('whatsapp-ar.html', 390, async (page) => {
    const side = (from: string): Promise<unknown> =>
      page.evaluate(`document.querySelector('.bubble.${from} .said').getBoundingClientRect().left`);
    expect(Number(await side('city'))).toBeGreaterThan(Number(await side('resident')));
    expect(await page.evaluate(FONTS)).toContain('Noto Sans Arabic');
  });
});

it('shows every message and every button as they are sent', async () => {
  const scene = preview.scenes.find(({ channel, language }) => channel === 'whatsapp' && language === 'ar');
  await open('whatsapp-ar.html', 1280, async (page) => {
    const texts = (await page.locator('.bubble.city .said').allTextContents()).map((text) => text.trim());
    const lines = scene?.dialogues.flatMap((dialogue) => dialogue.lines) ?? [];
    expect(texts).toEqual(lines.filter(({ from }) => from === 'city').map(({ text }) => text));
    const taps = await page.locator('.bubble.city ul li').allTextContents();
    expect(taps).toEqual(lines.flatMap(({ buttons = [] }) => buttons));
  });
});

it('draws every question in a file that any reader of SVG takes', async () => {
  const svg = await readFile(join(folder, 'parcours.svg'), 'utf8');
  await open('apercu.html', 1280, async (page) => {
    const read = (await page.evaluate(`(() => {
      const read = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
      const texts = [...read.querySelectorAll('text')].map(({ textContent }) => textContent);
      return { wrong: read.querySelector('parsererror')?.textContent ?? '', texts,
        title: read.querySelector('title')?.textContent, desc: read.querySelector('desc')?.textContent };
    })()`)) as { wrong: string; texts: string[]; title: string; desc: string };
    expect(read.wrong).toBe('');
    expect(read.title).toBe('Le chemin des questions');
    expect(read.desc).toContain('8 questions');
    for (const { id, number } of preview.branches.questions) {
      expect(read.texts).toContain(id);
      expect(read.texts).toContain(String(number));
    }
  });
});

it('keeps the words of the drawing inside their boxes', async () => {
  await open('apercu.html', 1280, async (page) => {
    const over = await page.evaluate(`[...document.querySelectorAll('.drawing svg g')].flatMap((group) => {
      const box = group.querySelector('rect')?.getBoundingClientRect();
      return [...group.querySelectorAll('text')].filter((text) => {
        const own = text.getBoundingClientRect();
        return box && (own.left < box.left || own.right > box.right);
      }).map(({ textContent }) => textContent);
    })`);
    expect(over).toEqual([]);
  });
});

it('makes a picture of each dialogue, and of the drawing', async () => {
  const pictures = files.filter((file) => file.endsWith('.png'));
  expect(pictures).toHaveLength(preview.scenes.length * preview.paths.length + 1);
  for (const file of pictures) {
    const bytes = await readFile(file);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Width and height stand in the first chunk: two dots a pixel of a phone 390 wide.
    if (!file.endsWith('parcours.png')) expect(bytes.readUInt32BE(16)).toBeGreaterThan(600);
  }
});
