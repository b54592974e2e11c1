/** The page of phones in a real browser: by keyboard alone, narrow, right to left, and usable by anyone (axe). */
import { mkdirSync, readFileSync } from 'node:fs';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { measure } from '../../conversations/shape.ts';
import { createFaults } from '../../infra/local/carrier-faults.ts';
import { handset } from '../../infra/local/handset.tsx';
import { createMetaFaults } from '../../infra/local/meta-faults.ts';
import { frenchNumber } from '../../infra/local/phone-number.ts';
import type { Shown } from '../../infra/local/phones.ts';
import { launchBrowser } from '../../infra/survey/browser.ts';
import { axeViolations } from '../browser.ts';

const HELLO =
  'Ville de Clichy: bonjour! Le square du Chêne Pointu va changer. Votre avis compte. 1 = oui, 2 = non';
const ARABIC = 'بلدية كليشي: أهلا! ساحة شين بوانتو ستتغير. رأيكم مهم. 1 = نعم، 2 = لا';
const VOICE = readFileSync(new URL('../../infra/local/handset-voice.ogg', import.meta.url));
/** Where a person who works on the page finds pictures of it: SHOTS=/tmp/shots npm test -- … */
const SHOTS = process.env.SHOTS;

let browser: Browser;
let server: ServerType;
let base: string;
let page: Page;
/** By channel and number. */
let threads: Map<string, Shown[]>;
let sent: Record<string, unknown>[];
let window: string | undefined;
let now: Date;
let faults: string[];

type More = Partial<Shown> & { channel?: string };

function put(
  number: string,
  direction: Shown['direction'],
  text: string,
  state: string,
  { channel = 'sms', ...more }: More = {},
): Shown {
  const item = {
    id: crypto.randomUUID(),
    direction,
    text,
    time: now.toISOString(),
    parts: measure(text).parts,
    state,
    ...more,
  };
  const key = `${channel} ${number}`;
  threads.set(key, [...(threads.get(key) ?? []), item]);
  return item;
}

beforeAll(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  const app = handset({
    city: { name: 'Ville de Clichy-sous-Bois' },
    numbers: { sms: '38123', whatsapp: '+33939980001', messenger: '100' },
    phones: {
      async receive({ channel, from, text, choice, ...message }) {
        sent.push({ channel, ...(choice && { choice }), ...message });
        if (text === 'REFUS') return { error: 'Message vide : reçu un texte vide. Attendu : un texte.' };
        const { id } = put(from, 'in', text || (choice?.label ?? ''), 'received', { channel });
        const reply = text === 'ARABI' ? ARABIC : HELLO;
        return { sid: id, replies: [put(from, 'out', reply, 'delivered', { channel })] };
      },
      thread(channel, typed) {
        const read = frenchNumber(typed);
        return 'error' in read ? read : (threads.get(`${channel} ${read.number}`) ?? []);
      },
      state: () => ({ ...(window && { window }), typing: false }),
      media: () => ({ type: 'audio/ogg', bytes: VOICE }),
    },
    faults: {
      twilio: createFaults(),
      meta: createMetaFaults(),
      sns: [],
    },
    people: { get: () => ({}), set: () => ({}) },
    clock: {
      now: () => now,
      async advanceTo(target) {
        now = target;
      },
    },
  });
  server = await new Promise<ServerType>((resolve) => {
    const made = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(made));
  });
  const address = server.address();
  base = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  threads = new Map();
  sent = [];
  window = undefined;
  now = new Date('2026-11-24T09:00:00Z');
  faults = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refusal is answered with 400, which the browser writes to the console by itself.
    if (message.type() === 'error' && !message.text().includes('400')) faults.push(message.text());
  });
});
afterEach(async () => {
  await page.context().close();
  expect(faults).toEqual([]);
});

const open = (): Promise<unknown> => page.goto(`${base}/handset`, { waitUntil: 'networkidle' });
const phone = (name: string) => page.getByRole('region', { name, exact: true });
const bubbles = (name: string) => phone(name).getByRole('listitem');
async function shoot(name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
const overflow = (): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
/** The accessible name or text of what has the focus. */
const focused = (): Promise<string> =>
  page.evaluate(
    'document.activeElement.ariaLabel ?? (document.activeElement.labels?.[0] ?? document.activeElement).textContent',
  );

test('a person sends and reads by keyboard alone', async () => {
  await open();
  expect(await page.evaluate('document.compatMode')).toBe('CSS1Compat');
  const stops: string[] = [];
  for (let press = 0; press < 40 && !stops.at(-1)?.startsWith('Message au'); press += 1) {
    await page.keyboard.press('Tab');
    stops.push((await focused()).trim());
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline, stops.at(-1)).toBe('solid');
  }
  expect(stops).toEqual([
    'Ce que la ville fait des données',
    'Avancer de +1 h',
    'Avancer de +20 h',
    'Avancer de +2 jours',
    'Avancer de',
    expect.stringMatching(/^Unité/),
    'Avancer',
    'Retirer ce téléphone',
    'SMS',
    'Son numéro',
    'Conversation du téléphone 1',
    'Envoyer CHENE A12',
    'Envoyer SQUARE',
    'Envoyer AIDE',
    'Envoyer STOP',
    'Message au 38123',
  ]);
  await page.keyboard.type('SQUARE');
  await page.keyboard.press('Enter');
  await bubbles('Téléphone 1').getByText(HELLO).waitFor();
  expect(await phone('Téléphone 1').getByRole('textbox', { name: 'Message au 38123' }).inputValue()).toBe('');
  expect(await focused()).toBe('Message au 38123');
  expect(await bubbles('Téléphone 1').allInnerTexts()).toEqual([
    'mardi 24 novembre',
    expect.stringMatching(/^Le téléphone :\s+SQUARE\s+10:00 · reçu par la ville · 1\spartie,\s0,08\s€$/),
    // The circumflex of "Chêne" makes it UCS-2: two parts.
    expect.stringMatching(/^La ville :\s+Ville de .+ 2 = non\s+10:00 · remis · 2\sparties,\s0,16\s€$/),
  ]);
  expect(await phone('Téléphone 1').getByText('prix d’exemple').innerText()).toMatch(
    /^Ce fil : 3\sparties,\s0,24\s€ \(prix d’exemple\)$/,
  );
  const log = phone('Téléphone 1').getByRole('log');
  expect(await log.getAttribute('aria-live')).toBe('polite');
  expect(await bubbles('Téléphone 2').count()).toBe(0);
});

test('a refusal stands in words beside the phone, and the text is not lost', async () => {
  await open();
  const field = phone('Téléphone 2').getByRole('textbox', { name: /^Message au 09/ });
  await field.fill('REFUS');
  await field.press('Enter');
  await phone('Téléphone 2').getByRole('alert').getByText('Message vide').waitFor();
  expect(await field.inputValue()).toBe('REFUS');
});

test('an Arabic bubble runs from right to left, a French one does not', async () => {
  await open();
  const field = phone('Téléphone 1').getByRole('textbox', { name: 'Message au 38123' });
  for (const text of ['ARABI', 'نعم', 'SQUARE']) {
    await field.fill(text);
    await field.press('Enter');
    await bubbles('Téléphone 1').getByText(text, { exact: true }).waitFor();
  }
  await page.waitForFunction('document.querySelectorAll(".bubble").length === 6');
  const directions = await page.$$eval('.words-said', (all) =>
    // The project's types know no DOM.
    all.map((each) => (each as unknown as { matches(selector: string): boolean }).matches(':dir(rtl)')),
  );
  expect(directions).toEqual([false, true, true, false, false, false]);
  expect(await page.evaluate('document.fonts.check("16px \\"Noto Sans\\"", "أهلا")')).toBe(true);
  await shoot('arabic');
});

test('every script has real letters of ours, the thread stays at its end, and the page is no longer than it shows', async () => {
  const texts = ['سُوق ٣', 'வணக்கம் பூங்கா', 'নমস্কার, পার্কে', '您好！公园', 'Primăria și școala'];
  for (let round = 0; round < 6; round += 1)
    for (const text of texts) put('+33639980001', 'out', text, 'delivered');
  await open();
  await bubbles('Téléphone 1').getByText('Primăria').last().waitFor();
  await page.evaluate('document.fonts.ready');
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: '.words-said',
  });
  expect(nodeIds).toHaveLength(30);
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    expect(fonts.filter(({ isCustomFont }) => !isCustomFont)).toEqual([]);
  }
  const [below, after] = await page.evaluate<number[]>(`(() => {
    const thread = document.querySelector('[data-thread]');
    const foot = document.querySelector('.foot').getBoundingClientRect();
    return [
      thread.scrollHeight - thread.scrollTop - thread.clientHeight,
      document.documentElement.scrollHeight - Math.max(innerHeight, foot.bottom + scrollY),
    ];
  })()`);
  expect(below).toBeLessThan(2);
  expect(after).toBeLessThan(80);
});

test('phones are added, removed, renumbered, and still there after a reload', async () => {
  await open();
  await page.getByRole('button', { name: 'Ajouter un téléphone' }).click();
  const number = phone('Téléphone 4').getByRole('textbox', { name: 'Son numéro' });
  expect(await number.inputValue()).toBe('+33639980004');
  await number.fill('12');
  await number.press('Tab');
  await phone('Téléphone 4').getByRole('alert').getByText('Numéro illisible').waitFor();
  put('+33639980009', 'out', 'Rappel', 'delivered');
  await number.fill('06 39 98 00 09');
  await number.press('Tab');
  await bubbles('Téléphone 4').getByText('Rappel').waitFor();
  expect(await phone('Téléphone 4').getByRole('alert').innerText()).toBe('');
  await phone('Téléphone 1').getByRole('button', { name: 'Retirer ce téléphone' }).click();
  await page.reload();
  await bubbles('Téléphone 3').getByText('Rappel').waitFor();
  const numbers = page.getByRole('textbox', { name: 'Son numéro' });
  expect(await Promise.all((await numbers.all()).map((each) => each.inputValue()))).toEqual([
    '+33639980002',
    '+33639980003',
    '06 39 98 00 09',
  ]);
  const picked = page.getByRole('radio', { checked: true });
  expect(await Promise.all((await picked.all()).map((each) => each.inputValue()))).toEqual([
    'whatsapp',
    'messenger',
    'sms',
  ]);
});

test('the clock is turned by its buttons and by its field', async () => {
  await open();
  const shown = page.locator('#now');
  expect(await shown.innerText()).toBe('mardi 24 novembre 2026 à 10:00');
  await page.getByRole('button', { name: 'Avancer de +20 h' }).click();
  await page.getByRole('status').getByText('mercredi 25 novembre 2026 à 06:00').waitFor();
  await page.getByRole('spinbutton', { name: 'Avancer de' }).fill('3');
  await page.getByRole('combobox', { name: 'Unité' }).selectOption('semaines');
  await page.getByRole('button', { name: 'Avancer', exact: true }).click();
  await page.getByRole('status').getByText('mercredi 16 décembre 2026 à 06:00').waitFor();
  expect(await shown.innerText()).toBe('mercredi 16 décembre 2026 à 06:00');
});

const choices = (label: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `q:${index + 1}`, label: `${label} ${index + 1}` }));

/** Everything a phone may have to show, in French or Arabic. */
function fill(text: string, choice: string): void {
  const whatsapp = { channel: 'whatsapp' };
  const messenger = { channel: 'messenger' };
  put('+33639980002', 'out', text, 'read', { ...whatsapp, buttons: choices(choice, 3) });
  put('+33639980002', 'out', text, 'delivered', {
    ...whatsapp,
    list: { button: choice, items: choices(choice, 10) },
  });
  const template = { sid: 'HX1', variables: {} };
  put('+33639980002', 'out', text, 'undelivered', { ...whatsapp, template, code: 63014 });
  put('+33639980003', 'in', '', 'received', {
    ...messenger,
    place: { latitude: 48.9101, longitude: 2.5533, name: 'Chêne Pointu' },
  });
  put('+33639980003', 'in', '', 'received', { ...messenger, media: [{ type: 'audio/ogg', sid: 'none' }] });
  put('+33639980003', 'out', text, 'delivered', { ...messenger, by: 'person' });
  put('+33639980003', 'out', text, 'delivered', { ...messenger, buttons: choices(choice, 5) });
}

test('what arrives with more than words is shown as its channel shows it', async () => {
  fill(HELLO, 'Parfois');
  await open();
  const [whatsapp, messenger] = [phone('Téléphone 2'), phone('Téléphone 3')];
  await whatsapp.getByText('modèle approuvé', { exact: true }).waitFor();
  await whatsapp.getByText('non remis : la personne a bloqué la ville (code 63014)').waitFor();
  await messenger.getByText('un agent de la ville', { exact: true }).waitFor();
  await messenger.getByText('Position · Chêne Pointu · 48,9101 ; 2,5533').waitFor();
  expect(await messenger.getByLabel('Message vocal de le téléphone').count()).toBe(0);
  expect(await messenger.getByLabel('Message vocal du téléphone').count()).toBe(1);
  for (const each of [whatsapp, messenger]) expect(await each.getByText('partie').count()).toBe(0);
  // By keyboard: the list opens, a line is chosen, and the focus is not lost.
  await whatsapp.locator('.menu summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Parfois 1');
  await page.keyboard.press('Enter');
  await bubbles('Téléphone 2').getByText('Parfois 1', { exact: true }).last().waitFor();
  expect(sent).toEqual([{ channel: 'whatsapp', choice: { id: 'q:1', label: 'Parfois 1' } }]);
  expect(await focused()).toBe('Parfois');
  await messenger.getByRole('button', { name: 'Parfois 2' }).click();
  await bubbles('Téléphone 3').getByText('Parfois 2', { exact: true }).waitFor();
  // Quick replies are gone once something follows.
  await messenger.locator('.tap').first().waitFor({ state: 'detached' });
  expect(sent.at(-1)).toEqual({ channel: 'messenger', choice: { id: 'q:2', label: 'Parfois 2' } });
});

test('another channel is another thread, with its own ways to write', async () => {
  put('+33639980001', 'out', 'Par WhatsApp', 'read', { channel: 'whatsapp' });
  window = '2026-11-25T08:30:00Z';
  await open();
  const one = phone('Téléphone 1');
  expect(await one.getByText('Joindre').isVisible()).toBe(false);
  await one.getByRole('radio', { name: 'SMS' }).focus();
  await page.keyboard.press('ArrowRight');
  await one.getByText('Par WhatsApp').waitFor();
  expect(await one.getByText('Joindre').isVisible()).toBe(true);
  await one
    .getByText(
      /^La ville peut écrire librement jusqu’à mercredi 25 novembre, 09:30 \(encore 23\sh\s30\smin\)$/,
    )
    .waitFor();
  await page.keyboard.press('ArrowRight');
  await one.getByText(/^Pas encore de message.* à la page\./).waitFor();
  await page.reload();
  await one.getByText(/^Pas encore de message.* à la page\./).waitFor();
  expect(await one.getByRole('radio', { checked: true }).inputValue()).toBe('messenger');
});

test.each([
  ['a phone', 360, 740, 16, HELLO, 'Parfois'],
  ['a narrow phone', 320, 640, 16, HELLO, 'Parfois'],
  ['a phone, in Arabic', 375, 800, 16, ARABIC, 'كل الأيام'],
  ['a phone with letters twice as large', 375, 800, 32, HELLO, 'Une fois par semaine'],
  ['a desk', 1280, 900, 16, HELLO, 'Parfois'],
  ['a desk, in Arabic', 1280, 900, 16, ARABIC, 'كل الأيام'],
])(
  'at the width of %s nothing scrolls sideways and axe finds nothing',
  async (label, width, height, size, text, choice) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open();
    await page.evaluate(`document.documentElement.style.fontSize = '${size}px'`);
    expect(await overflow()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    fill(text, choice);
    put('+33639980001', 'in', 'CHENE A12', 'received');
    put('+33639980001', 'out', `${text} https://clichy.example/${'a'.repeat(80)}`, 'sent');
    put('+33639980001', 'out', ARABIC, 'queued');
    now = new Date('2026-11-26T09:00:00Z');
    put('+33639980001', 'in', 'oui', 'failed');
    await bubbles('Téléphone 1').getByText('oui', { exact: true }).waitFor();
    await bubbles('Téléphone 2').getByText('modèle approuvé').waitFor();
    for (const drawer of await page.locator('summary:visible').all()) await drawer.click();
    expect(await overflow()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await shoot(label.replace(/\W+/g, '-'));
  },
);
