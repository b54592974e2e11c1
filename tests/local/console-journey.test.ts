/**
 * A survey from its first word to its workbook, as staff and residents live it: written in two languages, published,
 * announced, approved by a second person, answered on two phones, read as it is counted, taken away as .xlsx.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../functions/console/routes.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { axeViolations } from '../browser.ts';

const LIMIT = { timeout: 300_000 };
const [YASMINE, EMRE] = ['Téléphone 1', 'Téléphone 2'];

let folder: string;
let host: Host;
let browser: Browser;
let phones: Page;
let officer: Page;
let chief: Page;
const faults: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-console-journey-'));
  host = await startHost({ folder, port: 0 });
  // Monday 4 January 2027, 10:00 in Paris: announcements may leave.
  await host.advanceTo(new Date('2027-01-04T09:00:00Z'));
  browser = await launchBrowser();
  phones = await tab('/handset');
  officer = await signedIn('Alex Martin');
  chief = await signedIn('Claude Bernard');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await rm(folder, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

async function tab(at: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${host.url}${at}`, { waitUntil: 'networkidle' });
  return page;
}

async function signedIn(name: string): Promise<Page> {
  const page = await tab('/console');
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${host.url}/console`);
  return page;
}

const phone = (name: string) => phones.getByRole('region', { name, exact: true });
const heard = (name: string): Promise<string[]> =>
  phone(name).locator('.bubble.out .words-said').allInnerTexts();
async function write(name: string, text: string): Promise<string> {
  const before = (await heard(name)).length;
  const field = phone(name).getByRole('textbox', { name: /^Message/ });
  await field.fill(text);
  await field.press('Enter');
  await expect.poll(async () => (await heard(name)).length, { timeout: 30_000 }).toBeGreaterThan(before);
  return (await heard(name)).at(-1) ?? '';
}

/** As a person does who looks for a field. */
const unfold = (): Promise<unknown> =>
  officer.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
const fill = async (fields: Record<string, string>): Promise<void> => {
  await unfold();
  for (const [name, text] of Object.entries(fields)) await officer.locator(`[name="${name}"]`).fill(text);
};
const press = (page: Page, name: string): Promise<unknown> =>
  Promise.all([
    page.waitForLoadState('load'),
    page.getByRole('button', { name, exact: true }).first().click(),
  ]);
const add = async (type: string): Promise<void> => {
  await officer.locator('[name="nouveau-type"]').selectOption(type);
  await press(officer, 'Ajouter la question');
};

it('two residents join', LIMIT, async () => {
  for (const text of ['CHENE', 'oui', '1', '4']) await write(YASMINE, text);
  await phone(EMRE).getByRole('radio', { name: 'SMS' }).check();
  for (const text of ['CHENE', 'oui', '1', '4', 'TURKCE']) await write(EMRE, text);
});

it('three questions in two languages are written, seen as a phone shows them, published', LIMIT, async () => {
  await officer.goto(`${host.url}/console/sondages/nouveau`);
  await fill({ sujet: 'le jardin', mot: 'JARDIN', ouvre: '2027-01-04', ferme: '2027-02-28' });
  await officer.getByRole('checkbox', { name: /Türkçe|turc/i }).check();
  await press(officer, 'Commencer à écrire');
  await fill({
    'intro.fr': 'Votre avis sur le jardin, en 3 questions.',
    'intro.tr': 'Bahce hakkinda 3 soru.',
    'topic.tr': 'bahce',
    'thanks.tr': 'Tesekkurler!',
  });
  await add('yesno');
  await fill({ 'q0.text.fr': 'Vous venez au jardin?', 'q0.text.tr': 'Bahceye geliyor musunuz?' });
  await add('single');
  await fill({
    'q1.text.fr': 'Quand?',
    'q1.text.tr': 'Ne zaman?',
    'q1.o0.label.fr': 'le matin',
    'q1.o0.label.tr': 'sabah',
    'q1.o1.label.fr': 'le soir',
    'q1.o1.label.tr': 'aksam',
  });
  await add('text');
  await fill({ 'q2.text.fr': 'Que faut-il changer?', 'q2.text.tr': 'Ne degismeli?' });
  await press(officer, 'Enregistrer le brouillon');
  expect(await officer.locator('.phone').first().innerText()).toContain('Vous venez au jardin?');
  expect(await axeViolations(officer)).toEqual([]);
  await officer.goto(`${host.url}/console/sondages/jardin/publier`);
  await press(officer, 'Publier');
  await expect.poll(() => officer.url()).toContain('/console/sondages/jardin?fait=publie');
});

let announcement: string;
it('it is announced to a list; who wrote it cannot approve it, a second person can', LIMIT, async () => {
  await officer.goto(`${host.url}/console/annonces/nouvelle`);
  await officer.locator('[name="genre"][value="survey"]').check();
  await fill({
    'texte-fr': 'Ville de Clichy: votre avis sur le jardin partagé',
    'texte-tr': 'Clichy: bahce hakkinda fikriniz',
  });
  await officer.locator('[name="sondage"]').selectOption('jardin');
  await officer.locator('[name="listes"][value="chene"]').check();
  await press(officer, 'Proposer à la validation');
  await expect.poll(() => officer.url()).toMatch(/\/console\/annonces\/A-2027-\d+/);
  announcement = /A-2027-\d+/.exec(officer.url())?.[0] ?? 'none';
  expect(await officer.getByRole('button', { name: 'Valider l’annonce' }).count()).toBe(0);

  await chief.goto(`${host.url}/console`);
  expect(await chief.locator('main').innerText()).toContain('votre avis sur le jardin');
  await chief.goto(`${host.url}/console/annonces/${announcement}`);
  await press(chief, 'Valider l’annonce');
  await officer.goto(`${host.url}/console/annonces/${announcement}`);
  await press(officer, 'Programmer');
  await expect.poll(async () => (await heard(YASMINE)).at(-1), { timeout: 60_000 }).toContain('On commence?');
  await expect
    .poll(async () => (await heard(EMRE)).at(-1), { timeout: 60_000 })
    .toContain('bahce hakkinda fikriniz');
});

it('it is answered on two phones, and the counts move on the open page', LIMIT, async () => {
  await officer.goto(`${host.url}/console/resultats/jardin`);
  expect(await officer.locator('#compte').innerText()).toContain('0');
  expect(await write(YASMINE, '1')).toContain('Vous venez au jardin?');
  for (const text of ['1', '2', 'des bancs <b>']) await write(YASMINE, text);
  expect(await write(EMRE, '1')).toContain('Bahceye geliyor musunuz?');
  for (const text of ['hayir', '1', '=1+1']) await write(EMRE, text);
  // Nobody loads the page again: the number moves by itself.
  await expect
    .poll(async () => (await officer.locator('#compte').innerText()).replace(/\s+/g, ' '), {
      timeout: 60_000,
    })
    .toContain('2 personnes ont répondu');
  await officer.locator('[name="comparer"]').selectOption('language');
  await press(officer, 'Afficher');
  expect(officer.url(), 'an empty choice beside it is a choice').toContain('comparer=language');
  await officer.goto(`${host.url}/console/resultats/jardin`);
  expect(await officer.locator('.question').first().locator('svg').innerHTML()).toContain('1 (50');
  expect(await axeViolations(officer)).toEqual([]);
});

it('the answers are taken away as a workbook, and are what was written', LIMIT, async () => {
  await officer.goto(`${host.url}/console/exports`);
  await officer.locator('[name="sondage"]').selectOption('jardin');
  await officer.getByRole('radio', { name: /Excel/ }).check();
  await press(officer, 'Préparer l’export');
  const link = officer.locator('a[href$=".xlsx"]');
  await expect.poll(() => link.count(), { timeout: 60_000 }).toBe(1);
  const [download] = await Promise.all([officer.waitForEvent('download'), link.click()]);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(await download.path());
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    'Réponses',
    'Réponses codes',
    'Codebook',
    'Méthode',
    'Questions ouvertes',
  ]);
  const sheet = book.getWorksheet('Réponses codes');
  const heads = (sheet?.getRow(1).values as string[]) ?? [];
  const column = (name: string): unknown[] =>
    [2, 3].map((row) => sheet?.getRow(row).getCell(heads.indexOf(name)).value);
  expect(column('langue').sort()).toEqual(['fr', 'tr']);
  expect(column('q1').sort()).toEqual([0, 1]);
  expect(column('q2').sort()).toEqual([1, 2]);
  const open = JSON.stringify(book.getWorksheet('Questions ouvertes')?.getSheetValues());
  expect(open).toContain('des bancs <b>');
  expect(open, 'a text, not a sum').toContain('=1+1');
  expect(open).not.toContain('"formula"');
});

it('who only reads is refused on every page that is not theirs, and shown no way to it', LIMIT, async () => {
  const reader = await signedIn('Morgan Girard');
  const menu = await reader.locator('nav[aria-label="Rubriques"]').innerText();
  expect(menu.split('\n').filter(Boolean)).toEqual([
    'Aujourd’hui',
    'Sondages',
    'Résultats',
    'Annonces',
    'Visites',
  ]);
  const theirs = /^(home|surveys\.read|results\.read|announcements\.read|visits\.read)$/;
  for (const { method, path: address, right } of routes) {
    if (method !== 'GET' || theirs.test(right)) continue;
    const answer = await reader.goto(`${host.url}${address.replace(/:\w+/g, 'jardin')}`);
    expect(answer?.status(), address).toBe(403);
  }
});
