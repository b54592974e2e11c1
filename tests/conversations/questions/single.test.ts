/** One choice: what counts as an option's number or its label, and what is asked again instead of guessed. */
import { describe, expect, it } from 'vitest';
import { single } from '../../../conversations/questions/single.ts';
import { words } from '../../../locales/index.ts';
import { french, panel, squareSurvey } from '../play.ts';
import { inNumberingSystems, inScript, zeros } from './digits.ts';

const frequence = squareSurvey.questions[0] as Parameters<typeof single.parse>[0];
const trajet = panel.questions[2] as typeof frequence;
const nine: typeof frequence = {
  ...frequence,
  options: Array.from({ length: 9 }, (_, index) => ({
    id: `o${index}`,
    label: { fr: `rue ${'abcdefghi'[index]}` },
  })),
};
const read = (said: string, language = 'fr', question = frequence) => single.parse(question, said, language);
const value = (number: number, comment?: string) => ({
  kind: 'value',
  value: number,
  ...(comment && { comment }),
});
const UNCLEAR = { kind: 'unclear' };
const SKIP = { kind: 'skip' };

describe('digits', () => {
  it('of every script are read', () => {
    const all = zeros();
    expect(all.length).toBeGreaterThanOrEqual(60);
    for (const zero of all)
      for (const number of [1, 2, 3, 4])
        expect(read(inScript(zero, number)), `U+${zero.toString(16)}`).toEqual(value(number));
    for (const zero of all) {
      expect(read(inScript(zero, 0)), `U+${zero.toString(16)}`).toEqual(SKIP);
      expect(read(inScript(zero, 13)), `U+${zero.toString(16)}`).toEqual({ kind: 'unclear', got: '13' });
    }
  });

  it.each(inNumberingSystems(3))('as the platform writes them: %s %s', (_system, written) => {
    expect(read(written)).toEqual(value(3));
  });

  it.each([
    ['alone', '3', 3],
    ['with a full stop', '3.', 3],
    ['between spaces', '  3  ', 3],
    ['in brackets', '(3)', 3],
    ['with a keycap', '3️⃣', 3],
    ['full width', '３', 3],
    ['circled', '③', 3],
    ['with a leading zero', '03', 3],
    ['said twice', '3 3', 3],
    ['with its noun', 'numéro 3', 3],
    ['with a sign for number', 'n°3', 3],
    ['politely', 'bonjour, le 3 svp merci', 3],
    ['with a zero-width mark', '\u200e3\u200b', 3],
    ['with its own label', '3 parfois', 3],
    ['with its own label before', 'parfois (3)', 3],
  ])('%s: %s', (_label, said, expected) => {
    expect(read(said)).toMatchObject({ kind: 'value', value: expected });
  });
});

describe('one clear digit in a sentence, the rest kept', () => {
  it.each([
    ['at its beginning', '3 parfois le dimanche', 3, 'parfois le dimanche'],
    ['at its end', 'slt dsl g t occupé. 4', 4, 'slt dsl g t occupé'],
    ['before a number that counts something', '4, on y allait 2 fois', 4, 'on y allait 2 fois'],
    ['after an hour', "jusqu'à 20h, donc 2", 2, "jusqu'à 20h, donc"],
    ['with Arabic digits', '٣ يوم الأحد', 3, 'يوم الأحد'],
  ])('%s: %s', (_label, said, number, comment) => {
    expect(read(said)).toEqual(value(number, comment));
  });

  it('nothing is kept where the rest is only politeness', () => {
    expect(read('3 merci')).toEqual(value(3));
    expect(read('bonjour: 3')).toEqual(value(3));
    expect(read('je dirais 3 plutôt')).toEqual(value(3));
  });
});

describe('words', () => {
  const bySix = Object.entries(words).flatMap(([language, { numbers, ordinals }]) =>
    [...Object.entries(numbers), ...Object.entries(ordinals)]
      .filter(([, number]) => number >= 1 && number <= 9)
      .map(([word, number]): [string, string, number] => [language, word, number]),
  );
  it.each(bySix)('%s: %s is %i', (language, word, number) => {
    expect(read(word, language, nine)).toEqual(value(number));
    expect(read(`${word.toUpperCase()} !!`, language, nine)).toEqual(value(number));
  });

  it.each(['fr', 'en', 'ar', 'tr'] as const)(
    '%s has a word for every digit and every ordinal',
    (language) => {
      const { numbers, ordinals } = words[language];
      for (let number = 0; number <= 9; number += 1) expect(Object.values(numbers)).toContain(number);
      for (let number = 1; number <= 9; number += 1) expect(Object.values(ordinals)).toContain(number);
    },
  );

  it.each([
    ['fr', 'le 3eme', 3],
    ['fr', 'le 3ème', 3],
    ['fr', '1er', 1],
    ['fr', 'la 1ère', 1],
    ['fr', '2nd', 2],
    ['fr', 'la troisième', 3],
    ['fr', "c'est le deuxième", 2],
    ['en', '3rd', 3],
    ['en', 'the 2nd', 2],
    ['en', 'the fourth one please', undefined],
    ['en', 'number four', 4],
    ['tr', "3'üncü", 3],
    ['tr', '2nci', 2],
    ['tr', 'dördüncü', 4],
    ['ar', 'رقم ثلاثة', 3],
    ['ar', 'الثالث', 3],
  ])('%s: %s → %s', (language, said, expected) => {
    expect(read(said, language)).toEqual(
      expected === undefined ? expect.objectContaining({ kind: 'unclear' }) : value(expected),
    );
  });

  it('French and English are understood beside the resident’s own language', () => {
    expect(read('trois', 'tr')).toEqual(value(3));
    expect(read('three', 'ar')).toEqual(value(3));
  });
});

describe('labels', () => {
  it.each([
    ['fr', 'parfois', 3],
    ['fr', 'PARFOIS!!', 3],
    ['fr', 'Tous  les   jours.', 1],
    ['fr', 'jamais', 4],
    ['en', 'Every Week', 2],
    ['en', 'chaque semaine', 2],
    ['tr', 'HER GÜN', 1],
    ['tr', 'hiç', 4],
    ['tr', 'hic', 4],
    ['ar', 'أحياناً', 3],
    ['ar', 'احيانا', 3],
  ])('%s: %s is %i', (language, said, expected) => {
    expect(read(said, language)).toEqual(value(expected));
  });

  it.each([
    ['one letter too few', 'parfoi', 3],
    ['one letter too many', 'parfoiss', 3],
    ['one wrong letter', 'chaque semeine', 2],
    ['two letters swapped', 'pafrois', 3],
    ['in a longer label', 'tous les jour', 1],
  ])('a slip is forgiven: %s', (_label, said, expected) => {
    expect(read(said)).toEqual(value(expected));
  });

  it('a label made of numbers is a label', () => {
    const ages: typeof frequence = {
      ...frequence,
      options: ['15-17 ans', '18-24 ans', '60 et plus'].map((label, index) => ({
        id: `a${index}`,
        label: { fr: label },
      })),
    };
    expect(read('18-24 ans', 'fr', ages)).toEqual(value(2));
    expect(read('60 et plus', 'fr', ages)).toEqual(value(3));
    expect(read('2', 'fr', ages)).toEqual(value(2));
    expect(read('18', 'fr', ages)).toEqual({ kind: 'unclear', got: '18' });
  });

  it('a label in a sentence keeps the sentence', () => {
    expect(read('jamais le soir')).toEqual(value(4, 'jamais le soir'));
    expect(read('parfoi le dimanche')).toEqual(value(3, 'parfoi le dimanche'));
    expect(read('tou les jours')).toEqual(value(1));
    expect(read('en général parfois')).toEqual(value(3, 'en général parfois'));
  });
});

describe('asked again', () => {
  it.each([
    ['nothing', ''],
    ['blank', ' \u00a0\u200b '],
    ['an emoji', '👍'],
    ['a lower-case L', 'l'],
    ['a capital I', 'I'],
    ['a word with a number inside', 'nickel'],
    ['not a label', 'toujours'],
    ['two slips', 'porfwis'],
    ['a slip in the first letter', 'larfois'],
    ['two options', '2 3'],
    ['two labels', 'parfois ou jamais'],
    ['a number and another label', '1 parfois'],
    ['a label that is denied', 'pas parfois'],
    ['a decimal', '2,5'],
    ['a count', '2 fois'],
    ['an age', '3 ans'],
    ['an hour', '20h'],
    ['a digit in the middle of something else', 'le lampadaire 3 est cassé'],
    ['a word for a number inside a sentence', 'un banc manque'],
    ['zero with something else', '0 voiture'],
    ['every option', '1234'],
    ['a phone number', '01 99 00 12 34'],
    ['a huge number', '99999999999999999999'],
  ])('%s: %s', (_label, said) => {
    expect(read(said)).toMatchObject(UNCLEAR);
  });

  it.each([
    ['13', '13'],
    ['7', '7'],
    ['5', '5'],
    ['sept', '7'],
    ['le 9 svp', '9'],
  ])('%s names the number that is not on offer', (said, got) => {
    expect(read(said)).toEqual({ kind: 'unclear', got });
    expect(single.again(frequence, french, got)).toBe(
      `${got} n'est pas dans la liste. Tapez 1, 2, 3 ou 4. (0 = passer, AIDE = parler à quelqu'un)`,
    );
  });
});

describe('passed', () => {
  it.each([
    ['fr', '0'],
    ['fr', '0.'],
    ['fr', '0 merci'],
    ['fr', 'zéro'],
    ['fr', 'passer'],
    ['en', 'skip'],
    ['tr', 'sıfır'],
    ['tr', 'passer'],
    ['ar', '٠'],
  ])('%s: %s', (language, said) => {
    expect(read(said, language)).toEqual(SKIP);
  });
});

describe('"other"', () => {
  it('asks what, unless the reply has said so', () => {
    expect(read('3', 'fr', trajet)).toEqual(value(3));
    expect(single.asksOther(trajet, 3)).toBe(true);
    expect(single.asksOther(trajet, 1)).toBe(false);
    expect(read('3 en trottinette', 'fr', trajet)).toEqual(value(3, 'en trottinette'));
    expect(read('autre: en trottinette', 'fr', trajet)).toMatchObject({ kind: 'value', value: 3 });
  });
});
