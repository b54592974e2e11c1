/** Places, files and people counted: by SMS in words, on WhatsApp as they are shared; in a conversation with the engine. */
import { describe, expect, it } from 'vitest';
import type { Media } from '../../../conversations/events.ts';
import { headcount } from '../../../conversations/questions/headcount.ts';
import { media } from '../../../conversations/questions/media.ts';
import { number } from '../../../conversations/questions/number.ts';
import { place } from '../../../conversations/questions/place.ts';
import { everyTypeWorld } from '../../support/every-type.ts';
import { french, MONDAY, play } from '../play.ts';

const photo = { id: 'q', type: 'media' as const, accepts: 'photo' as const, text: { fr: 'Une photo?' } };
const where = { id: 'q', type: 'place' as const, text: { fr: 'Où?' } };
const file = (kind: Media['kind']): Media => ({ kind, type: 'x/y', url: 'https://example.invalid/1' });
const spot = { latitude: 48.9101, longitude: 2.5533, name: 'Place du marché' };

/** At "Où?" of the survey with every type. */
const atPlace = (channel: 'sms' | 'whatsapp') => {
  const phone = play(everyTypeWorld, MONDAY, channel);
  for (const text of ['ENQUETE', '1', 'non', '18h', '0', '2 1', '1']) phone.say(text);
  expect(phone.session.survey?.at).toBe('ou');
  return phone;
};

describe('a place', () => {
  it('is asked by SMS as an address, where there is a map as a place on it', () => {
    expect(place.prompt(where, french)).toBe('Où? (une adresse ou un lieu)');
    expect(place.choices(where, french).hint).toBe("Partagez votre position, ou écrivez l'adresse.");
  });

  it('is what was written, or where it is on the map', () => {
    const typed = atPlace('sms');
    expect(typed.say('3 rue de la Paix')).toContain('Une photo?');
    expect(typed.session.survey?.answers.ou).toMatchObject({ v: '3 rue de la Paix' });
    const shared = atPlace('whatsapp');
    expect(shared.send({ place: spot })).toContain('Une photo?');
    expect(shared.session.survey?.answers.ou).toMatchObject({
      v: 'Place du marché',
      p: { latitude: 48.9101, longitude: 2.5533 },
    });
  });

  it('is no photo: a person looks, and the question stands', () => {
    const phone = atPlace('whatsapp');
    expect(phone.send({ media: [file('photo')] })).toMatch(/^Bien reçu, une personne regarde\. .*Où\?/);
    expect(phone.session.survey).toMatchObject({ at: 'ou' });
    expect(phone.effects('keep').at(-1)).toMatchObject({ why: 'media' });
    expect(phone.session.survey?.tries).toBeUndefined();
  });
});

describe('a photo', () => {
  const atPhoto = (channel: 'sms' | 'whatsapp') => {
    const phone = atPlace(channel);
    phone.say('ici');
    expect(phone.session.survey?.at).toBe('photo');
    return phone;
  };

  it('is asked by SMS in words, with the way to WhatsApp where the city has a number', () => {
    expect(media.prompt(photo, french)).toBe('Une photo? Décrivez en quelques mots.');
    expect(media.prompt(photo, { ...french, whatsapp: true })).toBe(
      'Une photo? Décrivez en quelques mots. Pour une photo: envoyez WHATSAPP',
    );
    expect(media.prompt({ ...photo, accepts: 'voice' }, { ...french, whatsapp: true })).toMatch(
      /Répondez en quelques mots\. Pour un vocal: envoyez WHATSAPP$/,
    );
    expect(media.choices(photo, french).hint).toBe('Envoyez une photo.');
  });

  it('by SMS words answer', () => {
    const phone = atPhoto('sms');
    expect(phone.say('un banc cassé')).toMatch(/^Merci!/);
    expect(phone.effects('record')[0]?.sheet.answers.photo).toMatchObject({ v: 'un banc cassé' });
  });

  it('a photo answers, and its words are the text', () => {
    const phone = atPhoto('whatsapp');
    expect(phone.send({ media: [file('photo')], text: 'le banc' })).toMatch(/^Merci!/);
    expect(phone.effects('record')[0]?.sheet.answers.photo).toMatchObject({ v: 'le banc', f: 1 });
    const alone = atPhoto('whatsapp');
    alone.send({ media: [file('photo')] });
    expect(alone.effects('record')[0]?.sheet.answers.photo).toMatchObject({ v: '[photo]', f: 1 });
  });

  it('where files can come, words are kept and the photo is wished for once', () => {
    const phone = atPhoto('whatsapp');
    expect(phone.say('un banc cassé')).toBe(
      'Envoyez une photo. Sinon, répondez en quelques mots. (0 = passer)',
    );
    expect(phone.send({ media: [file('photo')] })).toMatch(/^Merci!/);
    expect(phone.effects('record')[0]?.sheet.answers.photo).toMatchObject({
      v: '[photo]',
      f: 1,
      x: ['un banc cassé'],
    });
    const none = atPhoto('whatsapp');
    none.say('un banc cassé');
    expect(none.say('pas de photo, il est devant la poste')).toMatch(/^Merci!/);
    expect(none.effects('record')[0]?.sheet.answers.photo).toMatchObject({
      v: 'pas de photo, il est devant la poste',
      x: ['un banc cassé'],
    });
  });

  it('is no place and no recording', () => {
    const phone = atPhoto('whatsapp');
    expect(phone.send({ place: spot })).toMatch(/^Bien reçu, une personne regarde\. .*Une photo\?/);
    expect(phone.send({ media: [file('voice')] })).toMatch(/^Bien reçu, une personne écoute\. .*Une photo\?/);
    expect(phone.session.survey?.answers.photo).toBeUndefined();
  });

  it.each([
    ['photo', ['photo', 'video']],
    ['voice', ['voice', 'video']],
    ['file', ['photo', 'voice', 'video', 'document']],
  ] as const)('a question for a %s takes %s', (accepts, expected) => {
    const kinds = ['photo', 'voice', 'video', 'document', 'place'] as const;
    expect(kinds.filter((kind) => media.takes({ ...photo, accepts }, kind))).toEqual(expected);
  });
});

describe('a day', () => {
  it('stays the day: what follows at once is its comment', () => {
    const phone = play(everyTypeWorld, MONDAY);
    for (const text of ['ENQUETE', '1', 'oui', 'moi + 2 enfants']) phone.say(text);
    expect(phone.session.survey?.answers.combien).toMatchObject({ v: 3 });
    phone.say('demain');
    phone.happen({ type: 'said', id: 'burst', channel: 'sms', text: 'mais pas trop tard svp' });
    expect(phone.session.survey?.answers.jour).toMatchObject({
      v: '2026-11-24',
      c: 'mais pas trop tard svp',
    });
  });

  it('that is not sure counts once it is confirmed', () => {
    const phone = play(everyTypeWorld, MONDAY);
    for (const text of ['ENQUETE', '1', 'oui', '3']) phone.say(text);
    expect(phone.say('24/05')).toBe("J'ai compris: lundi 24 mai 2027. C'est bien ça? 1 oui 2 non");
    phone.say('1');
    expect(phone.session.survey?.answers.jour).toMatchObject({ v: '2027-05-24', r: '24/05' });
  });
});

describe('people', () => {
  const question = { id: 'q', type: 'headcount' as const, text: { fr: 'Combien?' }, max: 6 };

  it.each([
    ['fr', 'moi + 2 enfants', 3],
    ['fr', '2 adultes et 3 enfants', 5],
    ['fr', 'juste moi', 1],
    ['fr', '4', 4],
    ['en', 'me and my wife', 2],
    ['ar', '٣', 3],
  ])('%s: %s', (language, said, expected) => {
    expect(headcount.parse(question, said, language)).toMatchObject({ kind: 'value', value: expected });
  });

  it('are limited, and nobody is none', () => {
    expect(headcount.parse(question, '7', 'fr')).toEqual({ kind: 'unclear', got: '7' });
    expect(headcount.again(question, french, '7')).toMatch(
      /^7 n'est pas possible\. Tapez un nombre de 1 à 6\./,
    );
    expect(headcount.parse(question, '0', 'fr')).toEqual({ kind: 'skip' });
    expect(headcount.prompt(question, french)).toBe('Combien? (un nombre, ex: 2)');
  });
});

describe('a number without limits', () => {
  const question = { id: 'q', type: 'number' as const, text: { fr: 'Combien?' } };

  it('is 0 or more', () => {
    expect(number.parse(question, '0', 'fr')).toEqual({ kind: 'value', value: 0 });
    expect(number.parse(question, '120000', 'fr')).toEqual({ kind: 'value', value: 120000 });
    expect(number.parse(question, '-3', 'fr')).toEqual({ kind: 'unclear', got: '-3' });
    expect(number.again(question, french, '-3')).toMatch(
      /^-3 n'est pas possible\. Tapez un nombre, 0 ou plus\./,
    );
    expect(number.again({ ...question, min: 5 }, french, undefined)).toContain(
      'Répondez avec un nombre, 5 ou plus.',
    );
  });

  it('says how its default is taken, where 0 is a number', () => {
    expect(number.prompt({ ...question, default: '2' }, french)).toBe(
      'Combien? (un nombre, ex: 1) (PASSER = 2)',
    );
    expect(number.prompt({ ...question, min: 1, default: '2' }, french)).toMatch(/\(0 = 2\)$/);
    expect(number.again(question, french, undefined)).toBe("Je n'ai pas compris. Répondez avec un nombre.");
    expect(number.fromWorth({ ...question, max: 3 }, '4')).toBeUndefined();
    expect(number.fromWorth(question, '2.5')).toBeUndefined();
  });
});
