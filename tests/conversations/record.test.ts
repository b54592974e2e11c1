/** A whole survey in one message, as ODK writes it by SMS: what is read counts, the rest is asked, nothing is lost. */
import { describe, expect, it } from 'vitest';
import { surveyShelf } from '../../conversations/survey.ts';
import { localWorld } from '../../infra/local/city.ts';
import { twelve, twelveWorld } from '../support/twelve.ts';
import { play, squareSurvey } from './play.ts';

const sheetIn = (talk: ReturnType<typeof play>) => {
  const answers = talk.effects('record').at(-1)?.sheet.answers ?? {};
  return Object.fromEntries(Object.entries(answers).map(([id, { v, m }]) => [id, v ?? m]));
};

describe('a record', () => {
  it('that is complete ends the survey at once', () => {
    const talk = play();
    expect(talk.say('SQUARE q1 3 q2 1,3 q3 4 q4 Merci à vous')).toContain('Merci! 4/4');
    expect(sheetIn(talk)).toEqual({ frequence: 3, priorites: [1, 3], securite: 4, mot: 'Merci à vous' });
    expect(talk.session.survey).toBeUndefined();
  });

  it('goes by the names of questions and options too, in any case and order', () => {
    const talk = play();
    expect(talk.say('square securite 2 Frequence semaine priorites jeux fleurs')).toMatch(
      /^C'est noté: 3\/4\. 4\/4 Un mot/,
    );
    talk.say('0');
    expect(sheetIn(talk)).toEqual({ frequence: 2, priorites: [1, 4], securite: 2, mot: 'skip' });
  });

  it('that is partial is noted, and the rest is asked', () => {
    const talk = play();
    expect(talk.say('SQUARE q1 3 q3 4')).toMatch(/^C'est noté: 2\/4\. 2\/4 Que faut-il/);
    expect(talk.say('1 3')).toMatch(/^4\/4 Un mot/);
    talk.say('0');
    expect(sheetIn(talk)).toEqual({ frequence: 3, priorites: [1, 3], securite: 4, mot: 'skip' });
    expect(talk.effects('keep')).toEqual([]);
  });

  it('with a value that may not be asks that question, and a person sees the message', () => {
    const talk = play();
    expect(talk.say('SQUARE q1 9 q2 1')).toMatch(/^C'est noté: 1\/4\. 1\/4 Allez-vous/);
    expect(talk.effects('keep')).toMatchObject([{ text: 'SQUARE q1 9 q2 1', why: 'no-question' }]);
    expect(talk.say('2')).toMatch(/^3\/4 Le soir/);
  });

  it('passes what is 0', () => {
    const talk = play();
    expect(talk.say('SQUARE q1 0 q2 0 q3 0 q4 0')).toContain('Merci! 4/4');
    expect(sheetIn(talk)).toEqual({ frequence: 'skip', priorites: 'skip', securite: 'skip', mot: 'skip' });
  });

  it('in the middle of the survey counts beside what was answered', () => {
    const talk = play();
    for (const said of ['SQUARE', '1', '3']) talk.say(said);
    expect(talk.say('SQUARE q2 2 q3 5')).toMatch(/^C'est noté: 3\/4\. 4\/4 Un mot/);
    talk.say('rien');
    expect(sheetIn(talk)).toEqual({ frequence: 3, priorites: [2], securite: 5, mot: 'skip' });
  });

  it('leaves nothing behind of the question that was being asked', () => {
    const talk = play();
    for (const said of ['SQUARE', '1', '3']) talk.say(said);
    // "6" asks "other: what?", a misunderstood reply counts a try: the record ends both.
    talk.say('6');
    expect(talk.say('SQUARE q3 4')).toMatch(/^C'est noté: 3\/4\. 4\/4 Un mot/);
    expect(talk.session.survey?.other).toBeUndefined();
    const other = play();
    for (const said of ['SQUARE', '1', 'zgrblx']) other.say(said);
    other.say('SQUARE q1 3');
    expect(other.session.survey).toMatchObject({ at: 'priorites' });
    expect(other.session.survey?.tries).toBeUndefined();
    expect(other.session.survey?.texts).toBeUndefined();
  });

  it('is answered by the survey, also where the quartier was being asked', () => {
    const talk = play();
    talk.say('bonjour');
    expect(talk.session.join).toBeDefined();
    expect(talk.say('SQUARE q1 3')).toMatch(/^C'est noté: 1\/4\. 2\/4 Que faut-il/);
    expect(talk.say('2')).toMatch(/^3\/4 Le soir/);
  });

  it('is of the revision that was begun', () => {
    const { city } = localWorld();
    const both = surveyShelf([squareSurvey]);
    const world = { city, surveys: both };
    const talk = play(world);
    for (const said of ['SQUARE', '1', '3']) talk.say(said);
    const [first, second, ...rest] = squareSurvey.questions;
    const later = {
      ...squareSurvey,
      revision: 2,
      questions: [second, first, ...rest] as typeof squareSurvey.questions,
    };
    const revised = play({ city, surveys: surveyShelf([squareSurvey, later]) });
    revised.session = talk.session;
    expect(revised.say('SQUARE q2 1')).toMatch(/^C'est noté: 2\/4\. 3\/4 Le soir/);
    expect(revised.session.survey).toMatchObject({ revision: 1, answers: { priorites: { v: [1] } } });
  });

  it('after the survey was answered says so, and before it opens too', () => {
    const talk = play();
    talk.say('SQUARE q1 3 q2 1,3 q3 4 q4 non');
    expect(talk.say('SQUARE q1 1')).toContain('Vous avez déjà répondu');
    const { city } = localWorld();
    const early = play({ city, surveys: surveyShelf([{ ...squareSurvey, opens: '2026-12-01' }]) });
    expect(early.say('SQUARE q1 1')).toContain('Ce sondage ouvre');
    expect(early.session.survey).toBeUndefined();
  });

  it('goes the way its answers lead: what is not relevant is not taken', () => {
    const talk = play(twelveWorld);
    expect(talk.say('HALLE secteur 4 foyer 3 moyens 1 avis 1')).toMatch(/^C'est noté: 3\/7\./);
    expect(talk.session.survey?.answers).not.toHaveProperty('foyer');
    expect(talk.session.survey?.at).toBe('depense');
    const held = play(twelveWorld);
    held.say('HALLE secteur sud arret parc foyer 2 enfants 2');
    expect(held.session.survey?.answers).toMatchObject({
      secteur: { v: 3 },
      arret: { v: 6 },
      foyer: { v: 2 },
    });
    expect(held.session.survey?.at).toBe('enfants');
    expect(twelve.keywords).toContain('HALLE');
  });
});

describe('what is no record', () => {
  it.each([
    ['SQUARE', 'On commence?'],
    ['SQUARE securite le soir, il fait trop noir', 'quartier?'],
    ['SQUARE le soir c est noir', 'quartier?'],
    // As much as a poster's code.
    ['SQUARE q1', 'On commence?'],
  ])('"%s" is heard as before', (said, answer) => {
    const talk = play();
    expect(talk.say(said)).toContain(answer);
    expect(talk.effects('record')).toEqual([]);
    if (answer === 'quartier?') expect(talk.effects('keep')).toMatchObject([{ text: said }]);
  });

  it('a sentence that begins with the keyword is the answer to an open question', () => {
    const talk = play();
    for (const said of ['SQUARE', '1', '3', '1', '4']) talk.say(said);
    talk.say('Square trop petit');
    expect(sheetIn(talk)).toMatchObject({ mot: 'Square trop petit' });
  });
});
