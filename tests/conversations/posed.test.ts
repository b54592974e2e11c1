/** A question as it is put to one resident: filtered, with earlier answers in it, with what is told on the way. */
import { describe, expect, it } from 'vitest';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { MONDAY, type Play, play, secondsAfter } from './play.ts';

const fr = (text: string) => ({ fr: text });
const option = (id: string, label: string, more: object = {}) => ({ id, label: fr(label), ...more });
const yesno = (id: string, more: object = {}) => ({ id, type: 'yesno', text: fr(`${id}?`), ...more });

const surveyOf = (questions: object[], more: object = {}): Survey =>
  readSurvey(
    {
      key: 'essai',
      revision: 1,
      keywords: ['ESSAI'],
      opens: '2026-01-01',
      closes: '2026-12-20',
      languages: ['fr'],
      topic: fr('la ville'),
      intro: fr('Des questions.'),
      thanks: fr('À bientôt.'),
      over: fr('Ce sondage est fini.'),
      questions,
      ...more,
    },
    'essai',
  );
const with1 = (survey: Survey, start = MONDAY, channel: 'sms' | 'whatsapp' = 'sms'): Play =>
  play({ city: localWorld().city, surveys: surveyShelf([survey]) }, start, channel);
const begun = (survey: Survey, ...said: string[]): Play => {
  const talk = with1(survey);
  for (const each of ['ESSAI', '1', ...said]) talk.say(each);
  return talk;
};
const answersIn = (talk: Play) => {
  const answers = talk.effects('record').at(-1)?.sheet.answers ?? talk.session.survey?.answers ?? {};
  return Object.fromEntries(
    Object.entries(answers).map(([id, { v, m, d }]) => [id, d ? [v, 'd'] : (v ?? m)]),
  );
};

const FRUIT = ['pomme', 'poire', 'prune'];
const market = surveyOf([
  {
    id: 'aime',
    type: 'multiple',
    text: fr('Quels fruits?'),
    options: FRUIT.map((id) => option(id, `la ${id}`)),
  },
  {
    id: 'prefere',
    type: 'single',
    text: fr('Entre ${aime}?'),
    filter: 'selected(${aime}, name)',
    default: 'poire',
    options: FRUIT.map((id) => option(id, `la ${id}`)),
  },
  { id: 'combien', type: 'number', min: 1, max: 9, text: fr('Combien pour ${prefere}?') },
  { id: 'prix', type: 'calculate', calculation: '${combien} * 1.5' },
  yesno('juste', { text: fr('${prix} euros, est-ce juste?') }),
]);

describe('a filtered question', () => {
  it('shows what is on offer from 1, and stores it as it was written', () => {
    const talk = begun(market);
    expect(talk.say('2 3')).toBe('2/4 Entre la poire, la prune? 1 la poire 2 la prune (0 = la poire)');
    expect(talk.say('2')).toContain('3/4 Combien pour la prune?');
    expect(answersIn(talk)).toEqual({ aime: [2, 3], prefere: 3 });
  });

  it('takes no number and no label that is not on offer', () => {
    const talk = begun(market, '2 3');
    expect(talk.say('3')).toContain("3 n'est pas dans la liste. Tapez 1 ou 2.");
    expect(talk.say('la pomme')).toContain("Je n'ai pas compris");
    expect(talk.say('la prune')).toContain('Combien pour la prune?');
  });

  it('is not asked where nothing is on offer', () => {
    const talk = begun(market);
    expect(talk.say('0')).toContain('2/3 Combien pour');
  });

  it('passing stands for its default where that is on offer, and else for nothing', () => {
    expect(answersIn(begun(market, '2 3', '0'))).toMatchObject({ prefere: [2, 'd'] });
    expect(answersIn(begun(market, '1 3', '0'))).toMatchObject({ prefere: 'skip' });
    expect(answersIn(begun(market, '2 3', 'je ne sais pas'))).toMatchObject({ prefere: 'skip' });
  });

  it('promises no default that is not on offer', () => {
    const talk = begun(market);
    expect(talk.say('1 3')).not.toContain('poire');
  });

  it('a button of another list is no answer to this one', () => {
    const talk = with1(market, MONDAY, 'whatsapp');
    talk.say('ESSAI');
    talk.tap('On commence');
    talk.say('2 3');
    expect(talk.buttons).toEqual(['La poire', 'La prune', 'Passer']);
    const old = talk.turns.at(-1)?.effects.find((effect) => effect.type === 'say')?.offer?.choices[1];
    talk.say('MODIF 1');
    talk.say('1 3');
    expect(talk.buttons).toEqual(['La pomme', 'La prune', 'Passer']);
    talk.send({ text: 'La prune', choice: old?.id as string });
    expect(talk.session.survey?.answers).not.toHaveProperty('prefere');
    talk.tap('La prune');
    expect(answersIn(talk)).toEqual({ aime: [1, 3], prefere: 3 });
  });
});

describe('earlier answers in a text', () => {
  it('are labels, numbers, and what is worked out', () => {
    const talk = begun(market, '2 3', '1');
    expect(talk.say('3')).toContain('4/4 4,5 euros, est-ce juste?');
  });

  it('stand in labels, messages and thanks too', () => {
    const talk = begun(
      surveyOf(
        [
          { id: 'foyer', type: 'number', min: 1, max: 9, text: fr('Combien?') },
          {
            id: 'choix',
            type: 'single',
            text: fr('Combien viennent?'),
            options: [option('tous', 'les ${foyer}'), option('personne', 'personne')],
            constraint: "${foyer} < 9 or . = 'personne'",
            constraintMessage: fr('Pas ${foyer}.'),
          },
        ],
        { thanks: fr('On vous attend à ${foyer}.') },
      ),
    );
    expect(talk.say('9')).toBe('2/2 Combien viennent? 1 les 9 2 personne');
    expect(talk.say('1')).toContain('Pas 9.');
    expect(talk.say('personne')).toContain('On vous attend à 9.');
  });
});

describe('a needed answer', () => {
  const needed = surveyOf([yesno('accord', { required: true }), yesno('suite')]);
  it('is not passed, and after three tries is not understood', () => {
    const talk = begun(needed);
    for (const said of ['0', 'je ne sais pas']) expect(talk.say(said)).toContain('Il nous faut une réponse');
    expect(talk.say('0')).toContain('2/2 suite?');
    expect(answersIn(talk)).toEqual({ accord: 'unknown' });
  });
});

describe('what is told', () => {
  const note = (id: string, text: string, more: object = {}) => ({
    id,
    type: 'note',
    text: fr(text),
    ...more,
  });
  const told = surveyOf(
    [
      note('debut', 'Bonjour à vous.'),
      yesno('habite'),
      note('merci', 'Merci ${habite}.', { section: 'suite' }),
      yesno('vient', { section: 'suite', relevant: "${habite} = 'yes'" }),
      yesno('revient', { section: 'suite' }),
      note('fin', 'Dernier mot.'),
    ],
    { sections: [{ id: 'suite', title: fr('La suite') }] },
  );

  it('stands before the next question, a title before its part, the last before the thanks', () => {
    const talk = with1(told);
    talk.say('ESSAI');
    expect(talk.say('1')).toBe('Bonjour à vous. 1/3 habite? 1 oui 2 non');
    expect(talk.say('1')).toBe('La suite. Merci oui. 2/3 vient? 1 oui 2 non');
    expect(talk.say('1')).toBe('3/3 revient? 1 oui 2 non');
    expect(talk.say('2')).toMatch(/Dernier mot\. [ÀA] bient[ôo]t\./);
  });

  it('is told once, also after a correction that closes a question, and the last is not lost', () => {
    const talk = begun(told, '1', '1');
    talk.say('MODIF 1');
    expect(talk.say('2')).toBe("C'est corrigé. 2/2 revient? 1 oui 2 non");
    const last = begun(
      surveyOf([yesno('a'), yesno('b', { relevant: "${a} = 'yes'" }), note('fin', 'Dernier mot.')]),
    );
    for (const said of ['1', 'MODIF 1']) last.say(said);
    expect(last.say('2')).toMatch(/Dernier mot\. [ÀA] bient[ôo]t\./);
  });

  it('a title that would cost a part is left out', () => {
    const long = surveyOf(
      [yesno('a'), yesno('b', { text: fr(`${'Une question '.repeat(11)}?`), section: 's' })],
      {
        sections: [{ id: 's', title: fr('Une partie au titre long') }],
      },
    );
    expect(begun(long).say('1')).toMatch(/^2\/2 Une question/);
  });
});

describe('an invitation', () => {
  /** Only who has joined is written to first. */
  const joined = (survey: Survey): Play => {
    const talk = with1(survey);
    for (const said of ['CHENE', 'oui', '1', '4']) talk.say(said);
    return talk;
  };
  const invited = { type: 'invited', id: 'i1', channel: 'sms', survey: 'essai' } as const;
  it('that carries the first question is answered at once', () => {
    const talk = joined(surveyOf([yesno('a'), yesno('b')], { opening: 'question' }));
    const said = talk.happen(invited);
    expect(said).toContain('Des questions. 1/2 a? 1 oui 2 non');
    expect(talk.say('oui')).toBe('2/2 b? 1 oui 2 non');
    expect(talk.session.survey).toMatchObject({ mode: 'push', answers: { a: { v: true } } });
  });

  it('else asks whether to begin', () => {
    const talk = joined(surveyOf([yesno('a')]));
    expect(talk.happen(invited)).toContain('On commence?');
  });
});

describe('when it is over', () => {
  const CLOSED = secondsAfter(MONDAY, 40 * 86_400);
  it('who comes hears that, or what became of it', () => {
    expect(with1(surveyOf([yesno('a')]), CLOSED).say('ESSAI')).toBe('Ce sondage est fini.');
    const known = surveyOf([yesno('a')], { results: fr('Les bancs arrivent.') });
    expect(with1(known, CLOSED).say('ESSAI')).toBe('Les bancs arrivent.');
  });

  it('so does who had answered, and who was in the middle of it', () => {
    const known = surveyOf([yesno('a'), yesno('b')], { results: fr('Les bancs arrivent.') });
    for (const said of [['1', '1'], ['1']]) {
      const talk = begun(known, ...said);
      talk.now = CLOSED;
      expect(talk.say(said.length > 1 ? 'ESSAI' : '2')).toBe('Les bancs arrivent.');
    }
  });
});

describe('a correction after the end', () => {
  it('goes by the numbers that were asked, with dots for what is not known', () => {
    const talk = begun(
      surveyOf([
        yesno('a'),
        yesno('b', { relevant: "${a} = 'yes'" }),
        { id: 'c', type: 'text', text: fr('Vous dites ${a}: pourquoi?') },
      ]),
      '2',
      'comme ça',
    );
    expect(talk.session.survey).toBeUndefined();
    expect(talk.say('MODIF 3')).toContain('MODIF 1 à MODIF 2');
    expect(talk.say('MODIF 2')).toMatch(/^2\/2 Vous dites (…|\.\.\.): pourquoi\? \(0 = non\)$/);
    talk.say('autrement');
    expect(talk.effects('amend')).toMatchObject([{ question: 'c', answer: { v: 'autrement' } }]);
  });
});
