/** A mark on a scale, in more words than one. */
import { describe, expect, it } from 'vitest';
import { readScale } from '../../../conversations/understand/scale.ts';
import { shownAs } from './shown.ts';

const FIVE = { min: 1, max: 5, low: ['pas du tout satisfait'], high: ['très satisfait'] };
const TEN = { min: 0, max: 10, low: [], high: [] };

describe('a mark from 1 to 5 ("?" is asked first, "-" is asked again)', () => {
  it.each([
    ['fr', 'un petit 3', '3'],
    ['fr', 'un gros 1', '1'],
    ['en', 'a solid 4', '4'],
    ['es', 'le pongo un cuatro', '4'],
    ['es', '4 sobre 5', '4'],
    ['en', 'four out of five, the pool is clean now', '4'],
    ['fr', 'un 3 ou 4', '-'],
    ['fr', 'un 3 4', '-'],
    ['fr', '3 non 4', '4?'],
    ['fr', 'super 5', '5?'],
    ['fr', 'bâtiment 2', '2?'],
    ['fr', 'pas top 2', '-'],
    ['fr', 'peut-être 3', '3?'],
    ['fr', '2 max', '2?'],
    ['fr', 'je dirais 3', '3'],
    ['fr', 'pas du tout', '1'],
    ['fr', 'super 9', '-'],
    ['fr', '0', 'skip'],
  ])('%s: %s → %s', (language, said, expected) =>
    expect(shownAs(readScale(said, FIVE, language))).toBe(expected),
  );

  it.each([
    ['0', '0'],
    ['zéro', '0'],
    ['je passe', 'skip'],
    ['8 sur 10', '8'],
    ['4/5', '-'],
  ])('from 0 to 10, %s → %s', (said, expected) => expect(shownAs(readScale(said, TEN, 'fr'))).toBe(expected));
});
