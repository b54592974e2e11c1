/** Who is in an audience, what it says in French, what is refused; and that few people are not shown as a figure. */
import { describe, expect, it } from 'vitest';
import {
  type Audience,
  inAudience,
  lastHeard,
  matches,
  readAudience,
  UnknownInAudience,
  withheld,
} from '../../conversations/audience.ts';
import { describeAudience, unknownInWords } from '../../conversations/describe-audience.ts';
import { newSession, type Session } from '../../conversations/session.ts';
import { shownCount, shownTable } from '../../conversations/small-counts.ts';
import { localWorld } from '../../infra/local/city.ts';
import { MONDAY, type Play, play } from './play.ts';

const world = localWorld();
const about = { now: MONDAY };
function having(...texts: string[]): Play {
  const talk = play();
  for (const text of texts) talk.say(text);
  return talk;
}
const ayse: Session = {
  ...newSession('ayse'),
  consent: 'given',
  lists: ['chene', 'aines'],
  quartier: 'chene',
  language: 'tr',
  age: '60+',
  channel: 'whatsapp',
  heard: '2026-10-15',
  ended: { square: { revision: 1, end: 'done', at: '2026-10-15T09:00:00.000Z' } },
};

describe('each filter', () => {
  const cases: [string, Audience, Audience][] = [
    ['lists', { lists: ['bas', 'aines'] }, { lists: ['bas'] }],
    ['quartiers', { quartiers: ['chene'] }, { quartiers: ['aines'] }],
    ['languages', { languages: ['ar', 'tr'] }, { languages: ['fr'] }],
    ['ages', { ages: ['60+'] }, { ages: ['15-17', '18-24'] }],
    ['channels', { channels: ['whatsapp'] }, { channels: ['sms', 'messenger'] }],
    ['active since that very day', { activeSince: '2026-10-15' }, { activeSince: '2026-10-16' }],
    ['silent since', { silentSince: '2026-10-16' }, { silentSince: '2026-10-15' }],
    [
      'answered',
      { answered: { survey: 'square', did: true } },
      { answered: { survey: 'square', did: false } },
    ],
    [
      'not answered',
      { answered: { survey: 'repas', did: false } },
      { answered: { survey: 'repas', did: true } },
    ],
    ['all at once', { lists: ['aines'], languages: ['tr'] }, { lists: ['aines'], languages: ['fr'] }],
  ];
  it.each(cases)('%s', (_, takes, leaves) => {
    expect(inAudience(takes, ayse, about)).toBe(true);
    expect(inAudience(leaves, ayse, about)).toBe(false);
  });

  it('none: everyone who gave their consent', () => {
    expect(inAudience({}, ayse, about)).toBe(true);
    expect(inAudience({}, newSession('nobody'), about)).toBe(false);
  });

  it('a spoken language by its own code, and French where none was chosen', () => {
    expect(matches({ languages: ['snk'] }, { ...ayse, voice: 'snk' })).toBe(true);
    const { language: _, ...silent } = ayse;
    expect(matches({ languages: ['fr'] }, silent)).toBe(true);
  });

  it('who began a survey or said no to it has not answered it', () => {
    const declined: Session = {
      ...ayse,
      ended: { square: { revision: 1, end: 'declined', at: '2026-10-15T09:00:00.000Z' } },
    };
    expect(matches({ answered: { survey: 'square', did: false } }, declined)).toBe(true);
  });
});

describe('who is not written to', () => {
  it('STOP, no consent, a muted kind, a conversation with a person until it is over', () => {
    expect(withheld({ ...ayse, consent: 'stopped' }, about)).toBe('stopped');
    expect(withheld(newSession('x'), about)).toBe('none');
    expect(withheld({ ...ayse, muted: ['visit'] }, { ...about, kind: 'visit' })).toBe('muted');
    expect(withheld({ ...ayse, muted: ['visit'] }, { ...about, kind: 'info' })).toBeUndefined();
    const until = new Date(MONDAY.getTime() + 1000).toISOString();
    const relieved: Session = { ...ayse, relieved: { channel: 'messenger', until } };
    expect(withheld(relieved, about)).toBe('relieved');
    expect(withheld(relieved, { now: new Date(until) })).toBeUndefined();
    expect(inAudience({}, relieved, about)).toBe(false);
  });

  it('by the words that residents send', () => {
    const talk = having('CHENE', 'oui', '1', '3');
    expect(inAudience({ lists: ['chene'] }, talk.session, { now: MONDAY, kind: 'visit' })).toBe(true);
    talk.say('STOP VISITE');
    expect(inAudience({}, talk.session, { now: MONDAY, kind: 'visit' })).toBe(false);
    talk.say('STOP');
    expect(inAudience({}, talk.session, { now: MONDAY, kind: 'info' })).toBe(false);
  });
});

describe('the last word', () => {
  it('is the day of what the resident wrote, not of what we did', () => {
    const talk = having('CHENE', 'oui', '1', '3', 'SQUARE', '1', '2');
    expect(lastHeard(talk.session)).toBe('2026-11-23');
    expect(talk.wait(24)).toHaveLength(1);
    expect(lastHeard(talk.session)).toBe('2026-11-23');
    talk.say('3');
    expect(lastHeard(talk.session)).toBe('2026-11-24');
  });

  it('is the latest trace where no day was kept, and nothing where there is none', () => {
    const { heard: _, ...before } = ayse;
    expect(lastHeard(before)).toBe('2026-10-15');
    const { ended: __, ...none } = before;
    expect(lastHeard({ ...none, ended: {} })).toBeUndefined();
    expect(matches({ silentSince: '2026-01-01' }, { ...none, ended: {} })).toBe(true);
    expect(matches({ activeSince: '2020-01-01' }, { ...none, ended: {} })).toBe(false);
  });
});

describe('reading', () => {
  it('refuses what does not exist with what does', () => {
    const read = () =>
      readAudience(
        { lists: ['chene', 'chenes'], languages: ['xx'], answered: { survey: 'parc', did: true } },
        world,
      );
    expect(read).toThrow(UnknownInAudience);
    try {
      read();
    } catch (error) {
      expect(unknownInWords((error as UnknownInAudience).unknown).split('\n')).toEqual([
        'liste inconnue: « chenes ». Listes: haut, bas, chene, temple, ville, aines',
        expect.stringMatching(/^langue inconnue: « xx ». Langues: fr, fr-facile, en, .*, snk, bm, ff, wo$/),
        'sondage inconnu: « parc ». Sondages: square, repas',
      ]);
    }
  });

  it.each([
    [{ ages: ['12-14'] }, 'ages[0]'],
    [{ channels: ['fax'] }, 'channels[0]'],
    [{ activeSince: '2026-13-01' }, 'activeSince'],
    [{ lists: [] }, 'lists'],
    [{ quartier: ['chene'] }, 'unknown field "quartier"'],
  ])('refuses %j with its place', (data, place) => {
    expect(() => readAudience(data, world)).toThrow(place);
  });
});

it.each<[string, Audience]>([
  ['tous les habitants inscrits', {}],
  [
    "habitants des quartiers Chêne Pointu et Bas Clichy, 15 à 24 ans, en turc ou en arabe, qui n'ont pas répondu à SQUARE",
    {
      quartiers: ['chene', 'bas'],
      ages: ['18-24', '15-17'],
      languages: ['tr', 'ar'],
      answered: { survey: 'square', did: false },
    },
  ],
  [
    'habitants de la liste Aînés, qui ont dit habiter Bas Clichy, 60 ans et plus, par SMS',
    { lists: ['aines'], quartiers: ['bas'], ages: ['60+'], channels: ['sms'] },
  ],
  ['habitants inscrits, 15 à 17 ans ou 25 ans et plus', { ages: ['15-17', '25-59', '60+'] }],
  [
    "habitants inscrits, en français facile ou en soninké, qui n'ont pas écrit depuis le 1er octobre 2026",
    { languages: ['fr-facile', 'snk'], silentSince: '2026-10-01' },
  ],
  ['habitants qui viennent à V-2026-003', { group: { event: 'V-2026-003', who: 'coming' } }],
  ['habitants qui veulent le lien de L-2026-001', { group: { event: 'L-2026-001', who: 'interested' } }],
  [
    'habitants qui ont posé une question ou veulent le lien pour L-2026-001',
    { group: { event: 'L-2026-001', who: 'concerned' } },
  ],
  [
    'habitants qui ont posé la question Q-77 ou une semblable pour L-2026-001',
    { group: { event: 'L-2026-001', who: 'asked#77' } },
  ],
])('says « %s »', (sentence, audience) => {
  expect(describeAudience(readAudience(audience, world), world)).toBe(sentence);
});

describe('few people', () => {
  it('are a figure where one filter or none made it, and no figure where two did', () => {
    expect([0, 1, 4, 5].map((count) => shownCount(count, 1))).toEqual([0, 1, 4, 5]);
    expect([0, 1, 4, 5].map((count) => shownCount(count, 2))).toEqual([0, 'few', 'few', 5]);
  });
  it('cannot be told from the total of a table', () => {
    expect(shownTable([40, 9, 3], 1)).toEqual([40, 'hidden', 'few']);
    expect(shownTable([40, 3, 2], 1)).toEqual([40, 'few', 'few']);
    expect(shownTable([40, 3, 0], 1)).toEqual(['hidden', 'few', 0]);
    expect(shownTable([40, 3], 0)).toEqual([40, 3]);
  });
});
