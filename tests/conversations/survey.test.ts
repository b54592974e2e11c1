/** A survey's file is refused with place and value; the shelf picks the revision; a session stays on the one it began. */
import { describe, expect, it } from 'vitest';
import type { World } from '../../conversations/moment.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import square from '../../conversations/surveys/square.r1.json';
import { localWorld } from '../../infra/local/city.ts';
import { play, squareSurvey } from './play.ts';

/** A copy of the square survey with something changed; loose, since the point is what does not fit. */
// biome-ignore lint/suspicious/noExplicitAny: the faults are of every shape
type Loose = any;
function faulty(change: (survey: Loose) => void): unknown {
  const copy = structuredClone(square) as Loose;
  change(copy);
  return copy;
}
const refusal = (data: unknown): string => {
  try {
    readSurvey(data, 'square.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const relevant = (formula: string) => (survey: Loose) => (survey.questions[3].relevant = formula);

describe('a definition', () => {
  it('that is right is read', () => {
    expect(readSurvey(square, 'square.r1.json')).toMatchObject({ key: 'square', revision: 1 });
  });

  const planted: [label: string, change: (survey: Loose) => void, ...said: string[]][] = [
    ['an empty text', (s) => (s.over.en = ''), 'over.en', 'got ""'],
    [
      'French missing from a question',
      (s) => delete s.questions[2].text.fr,
      'questions[2].text: has no text in "fr"',
    ],
    ['French missing from the intro', (s) => delete s.intro.fr, 'intro: has no text in "fr"'],
    [
      'the base language missing from an option',
      (s) => {
        s.base = 'en';
        delete s.questions[0].options[1].label.en;
      },
      'questions[0].options[1].label: has no text in "en"',
    ],
    [
      'a base language nobody wrote',
      (s) => (s.base = 'so'),
      'languages: the base language "so" is not among them',
    ],
    ['a text in no language', (s) => (s.over = {}), 'over: has no text in any language'],
    [
      'a question twice',
      (s) => (s.questions[3].id = 'securite'),
      'questions[3].id: "securite" is used twice',
    ],
    [
      'an option twice',
      (s) => (s.questions[1].options[5].id = 'bancs'),
      'questions[1].options[5].id: "bancs" is used twice',
    ],
    [
      'a bad question id',
      (s) => (s.questions[0].id = 'Fréquence'),
      'questions[0].id: a name is',
      'got "Fréquence"',
    ],
    [
      'a question called constructor',
      (s) => (s.questions[0].id = 'constructor'),
      'questions[0].id: "constructor" is taken',
    ],
    [
      'a question called like the "other: what?" of another',
      (s) => (s.questions[3].id = 'priorites.other'),
      'questions[3].id: "priorites.other" begins with the id "priorites"',
    ],
    [
      'a bad option id',
      (s) => (s.questions[0].options[0].id = 'le jour'),
      'questions[0].options[0].id',
      'got "le jour"',
    ],
    ['an unknown field', (s) => (s.colour = 'red'), 'unknown field "colour"'],
    [
      'an unknown field of a question',
      (s) => (s.questions[0].requird = true),
      'questions[0]: unknown field "requird"',
    ],
    [
      'an unknown field of an option',
      (s) => (s.questions[0].options[2].next = 'mot'),
      'questions[0].options[2]: unknown field "next"',
    ],
    ['no option', (s) => s.questions[0].options.splice(0), 'questions[0].options', 'got []'],
    ['an unknown type', (s) => (s.questions[0].type = 'ranking'), 'questions[0].type', 'got'],
    ['no question', (s) => (s.questions = []), 'questions', 'got []'],
    ['a scale to eleven', (s) => (s.questions[2].max = 11), 'questions[2].max', 'got 11'],
    ['a scale upside down', (s) => (s.questions[2].max = 1), 'questions[2].max: 1 is not above min, 1'],
    ['a scale that is not whole', (s) => (s.questions[2].min = 1.5), 'questions[2].min', 'got 1.5'],
    ['a bad key', (s) => (s.key = 'Square'), 'key: a survey key is', 'got "Square"'],
    ['a keyword in small letters', (s) => (s.keywords = ['square']), 'keywords[0]', 'got "square"'],
    ['no keyword', (s) => (s.keywords = []), 'keywords', 'got []'],
    ['a date that does not exist', (s) => (s.opens = '2026-02-30'), 'opens', 'got "2026-02-30"'],
    [
      'an end before the beginning',
      (s) => (s.closes = '2025-01-01'),
      'closes: "2025-01-01" is before it opens',
    ],
    ['revision 0', (s) => (s.revision = 0), 'revision', 'got 0'],
    ['a revision in words', (s) => (s.revision = 'one'), 'revision', 'got "one"'],
    [
      'a formula that does not parse',
      relevant('${frequence} ='),
      'questions[3].relevant: a value is missing',
      '"${frequence} ="',
    ],
    [
      'a formula about no question',
      relevant("${age} > '3'"),
      'questions[3].relevant: there is no question "age"',
    ],
    ['. outside a constraint', relevant('. > 3'), 'questions[3].relevant: . is the answer at hand'],
    [
      'a word without quotes',
      relevant('${frequence} = jour'),
      'questions[3].relevant: "jour" is neither quoted nor an answer',
    ],
    [
      'a function we do not have',
      (s) => (s.questions[3].constraint = "regex(., 'a+')"),
      'questions[3].constraint: this function is not available',
    ],
    [
      'a filter on a column that no option has',
      (s) => (s.questions[0].filter = "ville = 'Clichy'"),
      'questions[0].filter: no option has a column "ville"',
    ],
    [
      'a question that depends on itself',
      (s) => {
        s.questions[2].relevant = "${mot} = ''";
        s.questions[3].relevant = '${securite} > 1';
      },
      'questions[2]: "securite" depends on itself, by way of "mot"',
      'questions[3]: "mot" depends on itself, by way of "securite"',
    ],
    [
      'a section that is not there',
      (s) => (s.questions[3].section = 'fin'),
      'questions[3].section: there is no section "fin"',
    ],
    [
      'a section that is left and entered again',
      (s) => {
        s.sections = [{ id: 'a' }];
        s.questions[0].section = 'a';
        s.questions[2].section = 'a';
      },
      'questions[2].section: "a" is entered again after other questions',
    ],
    [
      'sections in a circle',
      (s) =>
        (s.sections = [
          { id: 'a', section: 'b' },
          { id: 'b', section: 'a' },
        ]),
      'sections[0].section: "a" stands in itself, by way of "b"',
      'sections[1].section: "b" stands in itself, by way of "a"',
    ],
    [
      'a section twice',
      (s) => (s.sections = [{ id: 'a' }, { id: 'a' }]),
      'sections[1].id: "a" is used twice',
    ],
    [
      'more to be put in order than there is',
      (s) => {
        s.questions[1].type = 'rank';
        s.questions[1].most = 7;
      },
      'questions[1].most: 7 is more than its 6 options',
    ],
    [
      'yes and no of one name',
      (s) => (s.questions[3] = { ...s.questions[3], type: 'yesno', names: ['o', 'o'] }),
      'questions[3].names: yes and no have the same name',
    ],
  ];
  it.each(planted)('is refused for %s', (_label, change, ...said) => {
    const message = refusal(faulty(change));
    expect(message).toContain('survey square.json is not valid');
    for (const part of said) expect(message).toContain(part);
  });

  it('is refused with every fault at once', () => {
    const message = refusal(
      faulty((s) => {
        s.key = 'Square';
        s.questions[0].id = '1';
        s.colour = 'red';
      }),
    );
    expect(message.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(3);
  });

  it.each([[undefined], [null], [[]], ['square'], [{}]])('is refused where it is %j', (data) => {
    expect(refusal(data)).toContain('is not valid');
  });
});

const revised = (change: (survey: Loose) => void): Survey =>
  readSurvey(
    faulty((survey) => {
      survey.revision = 2;
      survey.languages = ['fr', 'en', 'ar', 'tr'];
      change(survey);
    }),
    'square.r2.json',
  );
/** Revision 2 asks something new first, drops the scale and turns the options of the first question round. */
const second = revised((survey) => {
  survey.questions[0].options.reverse();
  survey.questions.splice(2, 1);
  survey.questions.unshift({
    id: 'nouveau',
    type: 'yesno',
    text: {
      fr: 'Habitez-vous le quartier?',
      en: 'Do you live here?',
      ar: 'هل تسكن هنا؟',
      tr: 'Burada mısınız?',
    },
  });
});

describe('the shelf', () => {
  const third = revised((survey) => {
    survey.revision = 3;
  });
  const other = readSurvey(
    faulty((survey) => {
      survey.key = 'other';
      survey.keywords = ['OTHER'];
    }),
    'other',
  );
  const shelf = surveyShelf([third, squareSurvey, other, second]);

  it('gives the newest to newcomers and the one asked for to the others', () => {
    expect(shelf.latest('square')).toBe(third);
    const { opens, closes } = third;
    expect(shelf.get('square', 1)).toEqual({ ...squareSurvey, opens, closes, over: third.over });
    expect(shelf.get('square', 2)).toEqual({ ...second, opens, closes, over: third.over });
    expect(shelf.latest('other')).toBe(other);
  });

  it('has nothing where there is nothing', () => {
    expect(shelf.get('square', 4)).toBeUndefined();
    expect(surveyShelf([squareSurvey, third]).get('square', 2)).toBeUndefined();
    expect(shelf.get('unknown', 1)).toBeUndefined();
    expect(shelf.latest('unknown')).toBeUndefined();
  });

  it('lists every survey once, the newest', () => {
    expect(shelf.all()).toEqual([third, other]);
  });
});

describe('a session', () => {
  it('that began on revision 1 ends on revision 1, whatever revision 2 asks', () => {
    const surveys: Survey[] = [squareSurvey];
    const world: World = { ...localWorld(), surveys: surveyShelf(surveys) };
    const talk = play(world);
    for (const text of ['SQUARE', '1', '3']) talk.say(text);
    expect(talk.session.survey?.revision).toBe(1);

    world.surveys = surveyShelf([squareSurvey, second]);
    expect(talk.say('1 3')).toContain('3/4 Le soir, vous sentez-vous en sécurité au square?');
    expect(talk.say('MODIF 1')).toContain('1/4 Allez-vous au square? 1 tous les jours');
    talk.say('4');
    expect(talk.say('SQUARE')).toContain('3/4');
    talk.say('5');
    expect(talk.say('0')).toContain('4/4 recu');
    const [record] = talk.effects('record');
    expect(record?.sheet).toMatchObject({
      revision: 1,
      end: 'done',
      answers: { frequence: { v: 4 }, priorites: { v: [1, 3] }, securite: { v: 5 }, mot: { m: 'skip' } },
    });
    expect(Object.keys(record?.sheet.answers ?? {})).not.toContain('nouveau');

    expect(talk.say('MODIF 3')).toContain('3/4 Le soir');
    talk.say('2');
    expect(talk.effects('amend')).toEqual([expect.objectContaining({ question: 'securite' })]);
  });

  it('that begins now begins on revision 2', () => {
    const talk = play({ ...localWorld(), surveys: surveyShelf([squareSurvey, second]) });
    talk.say('SQUARE');
    expect(talk.say('1')).toBe('1/4 Habitez-vous le quartier? 1 oui 2 non');
    talk.say('oui');
    talk.say('1');
    expect(talk.session.survey).toMatchObject({
      revision: 2,
      answers: { nouveau: { v: true }, frequence: { v: 1 } },
    });
  });

  it('that was reminded on revision 1 is reminded of revision 1', () => {
    const world: World = { ...localWorld(), surveys: surveyShelf([squareSurvey]) };
    const talk = play(world);
    for (const text of ['SQUARE', '1', '3', '1']) talk.say(text);
    world.surveys = surveyShelf([squareSurvey, second]);
    expect(talk.wait(24)).toEqual([expect.stringContaining('3/4 Le soir')]);
  });
});
