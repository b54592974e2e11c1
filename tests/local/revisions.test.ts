/** A survey is revised while it runs: who began finishes what they began, the next resident gets the new one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Survey } from '../../conversations/survey.ts';
import { createDb } from '../../functions/store/db.ts';
import { createSurveyStore } from '../../functions/store/surveys.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { connectStore } from '../../infra/local/store.ts';
import { exportOf, type Rows } from '../support/exported.ts';

let folder: string;
let host: Host;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'porte-voix-'));
  host = await startHost({ folder, port: 0 });
  // A Monday morning, while the survey is open.
  await host.advanceTo(new Date('2026-11-30T09:00:00.000Z'));
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

const shipped = localWorld().surveys;
const square = shipped.latest('square') as Survey;
const [frequence, priorites, securite, mot] = square.questions;

/** Saved by another process, as `npm run survey -- import` does. */
async function save(survey: Survey): Promise<void> {
  const { client, table, close } = connectStore(host.store.endpoint);
  const saved = await createSurveyStore(createDb(client, table), shipped.every(), host.clock.now).save(
    survey,
    { city: localWorld().city, today: '2026-11-30' },
  );
  expect(saved).toMatchObject({ saved: { key: survey.key } });
  await close();
}
const pass = (seconds: number) => host.advanceTo(new Date(host.clock.now().getTime() + seconds * 1000));

async function say(from: string, ...texts: string[]): Promise<string> {
  let said = '';
  for (const text of texts) {
    const answer = await fetch(`${host.url}/handset/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'sms', from, text }),
    });
    const { replies } = (await answer.json()) as { replies: { text: string }[] };
    said = replies[0]?.text ?? '';
  }
  return said;
}

const revised: Survey = {
  ...square,
  questions: [
    mot as Survey['questions'][number],
    { ...(frequence as object), options: [...(frequence as { options: object[] }).options].reverse() },
    priorites,
    securite,
  ] as Survey['questions'],
};

it('each finishes the revision they began, and the results hold both', async () => {
  const [anna, bilal, chloe] = ['+33639980301', '+33639980302', '+33639980303'];
  expect(await say(anna as string, 'SQUARE', '1')).toContain('1/4 ');
  await save(revised);
  await pass(3);
  // In the middle of the first revision: its second question comes second.
  expect(await say(anna as string, '1')).toMatch(/2\/4 Que faut-il en premier\?/);
  expect(await say(bilal as string, 'SQUARE', '1')).toContain('1/4 Un mot');
  expect(await say(bilal as string, 'des arbres')).toMatch(/2\/4 /);
  expect(await say(anna as string, '2', '4', 'plus de bancs')).toContain('Merci');
  expect(await say(bilal as string, '1', '2', '4')).toContain('Merci');

  const { answers, codebook, texts, files } = await exportOf(host.deps);
  const by = (revision: string): Rows[number] | undefined =>
    answers.find(({ version }) => version === revision);
  // The first option of revision 1 is the last of revision 2: one code for both.
  expect(by('1')).toMatchObject({ version: '1', q1_texte: 'plus de bancs', q2: '4', termine: 'oui' });
  expect(by('2')).toMatchObject({ version: '2', q1_texte: 'des arbres', q2: '1', termine: 'oui' });
  expect(by('1')?.q2_libelle).not.toBe(by('2')?.q2_libelle);
  expect(codebook.find(({ variable }) => variable === 'q2')?.n_repondu).toBe('2');
  const notes = texts[files.find((name) => name.includes('_revisions')) as string] as string;
  expect(notes).toContain('mot: question déplacée, de la place 4 à la place 1');
  expect(notes).toContain('options dans un autre ordre');

  // A third revision that ends it early: nobody goes on, in whatever revision they are.
  expect(await say(chloe as string, 'SQUARE', '1')).toContain('1/4 Un mot');
  await save({ ...revised, closes: '2026-11-29' });
  await pass(3);
  expect(await say(chloe as string, 'encore un mot')).toContain('Ce sondage est fini.');
  expect(await say(bilal as string, 'SQUARE')).not.toContain('1/4');
});
