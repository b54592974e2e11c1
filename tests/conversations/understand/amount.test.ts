/** Amounts in figures and in words, in five languages: what is read, what is asked, what is asked again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount } from '../../../conversations/understand/amount.ts';
import { languages } from '../../../locales/index.ts';

const read = (text: string, language: string, decimals = false) => readAmount(text, { decimals }, language);

describe('whole numbers', () => {
  it.each([
    ['fr', '4', 4],
    ['fr', 'on sera 4', 4],
    ['fr', '1 200', 1200],
    ['fr', '1.200', 1200],
    ['fr', 'vingt et un', 21],
    ['fr', 'quatre-vingt-dix-sept ans', 97],
    ['fr', 'deux cents', 200],
    ['fr', 'trois mille deux cent quarante-cinq', 3245],
    ['fr', 'mille neuf cent quatre vingt dix huit', 1998],
    ['fr', '10k', 10_000],
    ['fr', '€15', 15],
    ['fr', 'quattre', 4],
    ['fr', '3️⃣', 3],
    ['fr', '１２', 12],
    ['fr', 'aucun enfant', 0],
    ['fr', 'aucun pr l instant', 0],
    ['fr', 'une fois', 1],
    ['fr', 'aucun, merci bien madame', 0],
    ['en', '1,200', 1200],
    ['en', 'one hundred and five', 105],
    ['en', 'twentyfive', 25],
    ['tr', 'iki yüz elli üç', 253],
    ['tr', 'yüzelli', 150],
    ['tr', 'üç bin beş yüz', 3500],
    ['tr', 'on est 4', 4],
    ['ar', 'خمسة وعشرون', 25],
    ['ar', 'مئة وخمسة وعشرون', 125],
    ['ar', 'ثلاثة أطفال', 3],
  ])('%s: %s', (language, text, value) => {
    expect(read(text, language)).toEqual({ kind: 'value', value });
  });
});

describe('numbers with a part', () => {
  it.each([
    ['fr', '2,5', 2.5],
    ['fr', '1.200,50', 1200.5],
    ['fr', 'deux et demi', 2.5],
    ['fr', 'deux virgule cinq', 2.5],
    ['fr', 'une heure et demie', 1.5],
    ['fr', 'une demi heure', 0.5],
    ['fr', '½', 0.5],
    ['fr', '2½', 2.5],
    ['fr', '1/2', 0.5],
    ['fr', '15€50', 15.5],
    ['fr', '1m80', 1.8],
    ['en', 'two and a half', 2.5],
    ['en', 'two point zero five', 2.05],
    ['tr', 'iki buçuk', 2.5],
    ['tr', 'bir buçuk', 1.5],
    ['ar', '٢٫٥', 2.5],
    ['ar', 'خمسة ونصف', 5.5],
  ])('%s: %s', (language, text, value) => {
    expect(read(text, language, true)).toEqual({ kind: 'value', value });
    if (!Number.isInteger(value)) expect(read(text, language).kind).toBe('unclear');
  });
});

describe('asked before it counts', () => {
  it.each([
    ['fr', 'une vingtaine', 20],
    ['fr', 'une petite vingtaine', 20],
    ['fr', '20aine', 20],
    ['fr', 'environ 15', 15],
    ['fr', '20 à peu près', 20],
    ['fr', '~20', 20],
    ['fr', '2 ou 3', 3],
    ['fr', 'deux trois', 3],
    ['fr', 'entre 10 et 15', 15],
    ['fr', '10 à 15', 15],
    ['fr', '3-4', 4],
    ['fr', '3 non 4', 4],
    ['fr', 'une voiture', 1],
    ['en', 'about a dozen', 12],
    ['en', 'between 10 and 15', 15],
    ['tr', '10-15 arası', 15],
    ['tr', '20 civarı', 20],
    ['ar', 'بين 10 و 15', 15],
    ['ar', 'اثنان أو ثلاثة', 3],
  ])('%s: %s', (language, text, value) => {
    expect(read(text, language)).toMatchObject({ kind: 'value', value, certainty: 'ask' });
  });
});

describe('asked again', () => {
  it.each([
    ['fr', 'pas 3'],
    ['fr', '2 et 3'],
    ['fr', '2 filles et un garçon'],
    ['fr', '1h30'],
    ['fr', '2 adultes 2 enfants'],
    ['fr', '7/7'],
    ['fr', 'toutes les 2 semaines'],
    ['en', 'every 2 weeks'],
    ['fr', "trois quarts d'heure"],
    ['fr', 'quatre, vingt'],
    ['fr', 'dix vingt'],
    ['fr', '1.2.3'],
    ['fr', 'k'],
    ['fr', 'un deux trois soleil'],
    ['fr', '9'.repeat(400)],
    ['tr', '3 değil'],
    ['tr', 'altında'],
  ])('%s: %s', (language, text) => {
    expect(read(text, language)).toEqual({ kind: 'unclear' });
  });

  it('says the number that is not allowed', () => {
    expect(readAmount('150', { max: 20 }, 'fr')).toEqual({ kind: 'unclear', got: '150' });
    expect(readAmount('20 ou 21', { max: 20 }, 'fr')).toEqual({ kind: 'unclear', got: '21' });
    expect(read('-3', 'fr')).toEqual({ kind: 'unclear', got: '-3' });
  });
});

describe('passed', () => {
  it('none is nothing only where nothing is possible', () => {
    expect(read('rien', 'fr')).toEqual({ kind: 'value', value: 0 });
    expect(readAmount('rien', { min: 1 }, 'fr')).toEqual({ kind: 'skip' });
    expect(readAmount('0', { min: 1 }, 'fr')).toEqual({ kind: 'skip' });
    expect(read('je passe', 'fr')).toEqual({ kind: 'skip' });
    expect(read('jsp', 'fr')).toEqual({ kind: 'dontKnow' });
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    'vingt',
    'et',
    'un',
    'cent',
    'mille',
    '3',
    '1/2',
    'ou',
    '-',
    'pas',
    'و',
    'yüz',
    'demi',
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word).map((words) => words.join(' ')),
  );

  it('is read within the limits or not at all', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...languages), fc.boolean(), (text, language, decimals) => {
        const reading = readAmount(text, { min: 2, max: 40, decimals }, language);
        if (reading.kind !== 'value') return;
        expect(reading.value).toBeGreaterThanOrEqual(2);
        expect(reading.value).toBeLessThanOrEqual(40);
        if (!decimals) expect(Number.isInteger(reading.value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('every whole number is read as itself, however it is grouped', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.constantFrom('', ' ', '.', '\u202f'), (value, separator) => {
        const written = String(value).replace(/\B(?=(\d{3})+$)/g, separator);
        expect(read(written, 'fr')).toEqual({ kind: 'value', value });
      }),
    );
  });
});
