/**
 * A phrase of ours in one language. Owns the one i18next instance and its memory of what it has made;
 * the words themselves are in `locales/`.
 */
import i18next from 'i18next';
import { type Language, languages, type PhraseKey, phrases } from '../locales/index.ts';

const catalogue = i18next.createInstance();
catalogue.init({
  lng: 'fr',
  fallbackLng: 'fr',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
  resources: Object.fromEntries(languages.map((language) => [language, { translation: phrases[language] }])),
});

/** `t()` takes 14 to 33 µs (design.md 6): what was made once is kept, up to this many texts. */
const MEMORY = 2000;
const memory = new Map<string, string>();

export type Params = Record<string, string | number>;

/** The phrase in the language, French where the language lacks it. */
export function phrase(language: string, key: PhraseKey, params: Params = {}): string {
  // A resident's own words and codes are not remembered: they would fill the memory, and are not ours to keep.
  if ('got' in params || 'code' in params) return catalogue.t(key, { ...params, lng: language });
  let name = `${language}\n${key}`;
  for (const param in params) name += `\n${params[param]}`;
  const known = memory.get(name);
  if (known !== undefined) return known;
  const made = catalogue.t(key, { ...params, lng: language });
  if (memory.size >= MEMORY) memory.clear();
  memory.set(name, made);
  return made;
}

/** A survey's or a city's own text in the language; where it lacks it in French, else in the one it has. */
export const local = (texts: Partial<Record<string, string>>, language: string): string =>
  texts[language] ?? texts.fr ?? Object.values(texts)[0] ?? '';

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);
