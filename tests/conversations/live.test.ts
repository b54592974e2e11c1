/** A live by message, beside what the transcripts play: whom it is said to, and that nothing meets silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeTold } from '../../conversations/announce.ts';
import type { Event } from '../../conversations/events.ts';
import { parisMoment } from '../../conversations/hours.ts';
import { refuse } from '../../conversations/live-board.ts';
import { readName } from '../../conversations/live-name.ts';
import { noticeOf } from '../../conversations/live-notices.ts';
import { newSession } from '../../conversations/session.ts';
import { type Survey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { languages } from '../../locales/index.ts';
import { boardOf, CHIEF, liveWorld, staged } from '../support/lives.ts';
import { MONDAY, play } from './play.ts';

const L = 'L-2026-001';
type Announced = Extract<Event, { type: 'announced' }>;
let count = 0;
const announced = (more: Partial<Announced>): Announced => {
  count += 1;
  return {
    type: 'announced',
    id: `al${count}`,
    announcement: `A-2026-${String(count).padStart(3, '0')}`,
    kind: 'live',
    base: 'fr',
    texts: { fr: 'Ville de Clichy: direct jeudi' },
    live: L,
    ...more,
  };
};

describe('what is said of a live first', () => {
  const { city } = liveWorld();
  const facts = (about: NonNullable<Announced['about']>, open = true) => ({
    announcement: 'A-2026-900',
    kind: 'live' as const,
    live: { id: L, open, about },
  });
  const full = ['2026-11-23#1', '2026-11-23#2', '2026-11-23#3', '2026-11-23#4', '2026-11-23#5'];
  const of = (more: object) => ({ ...newSession('r'), ...more });

  it('reaches who asked for it, though they are on no list and their week is full', () => {
    const stranger = of({ pushed: full });
    expect(mayBeTold(stranger, facts('answer'), MONDAY, city)).toBeUndefined();
    expect(mayBeTold(stranger, facts('link'), MONDAY, city)).toBeUndefined();
    expect(mayBeTold(stranger, facts('invitation'), MONDAY, city)).toBe('no-consent');
    expect(mayBeTold(of({ consent: 'given', pushed: full }), facts('invitation'), MONDAY, city)).toBe(
      'pressure',
    );
  });

  it('never who has said STOP or STOP LIVE, and no link once it is over', () => {
    for (const about of ['answer', 'link', 'refused', 'cancelled', 'moved'] as const) {
      expect(mayBeTold(of({ consent: 'stopped' }), facts(about), MONDAY, city)).toBe('stopped');
      expect(mayBeTold(of({ consent: 'given', muted: ['live'] }), facts(about), MONDAY, city)).toBe('muted');
    }
    expect(mayBeTold(of({ consent: 'given' }), facts('link', false), MONDAY, city)).toBe('closed');
    const over = play(liveWorld(staged({ state: 'ended' })));
    over.session = { ...over.session, consent: 'given' };
    expect(over.happen(announced({ about: 'link' }))).toBeUndefined();
    expect(over.happen(announced({ about: 'answer', question: 7 }))).toContain('Réponse utile?');
  });

  it('no invitation once questions are closed', () => {
    for (const [time, said] of [
      ['11:00', true],
      ['12:00', false],
    ] as const) {
      const one = play(liveWorld(), parisMoment('2026-11-26', time));
      one.session = { ...one.session, consent: 'given' };
      expect(one.happen(announced({})) !== undefined).toBe(said);
      expect(one.happen(announced({ about: 'link' }))).toContain('direct');
    }
  });

  it('that was cancelled before it went out is not waited for', () => {
    const one = play(liveWorld());
    one.session = { ...one.session, consent: 'given' };
    const event = announced({});
    one.happen(event);
    expect(one.session.live).toMatchObject({ step: 'ask', source: event.announcement });
    one.happen({ type: 'recalled', id: `c${event.id}`, announcement: event.announcement });
    expect(one.session.live).toBeUndefined();
  });
});

describe('what is written next', () => {
  it('a keyword means the live that is on, though another had it before', () => {
    const one = play(
      liveWorld(
        staged({ state: 'ended' }),
        staged({ id: 'L-2026-002', number: 2 }),
        staged({ state: 'cancelled', id: 'L-2026-003', number: 3 }),
      ),
    );
    expect(one.say('TRAVAUX')).toContain('Votre question?');
    expect(one.session.live?.id).toBe('L-2026-002');
    const over = play(
      liveWorld(staged({ state: 'ended' }), staged({ state: 'cancelled', id: 'L-2026-002', number: 2 })),
    );
    expect(over.say('live-TRAVAUX')).toContain('annulé');
  });

  it("the keyword of one that is on is not a survey's, and afterwards it is", () => {
    const named = { ...localWorld().surveys.latest('square'), key: 'rues', keywords: ['TRAVAUX'] } as Survey;
    const surveys = surveyShelf([...localWorld().surveys.every(), named]);
    const during = play({ ...liveWorld(), surveys });
    expect(during.say('TRAVAUX')).toContain('Votre question?');
    expect(during.session.survey).toBeUndefined();
    const after = play({ ...liveWorld(staged({ state: 'ended' })), surveys });
    after.say('TRAVAUX');
    expect(after.session.survey?.key).toBe('rues');
  });

  it('after a vote or a first name answers the survey that waits below', () => {
    const one = play(liveWorld());
    one.say('SQUARE');
    one.say('1');
    one.say('QUESTIONS');
    expect(one.say('3')).toContain('Vote compté');
    expect(one.say('2')).toContain('2/4');
    one.say('TRAVAUX');
    one.say('Quand rouvre le Leclerc?');
    expect(one.say('Nadia')).toContain('Merci Nadia');
    expect(one.say('1')).toContain('3/4');
    const done = one.effects('live').map(({ does }) => does);
    expect(done.filter(({ do: what }) => what === 'vote')).toEqual([{ do: 'vote', question: 503 }]);
    expect(done.filter(({ do: what }) => what === 'ask')).toHaveLength(1);
  });

  it('yes and no under the list are no questions', () => {
    const one = play(liveWorld());
    one.say('QUESTIONS');
    expect(one.say('oui')).toContain('on vous envoie le lien');
    one.say('QUESTIONS');
    expect(one.say('non')).toContain('Merci.');
    one.say('QUESTIONS');
    one.say('2');
    expect(one.say('non')).toContain('pas de lien');
    expect(one.effects('live').map(({ does }) => does.do)).toEqual(['follow', 'vote', 'follow', 'leave']);
  });

  it('who has said STOP LIVE is not promised what will not come', () => {
    const one = play(liveWorld());
    one.say('TRAVAUX');
    one.say('STOP LIVE');
    expect(one.say('TRAVAUX')).toContain('pas de lien ni de réponse ici');
    one.say('QUESTIONS');
    expect(one.say('2')).toContain('REPRENDRE LIVE');
    one.say('REPRENDRE LIVE');
    expect(one.say('TRAVAUX')).toContain('Votre question?');
  });

  it('where nothing can be voted on says nothing of a question that comes too late', () => {
    const one = play(liveWorld(staged({}, { questions: [] })), parisMoment('2026-11-26', '14:00'));
    expect(one.say('QUESTIONS')).toBe('Pas encore de question pour voter. Revenez plus tard: QUESTIONS');
    expect(one.say('oui')).toContain('on vous envoie le lien');
  });
});

describe('under the list of one that is over', () => {
  const voting = (state: 'ended' | 'cancelled') => {
    const one = play(liveWorld(staged({ state })));
    const step = { id: L, step: 'vote' as const, at: '2026-11-23T08:00:00.000Z' };
    one.session = { ...one.session, consent: 'given', live: step };
    return one;
  };

  it.each(['ended', 'cancelled'] as const)('words are kept for a person: %s', (state) => {
    const one = voting(state);
    one.say('Et le parking de la tour 4?');
    expect(one.effects('keep').map(({ text }) => text)).toEqual(['Et le parking de la tour 4?']);
    expect(one.session.live).toBeUndefined();
  });

  it.each(['2', 'non 2', 'oui', 'suite'])('"%s" is told that it is over, and nobody reads it', (text) => {
    const one = voting('ended');
    expect(one.say(text)).toContain('Ce direct est terminé');
    expect(one.effects('keep')).toEqual([]);
  });
});

it('a question behind the hour, where a first name was asked, is kept', () => {
  const one = play(liveWorld(), parisMoment('2026-11-26', '11:50'));
  one.say('TRAVAUX');
  one.say('Quand rouvre le Leclerc?');
  one.wait(1);
  expect(one.say('Et pourquoi la poste est fermée?')).toContain('un agent lit votre message');
  expect(one.effects('keep')).toHaveLength(1);
});

describe('the link', () => {
  it('stands in the reply to a question that is asked once it has gone out', () => {
    for (const name of ['Nadia', '2']) {
      const one = play(liveWorld(staged({ until: '2026-11-26T19:00' })), parisMoment('2026-11-26', '18:50'));
      one.say('TRAVAUX');
      one.say('Quand rouvre le Leclerc?');
      expect(one.say(name)).toBe("C'est noté. Le direct de 19h est ici: fb.example/live");
      // It is going out: not twice.
      expect(one.effects('live').some(({ does }) => does.do === 'follow')).toBe(false);
    }
  });

  it('that went out the evening before leaves who asks later to be told of a change', () => {
    const sunday = staged({ at: '2026-11-29T18:00', until: '2026-11-29T12:00' });
    const one = play(liveWorld(sunday), parisMoment('2026-11-29', '10:00'));
    one.say('TRAVAUX');
    expect(one.say('oui')).toContain('fb.example/live');
    expect(one.effects('live').map(({ does }) => does)).toEqual([{ do: 'follow' }]);
  });
});

it('an invitation that was written before a move says the new day', () => {
  const moved = staged({
    at: '2026-11-27T19:00',
    until: '2026-11-27T12:00',
    moves: [{ by: 'agent@exemple', at: '2026-11-23T09:00:00.000Z', from: '2026-11-26T19:00' }],
  });
  const one = play(liveWorld(moved));
  one.session = { ...one.session, consent: 'given' };
  const said = one.happen(announced({ texts: { fr: 'Ville de Clichy: direct jeudi 26 19h' } }));
  expect(said).toContain('direct vendredi 27 19h');
  expect(said).toContain('STOP');
  expect(said).not.toContain('jeudi');
});

it('a question taken back is kept no more', () => {
  const one = play(liveWorld(), MONDAY, 'messenger');
  one.say('TRAVAUX');
  one.say('Quand rouvre le Leclerc?');
  const { event } = { event: `m${String(2).padStart(4, '0')}` };
  one.happen({ type: 'unsaid', id: 'u1', of: event });
  expect(one.effects('unkeep')).toMatchObject([{ event }]);
});

describe('a first name', () => {
  it.each([
    ['Nadia', { kind: 'name', name: 'Nadia' }],
    ['1 Nadia', { kind: 'name', name: 'Nadia' }],
    ['oui, Jean-Marc', { kind: 'name', name: 'Jean-Marc' }],
    ['نادية', { kind: 'name', name: 'نادية' }],
    ['1', { kind: 'yes' }],
    ['oui', { kind: 'yes' }],
    ['2', { kind: 'no' }],
    ['non merci', { kind: 'no' }],
    ['Anonyme', { kind: 'no' }],
    ['et pourquoi pas la piscine?', { kind: 'other' }],
    ['06 39 98 12 34', { kind: 'other' }],
    ["je m'appelle Nadia", { kind: 'name', name: 'Nadia' }],
    ["oui, moi c'est Marie Claire", { kind: 'name', name: 'Marie Claire' }],
    ["c'est Ali", { kind: 'name', name: 'Ali' }],
    ["c'est quoi le lien", { kind: 'other' }],
    ['Mon prénom est Ali', { kind: 'name', name: 'Ali' }],
    ['اسمي نادية', { kind: 'name', name: 'نادية' }],
    ['我叫娜迪亚', { kind: 'name', name: '娜迪亚' }],
    ['Nadia merci', { kind: 'name', name: 'Nadia' }],
    ['Soyez', { kind: 'name', name: 'Soyez' }],
    ['Iman', { kind: 'name', name: 'Iman' }],
    ['Ima', { kind: 'name', name: 'Ima' }],
    ['Jean-Marc D.', { kind: 'name', name: 'Jean-Marc D' }],
    ['merci', { kind: 'other' }],
    ['bonjour', { kind: 'other' }],
    ['je sais pas', { kind: 'no' }],
    ['pas de nom', { kind: 'no' }],
    ['oui anonyme', { kind: 'no' }],
    ['ali.example', { kind: 'other' }],
    ['=cmd()', { kind: 'other' }],
    ['<b>Ali</b>', { kind: 'other' }],
    ['Ali\u202Emehdi', { kind: 'other' }],
  ])('%s', (text, reading) => {
    expect(readName(text, 'fr', ['Anonyme'])).toEqual(reading);
  });
});

it('in any step, whatever is written or tapped is answered, and counts for what is there', () => {
  const said = fc.oneof(
    fc.constantFrom('TRAVAUX', 'QUESTIONS', '1', '2', '3', '9', '+', 'oui', 'non', 'non 2', 'Nadia', 'merci'),
    fc.constantFrom('Quand rouvre le Leclerc?', '٣', 'live-TRAVAUX', '1 2', '2, 3 et 4', 'VISITE', 'SQUARE'),
    fc.string({ minLength: 1, maxLength: 30 }),
  );
  const world = liveWorld(staged({}, boardOf(9)));
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.constantFrom('sms' as const, 'messenger' as const),
      fc.boolean(),
      fc.array(said, { minLength: 1, maxLength: 12 }),
      (language, channel, plain, texts) => {
        const one = play(world, parisMoment('2026-11-23', '10:00'), channel);
        one.session = { ...one.session, language, ...(plain && { plain: 'on' as const }) };
        one.say('TRAVAUX');
        for (const text of texts) {
          const before = one.session.consent;
          const answer = one.say(text);
          // Only after STOP, which the text may be, is there silence.
          if (before !== 'stopped') expect(answer, text).toBeTruthy();
        }
        for (const { does } of one.effects('live'))
          if (does.do === 'vote' || does.do === 'unvote') {
            expect(does.question).toBeGreaterThan(500);
            expect(does.question).toBeLessThan(510);
          }
      },
    ),
    { numRuns: 300 },
  );
});

it('a reason that staff write in French is said to be that, where the resident reads another language', () => {
  const acted = refuse(boardOf(1), 501, 'déjà répondu', CHIEF);
  if ('refused' in acted) throw new Error(acted.refused);
  const { live } = staged();
  const { city } = liveWorld();
  const said = (language: string): string =>
    noticeOf({ live, board: acted.board }, { about: 'refused', question: 501 }, language, city);
  expect(said('en')).toBe(
    'Your question Q-501 was not kept (in French): déjà répondu. To talk to someone: RAPPEL',
  );
  expect(said('tr')).toContain('(Fransızca): déjà répondu');
  expect(said('fr')).not.toContain('(');
});
