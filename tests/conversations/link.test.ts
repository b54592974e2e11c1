/** J15: one resident at two addresses, with everything carried over, and one vote a survey. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../conversations/engine.ts';
import type { Effect } from '../../conversations/events.ts';
import { linkCodeIn } from '../../conversations/link.ts';
import { newSession, type OpenSurvey, Session } from '../../conversations/session.ts';
import { readSurvey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { languages, words } from '../../locales/index.ts';
import { MONDAY, panel, play, saidIn, widerWorld } from './play.ts';

describe('a code in a message', () => {
  it.each([
    ['as it is filled in', 'LIEN 48213097', '48213097'],
    ['in small letters, with a colon', 'lien: 48213097', '48213097'],
    ['with spaces inside', ' Lien 4821 3097. ', '48213097'],
    ['from an m.me link', 'LIEN_48213097', '48213097'],
    ['in Arabic figures', 'LIEN ٤٨٢١٣٠٩٧', '48213097'],
    ['with marks of direction around it', '\u200fLIEN \u2068٤٨٢١٣٠٩٧\u2069', '48213097'],
    ['with its first zeros', 'LIEN 00000001', '00000001'],
    ['too short', 'LIEN 48213', undefined],
    ['too long', 'LIEN 482130971', undefined],
    ['without the word', '48213097', undefined],
    ['in a sentence', 'voici LIEN 48213097', undefined],
  ])('%s', (_, text, expected) => {
    expect(linkCodeIn(text)).toBe(expected);
  });
});

describe('WHATSAPP, MESSENGER, SMS', () => {
  it('give a code that the same message always gives, and another message never', () => {
    const codes = Array.from({ length: 50 }, () => {
      const phone = play();
      phone.say('ça va');
      phone.say('WHATSAPP');
      return phone.effects('link')[0]?.code;
    });
    expect(new Set(codes).size).toBe(1);
    const phone = play();
    for (let index = 0; index < 50; index += 1) phone.say('WHATSAPP');
    const all = phone.effects('link').map(({ code }) => code);
    expect(new Set(all).size).toBe(50);
    for (const code of all) expect(linkCodeIn(`LIEN ${code}`)).toBe(code);
  });

  it.each(languages.filter((language) => language !== 'fr-facile'))('are understood in %s', (language) => {
    for (const channel of ['whatsapp', 'messenger', 'sms'] as const)
      for (const word of words[language].commands[channel]) {
        const phone = play(localWorld(), MONDAY, channel === 'sms' ? 'whatsapp' : 'sms');
        phone.session = { ...phone.session, language };
        phone.say(word);
        expect(phone.effects('link'), word).toHaveLength(1);
      }
  });

  it('say where the city is not, and where the resident is already', () => {
    const { city, ...world } = localWorld();
    const { whatsappNumber: _, ...without } = city;
    expect(play({ ...world, city: without }).say('WHATSAPP')).toMatch(/n'est pas encore sur WhatsApp/);
    expect(play(localWorld(), MONDAY, 'whatsapp').say('WHATSAPP')).toMatch(/déjà sur WhatsApp/);
  });

  it('are the answer where the question is which of them', () => {
    const question = {
      id: 'canal',
      type: 'single' as const,
      text: { fr: 'Par où vous écrire?' },
      options: ['SMS', 'WhatsApp'].map((label) => ({ id: label.toLowerCase(), label: { fr: label } })),
    };
    const doors = readSurvey({ ...panel, languages: ['fr'], questions: [question] }, 'doors');
    const phone = play({ ...localWorld(), surveys: surveyShelf([doors]) });
    phone.say('PANEL');
    phone.say('1');
    phone.say('whatsapp');
    expect(phone.effects('link')).toEqual([]);
    expect(phone.effects('record')[0]?.sheet.answers.canal?.v).toBe(2);
    phone.say('whatsapp');
    expect(phone.effects('link')).toHaveLength(1);
  });
});

const survey = (key: string, at: string, answers: OpenSurvey['answers'] = {}): OpenSurvey => ({
  key,
  revision: 1,
  channel: 'sms',
  mode: 'push',
  started: MONDAY.toISOString(),
  last: MONDAY.toISOString(),
  at,
  reminders: 0,
  answers,
});
const ended = (end: 'done' | 'expired') => ({ revision: 1, end, at: MONDAY.toISOString() });

function linked(first: Partial<Session>, other?: Partial<Session>) {
  const turn = createEngine(widerWorld());
  const { session, effects } = turn(
    { ...newSession('first'), ...first },
    {
      type: 'linked',
      id: 'l1',
      channel: 'whatsapp',
      ...(other && { other: { ...newSession('other'), ...other } }),
    },
    MONDAY,
  );
  const of = <Type extends Effect['type']>(type: Type) =>
    effects.filter((effect) => effect.type === type) as Extract<Effect, { type: Type }>[];
  return { session, effects, of, said: saidIn({ effects }) };
}

describe('two addresses', () => {
  it('are one: lists of both, the language of the first, what it lacks from the other', () => {
    const { session, of, said } = linked(
      { consent: 'given', lists: ['chene'], language: 'fr' },
      { consent: 'given', lists: ['haut', 'chene'], language: 'tr', age: '60+', quartier: 'haut' },
    );
    expect(session).toMatchObject({
      id: 'first',
      channel: 'whatsapp',
      linked: true,
      consent: 'given',
      lists: ['chene', 'haut'],
      language: 'fr',
      age: '60+',
      quartier: 'haut',
    });
    expect(of('subscribe')).toEqual([{ type: 'subscribe', list: 'haut' }]);
    expect(said).toMatch(/C'est relié\. Nous vous écrivons maintenant sur WhatsApp\.$/);
  });

  it.each([
    ['the first', { consent: 'stopped', lists: ['chene'] }, { consent: 'given', lists: ['haut'] }, []],
    ['the other', { consent: 'given', lists: ['chene'] }, { consent: 'stopped', lists: ['haut'] }, ['chene']],
  ] as const)('STOP at %s is STOP at both, and it says so', (_, first, other, left) => {
    const { session, of, said } = linked(
      { ...first, lists: [...first.lists], survey: survey('square', 'frequence') },
      { ...other, lists: [...other.lists] },
    );
    expect(session).toMatchObject({ consent: 'stopped', lists: ['chene', 'haut'] });
    expect(session.survey).toBeUndefined();
    expect(of('subscribe')).toEqual([]);
    expect(of('unsubscribe').map(({ list }) => list)).toEqual(left);
    expect(of('suppress')).toHaveLength(1);
    expect(said).toMatch(/Vous aviez dit STOP/);
  });

  it('go on where the first was; what the other had begun is kept as far as it went', () => {
    const { session, of, said } = linked(
      { survey: survey('square', 'securite', { frequence: { v: 1, t: 1 } }) },
      { survey: survey('panel', 'foyer', { velo: { v: true, t: 1 } }) },
    );
    expect(said).toMatch(/question 3\/4: on continue\? 1 oui 2 plus tard$/);
    expect(session.survey?.key).toBe('square');
    expect(of('record').map(({ sheet }) => [sheet.survey, sheet.end])).toEqual([['panel', 'expired']]);
  });

  it('go on where the other was, if the first had nothing open', () => {
    const { session, said } = linked(
      {},
      { survey: survey('panel', 'trajet', { velo: { v: true, t: 1 }, foyer: { v: 3, t: 2 } }) },
    );
    expect(session.survey).toMatchObject({ key: 'panel', at: 'trajet', answers: { foyer: { v: 3 } } });
    expect(said).toMatch(/question 3\/4/);
  });

  it.each([
    [
      'both had begun it',
      { survey: survey('square', 'securite') },
      { survey: survey('square', 'mot') },
      'securite',
    ],
    [
      'the other had finished it',
      { survey: survey('square', 'mot') },
      { ended: { square: ended('done') } },
      undefined,
    ],
    [
      'the first had finished it',
      { ended: { square: ended('done') } },
      { survey: survey('square', 'mot') },
      undefined,
    ],
  ])('vote once: %s', (_, first, other, at) => {
    const { session, of } = linked(first, other);
    expect(session.survey?.at).toBe(at);
    expect(of('record')).toEqual([]);
    if (at === undefined) expect(session.ended.square?.end).toBe('done');
  });

  it('hand over the sheets of the other, and keep the end that counts', () => {
    const { session, effects } = linked(
      { ended: { square: ended('expired') } },
      { ended: { square: ended('done'), panel: ended('expired') } },
    );
    expect(effects[0]).toEqual({ type: 'adopt', from: 'other', surveys: ['square', 'panel'] });
    expect(session.ended).toMatchObject({ square: { end: 'done' }, panel: { end: 'expired' } });
  });

  it('ask again what the offer or the intro was', () => {
    expect(linked({ join: { step: 'consent', quartier: 'chene', last: MONDAY.toISOString() } }).said).toMatch(
      /C'est relié.*Pour vous inscrire: répondez OUI$/,
    );
    expect(linked({ survey: survey('square', '0') }).said).toMatch(/C'est relié.*On commence\?/);
  });

  it('an address that was erased or never wrote brings nothing', () => {
    expect(linked({}, { id: '' }).session).toMatchObject({ id: 'first', linked: true, lists: [] });
    expect(linked({}).effects.map(({ type }) => type)).toEqual(['say']);
  });
});

describe('after linking', () => {
  const phoneAt = (at: string) => {
    const phone = play(localWorld(), MONDAY, 'whatsapp');
    phone.session = { ...phone.session, survey: survey('square', at, { frequence: { v: 1, t: 1 } }) };
    phone.happen({ type: 'linked', id: 'l1', channel: 'whatsapp' });
    return phone;
  };

  it.each([
    ['1', /^3\/4 Le soir/],
    ['oui on continue', /^3\/4 Le soir/],
    ['4', /^3\/4 Le soir/],
    ['2', /plus tard/],
    ['non', /plus tard/],
    ['plus tard', /plus tard/],
    ['AIDE', /Commandes/],
  ])('%s', (text, expected) => {
    const phone = phoneAt('securite');
    expect(phone.say(text)).toMatch(expected);
    expect(phone.session.survey?.answers.securite).toBeUndefined();
  });

  it('words that answer the question answer it', () => {
    const phone = phoneAt('mot');
    phone.say('il faut des bancs au soleil');
    expect(phone.effects('record')[0]?.sheet.answers.mot?.v).toBe('il faut des bancs au soleil');
  });

  it('the code sent again says that it is linked; a strange one how to get a new one', () => {
    expect(phoneAt('mot').say('LIEN 48213097')).toMatch(/déjà relié/);
    expect(play(localWorld(), MONDAY, 'messenger').say('LIEN 48213097')).toMatch(/envoyez MESSENGER/);
  });

  it('the merged session is a session', () => {
    const { session } = linked({ survey: survey('square', 'mot') }, { consent: 'given', lists: ['haut'] });
    expect(Session.parse(JSON.parse(JSON.stringify(session)))).toStrictEqual(session);
  });
});
