/** What is left after EFFACER and after the cut in a survey that branches. */
import { expect, it } from 'vitest';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { localWorld } from '../../infra/local/city.ts';
import { createTestCity, type TestCity } from '../support/city.ts';
import { exportOf } from '../support/exported.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const fr = (text: string) => ({ fr: text });
const options = ['bancs', 'fleurs'].map((id) => ({ id, label: fr(id), columns: { pour: 'tous' } }));
const survey = (more: object = {}) =>
  readSurvey(
    {
      key: 'bords',
      revision: 1,
      keywords: ['BORDS'],
      opens: '2026-11-01',
      closes: '2026-11-24',
      languages: ['fr'],
      topic: fr('la rue'),
      intro: fr('Quelques questions.'),
      thanks: fr('À bientôt.'),
      over: fr('Fini.'),
      questions: [
        { id: 'jour', type: 'date', text: fr('Quel jour?') },
        {
          id: 'quoi',
          type: 'multiple',
          text: fr('Quoi?'),
          options,
          filter: "pour = 'tous' and ${jour} != ''",
        },
        { id: 'velo', type: 'yesno', text: fr('Un vélo?'), relevant: "selected(${quoi}, 'bancs')" },
        { id: 'resume', type: 'calculate', calculation: "concat('le ', ${jour})" },
      ],
      ...more,
    },
    'bords',
  );
const cityWith = (more?: object): TestCity =>
  createTestCity(createMemoryDb(), { world: { ...localWorld(), surveys: surveyShelf([survey(more)]) } });
const ANNA = 'sms:+33639980001';

let events = 0;
async function say({ deps, clock }: TestCity, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    const event = { type: 'said', id: `w${++events}`, channel: 'sms', text } as const;
    await takeTurn(deps, ANNA, event, 'response');
    clock.now = new Date(clock.now.getTime() + 90_000);
  }
}

for (const [when, last] of [
  ['on the way', []],
  ['after the end', ['oui']],
] as const)
  it(`EFFACER ${when}: the choices stay in the export, what was worked out from words does not`, async () => {
    const city = cityWith();
    await say(city, 'BORDS', '1', '12/12/2026', '1', ...last, 'EFFACER', '1');
    const { answers } = await exportOf(city.deps, 'bords');
    expect(answers).toMatchObject([
      { q1: '-5', q2_bancs: '1', q2_fleurs: '0', q3: last.length > 0 ? '1' : '-4', c1: '-5' },
    ]);
  });

it('the cut leaves in the session that they took part, and not by which way', async () => {
  const city = cityWith({ anonymous: true });
  await say(city, 'BORDS', '1', '12/12/2026', '1', 'oui');
  const item = () => city.deps.turns.find(city.deps.hashes.address(ANNA));
  const before = await item();
  expect(before?.session.ended.bords?.asked).toEqual(['jour', 'quoi', 'velo']);
  city.clock.now = new Date('2026-11-25T01:30:00.000Z');
  await createSweep(city.deps)();
  const after = await item();
  expect(Object.keys(after?.session.ended.bords ?? {}).sort()).toEqual(['at', 'end', 'revision']);
  expect(after?.reply).toEqual(before?.reply);
  await say(city, 'MODIF 1');
  expect((await item())?.reply?.text).toContain('anonyme');
});
