/** Who comes, said in every way: what is read, what is asked first, what is asked again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeadcount } from '../../../conversations/understand/headcount.ts';
import { languages } from '../../../locales/index.ts';
import { shownAs } from './shown.ts';

describe('how many come ("?" is asked first, "-" is asked again)', () => {
  it.each([
    ['fr', 'moi + 2 enfants', '3'],
    ['fr', '2 adultes et 3 enfants', '5'],
    ['fr', 'ma femme, moi et les 3 petits', '5'],
    ['fr', 'seul', '1'],
    ['fr', 'juste moi', '1'],
    ['fr', 'on sera 4', '4'],
    ['fr', 'en couple', '2'],
    ['fr', '4 dont 2 enfants', '4'],
    ['fr', '4 (2 adultes 2 enfants)', '4'],
    ['fr', 'je viens avec 2 amis', '3'],
    ['fr', 'avec ma soeur', '2?'],
    ['fr', '+1', '2?'],
    ['fr', 'on sera 2, moi et mon fils', '2'],
    ['fr', 'NOUS SERONS DEUX, MON MARI ET MOI.', '2'],
    ['fr', '3: moi, mon mari et ma fille', '3'],
    ['fr', '2, moi, mon fils et ma fille', '2?'],
    ['fr', '3 enfants et mon mari donc 5', '5'],
    ['fr', 'moi ma femme et les enfants', '-'],
    ['fr', 'moi et les potes', '-'],
    ['fr', '2 adultes plus les enfants', '-'],
    ['fr', '5 + les enfants', '-'],
    ['fr', 'on sera 5 avec les petits', '5'],
    ['fr', '8 sans compter les enfants', '-'],
    ['fr', '3 sans moi', '-'],
    ['fr', '3 si mon mari vient', '3?'],
    ['fr', 'ça dépend de mon mari', '-'],
    ['fr', 'bâtiment 4', '4?'],
    ['fr', '2 végétariens', '2?'],
    ['fr', '2 adultes et un toutou', '2?'],
    ['fr', 'moi et doudou', '-'],
    ['fr', '5 ou plus', '5?'],
    ['fr', 'on sera 4 à 19h30', '4'],
    ['fr', 'une maman et 2 enfants', '3'],
    ['fr', 'papa maman et 3 enfants', '5'],
    ['fr', 'mon petit frère et moi', '2'],
    ['fr', 'mes parents et moi', '3'],
    ['fr', 'jvien avec 2 potes', '3'],
    ['fr', 'moi é mé 3 enfan', '3?'],
    ['fr', 'jsp combien', 'dk'],
    ['fr', 'pas moi', '-'],
    ['fr', 'pa moi', '-'],
    ['en', 'my husband, me and the 3 little ones', '5'],
    ['fr', 'mes 2 enfants', '3?'],
    ['fr', 'toute la famille', '-'],
    ['fr', '150', '-'],
    ['fr', '0', 'skip'],
    ['fr', 'personne', 'skip'],
    ['fr', '2 ou 3', '3?'],
    ['fr', 'une dizaine', '10?'],
    ['fr', 'moi et ma famille', '-'],
    ['fr', 'famille de 5', '5'],
    ['fr', 'en couple + 2 enfants', '4'],
    ['fr', 'moi et mon mari', '2'],
    ['fr', 'mon mari et moi', '2'],
    ['fr', 'nous deux et le bébé', '3'],
    ['fr', '4 personnes à 18h', '4'],
    ['fr', '3 enfants de 5 et 7 ans', '3'],
    ['fr', 'on vient à 4 si il fait beau', '4'],
    ['fr', 'Bonjour, nous serons 6 personnes. Merci', '6'],
    ['fr', 'seule avec mes 2 enfants', '3'],
    ['fr', '3 avec moi', '3'],
    ['fr', 'avec moi 4', '4'],
    ['fr', '3 non 4', '4?'],
    ['fr', 'je viens à 3', '3'],
    ['fr', '2+3', '5'],
    ['fr', '2 3', '-'],
    ['fr', 'moi', '1'],
    ['fr', 'je viens', '-'],
    ['fr', 'oui', '-'],
    ['fr', 'je sais pas', 'dk'],
    ['fr', 'moi plus 2', '3'],
    ['fr', '1 adulte 1 enfant', '2'],
    ['fr', 'une personne', '1'],
    ['fr', 'deux', '2'],
    ['fr', 'pas seul', '-'],
    ['fr', 'mes enfants et moi', '-'],
    ['fr', 'moi, mon mari, mes 3 enfants et ma belle mère', '6'],
    ['fr', '2 ou 3 avec moi', '3?'],
    ['fr', 'moi + 2 ou 3 amis', '4?'],
    ['fr', 'on est une famille de 4', '4'],
    ['fr', '4 places svp', '4'],
    ['fr', 'je réserve 3 places', '3'],
    ['fr', '-1', '-'],
    ['fr', '21', '-'],
    ['en', 'me and my 2 kids', '3'],
    ['en', 'just me', '1'],
    ['en', '4 of us', '4'],
    ['en', '2 adults and a baby', '3'],
    ['en', 'my husband and I', '2'],
    ['tr', '4 kişi', '4'],
    ['tr', 'ben ve 2 çocuk', '3'],
    ['tr', 'dört kişiyiz', '4'],
    ['ar', 'أنا وزوجتي', '2'],
    ['ar', '٤ أشخاص', '4'],
    ['ar', 'انا و 2 اولاد', '3'],
    ['fr', 'g 3 enfants et mon mari donc 5', '5'],
    ['fr', 'nous 4', '4'],
    ['fr', 'on sera 2 adultes et 1 enfant', '3'],
    ['fr', '4 ou 5 personnes', '5?'],
    ['fr', '2-3', '3?'],
    ['fr', '2/3', '3?'],
  ])('%s: %s → %s', (language, text, wanted) => {
    expect(shownAs(readHeadcount(text, language))).toBe(wanted);
  });

  it('says which number is too many', () => {
    expect(readHeadcount('on sera 150', 'fr')).toEqual({ kind: 'unclear', got: '150' });
    expect(readHeadcount('on sera 6', 'fr', 5)).toEqual({ kind: 'unclear', got: '6' });
  });

  it('keeps what else was said', () => {
    expect(readHeadcount('on vient à 4 si il fait beau', 'fr')).toMatchObject({
      comment: expect.stringContaining('beau'),
    });
  });
});

describe('whatever is written', () => {
  const words = [
    'moi',
    'et',
    'avec',
    'ma',
    'femme',
    '2',
    'deux',
    'enfants',
    '+',
    'dont',
    'ou',
    '(',
    ')',
    'famille',
    '-3',
    '99',
    'on',
    'pas',
    '½',
    '1e9',
  ];
  it('a number of people is whole, from 1 to the limit', () => {
    const said = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((each) => each.join(' ')),
    );
    fc.assert(
      fc.property(
        said,
        fc.constantFrom(...languages),
        fc.integer({ min: 1, max: 60 }),
        (text, language, max) => {
          const reading = readHeadcount(text, language, max);
          if (reading.kind !== 'value') return;
          expect(Number.isInteger(reading.value)).toBe(true);
          expect(reading.value).toBeGreaterThanOrEqual(1);
          expect(reading.value).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
