/**
 * The evening before, on WhatsApp: whoever has written within 24 hours is asked with buttons; behind that the city's
 * template for visits carries it, and where there is none nothing goes out, staff see why, and the place stays theirs.
 */
import { expect, it } from 'vitest';
import type { City } from '../../conversations/city.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { announcing } from '../../functions/runtime/announcing.ts';
import { takeTurn } from '../../functions/runtime/take-turn.ts';
import { openVisit } from '../support/visits.ts';
import { createFan, type Fan, phoneOf } from './fan.ts';

const [LATELY, LONG_AGO] = [1, 2];
const template = (
  purpose: 'visit' | 'reminder',
  language: 'fr' | 'tr' = 'fr',
): City['templates'][number] => ({
  purpose,
  category: 'UTILITY',
  language,
  contentSid: `HX${(language === 'fr' ? '1' : '2').repeat(32)}`,
  variables: { '1': 'text' },
});

let ids = 0;
async function writes(fan: Fan, phone: number, text: string): Promise<string> {
  const id = `m${String(++ids).padStart(5, '0')}said`;
  const event = { type: 'said', id, channel: 'whatsapp', text } as const;
  const taken = await takeTurn(fan.deps, phoneOf(phone, 'whatsapp'), event, 'response');
  return taken.kind === 'older' ? '' : (taken.item.reply?.text ?? '');
}

/** Both come on Saturday and said so on Monday; one writes again on Friday noon. Then it is Friday evening. */
async function eveningBefore(templates: City['templates'], language: 'fr' | 'tr' = 'fr') {
  const fan = createFan({ at: '2027-01-11T09:00:00.000Z', city: { templates } });
  const approved = { by: 'chef@exemple', at: fan.clock.now.toISOString() };
  await fan.deps.visits.create(() => ({ ...openVisit({ day: '2027-01-16' }, 1), approved }), {
    by: 'agent@exemple',
    what: 'nouvelle',
    at: fan.clock.now,
  });
  for (const phone of [LATELY, LONG_AGO]) {
    await fan.joined(phone, { channel: 'whatsapp', language }, 'whatsapp');
    await writes(fan, phone, 'VISITE 2');
  }
  fan.clock.now = parisMoment('2027-01-15', '12:00');
  await writes(fan, LATELY, 'VISITE 3');
  fan.clock.now = parisMoment('2027-01-15', '17:50');
  await fan.run(20);
  const to = (phone: number) => fan.got.filter(({ to }) => to === phoneOf(phone, 'whatsapp')).at(-1);
  const all: string[] = [];
  for await (const { announcement } of announcing(fan.deps).announcements.list())
    all.push(announcement.tied ?? '');
  expect(all).toEqual(['V-2026-001#eve']);
  return { fan, lately: to(LATELY), longAgo: to(LONG_AGO), progress: await fan.progress(1) };
}

it('outside the 24 hours the template for visits carries it, inside them the buttons do', async () => {
  const { fan, lately, longAgo, progress } = await eveningBefore([template('reminder'), template('visit')]);
  expect(lately?.template).toBeUndefined();
  expect(lately?.text).toContain('demain samedi 10h, visite de quartier');
  expect(longAgo?.template).toEqual({
    contentSid: `HX${'1'.repeat(32)}`,
    variables: {
      '1': expect.stringContaining('demain samedi 10h, visite de quartier, RDV square du Chêne Pointu.'),
    },
  });
  expect(progress).toMatchObject({ planned: 2, states: { accepted: 2 }, failed: {} });
  // What they answer to it is heard as elsewhere.
  expect(await writes(fan, LONG_AGO, 'oui')).toContain("c'est noté");
});

it('the template is in their language where the city has it, else in French with a text of theirs', async () => {
  const own = await eveningBefore([template('visit'), template('visit', 'tr')], 'tr');
  expect(own.longAgo?.template?.contentSid).toBe(`HX${'2'.repeat(32)}`);
  const french = await eveningBefore([template('visit')], 'tr');
  expect(french.longAgo?.template).toMatchObject({
    contentSid: `HX${'1'.repeat(32)}`,
    variables: { '1': expect.stringContaining('yarın Cumartesi') },
  });
});

it('without one nothing goes out; staff see why, the place stays theirs, and their next word is answered', async () => {
  const { fan, lately, longAgo, progress } = await eveningBefore([template('reminder')]);
  expect(lately?.text).toContain('demain samedi 10h');
  expect(longAgo).toBeUndefined();
  expect(progress).toMatchObject({
    planned: 2,
    states: { accepted: 1, failed: 1 },
    failed: { 'no-template': 1 },
  });
  // Nothing is kept back for later: on the day itself it does not come after all.
  fan.clock.now = parisMoment('2027-01-16', '09:00');
  await fan.run(5);
  expect(fan.got.some(({ to }) => to === phoneOf(LONG_AGO, 'whatsapp'))).toBe(false);
  expect((await fan.deps.seats.read(1))?.parties.map(({ state, people }) => [state, people])).toEqual([
    ['coming', 3],
    ['coming', 2],
  ]);
  expect(await writes(fan, LONG_AGO, 'VISITE')).toContain('Inscription: 2 personnes');
});
