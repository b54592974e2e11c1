/** What residents are told of a survey is what was approved, whatever is published behind it. */
import { expect, it } from 'vitest';
import { approve } from '../../conversations/announcement-acts.ts';
import { changedWords } from '../../conversations/first-words.ts';
import { sms } from '../../conversations/shape.ts';
import type { Survey } from '../../conversations/survey.ts';
import { saved } from '../../functions/console/surveys/publish.tsx';
import { announcing } from '../../functions/runtime/announcing.ts';
import { localWorld } from '../../infra/local/city.ts';
import { aroundAt } from '../support/announcements.ts';
import { createFan, type Fan, phoneOf } from './fan.ts';

const shipped = localWorld().surveys.latest('square') as Survey;
const NEW = 'Votez pour la liste B!';

/** Approved by another person, then planned. */
async function approved(fan: Fan) {
  const { number } = await fan.planned(
    { kind: 'survey', survey: 'square', texts: { fr: 'Ville de Clichy: votre avis sur le square' } },
    new Date(fan.clock.now.getTime() + 120_000),
  );
  const { announcements } = announcing(fan.deps);
  const kept = (await announcements.get(number)) ?? expect.fail();
  const doer = { by: 'chef@exemple', now: fan.clock.now };
  const around = { ...aroundAt(fan.clock.now), surveys: fan.deps.world.surveys.all() };
  const acted = approve({ ...kept.announcement, state: 'draft' }, doer, around);
  if ('refused' in acted) throw new Error(acted.refused);
  const { begins } = kept.announcement;
  const after = { ...acted.announcement, state: 'scheduled' as const, ...(begins && { begins }) };
  await announcements.write(kept, after, { by: doer.by, what: 'approuver', at: fan.clock.now });
  return after;
}

/** One officer alone publishes it. */
async function publish(fan: Fan, survey: Survey) {
  const place = { now: fan.clock.now };
  expect(await saved(fan.deps, survey, place)).toMatchObject({ saved: { revision: survey.revision } });
}

const open = async (fan: Fan, phone: number) =>
  (await fan.deps.turns.find(fan.deps.hashes.address(phoneOf(phone))))?.session.survey;
const text = (fan: Fan, phone: number) => fan.got.find(({ to }) => to === phoneOf(phone))?.text ?? '';

it('another introduction that nobody has approved is not said, and staff are told', async () => {
  const fan = createFan();
  await fan.joined(1);
  const announcement = await approved(fan);
  const intro = Object.fromEntries(Object.keys(shipped.intro).map((language) => [language, NEW]));
  await publish(fan, { ...shipped, revision: shipped.revision + 1, intro });
  await fan.run(5);
  expect(text(fan, 1)).toContain('votre avis sur le square');
  expect(text(fan, 1)).toContain(sms(shipped.intro.fr ?? '').text);
  expect(text(fan, 1)).not.toContain(NEW);
  expect(await open(fan, 1)).toMatchObject({ key: 'square', revision: shipped.revision });
  expect(changedWords(announcement, fan.deps.world.surveys)).toMatchObject([
    { rule: 'survey-changed', severity: 'warning' },
  ]);
});

it('nor another first question, where that is what is said', async () => {
  const fan = createFan();
  await fan.joined(1);
  await publish(fan, { ...shipped, revision: shipped.revision + 1, opening: 'question' });
  await approved(fan);
  const [first, ...rest] = shipped.questions;
  if (!first || !('text' in first)) throw new Error('the first question has no text');
  const said = Object.fromEntries(Object.keys(first.text).map((language) => [language, NEW]));
  const changed = { ...first, text: said } as typeof first;
  await publish(fan, {
    ...shipped,
    revision: shipped.revision + 2,
    opening: 'question',
    questions: [changed, ...rest],
  });
  await fan.run(5);
  expect(text(fan, 1)).toContain(sms(first.text.fr ?? '').text);
  expect(text(fan, 1)).not.toContain(NEW);
});

it('what changes behind those words is the survey as it is now', async () => {
  const fan = createFan();
  await fan.joined(1);
  const announcement = await approved(fan);
  const thanks = { ...shipped.thanks, fr: 'Merci à vous.' };
  await publish(fan, { ...shipped, revision: shipped.revision + 1, thanks });
  await fan.run(5);
  expect(await open(fan, 1)).toMatchObject({ revision: shipped.revision + 1 });
  expect(changedWords(announcement, fan.deps.world.surveys)).toEqual([]);
});
