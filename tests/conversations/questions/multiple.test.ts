/** Several choices: separators, labels, duplicates, and no guess where a number may count something. */
import { describe, expect, it } from 'vitest';
import { multiple } from '../../../conversations/questions/multiple.ts';
import { french, squareSurvey } from '../play.ts';
import { inScript, zeros } from './digits.ts';

const priorites = squareSurvey.questions[1] as Parameters<typeof multiple.parse>[0];
const read = (said: string, language = 'fr') => multiple.parse(priorites, said, language);

describe('numbers', () => {
  it.each([
    ['1,3 et 6', [1, 3, 6]],
    ['1 3 6', [1, 3, 6]],
    ['1/3/6', [1, 3, 6]],
    ['1;3;6', [1, 3, 6]],
    ['1.3.6', [1, 3, 6]],
    ['1+3', [1, 3]],
    ['1&3', [1, 3]],
    ['1-3', [1, 3]],
    ['1 - 3', [1, 3]],
    ['6 3 1', [1, 3, 6]],
    ['1 1 3', [1, 3]],
    ['4', [4]],
    ['le 1 et le 4', [1, 4]],
    ['un et trois', [1, 3]],
    ['premier et troisième', [1, 3]],
    ['1\n3', [1, 3]],
    ['1️⃣ 3️⃣', [1, 3]],
    ['١ ٣', [1, 3]],
    ['١،٣', [1, 3]],
    ['1 2 3 4 5 6', [1, 2, 3, 4, 5, 6]],
  ])('%s', (said, expected) => {
    expect(read(said)).toEqual({ kind: 'value', value: expected });
  });

  it('of every script', () => {
    for (const zero of zeros()) {
      const said = `${inScript(zero, 5)} ${inScript(zero, 2)}`;
      expect(read(said), `U+${zero.toString(16)}`).toEqual({ kind: 'value', value: [2, 5] });
    }
  });

  it.each([
    ['en', 'one and three', [1, 3]],
    ['tr', 'bir ve üç', [1, 3]],
    ['ar', 'واحد و ثلاثة', [1, 3]],
  ])('%s: %s', (language, said, expected) => {
    expect(read(said, language)).toEqual({ kind: 'value', value: expected });
  });
});

describe('labels', () => {
  it.each([
    ['fr', 'bancs et fleurs', [2, 4]],
    ['fr', 'FLEURS, BANCS', [2, 4]],
    ['fr', 'eclairage', [3]],
    ['fr', 'Éclairage!', [3]],
    ['fr', 'terrain de sport', [5]],
    ['fr', 'éclairag', [3]],
    ['fr', 'bancs et fleur', [2, 4]],
    ['fr', 'banc, éclairag et fleur', [2, 3, 4]],
    ['fr', '1 et fleurs', [1, 4]],
    ['fr', '2 bancs 4 fleurs', [2, 4]],
    ['fr', '2: bancs, 4: fleurs', [2, 4]],
    ['en', 'benches and flowers', [2, 4]],
    ['en', 'bancs', [2]],
    ['tr', 'ÇİÇEKLER', [4]],
    ['tr', 'cicekler', [4]],
    ['ar', 'مقاعد و زهور', [2, 4]],
  ])('%s: %s', (language, said, expected) => {
    expect(read(said, language)).toMatchObject({ kind: 'value', value: expected });
  });

  it('keeps what else was said', () => {
    expect(read('1 3 surtout pour les petits')).toEqual({
      kind: 'value',
      value: [1, 3],
      comment: '1 3 surtout pour les petits',
    });
    expect(read('1 et 3')).not.toHaveProperty('comment');
    expect(read('bancs et fleurs')).not.toHaveProperty('comment');
  });
});

describe('asked again', () => {
  it.each([
    '',
    '👍',
    'tout',
    'tous',
    'nickel',
    'pas de bancs',
    '0 et 3',
    '3 bancs',
    '1 fleurs',
    'il y a 2 voitures cassées',
    '2 fois',
  ])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'unclear' });
  });

  it.each([
    ['136', '136'],
    ['7', '7'],
    ['1 7', '7'],
    ['1-36', '36'],
  ])('%s names what is not in the list', (said, got) => {
    expect(read(said)).toEqual({ kind: 'unclear', got });
    expect(multiple.again(priorites, french, got)).toContain(`${got} n'est pas dans la liste.`);
  });
});

describe('passed', () => {
  it.each(['0', '0.', 'zéro', '0 merci', 'passer'])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'skip' });
  });
});

describe('none of them', () => {
  it.each(['rien', 'aucun', 'rien du tout'])('%s', (said) => {
    expect(read(said)).toEqual({ kind: 'value', value: [] });
  });
});

describe('by their place', () => {
  it.each([
    ['les deux premiers', [1, 2]],
    ['les 3 derniers', [4, 5, 6]],
  ])('%s', (said, expected) => {
    expect(read(said)).toEqual({ kind: 'value', value: expected });
  });

  it('from one to another in words is read back', () => {
    expect(read('1 à 3')).toEqual({ kind: 'value', value: [1, 2, 3], certainty: 'ask' });
  });
});

describe('"other"', () => {
  it('asks what wherever it is among the choices', () => {
    expect(multiple.asksOther(priorites, [1, 3, 6])).toBe(true);
    expect(multiple.asksOther(priorites, [1, 3])).toBe(false);
    expect(read('6 un kiosque')).toEqual({ kind: 'value', value: [6], comment: '6 un kiosque' });
  });
});
