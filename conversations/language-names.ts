/** Every language by its name in any of ours or in its own, those that the city does not write too. */
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

const written = languages.filter((language) => language !== 'fr-facile');
let byName: Map<string, string> | undefined;

/** Made when first needed: it costs more than a turn, and most conversations do without. */
function names(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  const displays = written.map(
    (language) => new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }),
  );
  const codes = { ...Object.fromEntries(written.map((language) => [language, []])), ...otherLanguages };
  for (const [code, own] of Object.entries<string[]>(codes)) {
    const known = [...displays.map((display) => display.of(code)), nameIn(code, code), ...own];
    for (const name of known)
      for (const each of name ? spellings(name) : []) if (each && !byName.has(each)) byName.set(each, code);
  }
  return byName;
}

/** "polonais", "inglés", "الصومالية" → pl, en, so. */
export const languageByName = (text: string): string | undefined =>
  text.length > 60 ? undefined : names().get(normalise(text));
