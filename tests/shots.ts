/**
 * `npm run shots`: the pictures of the README and of docs/, taken anew: surveys with branches as phones show them, and
 * the console over a city with some answers in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { previewSurvey } from '../conversations/preview/preview.ts';
import { localWorld } from '../infra/local/city.ts';
import { launchBrowser } from '../infra/survey/browser.ts';
import { writePreview } from '../infra/survey/preview/files.ts';
import { consoleShots } from './console-shots.ts';
import { MONDAY } from './conversations/play.ts';
import { quartierSurvey } from './support/branching.ts';

const PICTURES = 'docs/pictures';
/** One of each channel, each in another script. */
const SHOWN = ['sms-fr', 'whatsapp-ar', 'messenger-ta'];
/** The shortest way through the survey: the phones stay small. */
const PATH = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'porte-voix-pictures-'));
const preview = previewSurvey({ survey: quartierSurvey, city: localWorld().city, now: MONDAY });
const { pictures } = await writePreview(preview, folder);
if (!pictures) throw new Error('no browser starts here: pictures cannot be taken');
await copyFile(path.join(folder, 'parcours.png'), path.join(PICTURES, 'branches.png'));
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const phones: string[] = [];
for (const name of SHOWN) {
  await page.goto(pathToFileURL(path.join(folder, `${name}.html`)).href);
  // As strings: TypeScript here knows no document.
  phones.push(String(await page.evaluate(`document.querySelectorAll('.phone')[${PATH}].outerHTML`)));
}
// Side by side, in the page of the last one: it has the style and the fonts.
const beside = phones.map((phone) => `<div class="scene">${phone}</div>`).join('');
await page.evaluate(`document.querySelector('.scenes').innerHTML = ${JSON.stringify(beside)}`);
await page.evaluate('document.fonts.ready');
await page.locator('.scenes').screenshot({ path: path.join(PICTURES, 'preview.png') });
await consoleShots(browser, PICTURES);
await browser.close();
rmSync(folder, { recursive: true });
