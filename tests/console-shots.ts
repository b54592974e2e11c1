/** The console as staff see it, on a computer and on a phone, over a city of made-up answers. */
import type { Browser } from 'playwright-core';
import { announcementOf } from '../conversations/announcement-acts.ts';
import type { Answer, AnswerSheet } from '../conversations/events.ts';
import { announcing } from '../functions/runtime/announcing.ts';
import { countAnswers } from '../functions/runtime/results/count-answers.ts';
import { createTallyStore } from '../functions/store/tallies.ts';
import { draftOf } from './support/announcements.ts';
import { agentOf, createTestConsole, type TestConsole } from './support/console.ts';
import { serve } from './support/console-server.ts';

const SHOTS: [name: string, path: string, width: number, height: number][] = [
  ['console-aujourdhui', '/console', 1280, 760],
  ['console-resultats', '/console/resultats/square', 1280, 1150],
  ['console-sondage', '/console/sondages/square?langue=ar', 1280, 1100],
  ['console-annonce', '/console/annonces/A-2026-001', 1280, 1100],
  ['console-telephone', '/console/resultats/square', 360, 900],
];

const answer = (v: Answer['v']): Answer => ({ v, t: 0 }) as Answer;
const ANSWERED = 214;

async function fill({ deps, clock }: TestConsole): Promise<void> {
  const questions = deps.world.surveys.latest('square')?.questions ?? [];
  for (let index = 0; index < ANSWERED; index += 1) {
    const spread = (index * 7919) % 97;
    const done = index % 11 > 0;
    const answers = Object.fromEntries(
      questions.slice(0, done ? questions.length : 1).map((question, at): [string, Answer] => {
        if (question.type === 'single')
          return [question.id, answer(1 + (((spread + at) * spread) % question.options.length))];
        if (question.type === 'multiple') return [question.id, answer([1 + (spread % 3), 4 + (spread % 2)])];
        if (question.type === 'scale') return [question.id, answer(1 + ((spread * spread) % 5))];
        return [question.id, answer('plus de bancs')];
      }),
    );
    const sheet: AnswerSheet = {
      survey: 'square',
      revision: 1,
      end: done ? 'done' : 'stopped',
      channel: spread % 3 ? 'sms' : 'whatsapp',
      language: spread % 4 ? 'fr' : 'tr',
      mode: 'QR',
      quartier: spread % 2 ? 'chene' : 'haut',
      started: '2026-11-22T10:00:00.000Z',
      ended: '2026-11-22T10:05:00.000Z',
      reminders: 0,
      answers,
    };
    await deps.sheets.record(`${(index % 16).toString(16)}${String(index).padStart(42, 'x')}`, sheet, 1);
  }
  await countAnswers({ ...deps, tallies: createTallyStore(deps.db) }, 'square');
  await announcing(deps).announcements.create(
    (number) =>
      announcementOf(draftOf({ audience: { lists: ['chene'] } }), 'A-2026-001', number, 'chef@exemple.fr'),
    { by: 'chef@exemple.fr', what: 'nouvelle', at: clock.now },
  );
}

/** Into `folder`, as `console-….png`. */
export async function consoleShots(browser: Browser, folder: string): Promise<void> {
  const city = createTestConsole();
  city.as(agentOf('officer', { name: 'Alex Martin' }));
  await fill(city);
  const served = await serve(city.handle);
  for (const [name, path, width, height] of SHOTS) {
    const page = await browser.newPage({ viewport: { width, height } });
    const response = await page.goto(served.origin + path, { waitUntil: 'networkidle' });
    if (response?.status() !== 200) throw new Error(`${path} answered ${response?.status()}`);
    await page.evaluate('document.fonts.ready');
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
  }
  await served.close();
}
