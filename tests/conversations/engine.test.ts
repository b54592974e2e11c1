/** Whose question a reply answers when several are open, and other courses in which the engine once went wrong. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../conversations/engine.ts';
import { MAX_TEXT, newSession } from '../../conversations/session.ts';
import { surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { languages } from '../../locales/index.ts';
import { MONDAY, type Play, play } from './play.ts';

function having(...texts: string[]): Play {
  const talk = play();
  for (const text of texts) talk.say(text);
  return talk;
}
const invite = (talk: Play): string | undefined =>
  talk.happen({ type: 'invited', id: 'invitation', channel: 'sms', survey: 'square' });

const JOINED = ['CHENE', 'oui', '1', '4'];
const FREQUENCE = '1/4 Allez-vous au square?';
const PRIORITES = '2/4 Que faut-il en premier?';

describe('a reply answers what was asked last', () => {
  it('a survey asked over an offer: "1" begins the survey and is no consent', () => {
    const talk = having('CHENE', 'SQUARE');
    expect(talk.say('1')).toContain(FREQUENCE);
    expect(talk.effects('consent')).toEqual([]);
    expect(talk.session).toMatchObject({ consent: 'none', lists: [] });
  });

  it('a reminder over an offer: "1" answers the reminder and is no consent', () => {
    const talk = having('SQUARE', '1', '2');
    talk.wait(10);
    talk.say('CHENE');
    expect(talk.wait(13)).toEqual([expect.stringContaining(PRIORITES)]);
    expect(talk.say('1')).toContain('3/4');
    expect(talk.effects('consent')).toEqual([]);
  });

  it('a reminder over EFFACER: "1" answers the reminder and erases nothing', () => {
    const talk = having('SQUARE', '1', '2', 'EFFACER');
    expect(talk.wait(24)).toEqual([expect.stringContaining(PRIORITES)]);
    expect(talk.say('1')).toContain('3/4');
    expect(talk.effects('erase')).toEqual([]);
  });

  it('an invitation over EFFACER: "1" begins the survey and erases nothing', () => {
    const talk = having(...JOINED, 'EFFACER');
    expect(invite(talk)).toContain('On commence? 1 oui');
    expect(talk.say('1')).toContain(FREQUENCE);
    expect(talk.effects('erase')).toEqual([]);
  });

  it('an invitation over the age: "1" begins the survey, and the resident is not taken for a child', () => {
    const talk = having('CHENE', 'oui', '1');
    expect(invite(talk)).toContain('On commence? 1 oui');
    expect(talk.effects('subscribe')).toEqual([{ type: 'subscribe', list: 'chene' }]);
    expect(talk.say('1')).toContain(FREQUENCE);
    expect(talk.effects('erase')).toEqual([]);
  });

  it.each([['EFFACER'], ['MES DONNEES'], ['LANGUE']])('MODIF 1 over %s: "1" is the correction', (word) => {
    const talk = having('SQUARE', '1', '3', word);
    expect(talk.say('MODIF 1')).toContain(FREQUENCE);
    expect(talk.say('1')).toMatch(/^C'est corrigé\. 2\/4 /);
    expect(talk.session.survey?.answers.frequence).toMatchObject({ v: 1 });
    expect(talk.effects('erase')).toEqual([]);
  });

  it('MODIF 1 over an offer: "1" is the correction and is no consent', () => {
    const talk = having('SQUARE', '1', '3', 'CHENE', 'MODIF 1', '1');
    expect(talk.session.survey?.answers.frequence).toMatchObject({ v: 1 });
    expect(talk.effects('consent')).toEqual([]);
  });

  it('EFFACER over an offer: a later "1" is no consent', () => {
    const talk = having('CHENE', 'EFFACER', '2', '1');
    expect(talk.effects('consent')).toEqual([]);
    expect(talk.effects('erase')).toEqual([]);
  });

  it('after STOP, EFFACER is forgotten once something else was written', () => {
    const talk = having(...JOINED, 'STOP', 'EFFACER', 'bonjour');
    expect(talk.say('oui')).toBeUndefined();
    expect(talk.effects('erase')).toEqual([]);
    expect(talk.effects('keep').map(({ text }) => text)).toEqual(['bonjour', 'oui']);
  });

  it.each([
    ['CONTACT', ['CONTACT']],
    ['MES DONNEES', ['MES DONNEES']],
    ['MES DONNEES by SMS', ['MES DONNEES', '1']],
    ['MES DONNEES to correct', ['MES DONNEES', '2']],
  ])('after STOP, %s names no word that is not answered then', (_label, texts) => {
    for (const joined of [JOINED, ['AINES', 'oui']])
      for (const language of languages) {
        const talk = having(...joined, `LANGUE ${language}`, 'STOP');
        for (const text of texts)
          expect(talk.say(text) ?? '', language).not.toMatch(/RAPPEL|AIDE|LANGUE|MODIF/);
      }
  });

  it('after STOP, CONTACT says how to come back', () => {
    expect(having(...JOINED, 'STOP').say('CONTACT')).toBe(
      'Ville de Clichy-sous-Bois, service participation. Tél: 01 99 00 12 34. Vos données et vos droits: clichy.example/donnees. Pour revenir: REPRENDRE',
    );
  });

  it.each([['AIDE'], ['CONTACT'], ['RAPPEL']])(
    '%s only informs: the offer still waits for its OUI',
    (word) => {
      const talk = having('CHENE', word, 'oui');
      expect(talk.effects('consent')).toEqual([expect.objectContaining({ kind: 'given', list: 'chene' })]);
    },
  );
});

describe('the language menu', () => {
  const asked = ['SQUARE', '1', '3', '1 3', 'LANGUE'];

  it('a number that is not in it is asked again, and is no answer to the survey', () => {
    const talk = having(...asked);
    expect(talk.say('12')).toBe(
      'Répondez avec un chiffre. 1 Francais 2 English 3 Türkce 4 Arabi 5 Portugues 6 Romana 7 Español 8 Tamil 9 autre (on vous rappelle)',
    );
    expect(talk.session.survey?.answers.securite).toBeUndefined();
    expect(talk.say('2')).toContain('3/4 In the evening');
  });

  it.each([
    ['ur', 'اردو', 'السلام علیکم، پارک کب کھلے گا؟'],
    ['zh', '中文', '你好，公园什么时候开放？'],
    ['bn', 'বাংলা', 'নমস্কার, পার্ক কবে খুলবে?'],
  ])(
    'chosen in a script that has its own full stop (%s), none is put behind it',
    (_language, name, first) => {
      const talk = having(first, 'LANGUE');
      expect(talk.say(name)).not.toMatch(/[۔。।][.]/);
    },
  );

  it('once chosen it is not said again how to choose, and French is one part', () => {
    const talk = having('hello, good morning', 'LANGUE');
    const said = talk.say('1') as string;
    expect(said).toMatch(
      /^Francais\. Ville de Clichy-sous-Bois\. Bonjour!.*5 autre\. STOP = pas de message$/,
    );
  });

  it('0 changes nothing and asks the open question again', () => {
    const talk = having(...asked);
    expect(talk.say('0')).toContain('3/4 Le soir');
    expect(talk.session.survey?.answers.securite).toBeUndefined();
  });

  it('gives up after three numbers, with the open question', () => {
    const talk = having(...asked, '12', '13');
    expect(talk.say('14')).toContain('3/4 Le soir');
    expect(talk.session.aside).toBeUndefined();
  });

  it('a sentence is not about the language: it answers the open question', () => {
    const talk = having('SQUARE', '1', '3', 'LANGUE');
    expect(talk.say('bancs et fleurs')).toContain('3/4');
    expect(talk.session).not.toHaveProperty('aside');
    expect(talk.session.survey?.answers.priorites).toMatchObject({ v: [2, 4] });
  });
});

describe('a correction', () => {
  it('that is not understood three times leaves the answer, and says so', () => {
    const talk = having('SQUARE', '1', '3', 'MODIF 1', 'nickel', 'bof');
    const said = talk.say('euh');
    expect(said).not.toContain('corrigé');
    expect(said).toContain(PRIORITES);
    expect(talk.session.survey?.answers.frequence).toMatchObject({ v: 3 });
  });
});

describe('nothing that was written is lost', () => {
  it('a reply after the survey has run out is kept for staff', () => {
    const late = having('SQUARE', '1', '3');
    late.now = new Date(late.now.getTime() + 8 * 86_400_000);
    expect(late.say('1 3')).toBe('Le délai pour répondre est passé. Pour reprendre le sondage: SQUARE');
    expect(late.effects('keep')).toEqual([{ type: 'keep', text: '1 3', why: 'no-question' }]);
    expect(late.effects('record').map(({ sheet }) => sheet.end)).toEqual(['expired']);
  });

  it('a reply after the survey has closed is kept for staff', () => {
    const talk = play(localWorld(), new Date('2027-06-30T10:00:00Z'));
    for (const text of ['SQUARE', '1', '3']) talk.say(text);
    talk.now = new Date('2027-07-01T10:00:00Z');
    expect(talk.say('1 3')).toBe('Ce sondage est fini. Résultats avant le 30 juin, ici et au square.');
    expect(talk.effects('keep')).toEqual([{ type: 'keep', text: '1 3', why: 'no-question' }]);
  });

  it('a very long text is cut, not inside a letter', () => {
    const talk = play();
    talk.say(`${'a'.repeat(MAX_TEXT - 1)}😀 et la suite`);
    expect(talk.effects('keep')).toEqual([
      { type: 'keep', text: 'a'.repeat(MAX_TEXT - 1), why: 'first-message' },
    ]);
  });
});

describe('a survey whose revision is gone from the app', () => {
  it('is closed and begun again, whatever wakes it', () => {
    const world = { ...localWorld(), surveys: surveyShelf([]) };
    const { session } = having(...JOINED, 'SQUARE', '1');
    const newer = { ...localWorld() };
    const pinned = { ...session, survey: session.survey && { ...session.survey, revision: 9 } };
    const invited = createEngine(newer)(
      pinned,
      { type: 'invited', id: 'i', channel: 'sms', survey: 'square' },
      MONDAY,
    );
    expect(invited.session.survey).toMatchObject({ revision: 1, at: '0' });
    const said = createEngine(world)(pinned, { type: 'said', id: 's', channel: 'sms', text: '3' }, MONDAY);
    expect(said.session.survey).toBeUndefined();
    expect(said.effects.filter(({ type }) => type === 'say')).toHaveLength(1);
    const woken = createEngine(world)(pinned, { type: 'waited', id: 'w' }, MONDAY);
    expect(woken.session.survey).toBeUndefined();
  });
});

describe('events of the provider and of time', () => {
  it('a STOP that the provider has answered changes everything and says nothing', () => {
    const talk = having(...JOINED, 'SQUARE', '1', '3');
    expect(talk.happen({ type: 'stopped', id: 'p1', by: 'provider' })).toBeUndefined();
    expect(talk.session).toMatchObject({ consent: 'stopped' });
    expect(talk.effects('record').map(({ sheet }) => sheet.end)).toEqual(['stopped']);
    expect(talk.happen({ type: 'stopped', id: 'p2', by: 'provider' })).toBeUndefined();
    expect(talk.turns.at(-1)?.effects).toEqual([]);
    expect(talk.happen({ type: 'resumed', id: 'p3', by: 'provider' })).toBeUndefined();
    expect(talk.session).toMatchObject({ consent: 'given', lists: ['chene'] });
  });

  it('an invitation reaches only who said OUI', () => {
    const talk = having('CHENE');
    expect(invite(talk)).toBeUndefined();
    expect(talk.turns.at(-1)).toMatchObject({ effects: [], session: { consent: 'none' } });
  });

  it('who said OUI and then no more is on the list after 20 hours', () => {
    const talk = having('CHENE', 'oui');
    expect(talk.wait(21)).toEqual([]);
    expect(talk.effects('subscribe')).toEqual([{ type: 'subscribe', list: 'chene' }]);
    expect(talk.session).toMatchObject({ consent: 'given', lists: ['chene'] });
  });

  it('who said nothing to the offer is on no list', () => {
    const talk = having('CHENE');
    talk.wait(48);
    expect(talk.session).toStrictEqual({ ...newSession('resident'), heard: '2026-11-23' });
  });
});
