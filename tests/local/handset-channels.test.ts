/** The page of phones over the whole running service: buttons, lists, files, places, the 24 hours and faults. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { axeViolations } from '../browser.ts';
import { type SpawnedHost, spawnHost } from '../support/spawned-host.ts';

let folder: string;
let host: SpawnedHost;
let browser: Browser;
let page: Page;
let broken: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  [host, browser] = await Promise.all([spawnHost(folder), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await host?.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  broken = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await page.goto(host.local.handsetUrl);
});
afterEach(async () => {
  await page.context().close();
  expect(broken).toEqual([]);
});

/** The three that the page begins with. */
const PHONES = { sms: 'Téléphone 1', whatsapp: 'Téléphone 2', messenger: 'Téléphone 3' };
const RICH = ['whatsapp', 'messenger'] as const;
type Channel = keyof typeof PHONES;

/** The page looks every two seconds. */
const PATIENT = { timeout: 15_000 };

const phone = (channel: Channel) => page.getByRole('region', { name: PHONES[channel], exact: true });
const last = (channel: Channel, side: 'in' | 'out') => phone(channel).locator(`.bubble.${side}`).last();
/** A fresh number for each test: threads do not mix. */
async function numbered(channel: Channel, number: string): Promise<void> {
  const field = phone(channel).getByRole('textbox', { name: 'Son numéro' });
  await field.fill(number);
  await field.press('Tab');
}
async function write(channel: Channel, text: string): Promise<void> {
  const field = phone(channel).getByRole('textbox', { name: /^Message / });
  await field.fill(text);
  await field.press('Enter');
}
const attach = (channel: Channel) => phone(channel).getByText('Joindre', { exact: true }).click();

test('on WhatsApp a button is tapped, then a line of a list; a typed answer counts as well', async () => {
  await write('whatsapp', 'SQUARE');
  await phone('whatsapp').getByRole('button', { name: 'On commence' }).click();
  await last('whatsapp', 'in').getByText('On commence', { exact: true }).waitFor();
  await last('whatsapp', 'out').getByText('1/4').waitFor();
  await last('whatsapp', 'out').locator('summary').click();
  await last('whatsapp', 'out').getByRole('button', { name: 'Parfois' }).click();
  await last('whatsapp', 'in').getByText('Parfois', { exact: true }).waitFor();
  await last('whatsapp', 'out').getByText('2/4').waitFor();
  await write('whatsapp', '1 3');
  await last('whatsapp', 'out').getByText('3/4').waitFor();
});

test('on Messenger quick replies are tapped, a message is taken back, a person answers', async () => {
  await write('messenger', 'SQUARE');
  await phone('messenger').getByRole('button', { name: 'On commence' }).click();
  await last('messenger', 'out').getByText('1/4').waitFor();
  await phone('messenger').getByRole('button', { name: 'Jamais' }).click();
  await last('messenger', 'out').getByText('2/4').waitFor();
  await last('messenger', 'in').getByRole('button', { name: 'Reprendre ce message' }).click();
  await phone('messenger').getByText('Jamais', { exact: true }).waitFor({ state: 'detached' });
  await attach('messenger');
  await phone('messenger').getByRole('button', { name: 'Un agent répond' }).click();
  await last('messenger', 'out').getByText('un agent de la ville', { exact: true }).waitFor();
});

test('on Messenger a link leads into the conversation', async () => {
  await numbered('messenger', '+33639980301');
  await attach('messenger');
  await phone('messenger').getByRole('textbox', { name: 'Code du lien' }).fill('SQUARE');
  await phone('messenger').getByRole('button', { name: 'Démarrer avec un lien' }).click();
  await last('messenger', 'out').getByRole('button', { name: 'On commence' }).waitFor();
});

// The project's types know no DOM.
const widthOf = (image: unknown): number => (image as { naturalWidth: number }).naturalWidth;
const secondsOf = (audio: unknown): number => (audio as { duration: number }).duration;

test.each(RICH)('on %s a picture, a voice and a place are sent and shown', async (channel) => {
  await numbered(channel, '+33639980302');
  await attach(channel);
  await phone(channel).getByRole('button', { name: 'Photo d’essai' }).click();
  const picture = last(channel, 'in').getByRole('img', { name: 'Image envoyée par le téléphone' });
  await picture.waitFor();
  await expect.poll(() => picture.evaluate(widthOf), PATIENT).toBe(320);
  await attach(channel);
  await phone(channel).getByRole('button', { name: 'Message vocal' }).click();
  const sound = last(channel, 'in').getByLabel('Message vocal du téléphone');
  await sound.waitFor();
  await expect.poll(() => sound.evaluate(secondsOf), PATIENT).toBeGreaterThan(1);
  await attach(channel);
  await phone(channel).getByLabel('Longitude').fill('2.5601');
  await phone(channel).getByRole('button', { name: 'Envoyer la position' }).click();
  await last(channel, 'in').getByText('Position · 48,9101 ; 2,5601').waitFor();
  await phone(channel)
    .locator('[data-file]')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PIXEL });
  await last(channel, 'in').getByRole('img').waitFor();
  expect(await phone(channel).getByRole('alert').innerText()).toBe('');
  expect(await axeViolations(page)).toEqual([]);
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('the 24 hours are counted down by the clock, and end', async () => {
  for (const channel of RICH) {
    await numbered(channel, '+33639980303');
    await phone(channel)
      .getByText(/^Fenêtre de 24 h fermée/)
      .waitFor();
    await write(channel, 'AIDE');
    await phone(channel)
      .getByText(/^La ville peut écrire librement jusqu’à .+ \(encore 24\sh\)$/)
      .waitFor();
  }
  await page.getByRole('button', { name: 'Avancer de +20 h' }).click();
  for (const channel of RICH)
    await phone(channel)
      .getByText(/\(encore (4\sh|3\sh\s59\smin)\)$/)
      .waitFor();
  await page.getByRole('button', { name: 'Avancer de +2 jours' }).click();
  for (const channel of RICH)
    await phone(channel)
      .getByText(/^Fenêtre de 24 h fermée/)
      .waitFor();
  expect(await phone('sms').getByText(/24 h/).isVisible()).toBe(false);
});

test('faults are set, listed, met and mended', async () => {
  const panel = page.locator('#faults');
  await panel.getByText('Pannes d’essai').click();
  await panel.getByText('Aucune panne : tout marche.').waitFor();
  await panel
    .getByRole('combobox', { name: 'Où' })
    .selectOption({ label: 'SMS, WhatsApp : l’accusé revient à la ville' });
  await panel.getByRole('combobox', { name: 'Panne' }).selectOption({ label: 'ligne fixe (30006)' });
  await panel.getByRole('textbox', { name: 'Numéro' }).fill('06 39 98 03 04');
  await panel.getByRole('button', { name: 'Ajouter cette panne' }).click();
  await panel
    .getByRole('combobox', { name: 'Où' })
    .selectOption({ label: 'SMS de secours (Amazon) : la ville envoie' });
  await panel.getByLabel('Combien de fois').fill('2');
  await panel.getByRole('button', { name: 'Ajouter cette panne' }).click();
  const listed = panel.getByRole('listitem');
  await expect
    .poll(() => listed.allInnerTexts(), PATIENT)
    .toEqual([
      expect.stringMatching(/revient à la ville, ligne fixe \(30006\), 1\sfois, \+33639980304$/),
      expect.stringMatching(/Amazon.*trop de demandes, 2\sfois, tous les numéros$/),
    ]);
  await numbered('sms', '+33639980304');
  await write('sms', 'AIDE');
  await last('sms', 'out')
    .getByText('non remis : ligne fixe ou opérateur injoignable (code 30006)')
    .waitFor();
  await expect.poll(() => listed.count(), PATIENT).toBe(1);
  await panel.getByRole('combobox', { name: 'Où' }).selectOption({ label: 'Messenger : la ville envoie' });
  await panel.getByRole('combobox', { name: 'Panne' }).selectOption({ label: 'un autre code' });
  await panel.getByRole('textbox', { name: 'Code' }).fill('pas un code');
  await panel.getByRole('button', { name: 'Ajouter cette panne' }).click();
  await panel.getByRole('alert').getByText('Pannes illisibles').waitFor();
  broken = broken.filter((each) => !each.includes('400'));
  await panel.getByRole('button', { name: 'Tout réparer' }).click();
  await panel.getByRole('status').getByText('Tout marche de nouveau.').waitFor();
  await panel.getByText('Aucune panne : tout marche.').waitFor();
});

test('a number is made a landline and opted out, and shows it again', async () => {
  await numbered('sms', '+33639980305');
  const ticks = () => phone('sms').getByRole('checkbox');
  await phone('sms').getByText('Ce numéro', { exact: true }).click();
  await phone('sms')
    .getByRole('checkbox', { name: /^Opposé/ })
    .check();
  await expect
    .poll(async () => {
      const people = await fetch(`${host.url}/handset/people?address=%2B33639980305`);
      return people.json();
    }, PATIENT)
    .toEqual({ optedOut: true });
  await page.reload();
  await phone('sms').getByText('Ce numéro', { exact: true }).click();
  await expect.poll(() => ticks().nth(1).isChecked(), PATIENT).toBe(true);
  await write('sms', 'AIDE');
  await last('sms', 'out')
    .getByText('non remis : la personne s’est opposée chez l’opérateur (code 21610)')
    .waitFor();
});
