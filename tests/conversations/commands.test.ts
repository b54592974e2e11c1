/** The words that work in every state: stop words above all, then languages, corrections, posters' keywords, a city's own. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../conversations/events.ts';
import { languageByName } from '../../conversations/language-names.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { readCommand, startsLikeStop } from '../../conversations/understand/commands.ts';
import { readKeyword } from '../../conversations/understand/keywords.ts';
import { normalise } from '../../conversations/understand/normalise.ts';
import { hostEngine } from '../../functions/runtime/bot.ts';
import { cityCommands } from '../../functions/runtime/city-commands.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type CommandWord, type Language, languages, words } from '../../locales/index.ts';
import vectors from '../vectors/optout-keywords.json';
import { MONDAY, play, saidIn } from './play.ts';

const stops = (text: string, language: string): boolean => readCommand(text, language)?.command === 'stop';

describe('stop words', () => {
  it.each(vectors.cases.map(({ text, optOut }): [string, boolean] => [text, optOut]))(
    '“%s” stops: %s',
    (text, optOut) => {
      for (const language of languages) expect(stops(text, language), language).toBe(optOut);
    },
  );

  it.each(vectors.cases.map(({ text, normalised }): [string, string] => [text, normalised]))(
    '“%s” is compared as “%s”',
    (text, normalised) => {
      expect(normalise(text).toUpperCase()).toBe(normalised);
    },
  );

  it.each([...new Set([...vectors.twilio, ...vectors.aws, ...vectors.french])])(
    '%s of the providers’ and the French lists stops whatever the language',
    (word) => {
      for (const language of languages) {
        expect(stops(word, language), language).toBe(true);
        expect(stops(` ${word.toLowerCase()}. `, language), language).toBe(true);
      }
    },
  );

  it.each([
    ...vectors.other.tr.map((word): [string, string] => ['tr', word]),
    ...vectors.other.ar.map((word): [string, string] => ['ar', word]),
  ])('%s: %s stops', (language, word) => {
    expect(stops(word, language)).toBe(true);
  });

  it('a short word of another language is only a word', () => {
    expect(readCommand('dur', 'fr')).toBeUndefined();
    expect(readCommand('dil', 'fr')).toBeUndefined();
    expect(readCommand('sil', 'fr')).toBeUndefined();
    expect(readCommand('DUR', 'tr')).toEqual({ command: 'stop' });
  });

  it.each(['SVP', 'MERCI', 'STP', 'SMS', 'TOUT', 'ALL', 'MAINTENANT', 'PLEASE', 'NOW', 'S IL VOUS PLAIT'])(
    'STOP %s stops',
    (politeness) => {
      expect(stops(`STOP ${politeness}`, 'fr')).toBe(true);
      expect(stops(`Arrêt, ${politeness.toLowerCase()} !`, 'fr')).toBe(true);
    },
  );

  it.each(['stop aux voitures rue Utrillo', 'STOP à la circulation', 'stop, envoyez plus rien', 'stop 2'])(
    '“%s” is asked about',
    (text) => {
      for (const language of languages) expect(readCommand(text, language)).toEqual({ command: 'stop?' });
    },
  );

  it.each(['arrêt de bus à déplacer', 'arrêter les travaux la nuit', 'CANCEL MY BIN', 'remove the bins'])(
    '“%s” is an answer that says how to stop',
    (text) => {
      expect(readCommand(text, 'fr')).toBeUndefined();
      expect(startsLikeStop(text, 'fr')).toBe(true);
    },
  );

  it.each(['non', 'OUI', 'YES', 'stopper', 'Fin', 'S T O P', 'bus stop', 'un arrêt de bus', ''])(
    '“%s” has nothing to do with stopping',
    (text) => {
      expect(stops(text, 'fr')).toBe(false);
      expect(startsLikeStop(text, 'fr')).toBe(false);
    },
  );

  it('a bare yes never brings back', () => {
    for (const language of languages)
      for (const yes of [...words[language].yes, 'YES', 'oui'])
        expect(readCommand(yes, language)?.command, yes).not.toBe('resume');
  });
});

describe('every listed word', () => {
  const listed = languages.flatMap((language) =>
    (Object.entries(words[language].commands) as [CommandWord, string[]][]).flatMap(([command, list]) =>
      list
        .filter((word) => normalise(word))
        .map((word): [Language, string, CommandWord] => [language, word, command]),
    ),
  );
  // SUIVI and VOTE say nothing without a number or a code.
  const alone = listed.filter(([, , command]) => command !== 'track' && command !== 'vote');
  it.each(alone)('%s: %s is %s', (language, word, command) => {
    expect(readCommand(word, language)).toEqual({ command });
    expect(readCommand(`${word.toUpperCase()} !`, language)).toEqual({ command });
  });

  it('means one thing: no word is two commands, nor a yes, a no or a number', () => {
    const meanings = new Map<string, Set<string>>();
    for (const [, word, command] of listed)
      meanings.set(normalise(word), (meanings.get(normalise(word)) ?? new Set()).add(command));
    expect([...meanings].filter(([, commands]) => commands.size > 1)).toEqual([]);
    for (const language of languages) {
      const { yes, no, numbers, skip, later, dontKnow } = words[language];
      for (const word of [...yes, ...no, ...Object.keys(numbers), ...skip, ...later, ...dontKnow])
        expect(readCommand(word, language), `${language} ${word}`).toBeUndefined();
    }
  });

  it.each(['fin', 'rien', 'merci', 'bien', 'le stop', 'aidez les jeunes', 'nickel', 'suite'])(
    'an ordinary French reply is no command: %s',
    (text) => {
      expect(readCommand(text, 'fr')).toBeUndefined();
    },
  );
});

describe('near misses', () => {
  it.each(['EFACER', 'effacez', 'EFFACR', 'effacre'])('%s asks before it erases', (text) => {
    expect(readCommand(text, 'fr')).toEqual({ command: 'erase?', near: true });
    const talk = play();
    expect(talk.say(text)).toContain('Effacer votre numéro et votre profil?');
    expect(talk.effects('erase')).toEqual([]);
  });

  it.each(['face', 'effectuer', 'efacr', 'placer'])('%s is only a word', (text) => {
    expect(readCommand(text, 'fr')).toBeUndefined();
  });
});

describe('a language', () => {
  const named = languages.flatMap((language) =>
    [language, words[language].name, words[language].menuName, ...words[language].names].map(
      (name): [string, Language] => [name, language],
    ),
  );

  it.each(named)('LANGUE %s is %s', (name, language) => {
    expect(readCommand(`LANGUE ${name}`, 'fr')).toEqual({ command: 'language', to: language });
    expect(readCommand(`langue ${name.toLowerCase()}`, 'tr')).toEqual({ command: 'language', to: language });
  });

  it.each(named)('%s answers the menu: %s', (name, language) => {
    const talk = play();
    talk.say('LANGUE');
    talk.say(name);
    expect(talk.session.language).toBe(language);
    expect(talk.session.aside).toBeUndefined();
  });

  it('9 in the menu leads to the languages that are not in it, and to those that are spoken', () => {
    const talk = play();
    talk.say('LANGUE');
    expect(talk.say('9')).toBe(
      'Quelle langue? 1 Francais facile 2 Urdu 3 Bangla 4 Zhongwen 5 Soninké 6 Bambara 7 Pulaar 8 Wolof 9 autre (on vous rappelle)',
    );
    expect(talk.say('5')).toMatch(/^C'est noté: Soninké\. Une personne qui parle cette langue vous rappelle/);
    expect(talk.effects('call')).toEqual([{ type: 'call', language: 'snk', why: 'language' }]);
    talk.say('RAPPEL');
    expect(talk.effects('call').at(-1)).toMatchObject({ language: 'snk', why: 'asked' });
  });

  const inMenu = languages.filter((language) => words[language].menuNumber > 0);
  it.each(inMenu.map((language): [number, Language] => [words[language].menuNumber, language]))(
    '%i in the menu is %s',
    (number, language) => {
      const talk = play();
      expect(talk.say('LANGUE')).toContain(`${number} `);
      talk.say(String(number));
      expect(talk.session.language).toBe(language);
    },
  );

  it('that is not offered, or none, asks with the menu', () => {
    expect(readCommand('LANGUE', 'fr')).toEqual({ command: 'language' });
    expect(readCommand('LANGUE swahili', 'fr')).toBeUndefined();
    const talk = play({ ...localWorld(), city: { ...localWorld().city, languages: ['fr', 'tr'] } });
    expect(talk.say('LANGUE en')).toBe('Langue? 1 Français 3 Türkçe 9 autre (on vous rappelle)');
  });
});

describe('a language that we do not write', () => {
  it.each([
    ['polonais', 'pl'],
    ['Russe', 'ru'],
    ['русский', 'ru'],
    ['somali', 'so'],
    ['الصومالية', 'so'],
    ['kabyle', 'kab'],
    ['créole', 'cpf'],
    ['soninké', 'snk'],
    ['peul', 'ff'],
  ])('%s: a person calls, in the menu, after LANGUE and alone', (name, code) => {
    for (const texts of [['LANGUE', name], [`LANGUE ${name}`], ['LANGUE', '9', name], [name]]) {
      const talk = play();
      let said: string | undefined;
      for (const text of texts) said = talk.say(text);
      expect(said, texts.join()).toMatch(/^C'est noté.* vous rappelle mardi 24 novembre entre 9h et 12h\.$/);
      expect(talk.effects('call')).toEqual([{ type: 'call', language: code, why: 'language' }]);
      expect(talk.session.aside).toBeUndefined();
      talk.say('RAPPEL');
      expect(talk.effects('call').at(-1)).toMatchObject({ language: code, why: 'asked' });
    }
  });

  it('while joining: a person calls, and the join goes on', () => {
    const talk = play();
    for (const text of ['CHENE', 'oui']) talk.say(text);
    expect(talk.say('polonais')).toMatch(/^C'est noté, on vous rappelle\. Votre age\?/);
    expect(talk.effects('call')).toEqual([{ type: 'call', language: 'pl', why: 'language' }]);
  });

  it('the open question is still the open question', () => {
    const talk = play();
    for (const text of ['SQUARE', '1', 'LANGUE RUSSE']) talk.say(text);
    expect(talk.say('2')).toContain('2/4');
  });

  it('one that another city writes is called in too, where this one does not', () => {
    const talk = play({ ...localWorld(), city: { ...localWorld().city, languages: ['fr', 'tr'] } });
    talk.say('LANGUE');
    talk.say('portugais');
    expect(talk.effects('call')).toEqual([{ type: 'call', language: 'pt', why: 'language' }]);
  });

  it('none that is written shares its name', () => {
    for (const language of languages)
      for (const name of [words[language].name, ...words[language].names])
        expect([undefined, language], name).toContain(languageByName(name));
  });

  it.each([
    ['inglés', 'en'],
    ['engleză', 'en'],
    ['ஆங்கிலம்', 'en'],
    ['土耳其语', 'tr'],
    ['árabe', 'ar'],
  ])('%s is %s, which is written', (name, language) => {
    for (const texts of [['LANGUE', name], [`LANGUE ${name}`], [name]]) {
      const talk = play();
      for (const text of texts) talk.say(text);
      expect(talk.session.language, texts.join()).toBe(language);
      expect(talk.effects('call')).toEqual([]);
    }
  });

  it.each(['oui', 'bien', 'le russe', 'un restaurant italien', ''])('“%s” is none', (text) => {
    expect(languageByName(text)).toBeUndefined();
  });
});

describe('MODIF', () => {
  it.each([
    ['fr', 'MODIF', undefined],
    ['fr', 'MODIF 1', 1],
    ['fr', 'modif1', 1],
    ['fr', 'Modif. 2', 2],
    ['fr', 'modifier 3', 3],
    ['fr', 'CORRIGER 12', 12],
    ['fr', 'MODIF ٢', 2],
    ['en', 'MODIF 2', 2],
    ['tr', 'düzelt 2', 2],
    ['tr', 'DUZELT 2', 2],
    ['ar', 'تصحيح ٣', 3],
  ])('%s: %s', (language, text, number) => {
    expect(readCommand(text, language)).toEqual({ command: 'modify', ...(number && { number }) });
  });

  it.each(['MODIF 123', 'modifier le rond-point', 'modif 1 2', 'la modif 1', 'banc 1'])(
    '%s is not one',
    (text) => {
      expect(readCommand(text, 'fr')).toBeUndefined();
    },
  );
});

describe('a keyword', () => {
  const { city, surveys } = localWorld();
  const read = (text: string, language = 'fr') => readKeyword(text, city, surveys, language);
  const chene = { kind: 'quartier', quartier: 'chene' };
  const square = { kind: 'survey', survey: 'square' };

  it.each([
    ['CHENE', chene],
    ['chêne', chene],
    ['Chêne Pointu', chene],
    ['chêne A12', { ...chene, source: 'A12' }],
    ['CHENE a12', { ...chene, source: 'A12' }],
    ['CHENE AB1234', { ...chene, source: 'AB1234' }],
    ['CHENE TR', { ...chene, language: 'tr' }],
    ['CHENE B7 tr', { ...chene, source: 'B7', language: 'tr' }],
    ['CHENE TR B7', { ...chene, source: 'B7', language: 'tr' }],
    ['chene english', { ...chene, language: 'en' }],
    ['CHENE عربي', { ...chene, language: 'ar' }],
    ['Chene svp merci', chene],
    ['CHENE A12.', { ...chene, source: 'A12' }],
    ['"CHENE A12"', { ...chene, source: 'A12' }],
    ['SQUARE', square],
    ['square C3', { ...square, source: 'C3' }],
    ['SQUARE EN', { ...square, language: 'en' }],
    ['Bois du Temple', { kind: 'quartier', quartier: 'temple' }],
    ['VILLE', { kind: 'quartier', quartier: 'ville' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    '',
    'CHENES',
    'le square est sale',
    'square trop sombre',
    'CHENE 12',
    'CHENE ABC1',
    'A12',
    'TR',
    'haut les mains',
    'la ville est belle',
  ])('“%s” is not one', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('of a poster in a language speaks it at once, and the code is kept with the consent', () => {
    const talk = play();
    expect(talk.say('CHENE TR B7')).toContain('Merhaba!');
    talk.say('evet');
    expect(talk.effects('consent')).toEqual([
      expect.objectContaining({
        kind: 'given',
        list: 'chene',
        source: 'B7',
        text: expect.stringContaining('Merhaba!'),
      }),
    ]);
    expect(talk.session.language).toBe('tr');
  });

  it('with a code counts as QR, without as keyword', () => {
    const modes = ['SQUARE', 'SQUARE C3'].map((text) => {
      const talk = play();
      talk.say(text);
      return talk.session.survey?.mode;
    });
    expect(modes).toEqual(['mot-clé', 'QR']);
  });
});

describe('a city’s own command', () => {
  const world = localWorld();
  const take = hostEngine(world, [cityCommands]);
  const said = (text: string): Event => ({ type: 'said', id: 'm1', channel: 'sms', text });
  const ask = async (text: string, session: Partial<Session> = {}) =>
    saidIn(await take({ ...newSession('resident'), ...session }, said(text), MONDAY));

  it.each(['HORAIRES', 'horaires', ' Horaires ? '])('%s is answered by its text', async (text) => {
    expect(await ask(text)).toBe(
      'Mairie ouverte du lundi au vendredi 9h-12h et 14h-18h. Tél: 01 99 00 12 34',
    );
  });

  it('in the resident’s language', async () => {
    expect(await ask('HORAIRES', { language: 'tr' })).toContain('Belediye pazartesi-cuma');
  });

  it('counts only as the whole message', async () => {
    expect(await ask('les horaires de la piscine')).not.toContain('Mairie ouverte');
  });

  it('says nothing after STOP', async () => {
    expect(await ask('HORAIRES', { consent: 'stopped' })).toBeUndefined();
  });

  it('leaves the question at hand as it is', async () => {
    const talk = play();
    for (const text of ['SQUARE', '1', '3']) talk.say(text);
    const turn = await take(talk.session, said('HORAIRES'), talk.now);
    expect(turn.session).toEqual(talk.session);
  });

  it('may not be one of our words', () => {
    const commands = [{ keywords: ['AIDE'], text: { fr: 'x' } }];
    expect(() => hostEngine({ ...world, city: { ...world.city, commands } }, [cityCommands])).toThrow(
      /city command aide is a reserved word/,
    );
  });
});
