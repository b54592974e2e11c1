/** A language that is neither written by the city nor spoken by one of its relays, read from its name alone. */
import { languages } from '../locales/index.ts';
import { otherLanguages } from '../locales/other-languages.ts';
import { normalise } from './understand/normalise.ts';

/** "kurdî (kurmancî)" is kurdî; Arabic writes its article onto the name. */
const spellings = (name: string): string[] => {
  const bare = name.replace(/\s*\(.*\)/, '');
  return [bare, bare.replace(/^ال/u, '')].map(normalise);
};

const nameIn = (language: string, code: string): string | undefined =>
  new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(code);

let byName: Map<string, string> | undefined;

/** Made when first needed: it costs more than a turn, and most conversations do without. */
function names(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  const displays = languages
    .filter((language) => language !== 'fr-facile')
    .map((language) => new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }));
  for (const [code, own] of Object.entries(otherLanguages)) {
    const known = [...displays.map((display) => display.of(code)), nameIn(code, code), ...own];
    for (const name of known)
      for (const each of name ? spellings(name) : []) if (each && !byName.has(each)) byName.set(each, code);
  }
  return byName;
}

/** "polonais", "Russian", "الصومالية" → pl, ru, so. */
export const otherLanguageNamed = (text: string): string | undefined =>
  text.length > 60 ? undefined : names().get(normalise(text));
