/** A number: figures, decimals where they are allowed, words up to the tens, and the limits said back. */
import { describe, expect, it } from 'vitest';
import { number } from '../../../conversations/questions/number.ts';
import { french, panel } from '../play.ts';
import { inScript, zeros } from './digits.ts';

const foyer = panel.questions[1] as Parameters<typeof number.parse>[0];
const distance = panel.questions[3] as typeof foyer;
const age: typeof foyer = { ...foyer, max: 120 };
const read = (said: string, question = foyer, language = 'fr') => number.parse(question, said, language);
const value = (amount: number) => expect.objectContaining({ kind: 'value', value: amount });

describe('figures', () => {
  it('of every script', () => {
    for (const zero of zeros())
      expect(read(inScript(zero, 12)), `U+${zero.toString(16)}`).toEqual({ kind: 'value', value: 12 });
  });

  it.each([
    ['4', foyer, 4],
    ['on sera 4', foyer, 4],
    ['4 personnes', foyer, 4],
    ['4,0', foyer, 4],
    ['2,5', distance, 2.5],
    ['2.5', distance, 2.5],
    ['2,5 km', distance, 2.5],
    ['0', distance, 0],
    ['0,5', distance, 0.5],
    ['zéro', distance, 0],
  ])('%s', (said, question, expected) => {
    expect(read(said, question)).toEqual(value(expected));
  });

  it('keeps what else was said', () => {
    const comment = 'parce que la salle est petite';
    expect(read(`4 ${comment}`)).toEqual({ kind: 'value', value: 4, comment });
    expect(read('on sera 4 personnes')).toEqual({ kind: 'value', value: 4 });
  });
});

describe('words', () => {
  it.each([
    ['fr', 'quatre', 4],
    ['fr', 'quatre personnes', 4],
    ['fr', 'dix-sept', 17],
    ['fr', 'vingt', 20],
    ['fr', 'vingt deux', 22],
    ['fr', 'vingt-et-un', 21],
    ['fr', 'soixante-dix', 70],
    ['fr', 'soixante douze', 72],
    ['fr', 'quatre-vingts', 80],
    ['fr', 'trois voisins', 3],
    ['en', 'twelve', 12],
    ['en', 'forty two', 42],
    ['tr', 'on iki', 12],
    ['tr', 'yirmi beş', 25],
    ['ar', 'خمسة', 5],
    ['tr', 'quatre', 4],
  ])('%s: %s is %i', (language, said, expected) => {
    expect(read(said, age, language)).toEqual(value(expected));
  });

  it.each(['deux et sept', 'dix vingt', 'quatre, vingt', 'deux chats et trois chiens'])(
    'asks again rather than half understand: %s',
    (said) => {
      expect(read(said, age).kind).toBe('unclear');
    },
  );
});

describe('asked again', () => {
  it.each(['', '👍', 'beaucoup', '3 et 5', 'pas 3', '2,5'])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'unclear' });
  });

  it.each([
    ['150', '150'],
    ['21', '21'],
    ['-3', '-3'],
  ])('%s says the limits', (said, got) => {
    expect(read(said)).toEqual({ kind: 'unclear', got });
    expect(number.again(foyer, french, got)).toContain(
      `${got} n'est pas possible. Tapez un nombre de 1 à 20.`,
    );
  });
});

describe('passed', () => {
  it.each(['0', 'zéro', '0 merci', 'passer', 'aucun'])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'skip' });
  });

  it('where zero is an answer, only words pass', () => {
    expect(read('passer', distance)).toEqual({ kind: 'skip' });
    expect(read('je ne sais pas', distance)).toEqual({ kind: 'dontKnow' });
    expect(read('aucun', distance)).toEqual({ kind: 'value', value: 0 });
  });
});
