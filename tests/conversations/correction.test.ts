/** MODIF after a survey has ended: the correction waits under whatever is asked over it. */
import { describe, expect, it } from 'vitest';
import { type Play, play } from './play.ts';

/** A survey that is done, and its third answer being corrected. */
function correcting(...texts: string[]): Play {
  const talk = play();
  for (const text of ['SQUARE', '1', '3', '1', '4', 'rien', 'MODIF 3', ...texts]) talk.say(text);
  return talk;
}
const corrected = (talk: Play) =>
  talk.effects('amend').map(({ question, answer }) => `${question} = ${answer.v}`);

describe('the correction of an ended survey', () => {
  it('is asked again in the language that was chosen meanwhile', () => {
    const talk = correcting('LANGUE');
    expect(talk.say('2')).toMatch(/3\/4 In the evening, do you feel safe at the square\?/);
    talk.say('2');
    expect(corrected(talk)).toEqual(['securite = 2']);
  });

  it.each([
    ['LANGUE and its language at once', ['LANGUE EN']],
    ['LANGUE, then something else', ['LANGUE', '9', '9']],
    ['EFFACER, then no', ['EFFACER', 'non']],
    ['MES DONNEES', ['MES DONNEES', '2']],
    ['STOP asked about, then no', ['stop aux voitures', 'non']],
    ['AIDE', ['AIDE']],
    ['RAPPEL', ['RAPPEL']],
  ])('survives %s', (_label, texts) => {
    const talk = correcting(...texts);
    expect(talk.say('2')).toMatch(/^(?:C'est corrigé|Corrected)/);
    expect(corrected(talk)).toEqual(['securite = 2']);
  });

  it('of "other: what?" too', () => {
    const talk = correcting('MODIF 2', '6', 'LANGUE');
    expect(talk.say('1')).toBe(
      "C'est noté: les messages seront en francais. Pour changer: LANGUE. Autre: quoi? Répondez en quelques mots. (0 = passer)",
    );
    talk.say('un kiosque');
    expect(talk.effects('amend')).toEqual([
      expect.objectContaining({ answer: expect.objectContaining({ v: [6], o: 'un kiosque' }) }),
    ]);
  });

  it.each([
    ['STOP', ['STOP', 'REPRENDRE']],
    ['someone in danger', ['je veux mourir']],
  ])('is dropped by %s', (_label, texts) => {
    const talk = correcting(...texts);
    talk.say('2');
    expect(corrected(talk)).toEqual([]);
  });

  it('is waited for one day', () => {
    const talk = correcting();
    talk.wait(25);
    talk.say('2');
    expect(corrected(talk)).toEqual([]);
    expect(talk.session.amend).toBeUndefined();
  });
});
