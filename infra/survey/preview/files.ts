/** A preview as files: a page and a text for each channel and language, the way through the questions, pictures of all. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { local } from '../../../conversations/phrase.ts';
import type { Preview, Scene } from '../../../conversations/preview/preview.ts';
import { transcript } from '../../../conversations/preview/transcript.ts';
import { fontFiles } from '../../../functions/pages/fonts.ts';
import { branchesSvg } from '../../../functions/preview/branches-svg.tsx';
import { overviewPage, scenePage } from '../../../functions/preview/pages.tsx';
import { launchBrowser } from '../browser.ts';

const FONTS = 'polices';
const OVERVIEW = 'apercu';
const DRAWING = 'parcours';
/** A phone of today, in CSS pixels; two dots a pixel, so that it can be printed. */
const PHONE = { width: 390, height: 844 };
const SHARP = 2;

/** `sms-fr` */
export const sceneFile = ({ channel, language }: Scene): string => `${channel}-${language}`;

export interface Written {
  files: string[];
  /** Missing where no browser starts: everything else is written all the same. */
  pictures: boolean;
}

/** Writes into the folder, which is made where it is not there; what stands there under the same names is replaced. */
export async function writePreview(preview: Preview, out: string, launch = launchBrowser): Promise<Written> {
  const fonts = path.join(out, FONTS);
  mkdirSync(fonts, { recursive: true });
  for (const file of fontFiles()) copyFileSync(file, path.join(fonts, path.basename(file)));
  const files: string[] = [];
  const write = (name: string, content: string): void => {
    const file = path.join(out, name);
    writeFileSync(file, content);
    files.push(file);
  };
  const places = { fonts: FONTS, scene: (scene: Scene) => `${sceneFile(scene)}.html` };
  write(`${OVERVIEW}.html`, await overviewPage(preview, places));
  write(`${DRAWING}.svg`, await branchesSvg(preview.branches, local(preview.survey.topic, 'fr')));
  for (const scene of preview.scenes) {
    write(`${sceneFile(scene)}.html`, await scenePage(preview, scene, places));
    write(`${sceneFile(scene)}.txt`, transcript(preview, scene));
  }
  const browser = await launch().catch(() => undefined);
  if (!browser) return { files, pictures: false };
  try {
    files.push(...(await takePictures(preview, out, browser)));
  } finally {
    await browser.close();
  }
  return { files, pictures: true };
}

/** Of each phone, and of the way through the questions. */
async function takePictures(preview: Preview, out: string, browser: Browser): Promise<string[]> {
  const files: string[] = [];
  const page = await browser.newPage({ viewport: { ...PHONE, width: 1200 }, deviceScaleFactor: SHARP });
  await show(page, path.join(out, `${OVERVIEW}.html`));
  files.push(await picture(page, '.drawing svg', path.join(out, `${DRAWING}.png`)));
  await page.setViewportSize(PHONE);
  for (const scene of preview.scenes) {
    await show(page, path.join(out, `${sceneFile(scene)}.html`));
    const phones = page.locator('.phone');
    for (let index = 0; index < scene.dialogues.length; index += 1) {
      const file = path.join(out, `${sceneFile(scene)}-${index + 1}.png`);
      await phones.nth(index).screenshot({ path: file });
      files.push(file);
    }
  }
  return files;
}

async function show(page: Page, file: string): Promise<void> {
  await page.goto(pathToFileURL(path.resolve(file)).href);
  // As a string: TypeScript here knows no document.
  await page.evaluate('document.fonts.ready');
}

async function picture(page: Page, what: string, file: string): Promise<string> {
  await page.locator(what).first().screenshot({ path: file });
  return file;
}
