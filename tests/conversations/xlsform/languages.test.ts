/** Languages as forms name them. */
import { describe, expect, it } from 'vitest';
import { languageHeader, languageNamed } from '../../../conversations/xlsform/languages.ts';
import { languages } from '../../../locales/index.ts';

describe('languageNamed', () => {
  it.each([
    ['Français (fr)', 'fr'],
    ['English(en)', 'en'],
    ['English (UK)', 'en'],
    ['French (FR)', 'fr'],
    ['Français (France)', 'fr'],
    ['Français facile (fr-facile)', 'fr-facile'],
    ['中文 (zh)', 'zh'],
    ['kurdî (kurmancî) (ku)', 'ku'],
    ['(tr)', 'tr'],
    ['French', 'fr'],
    ['anglais', 'en'],
    ['العربية', 'ar'],
    ['Swahili', 'sw'],
    ['swahili', 'sw'],
    ['Somali', 'so'],
    ['ukrainien', 'uk'],
    ['pt', 'pt'],
    ['EN', 'en'],
  ])('%s is %s', (text, code) => {
    expect(languageNamed(text)).toEqual({ code });
  });

  it.each(['Français (zz)', 'Klingon (tlhx)', 'Texte (nulle part)'])('%s has a code that is none', (text) => {
    expect(languageNamed(text)).toMatchObject({ unknownCode: true });
  });

  it('a name nobody knows is kept under a code made from it', () => {
    expect(languageNamed('Parler du coin')).toEqual({ code: 'parler-du-coin', unknownName: true });
  });

  it.each([...languages, 'so', 'sw', 'zh-Hant', 'pt-BR', 'ku', 'ber', 'parler-du-coin'])(
    'the header of %s is read as that language',
    (code) => {
      expect(languageNamed(languageHeader(code)).code).toBe(code);
    },
  );
});
