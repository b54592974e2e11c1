/** A scale: one whole number between its ends, in figures, words or out of the highest. */
import { describe, expect, it } from 'vitest';
import { scale } from '../../../conversations/questions/scale.ts';
import { words } from '../../../locales/index.ts';
import { french, squareSurvey } from '../play.ts';
import { inScript, zeros } from './digits.ts';

const securite = squareSurvey.questions[2] as Parameters<typeof scale.parse>[0];
const read = (said: string, language = 'fr') => scale.parse(securite, said, language);
const value = (number: number, comment?: string) => ({
  kind: 'value',
  value: number,
  ...(comment && { comment }),
});

describe('a number', () => {
  it('in the digits of every script', () => {
    for (const zero of zeros())
      for (const number of [1, 5])
        expect(read(inScript(zero, number)), `U+${zero.toString(16)}`).toEqual(value(number));
  });

  const spelled = Object.entries(words).flatMap(([language, { numbers }]) =>
    Object.entries(numbers)
      .filter(([, number]) => number >= 1 && number <= 5)
      .map(([word, number]): [string, string, number] => [language, word, number]),
  );
  it.each(spelled)('%s: %s is %i', (language, word, number) => {
    expect(read(word, language)).toEqual(value(number));
  });

  it.each([
    ['deux', 2],
    ['Cinq étoiles', 5],
    ['cinq etoiles', 5],
    ['4/5', 4],
    ['4 / 5', 4],
    ['4 sur 5', 4],
    ['note 4 sur 5', 4],
    ['٤/٥', 4],
    ['5/5', 5],
    ['je mets 3', 3],
    ['3 points', 3],
  ])('%s', (said, expected) => {
    expect(read(said)).toEqual(value(expected));
  });

  it('in a sentence, the rest kept', () => {
    expect(read("2, j'ai peur le soir")).toEqual(value(2, "j'ai peur le soir"));
    expect(read('tout à fait 5')).toEqual(value(5, 'tout à fait'));
  });
});

describe('asked again', () => {
  it.each(['', '👍', '4,5', '4.5', '3-4', '2 ou 3', 'ça va', '2 fois', 'nickel', '4/10'])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'unclear' });
  });

  it.each([
    ['6', '6'],
    ['45', '45'],
    ['dix', '10'],
    ['6/5', '6'],
  ])('%s names what is not possible', (said, got) => {
    expect(read(said)).toEqual({ kind: 'unclear', got });
    expect(scale.again(securite, french, got)).toContain(
      `${got} n'est pas possible. Tapez un nombre de 1 à 5.`,
    );
  });
});

describe('not known', () => {
  it.each([
    ['fr', '0'],
    ['fr', 'zéro'],
    ['fr', '0 merci'],
    ['en', 'zero'],
    ['tr', 'sıfır'],
    ['ar', 'صفر'],
  ])('%s: %s', (language, said) => {
    expect(read(said, language)).toEqual({ kind: 'skip' });
  });
});
