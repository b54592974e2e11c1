/** Yes and no: whole words of the resident's language, French or English, and never a first letter. */
import { describe, expect, it } from 'vitest';
import { yesno } from '../../../conversations/questions/yesno.ts';
import { normalise } from '../../../conversations/understand/normalise.ts';
import { type Language, languages, words } from '../../../locales/index.ts';
import cldr from '../../vectors/cldr-yesno.json';
import { french, panel } from '../play.ts';
import { inScript, zeros } from './digits.ts';

const velo = panel.questions[0] as Parameters<typeof yesno.parse>[0];
const read = (said: string, language = 'fr') => yesno.parse(velo, said, language);
const value = (yes: boolean) => ({ kind: 'value', value: yes });
const others = (language: Language) =>
  languages.filter((each) => each !== language && each !== 'fr' && each !== 'en');

describe('every yes and no of CLDR', () => {
  const inCldr = languages.filter((language) => language !== 'fr-facile');
  const shipped = inCldr.flatMap((language) => {
    const { yes, no, yesNormalised, noNormalised } = cldr.languages[language];
    return [
      ...[...yes, ...yesNormalised].map((word): [Language, string, boolean] => [language, word, true]),
      ...[...no, ...noNormalised].map((word): [Language, string, boolean] => [language, word, false]),
    ];
  });
  it.each(shipped)('%s: %s is %s', (language, word, expected) => {
    expect(read(word, language)).toEqual(value(expected));
    expect(read(`  ${word.toUpperCase()} !!`, language)).toEqual(value(expected));
  });
});

describe('our words', () => {
  const listed = languages.flatMap((language) => [
    ...words[language].yes.map((word): [Language, string, boolean] => [language, word, true]),
    ...words[language].no.map((word): [Language, string, boolean] => [language, word, false]),
  ]);
  it.each(listed)('%s: %s is %s', (language, word, expected) => {
    expect(read(word, language)).toEqual(value(expected));
  });

  it.each(listed.filter(([language, word]) => ['fr', 'en'].includes(language) && word.length > 1))(
    '%s: %s counts for everyone',
    (language, word, expected) => {
      for (const other of languages.filter((each) => each !== language)) {
        // What is a word of the resident's own language comes first, whatever it means elsewhere.
        const own = [...words[other].yes, ...words[other].no].includes(word);
        if (!own) expect(read(word, other), other).toEqual(value(expected));
      }
    },
  );

  it.each(languages.filter((each) => each !== 'fr' && each !== 'fr-facile' && each !== 'en'))(
    'a single letter of %s counts in no other language',
    (language) => {
      const lettersOf = (each: Language): string[] => {
        const { yes, yesAlone, no, noAlone } = words[each === 'fr-facile' ? 'fr' : each];
        return [...yes, ...yesAlone, ...no, ...noAlone].map(normalise).filter((word) => /^[a-z]$/.test(word));
      };
      for (const letter of lettersOf(language))
        for (const other of [...others(language), 'fr', 'en'] as Language[])
          if (!lettersOf(other).includes(letter))
            expect(read(letter, other).kind, `${letter} in ${other}`).not.toBe('value');
    },
  );
});

describe('never a first letter', () => {
  it.each([
    ['fr', 'nickel'],
    ['fr', 'ouistiti'],
    ['fr', 'ouvert'],
    ['fr', 'nord'],
    ['fr', 'y'],
    ['fr', 'e'],
    ['fr', 'h'],
    ['en', 'yesterday'],
    ['en', 'nothing much'],
    ['en', 'o'],
    ['tr', 'hemen'],
    ['tr', 'evde'],
    ['tr', 'n'],
    ['tr', 'o'],
    ['ar', 'ناس'],
    ['ar', 'لماذا'],
  ])('%s: %s is asked again', (language, said) => {
    expect(read(said, language).kind).toBe('unclear');
  });
});

describe('digits', () => {
  it('1 is yes, 2 is no and 0 passes, in every script', () => {
    for (const zero of zeros()) {
      expect(read(inScript(zero, 1)), `U+${zero.toString(16)}`).toEqual(value(true));
      expect(read(inScript(zero, 2)), `U+${zero.toString(16)}`).toEqual(value(false));
      expect(read(inScript(zero, 0)), `U+${zero.toString(16)}`).toEqual({ kind: 'skip' });
    }
  });

  it.each([
    ['1 oui', true],
    ['2 non', false],
    ['1.', true],
    ['un', true],
    ['deux', false],
    ['le 2 svp', false],
  ])('%s', (said, expected) => {
    expect(read(said)).toEqual(value(expected));
  });

  it.each([
    ['3', '3'],
    ['12', '12'],
  ])('%s is not on offer', (said, got) => {
    expect(read(said)).toEqual({ kind: 'unclear', got });
    expect(yesno.again(velo, french, got)).toContain(`${got} n'est pas dans la liste. Tapez 1 ou 2.`);
  });

  it.each(['1 non', '2 oui', '1 2', 'oui ou non', '1 ou 2'])('%s contradicts itself', (said) => {
    expect(read(said).kind).toBe('unclear');
  });
});

describe('in a sentence', () => {
  it.each([
    ['Oui !!', true],
    ['oui, tous les jours', true],
    ['non merci mademoiselle', false],
    ['ah non', false],
    ['ben oui', true],
    ['bien sûr', true],
    ["d'accord", true],
    ['D’ACCORD', true],
  ])('%s', (said, expected) => {
    expect(read(said)).toMatchObject({ kind: 'value', value: expected });
  });

  it('keeps what else was said', () => {
    expect(read('oui, tous les jours')).toEqual({ ...value(true), comment: 'oui, tous les jours' });
    expect(read('1 mais pas le soir')).toEqual({ ...value(true), comment: 'mais pas le soir' });
  });

  it.each(['pas oui', 'oui et non', '', 'peut-être', 'je voudrais dire oui mais bon'])(
    'asks again: %s',
    (said) => {
      expect(read(said).kind).toBe('unclear');
    },
  );

  it.each([
    ['fr', '0'],
    ['fr', 'zéro'],
    ['fr', '0 merci'],
  ])('%s: %s passes', (language, said) => {
    expect(read(said, language)).toEqual({ kind: 'skip' });
  });

  it.each([
    ['fr', 'je ne sais pas'],
    ['fr', 'jsp'],
    ['en', 'dunno'],
    ['tr', 'bilmiyorum'],
    ['ar', 'لا أعرف'],
  ])('%s: %s does not know', (language, said) => {
    expect(read(said, language)).toEqual({ kind: 'dontKnow' });
  });

  it.each([
    ['👍', true],
    ['👍🏾 !', true],
    ['ouiiii', true],
    ['👎', false],
    ['jamais de la vie', false],
    ['bien sûr que non', false],
    ['non merci mademoiselle', false],
  ])('%s is clear', (said, expected) => {
    expect(read(said)).toMatchObject({ kind: 'value', value: expected });
  });

  it('a no that is not quite one is read back', () => {
    expect(read('pas vraiment')).toEqual({ kind: 'value', value: false, certainty: 'ask' });
  });
});
