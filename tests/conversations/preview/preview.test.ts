/** A preview is what the engine itself says, along ways that show all of a survey, at the price of the city's file. */
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../conversations/events.ts';
import { parisMoment } from '../../../conversations/hours.ts';
import { inEuros } from '../../../conversations/preview/cost.ts';
import { type Preview, previewSurvey } from '../../../conversations/preview/preview.ts';
import { transcript } from '../../../conversations/preview/transcript.ts';
import { newSession } from '../../../conversations/session.ts';
import { sms } from '../../../conversations/shape.ts';
import { type Survey, surveyShelf } from '../../../conversations/survey.ts';
import { localWorld } from '../../../infra/local/city.ts';
import { quartierSurvey } from '../../support/branching.ts';
import { MONDAY, play, saidIn, squareSurvey } from '../play.ts';

const { city } = localWorld();
const HERE = { place: { latitude: 48.9101, longitude: 2.5533 } };

const preview = (survey: Survey, more: Partial<Parameters<typeof previewSurvey>[0]> = {}): Preview =>
  previewSurvey({ survey, city, now: MONDAY, ...more });

/** The dialogue once more, by what was typed and tapped alone, in the city with all its surveys. */
function again(
  survey: Survey,
  channel: Channel,
  language: string,
  lines: Preview['scenes'][0]['dialogues'][0]['lines'],
) {
  const world = { city, surveys: surveyShelf([...localWorld().surveys.all(), survey]) };
  const dialogue = play(world, MONDAY, channel);
  dialogue.session = { ...newSession('resident'), language, consent: 'given', met: '2026-11-23' };
  return lines
    .filter(({ from }) => from === 'resident')
    .map(({ text, tapped, sent }) => {
      if (sent) return dialogue.send({ text, ...(sent === 'place' ? HERE : {}) });
      return tapped ? dialogue.tap(text) : dialogue.say(text);
    });
}

describe.each([
  ['the shipped survey', squareSurvey],
  ['a survey with branches', quartierSurvey],
] as const)('%s', (_name, survey) => {
  const { scenes } = preview(survey);

  it.each(scenes.map((scene) => [scene.channel, scene.language, scene] as const))(
    'is on %s in "%s" what the engine says, word for word',
    (channel, language, { dialogues }) => {
      expect(dialogues.length).toBeGreaterThan(0);
      for (const { lines } of dialogues) {
        const said = lines.filter(({ from }) => from === 'city').map(({ text }) => text);
        expect(again(survey, channel, language, lines)).toEqual(said);
      }
    },
  );

  it('is answered to its end everywhere', () => {
    for (const { strayed, dialogues } of scenes) {
      expect(strayed).toEqual([]);
      for (const { lines } of dialogues) expect(lines.at(-1)?.from).toBe('city');
    }
  });
});

describe('the paths', () => {
  it('are one where nothing decides', () => {
    const { paths } = preview(squareSurvey);
    expect(paths.map(({ name }) => name)).toEqual(['']);
    expect(paths[0]?.steps.map(({ question }) => question.id)).toEqual([
      'frequence',
      'priorites',
      'securite',
      'mot',
    ]);
  });

  it('show every question and every answer that leads elsewhere', () => {
    const { paths, notReached, notAnswered, bounded } = preview(quartierSurvey);
    expect({ notReached, notAnswered, bounded }).toEqual({ notReached: [], notAnswered: [], bounded: false });
    expect(paths.map(({ name }) => name)).toEqual([
      'habite: oui · age: 30 · trajet: en bus · besoins: des bancs, des arbres',
      'habite: oui · age: 30 · trajet: à pied · besoins: des bancs',
      'habite: oui · age: 11 · besoins: des arbres, des jeux',
      'habite: non · besoins: des bancs, des arbres, des jeux',
    ]);
  });

  it('name what no answer leads to', () => {
    const [first, ...rest] = squareSurvey.questions;
    const dead = { ...rest[0], relevant: "${frequence} = 'parfois' and ${frequence} = 'jamais'" };
    const survey = { ...squareSurvey, questions: [first, dead, ...rest.slice(1)] } as Survey;
    const { notReached, branches } = preview(survey, { languages: ['fr'], channels: ['sms'] });
    expect(notReached.map(({ id }) => id)).toEqual(['priorites']);
    expect(branches.questions.filter(({ reached }) => !reached).map(({ id }) => id)).toEqual(['priorites']);
  });

  it('go on behind a question that no example answers', () => {
    const [first, ...rest] = squareSurvey.questions;
    const strict = { ...first, constraint: "${mot} = 'jamais dit'", required: true };
    const survey = { ...squareSurvey, questions: [strict, ...rest] } as Survey;
    const { notAnswered, paths } = preview(survey, { languages: ['fr'], channels: ['sms'] });
    expect(notAnswered.map(({ id }) => id)).toEqual(['frequence']);
    expect(paths[0]?.steps.map(({ question }) => question.id)).toContain('mot');
  });
});

describe('the price', () => {
  it('of the shipped survey in French is six messages of one part at 8 cents', () => {
    const { scenes } = preview(squareSurvey, { languages: ['fr'], channels: ['sms'] });
    const [{ dialogues, range }] = scenes as [Preview['scenes'][0]];
    // The question to begin, four questions, the thanks: each fits one part in French.
    expect(dialogues[0]?.cost).toEqual({
      city: { messages: 6, parts: 6 },
      resident: { messages: 6, parts: 6 },
      euros: 0.48,
    });
    expect(range.least).toEqual(range.most);
    expect(transcript(preview(squareSurvey), scenes[0] as Preview['scenes'][0])).toContain(
      "Prix d'un sondage rempli: 0,48\u00a0€.\n6 SMS × 0,08\u00a0€",
    );
  });

  it('counts the parts of what goes out, in the letters it goes out in', () => {
    const { scenes } = preview(squareSurvey, { languages: ['ar'], channels: ['sms'] });
    const [{ dialogues }] = scenes as [Preview['scenes'][0]];
    const { lines = [], cost } = dialogues[0] ?? {};
    const texts = lines.filter(({ from }) => from === 'city').map(({ text }) => text);
    expect(cost?.city.parts).toBe(texts.reduce((sum, text) => sum + sms(text).parts, 0));
    expect(cost?.city.parts).toBeGreaterThan(6);
    expect(lines.find(({ text }) => text.startsWith('1/4'))?.sms?.encoding).toBe('UCS-2');
  });

  it('runs from the shortest path to the longest', () => {
    const { scenes } = preview(quartierSurvey, { languages: ['fr'], channels: ['sms'] });
    const range = scenes[0]?.range;
    expect([range?.least.city.parts, range?.most.city.parts]).toEqual([7, 10]);
    expect([range?.least.euros, range?.most.euros].map((euros) => inEuros(euros ?? 0))).toEqual([
      '0,56\u00a0€',
      '0,80\u00a0€',
    ]);
  });

  it('is nothing on WhatsApp and Messenger, which count no parts', () => {
    for (const { dialogues } of preview(squareSurvey, { channels: ['whatsapp', 'messenger'] }).scenes)
      for (const { cost, lines } of dialogues) {
        expect([cost.euros, cost.city.parts]).toEqual([0, 0]);
        expect(lines.every((line) => line.sms === undefined)).toBe(true);
      }
  });
});

describe('what is played', () => {
  it('begins with an invitation where that is asked for', () => {
    const { scenes } = preview(squareSurvey, { begins: 'invitation', languages: ['fr'], channels: ['sms'] });
    const [first] = scenes[0]?.dialogues[0]?.lines ?? [];
    const dialogue = play({ city, surveys: surveyShelf([squareSurvey]) });
    dialogue.session = { ...newSession('resident'), language: 'fr', consent: 'given' };
    dialogue.happen({ type: 'invited', id: 'i', channel: 'sms', survey: 'square' });
    expect(first).toMatchObject({
      from: 'city',
      text: sms(saidIn(dialogue.turns[0] ?? { effects: [] }) ?? '').text,
    });
  });

  it('is played on its first day where it is not open, and says so', () => {
    const before = preview(squareSurvey, {
      now: parisMoment('2025-06-01', '10:00'),
      languages: ['fr'],
      channels: ['sms'],
    });
    expect(before.isOpen).toBe(false);
    expect(transcript(before, before.scenes[0] as Preview['scenes'][0])).toContain(
      "Joué au jeudi 1 janvier: le sondage n'est pas ouvert aujourd'hui.",
    );
  });
});

it('turns the pages of a long list before it names what stands on a later one', () => {
  const fr = (text: string) => ({ fr: text });
  const streets = [...'abcdefghijklmnopqrst'].map((id) => ({ id, label: fr(`rue ${id}${id}`) }));
  const [first, ...rest] = squareSurvey.questions as [Survey['questions'][0], ...Survey['questions']];
  const survey: Survey = {
    ...squareSurvey,
    questions: [
      { id: 'rue', type: 'single', text: fr('Quelle rue?'), options: streets },
      { ...first, relevant: "${rue} = 'r'" },
      ...rest,
    ],
  };
  const { scenes } = preview(survey, { languages: ['fr'] });
  const replies = scenes.map(({ dialogues }) =>
    dialogues
      .find(({ path }) => path.name === 'rue: rue rr')
      ?.lines.filter(({ from }) => from === 'resident'),
  );
  expect(replies.map((lines) => lines?.slice(0, 5).map(({ text }) => text))).toEqual([
    ['SQUARE', '1', '+', '+', '18'],
    ['SQUARE', 'On commence', 'Voir la suite', 'Voir la suite', 'Rue rr'],
    ['SQUARE', 'On commence', 'Voir la suite', 'Voir la suite', 'Rue rr'],
  ]);
});

it('reads like this', async () => {
  const { scenes, ...rest } = preview(quartierSurvey);
  const all = scenes
    .filter(({ language }) => language !== 'ta')
    .map((scene) => transcript({ scenes, ...rest }, scene))
    .join('\n');
  await expect(all).toMatchFileSnapshot('./quartier.txt');
});
