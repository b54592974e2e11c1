/** STOP VISITE stops one kind of message; the rest goes on, and only its own word brings it back. */
import { describe, expect, it } from 'vitest';
import { readMuting } from '../../conversations/mute.ts';
import { languages, words } from '../../locales/index.ts';
import { play } from './play.ts';

const joined = () => {
  const phone = play();
  for (const text of ['CHENE', 'oui', '1', '4']) phone.say(text);
  return phone;
};
const invite = { type: 'invited' as const, id: 'i1', channel: 'sms' as const, survey: 'square' };

describe('one kind', () => {
  it.each([
    ['STOP VISITE', { kind: 'visit', mute: true }],
    ['stop visites !', { kind: 'visit', mute: true }],
    ['stop les sondages svp', { kind: 'survey', mute: true }],
    ['STOP LIVE', { kind: 'live', mute: true }],
    ['STOP INFOS', { kind: 'info', mute: true }],
    ['REPRENDRE VISITE', { kind: 'visit', mute: false }],
    ['arrêter visites', { kind: 'visit', mute: true }],
    ['STOP', undefined],
    ['stop aux voitures', undefined],
    ['arrêter les visites', undefined],
    ['visite', undefined],
    ['stop visite du square samedi matin avec', undefined],
  ])('%s', (text, expected) => {
    expect(readMuting(text, 'fr')).toEqual(expected);
  });

  it.each(languages.filter((language) => language !== 'fr-facile'))(
    'in %s, with STOP or its own word',
    (language) => {
      for (const [kind, list] of Object.entries(words[language].kinds))
        for (const word of list)
          expect(readMuting(`STOP ${word}`, language), word).toEqual({ kind, mute: true });
      const [own] = words[language].commands.stop;
      const [survey] = words[language].kinds.survey;
      expect(readMuting(`${survey} ${own}`, language)).toEqual({ kind: 'survey', mute: true });
    },
  );

  it('stops nothing else, and proves it with the text that was said', () => {
    const phone = joined();
    const said = phone.say('STOP VISITE');
    expect(said).toMatch(/visites de quartier.*REPRENDRE VISITE/);
    expect(phone.session).toMatchObject({ consent: 'given', lists: ['chene'], muted: ['visit'] });
    const text = phone.effects('say').at(-1)?.text;
    expect(phone.effects('mute')).toEqual([{ type: 'mute', kind: 'visit', text, version: '2026-11' }]);
    expect(phone.effects('suppress')).toEqual([]);
    expect(phone.happen(invite)).toMatch(/4 questions/);
  });

  it('surveys: none is begun unasked, the open one ends with its answers, its keyword still begins it', () => {
    const phone = joined();
    for (const text of ['SQUARE', '1', '3']) phone.say(text);
    phone.say('STOP SONDAGE');
    expect(phone.effects('record')).toMatchObject([
      { sheet: { end: 'stopped', answers: { frequence: { v: 3 } } } },
    ]);
    expect(phone.happen(invite)).toBeUndefined();
    expect(phone.say('SQUARE')).toMatch(/4 questions/);
    expect(phone.session.muted).toEqual(['survey']);
  });

  it('comes back by its own word, and by no other', () => {
    const phone = joined();
    phone.say('STOP SONDAGE');
    phone.say('STOP');
    phone.say('REPRENDRE');
    expect(phone.session).toMatchObject({ consent: 'given', muted: ['survey'] });
    phone.say('REPRENDRE SONDAGE');
    expect(phone.session.muted).toBeUndefined();
    expect(phone.effects('unmute')).toHaveLength(1);
    expect(phone.happen(invite)).toMatch(/4 questions/);
  });

  it('after STOP brings nothing back', () => {
    const phone = joined();
    phone.say('STOP');
    expect(phone.say('REPRENDRE VISITE')).toBeUndefined();
    expect(phone.session.consent).toBe('stopped');
  });
});
