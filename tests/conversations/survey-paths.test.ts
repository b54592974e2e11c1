/** Which way a survey goes: what is relevant, what comes next, how many there are, which answers still count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../conversations/events.ts';
import { type Question, typeOf } from '../../conversations/questions.ts';
import { readSurvey, type Survey } from '../../conversations/survey.ts';
import {
  type Answers,
  answersThatCount,
  nextAfter,
  placeAmong,
  questionWith,
  relevantQuestions,
  worked,
} from '../../conversations/survey-paths.ts';
import { twelve } from '../support/twelve.ts';

const fr = (text: string) => ({ fr: text });

const surveyOf = (questions: object[], sections: object[] = []): Survey =>
  readSurvey(
    {
      key: 'essai',
      revision: 1,
      keywords: ['ESSAI'],
      opens: '2026-01-01',
      closes: '2027-06-30',
      languages: ['fr'],
      topic: fr('la ville'),
      intro: fr('Des questions.'),
      thanks: fr('Merci.'),
      over: fr('Fini.'),
      sections,
      questions,
    },
    'essai',
  );
const yesno = (id: string, more: object = {}) => ({ id, type: 'yesno', text: fr(`${id}?`), ...more });
const number = (id: string, more: object = {}) => ({ id, type: 'number', text: fr(`${id}?`), ...more });
const note = (id: string, more: object = {}) => ({ id, type: 'note', text: fr(`${id}.`), ...more });
const ids = (questions: Question[]): string[] => questions.map(({ id }) => id);
const given = (values: Record<string, Answer['v'] | 'skip'>): Answers =>
  Object.fromEntries(
    Object.entries(values).map(([id, v]) => [id, v === 'skip' ? { m: 'skip', t: 0 } : { v, t: 0 }]),
  ) as Answers;

describe('what is relevant', () => {
  const nested = surveyOf(
    [
      yesno('a'),
      yesno('b', { section: 'dehors', relevant: "${a} = 'yes'" }),
      yesno('c', { section: 'dedans' }),
      yesno('d', { section: 'dedans', relevant: "${c} = 'yes'" }),
    ],
    [
      { id: 'dehors', relevant: "${a} = 'yes'" },
      { id: 'dedans', section: 'dehors', relevant: "${b} = 'yes'" },
    ],
  );

  it.each([
    [{}, ['a']],
    [{ a: false }, ['a']],
    [{ a: true }, ['a', 'b']],
    [{ a: true, b: true }, ['a', 'b', 'c']],
    [{ a: true, b: true, c: true }, ['a', 'b', 'c', 'd']],
    // What is closed around a question closes it, whatever was answered in it.
    [{ a: false, b: true, c: true, d: true }, ['a']],
    [{ a: 'skip', b: true }, ['a']],
  ] as const)('%j → %j', (answers, asked) => {
    expect(ids(relevantQuestions(nested, given(answers)))).toEqual(asked);
  });
});

describe('answers', () => {
  const held = surveyOf([
    number('foyer', { min: 1, max: 20 }),
    number('enfants', { min: 0, max: 20, constraint: '. < ${foyer}' }),
    {
      id: 'zone',
      type: 'single',
      text: fr('Zone?'),
      options: ['nord', 'sud'].map((id) => ({ id, label: fr(`au ${id}`) })),
    },
    {
      id: 'arret',
      type: 'multiple',
      text: fr('Arrêts?'),
      filter: 'zone = ${zone}',
      options: [
        { id: 'gare', label: fr('la gare'), columns: { zone: 'nord' } },
        { id: 'mairie', label: fr('la mairie'), columns: { zone: 'nord' } },
        { id: 'stade', label: fr('le stade'), columns: { zone: 'sud' } },
      ],
    },
    yesno('calme', { relevant: "selected(${arret}, 'gare')" }),
  ]);

  it.each([
    ['fine', { foyer: 3, enfants: 2, zone: 1, arret: [1, 2], calme: true }, undefined],
    [
      'too many for a household that was corrected',
      { foyer: 2, enfants: 2, zone: 1, arret: [1], calme: true },
      'enfants',
    ],
    [
      'off the list of an area that was corrected',
      { foyer: 3, enfants: 2, zone: 2, arret: [1, 2], calme: true },
      'arret',
    ],
    ['partly off the list', { foyer: 3, enfants: 2, zone: 2, arret: [1, 3], calme: true }, 'arret'],
    ['passed, whatever comes', { foyer: 1, enfants: 'skip', zone: 2, arret: 'skip' }, undefined],
  ] as const)('%s', (_name, values, again) => {
    const answers = given(values as never);
    expect(nextAfter(held, answers, undefined).question?.id).toBe(again);
    expect(Object.keys(answersThatCount(held, answers))).not.toContain(again ?? 'nothing');
  });

  it('that do not count open nothing', () => {
    const answers = given({ foyer: 3, enfants: 2, zone: 2, arret: [1], calme: true });
    expect(Object.keys(answersThatCount(held, answers))).toEqual(['foyer', 'enfants', 'zone']);
  });

  it('that passing stands for count as the city wrote them', () => {
    const answers: Answers = { foyer: { v: 2, t: 0 }, enfants: { v: 5, t: 0, d: true } };
    expect(nextAfter(held, answers, undefined).question?.id).toBe('zone');
  });
});

describe('what is worked out', () => {
  const sums = surveyOf([
    number('a', { min: 0, max: 9 }),
    number('b', { min: 0, max: 9, relevant: '${a} > 0' }),
    { id: 'somme', type: 'calculate', calculation: '${a} + ${b}' },
    { id: 'double', type: 'calculate', relevant: '${a} > 1', calculation: '${somme} * 2' },
    { id: 'mot', type: 'calculate', calculation: "if(${somme} > 5, 'beaucoup', 'peu')" },
  ]);
  it.each([
    [
      { a: 2, b: 4 },
      { somme: 6, double: 12, mot: 'beaucoup' },
    ],
    [
      { a: 1, b: 4 },
      { somme: 5, mot: 'peu' },
    ],
    // No number has no sum; and what is not asked is no 0.
    [
      { a: 0, b: 4 },
      { somme: '', mot: 'peu' },
    ],
    [{}, { somme: '', mot: 'peu' }],
  ])('%j → %j', (values, wanted) => {
    expect(worked(sums, given(values as never))).toEqual(wanted);
  });
});

describe('what comes next', () => {
  const told = surveyOf([
    note('un'),
    yesno('a'),
    note('deux'),
    note('trois', { relevant: "${a} = 'yes'" }),
    yesno('b'),
    note('quatre'),
    yesno('c', { relevant: "${b} = 'yes'" }),
    note('cinq'),
  ]);
  const next = (answers: Answers, from?: string) => {
    const { question, notes } = nextAfter(told, answers, from);
    return [ids(notes), question?.id];
  };
  it.each([
    [{}, undefined, [['un'], 'a']],
    [{ a: true }, 'a', [['deux', 'trois'], 'b']],
    [{ a: false }, 'a', [['deux'], 'b']],
    [{ a: true, b: true }, 'b', [['quatre'], 'c']],
    // Past what is not asked, its notes are told; then the end.
    [{ a: true, b: false }, 'b', [['quatre', 'cinq'], undefined]],
    // What stands before an answered question has been told.
    [{ a: true, b: true }, undefined, [['quatre'], 'c']],
    [{ a: true, b: true, c: true }, 'a', [['cinq'], undefined]],
  ] as const)('%j from %s', (values, from, wanted) => {
    expect(next(given(values), from)).toEqual(wanted);
  });
});

describe('which of how many', () => {
  const options = (question: Question): number[] =>
    'options' in question ? question.options.map((_, index) => index + 1) : [];
  /** Any answer of the kind, possible or not here. */
  const answerTo = (question: Question, draw: number): Answer => {
    if (draw % 7 === 0) return { m: draw % 2 ? 'skip' : 'unknown', t: 0 };
    const all = options(question);
    const v = {
      single: all[draw % all.length],
      multiple: all.filter((each) => (draw >> each) & 1),
      rank: all.filter((each) => (draw >> each) & 1),
      yesno: draw % 2 === 0,
      date: '2026-12-12',
    }[question.type as string];
    return { v: v ?? (question.type === 'text' || question.type === 'place' ? 'ici' : 1 + (draw % 5)), t: 0 };
  };

  it('counts up by one, never grows, and ends where it says, whatever is answered', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1023), { minLength: 12, maxLength: 12 }), (draws) => {
        const answers: Answers = {};
        let from: string | undefined;
        let before = { number: 0, total: Number.POSITIVE_INFINITY };
        for (const draw of draws) {
          const { question } = nextAfter(twelve, answers, from);
          if (!question) break;
          const here = placeAmong(twelve, question, answers);
          expect(here.number).toBe(before.number + 1);
          expect(here.total).toBeLessThanOrEqual(before.total);
          expect(here.total).toBeGreaterThanOrEqual(here.number);
          before = here;
          answers[question.id] = answerTo(question, draw);
          // What the conversation would refuse is passed instead.
          if (!(question.id in answersThatCount(twelve, answers))) answers[question.id] = { m: 'skip', t: 0 };
          from = question.id;
        }
        expect(nextAfter(twelve, answers, from).question).toBeUndefined();
        expect(before.number).toBe(before.total);
        expect(before.total).toBe(relevantQuestions(twelve, answers).length);
      }),
      { numRuns: 500 },
    );
  });

  it('counts what is asked in a survey without branches as it stands', () => {
    const plain = surveyOf([yesno('a'), note('x'), yesno('b')]);
    const b = questionWith(plain, 'b') as Question;
    expect(typeOf(b).silent).toBeUndefined();
    expect(placeAmong(plain, b, {})).toEqual({ number: 2, total: 2 });
  });
});
