import type { Answer } from '../conversations/events.ts';
import { launchBrowser } from '../infra/survey/browser.ts';
import { createTestConsole } from './support/console.ts';
import { serve } from './support/console-server.ts';
const city = createTestConsole();
const answer = (v: Answer['v']): Answer => ({ v, t: 0 }) as Answer;
for (let i = 0; i < 137; i += 1)
  await city.deps.sheets.record(`${(i * 7) % 16}`.padEnd(4, String(i)).padEnd(43, 'x'), {
    survey: 'square', revision: 1, end: i % 9 ? 'done' : 'stopped', channel: i % 3 ? 'sms' : 'whatsapp', language: i % 5 ? 'fr' : 'ar', mode: 'QR',
    quartier: i % 2 ? 'chene' : 'bosquets', started: '2026-11-22T10:00:00.000Z', ended: '2026-11-22T10:05:00.000Z', reminders: 0,
    answers: { frequence: answer(1 + (i % 3)), note: answer(1 + (i % 5)), souhaits: answer([1 + (i % 4), 5]), mot: answer('propre') },
  } as never, 1);
const served = await serve(city.handle);
const browser = await launchBrowser();
for (const [name, width] of [['wide', 1280], ['phone', 360]] as const) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.on('console', (m) => console.log(name, m.text()));
  for (const path of process.argv.slice(2)) {
    await page.goto(served.origin + path);
    await page.screenshot({ path: `/tmp/ceo/shots8/${path.replace(/\W+/g, '_')}-${name}.png`, fullPage: true });
  }
}
await browser.close();
await served.close();
