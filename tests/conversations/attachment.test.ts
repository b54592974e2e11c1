/** Files and places: an answer where anything is one, else for a person; and taking a message back. */
import { describe, expect, it } from 'vitest';
import type { Media } from '../../conversations/events.ts';
import { localWorld } from '../../infra/local/city.ts';
import { MONDAY, play } from './play.ts';

const file = (kind: Media['kind']): Media => ({ kind, type: 'x/y', url: 'https://example.invalid/1' });
const place = { latitude: 48.9101, longitude: 2.5533 };
const whatsapp = (...texts: string[]) => {
  const phone = play(localWorld(), MONDAY, 'whatsapp');
  for (const text of texts) phone.say(text);
  return phone;
};
const TO_THE_LAST = ['SQUARE', '1', '3', '1 3', '2'];

describe('a voice note', () => {
  it('is the answer to an open question, and a person listens', () => {
    const phone = whatsapp(...TO_THE_LAST);
    expect(phone.send({ media: [file('voice')] })).toMatch(/^Merci!/);
    expect(phone.effects('record')[0]?.sheet.answers.mot).toEqual({
      v: '[vocal]',
      t: 450,
      f: 1,
      e: ['m0006'],
    });
    expect(phone.effects('attach')).toEqual([
      { type: 'attach', media: [file('voice')], why: 'answer', survey: 'square', question: 'mot' },
    ]);
    expect(phone.effects('keep')).toEqual([{ type: 'keep', text: '[vocal]', why: 'media' }]);
  });

  it('is the text of "other: what?" too', () => {
    const phone = whatsapp('SQUARE', '1', '3', '6');
    phone.send({ media: [file('voice')] });
    expect(phone.session.survey?.answers.priorites).toMatchObject({ v: [6], o: '[vocal]', f: 1 });
  });

  it('to any other question: thanks, and the question again, which costs no try', () => {
    const phone = whatsapp('SQUARE', '1');
    for (let index = 0; index < 4; index += 1)
      expect(phone.send({ media: [file('voice')] })).toMatch(/^Bien reçu, une personne écoute\. 1\/4 /);
    expect(phone.session.survey).toMatchObject({ at: 'frequence', answers: {} });
    expect(phone.session.survey?.tries).toBeUndefined();
  });

  it('outside a question goes to someone who speaks the language (J19)', () => {
    const phone = whatsapp('LANGUE WOLOF');
    expect(phone.send({ media: [file('voice')] })).toMatch(/Une personne écoute votre message/);
    expect(phone.effects('call').at(-1)).toEqual({ type: 'call', language: 'wo', why: 'voice' });
  });

  it('is answered with the city’s own recording, where there is one', () => {
    const { city, ...world } = localWorld();
    const voices = city.voices.map((each) => ({
      ...each,
      greeting: `https://clichy.example/${each.code}.ogg`,
    }));
    const phone = play({ ...world, city: { ...city, voices } }, MONDAY, 'whatsapp');
    phone.say('LANGUE WOLOF');
    phone.send({ media: [file('voice')] });
    expect(phone.effects('say').at(-1)?.media).toEqual(['https://clichy.example/wo.ogg']);
  });

  it('of someone in danger yesterday goes to a person, marked', () => {
    const phone = whatsapp('je veux mourir');
    expect(phone.send({ media: [file('voice')] })).toMatch(/lire vos messages/);
    expect(phone.effects('keep').at(-1)).toMatchObject({ why: 'alarm', alarm: 'self' });
  });

  it('after STOP is kept in silence', () => {
    const phone = whatsapp('CHENE', 'oui', 'STOP');
    expect(phone.send({ media: [file('voice')] })).toBeUndefined();
    expect(phone.effects('keep').at(-1)?.why).toBe('after-stop');
  });
});

describe('a photo', () => {
  it('with words: the words are heard, the photo is kept', () => {
    const phone = whatsapp(...TO_THE_LAST);
    phone.send({ media: [file('photo'), file('photo')], text: 'un banc cassé' });
    expect(phone.effects('record')[0]?.sheet.answers.mot).toMatchObject({ v: 'un banc cassé', f: 2 });
    expect(phone.effects('attach')).toMatchObject([{ why: 'message' }]);
    expect(phone.effects('keep')).toEqual([]);
  });

  it('a sticker is no file, and says nothing certain', () => {
    const phone = whatsapp('SQUARE', '1');
    expect(phone.send({ media: [file('sticker')] })).toMatch(/Je n'ai pas compris/);
    expect(phone.effects('attach')).toEqual([]);
    expect(phone.session.survey?.answers).toEqual({});
  });
});

describe('a place', () => {
  it.each([
    [
      'its name and address',
      { ...place, name: 'Square', address: '3 allée Maurice Audin' },
      'Square, 3 allée Maurice Audin',
    ],
    ['where it is', place, '48.91010, 2.55330'],
  ])('is the answer to an open question: %s', (_, shared, expected) => {
    const phone = whatsapp(...TO_THE_LAST);
    phone.send({ place: shared });
    expect(phone.effects('record')[0]?.sheet.answers.mot).toMatchObject({ v: expected, p: place });
  });

  it('else is kept for staff', () => {
    const phone = whatsapp('ça va');
    phone.send({ place });
    expect(phone.effects('keep').at(-1)).toEqual({
      type: 'keep',
      text: '48.91010, 2.55330',
      why: 'place',
      place,
    });
  });
});

describe('taking a message back', () => {
  const unsay = (phone: ReturnType<typeof whatsapp>, of: string) =>
    phone.happen({ type: 'unsaid', id: 'u1', of });

  it('takes its answer with it, in silence, and the survey goes on', () => {
    const phone = whatsapp('SQUARE', '1', '3 avec mes filles');
    expect(unsay(phone, 'm0003')).toBeUndefined();
    expect(phone.session.survey).toMatchObject({
      at: 'priorites',
      answers: { frequence: { m: 'erased', t: 180 } },
    });
    expect(phone.effects('unkeep')).toEqual([{ type: 'unkeep', event: 'm0003', surveys: [] }]);
  });

  it('names the sheets it may stand in', () => {
    const phone = whatsapp(...TO_THE_LAST, 'des bancs');
    unsay(phone, 'm0006');
    expect(phone.effects('unkeep')[0]?.surveys).toEqual(['square']);
  });

  it('what was not understood goes too, and the "other: what?" of a choice', () => {
    const phone = whatsapp('SQUARE', '1', 'mon mot secret', 'un autre mot');
    unsay(phone, 'm0003');
    expect(phone.session.survey).toMatchObject({ texts: ['un autre mot'], textsFrom: ['m0004'], tries: 2 });
    const other = whatsapp('SQUARE', '1', '3', '6', 'mes toilettes');
    unsay(other, 'm0005');
    expect(other.session.survey?.answers.priorites).toEqual({ m: 'erased', t: expect.any(Number) });
  });

  it('what waits to be confirmed is gone when the yes comes', () => {
    const phone = whatsapp('SQUARE', '1', 'presque jamais je crois');
    if (!phone.session.survey?.check) throw new Error('this is to be read back');
    unsay(phone, 'm0003');
    phone.tap('Oui');
    phone.say('oui');
    expect(JSON.stringify(phone.session)).not.toContain('presque');
    expect(phone.session.survey?.answers.frequence?.v).toBeUndefined();
  });

  it('what waits under "stop the messages?" is gone, and the question stays', () => {
    const phone = whatsapp('CHENE', 'oui', '1', '4', 'stop aux voitures');
    unsay(phone, 'm0005');
    expect(phone.session.aside).toEqual({ kind: 'stop', text: '' });
    expect(phone.say('2')).toBeDefined();
    expect(phone.effects('keep')).toEqual([]);
  });
});
