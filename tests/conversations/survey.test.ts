/** A survey's file is refused with place and value; the shelf picks the revision; a session stays on the one it began. */
import { describe, expect, it } from 'vitest';
import type { World } from '../../conversations/moment.ts';
import { readSurvey, type Survey, surveyShelf } from '../../conversations/survey.ts';
import square from '../../conversations/surveys/square.r1.json';
import { localWorld } from '../../infra/local/city.ts';
import optOut from '../vectors/optout-keywords.json';
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

describe('a definition', () => {
  it('that is right is read', () => {
    expect(readSurvey(square, 'square.r1.json')).toMatchObject({ key: 'square', revision: 1 });
  });

  const planted: [label: string, change: (survey: Loose) => void, ...said: string[]][] = [
    [
      'a missing language',
      (s) => delete s.questions[0].options[1].label.tr,
      'questions[0].options[1].label: has no text in "tr"',
    ],
    ['a missing language of the thanks', (s) => delete s.thanks.ar, 'thanks: has no text in "ar"'],
    ['an empty text', (s) => (s.over.en = ''), 'over.en', 'got ""'],
    [
      'French missing from a question',
      (s) => delete s.questions[2].text.fr,
      'questions[2].text: French is missing',
    ],
    ['French missing from the intro', (s) => delete s.intro.fr, 'intro: French is missing'],
    ['a language nobody wrote', (s) => s.languages.push('so'), 'intro: has no text in "so"'],
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
      'questions[0].id: a question id is',
      'got "Fréquence"',
    ],
    ['a question called intro', (s) => (s.questions[0].id = 'intro'), 'questions[0].id: "intro" is taken'],
    [
      'a bad option id',
      (s) => (s.questions[0].options[0].id = '1jour'),
      'questions[0].options[0].id',
      'got "1jour"',
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
    [
      'ten options',
      (s) =>
        (s.questions[0].options = Array.from({ length: 10 }, (_, i) => ({
          ...s.questions[0].options[0],
          id: `o${i}`,
        }))),
      'questions[0].options: nine options at most',
    ],
    ['one option', (s) => s.questions[0].options.splice(1), 'questions[0].options'],
    ['an unknown type', (s) => (s.questions[0].type = 'ranking'), 'questions[0].type', 'got'],
    ['no question', (s) => (s.questions = []), 'questions', 'got []'],
    ['a scale to eleven', (s) => (s.questions[2].max = 11), 'questions[2].max', 'got 11'],
    ['a scale upside down', (s) => (s.questions[2].max = 1), 'questions[2].max: 1 is not above min, 1'],
    ['a scale that is not whole', (s) => (s.questions[2].min = 1.5), 'questions[2].min', 'got 1.5'],
    ['a bad key', (s) => (s.key = 'Square'), 'key: a survey key is', 'got "Square"'],
    ['a keyword in small letters', (s) => (s.keywords = ['square']), 'keywords[0]', 'got "square"'],
    ['no keyword', (s) => (s.keywords = []), 'keywords', 'got []'],
    ['a keyword that is a command', (s) => (s.keywords = ['AIDE']), 'keywords[0]: "AIDE" is a reserved word'],
    ['a date that does not exist', (s) => (s.opens = '2026-02-30'), 'opens', 'got "2026-02-30"'],
    [
      'an end before the beginning',
      (s) => (s.closes = '2025-01-01'),
      'closes: "2025-01-01" is before it opens',
    ],
    ['revision 0', (s) => (s.revision = 0), 'revision', 'got 0'],
    ['a revision in words', (s) => (s.revision = 'one'), 'revision', 'got "one"'],
    [
      'a label that is a command',
      (s) => (s.questions[0].options[3].label.fr = 'Stop'),
      'questions[0].options[3].label.fr: "Stop" is a reserved word',
    ],
  ];
  it.each(planted)('is refused for %s', (_label, change, ...said) => {
    const message = refusal(faulty(change));
    expect(message).toContain('survey square.json is not valid');
    for (const part of said) expect(message).toContain(part);
  });

  it.each(optOut.reservedAsAnswers)(
    'is refused for the answer %s, which Twilio or we take for a command',
    (word) => {
      const label = word.toLowerCase();
      expect(refusal(faulty((s) => (s.questions[0].options[0].label.en = label)))).toContain(
        `questions[0].options[0].label.en: "${label}" is a reserved word`,
      );
    },
  );

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
    expect(shelf.get('square', 1)).toBe(squareSurvey);
    expect(shelf.get('square', 2)).toBe(second);
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
