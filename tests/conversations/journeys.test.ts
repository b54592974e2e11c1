/**
 * The journeys of scripts-fr.json, played: the city's texts are the script's wherever our wording is the same, and
 * what is stored is what the notes say. Where we say something else on purpose, the reason stands here.
 */
import { describe, expect, it } from 'vitest';
import { measure, sms } from '../../conversations/shape.ts';
import scripts from '../vectors/scripts-fr.json';
import { MONDAY, type Play, play } from './play.ts';

interface Line {
  d: string;
  t: string;
  envoye?: string;
}
interface Difference {
  ours: string;
  why: string;
}

/** By journey, then by the number of the city's message, from 1. */
const DIFFERENCES: Record<string, Record<number, Difference>> = {
  J01: {},
  J03: {},
  J04: {
    4: {
      ours:
        'On passe. RAPPEL=appel. 2/4 Que faut-il en premier? Plusieurs choix possibles (ex: 1 3). ' +
        '1 jeux enfants 2 bancs 3 éclairage 4 fleurs 5 terrain de sport 6 autre',
      why: 'a turn says one message: the next question comes with it, not “dans une seconde”',
    },
  },
  J05: {
    1: {
      ours:
        'Il reste 2 questions sur le square. 3/4 Le soir, vous sentez-vous en sécurité au square? ' +
        'De 1 (pas du tout) à 5 (tout à fait). 0 = je ne sais pas',
      why: 'a question has one wording, that of J03, also in its reminder',
    },
  },
  J11: {
    1: {
      ours:
        'Commandes: SQUARE, HORAIRES, LANGUE, CONTACT, MES DONNEES, EFFACER, RAPPEL (un agent vous appelle), STOP. ' +
        'Mairie: 01 99 00 12 34',
      why: 'AIDE names only what works: the open survey and the city’s own words, not yet IDEE, SUIVI, VISITE',
    },
  },
};

const linesOf = (id: string): Line[] =>
  (scripts.journeys.find((journey) => journey.id === id)?.lignes ?? []) as Line[];

/** What comes before a journey's first line. */
interface Staging {
  before?: string[];
  /** The answer to the last of these is the script's first message. */
  opens?: boolean;
  /** How many hours pass, by the beginning of the note that says so. */
  waits?: Record<string, number>;
}

const STAGING: Record<string, Staging> = {
  J01: {},
  // A push in the script; here the keyword that stands on a poster.
  J03: { before: ['SQUARE'], opens: true },
  J04: { before: ['SQUARE', '1'], opens: true },
  J05: {
    before: ['SQUARE', '1', '3', '1 2'],
    waits: { 'Le résident a répondu aux questions 1 et 2': 24, 'Deux jours passent': 48 },
  },
  J11: { before: ['CHENE', 'oui', '1', '4'] },
};

/** Plays the resident's lines; gives each text of the city beside the script's. */
function playJourney(id: string): { talk: Play; pairs: [ours: string, script: string][] } {
  const { before = [], opens = false, waits = {} } = STAGING[id] as Staging;
  const talk = play();
  const replies = before.map((text) => talk.say(text));
  const heard = opens ? replies.slice(-1) : [];
  const pairs: [string, string][] = [];
  for (const { d, t, envoye } of linesOf(id)) {
    const hours = Object.entries(waits).find(([note]) => t.startsWith(note))?.[1];
    if (d === 'R') heard.push(talk.say(t));
    if (d === 'N' && hours !== undefined) heard.push(...talk.wait(hours));
    if (d === 'V') pairs.push([heard.shift() ?? '(silence)', envoye as string]);
  }
  // More than the script says would be a message nobody expects.
  for (const rest of heard) pairs.push([rest ?? '(silence)', '(nothing)']);
  return { talk, pairs };
}

describe.each(Object.keys(STAGING))('%s', (id) => {
  const { pairs } = playJourney(id);

  it.each(pairs.map(([ours, script], index): [number, string, string] => [index + 1, ours, script]))(
    'message %i: %s',
    (number, ours, script) => {
      const difference = DIFFERENCES[id]?.[number];
      expect(ours).toBe(difference?.ours ?? script);
      if (difference) expect(ours, 'the difference is gone: take it off the list').not.toBe(script);
      expect(measure(ours)).toMatchObject({ encoding: 'GSM-7', parts: 1 });
    },
  );

  it('is played to its last message, every difference met', () => {
    expect(pairs).toHaveLength(linesOf(id).filter(({ d }) => d === 'V').length);
    for (const number of Object.keys(DIFFERENCES[id] ?? {})) expect(pairs[Number(number) - 1]).toBeDefined();
  });
});

describe('what is kept', () => {
  it('J01: a contact with list, poster, language, age band, and the proof of consent', () => {
    const { talk, pairs } = playJourney('J01');
    expect(talk.session).toMatchObject({
      consent: 'given',
      lists: ['chene'],
      quartier: 'chene',
      source: 'A12',
      language: 'fr',
      age: '25-59',
    });
    const [consent, ...more] = talk.effects('consent');
    expect(more).toEqual([]);
    expect(consent).toMatchObject({ kind: 'given', version: '2026-11', list: 'chene', source: 'A12' });
    expect(sms(consent?.text ?? '').text).toBe(pairs[0]?.[0]);
    expect(talk.effects('subscribe')).toEqual([{ type: 'subscribe', list: 'chene' }]);
  });

  it('J01, age 1: no profile at all', () => {
    const talk = play();
    for (const text of ['chêne A12', 'oui', '1', '1']) talk.say(text);
    expect(talk.effects('erase')).toHaveLength(1);
    expect(talk.effects('subscribe')).toEqual([]);
    expect(talk.turns.at(-1)?.session).toEqual({ v: 1, id: '', lists: [], consent: 'none', ended: {} });
  });

  it('J03: the four answers, the comment and the text of "other"', () => {
    const { talk } = playJourney('J03');
    const [record] = talk.effects('record');
    expect(talk.effects('record')).toHaveLength(1);
    expect(record?.sheet).toMatchObject({
      survey: 'square',
      revision: 1,
      end: 'done',
      channel: 'sms',
      language: 'fr',
      mode: 'mot-clé',
      reminders: 0,
      started: new Date(MONDAY.getTime() + 90_000).toISOString(),
    });
    expect(record?.sheet.answers).toEqual({
      frequence: { v: 3, c: 'parfois le dimanche', r: '3 parfois le dimanche', t: 180 },
      priorites: { v: [1, 3, 6], o: 'des toilettes publiques', r: '1,3 et 6', t: 270 },
      securite: { v: 2, r: 'deux', t: 450 },
      mot: { v: "Il faut que le gardien reste jusqu'à 20h", t: 540 },
    });
    expect(talk.session).not.toHaveProperty('survey');
    expect(talk.session.ended.square).toMatchObject({ end: 'done', revision: 1 });
  });

  it('J04: not understood, with the three texts; the conversation goes on', () => {
    const { talk } = playJourney('J04');
    expect(talk.session.survey?.answers).toEqual({
      frequence: { m: 'unknown', x: ['nickel', '7', 'c koi ce truc'], t: 360 },
    });
    expect(talk.session.survey?.at).toBe('priorites');
    expect(talk.say('1')).toContain('3/4');
  });

  it('J05: one reminder, the only digit of the message as answer 3, and a sheet that says so', () => {
    const { talk } = playJourney('J05');
    const [record] = talk.effects('record');
    expect(record?.sheet).toMatchObject({
      end: 'done',
      reminders: 1,
      answers: {
        frequence: { v: 3 },
        priorites: { v: [1, 2] },
        securite: { v: 4, c: 'slt dsl g t occupé', r: 'slt dsl g t occupé. 4' },
        mot: { m: 'skip' },
      },
    });
  });

  it('J05: the reminder waits for permitted hours, and there is no second one in seven days', () => {
    const talk = play();
    for (const text of ['SQUARE', '1', '3', '1 2']) talk.say(text);
    // Twenty hours after Monday 10 h is Tuesday 6 h: too early to write.
    expect(talk.wait(22)).toEqual([]);
    expect(talk.wait(1)).toHaveLength(1);
    expect(talk.wait(24 * 5)).toEqual([]);
    expect(talk.say('5')).toContain('4/4');
    expect(talk.wait(24 * 9)).toEqual([]);
    expect(talk.effects('record').map(({ sheet }) => [sheet.end, sheet.reminders])).toEqual([['expired', 1]]);
  });

  it('J05: after the closing day the city says that the survey is over', () => {
    const talk = play(undefined, new Date('2027-06-30T08:00:00Z'));
    for (const text of ['CHENE', 'oui', '1', '4', 'SQUARE', '1', '3']) talk.say(text);
    talk.wait(48);
    expect(talk.say('1 2')).toBe('Ce sondage est fini. Résultats avant le 30 juin, ici et au square.');
  });

  it('J11: STOP leaves every list and ends every conversation; REPRENDRE brings back what STOP left', () => {
    const { talk } = playJourney('J11');
    expect(talk.effects('unsubscribe')).toEqual([{ type: 'unsubscribe', list: 'chene' }]);
    expect(talk.effects('consent').map(({ kind }) => kind)).toEqual(['given', 'stopped', 'resumed']);
    expect(talk.effects('suppress')).toHaveLength(1);
    // With OUI, and with REPRENDRE: whoever says so themselves.
    expect(talk.effects('unsuppress')).toHaveLength(2);
    expect(talk.session).toMatchObject({ consent: 'given', lists: ['chene'] });
  });

  it('J11: « stop aux voitures rue X » is asked about, and is an answer', () => {
    const talk = play();
    for (const text of ['SQUARE', '1', '3', '1 2', '4']) talk.say(text);
    expect(talk.say('stop aux voitures rue X')).toBe(
      "Voulez-vous arrêter les messages? 1 oui 2 non, c'est ma réponse",
    );
    expect(talk.say('2')).toContain('4/4 recu');
    expect(talk.effects('record')[0]?.sheet.answers.mot).toMatchObject({ v: 'stop aux voitures rue X' });
    expect(talk.effects('suppress')).toEqual([]);
  });
});
