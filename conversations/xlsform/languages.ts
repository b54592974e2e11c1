/** Languages as XLSForms name them, `Français (fr)`, and their codes. */
import { words } from '../../locales/index.ts';
import { languageByName } from '../language-names.ts';
import { isLanguage } from '../phrase.ts';
import { normalise } from '../understand/normalise.ts';

export interface NamedLanguage {
  code: string;
  /** The code in brackets is none. */
  unknownCode?: true;
  /** A name nobody knows: kept under a code made from it, so that nothing is lost. */
  unknownName?: true;
}

const nameIn = (language: string, code: string): string | undefined => {
  try {
    return new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(code);
  } catch {
    // Not the shape of a code.
    return undefined;
  }
};

const isCode = (text: string): boolean =>
  isLanguage(text) || (/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(text) && !!nameIn('en', text));

const LIKE_A_CODE = /^[a-z]{2,3}(?:-\w+)*$/;
const WITH_CODE = /\(([^()]+)\)\s*$/;

const nameless = (text: string): boolean => text.replace(WITH_CODE, '').trim() === '';

/** `English (en)`, `en`, `English`, `anglais` → en. */
export function languageNamed(text: string): NamedLanguage {
  const inBrackets = WITH_CODE.exec(text)?.[1]?.trim();
  if (inBrackets !== undefined) {
    if (isCode(inBrackets)) return { code: inBrackets };
    const small = inBrackets.toLowerCase();
    const named = nameless(text) ? undefined : languageNamed(text.replace(WITH_CODE, '').trim());
    // "English (UK)" is no Ukrainian, "Français (France)" no unknown code.
    if (named && !named.unknownName && !LIKE_A_CODE.test(inBrackets)) return named;
    return isCode(small) ? { code: small } : { code: inBrackets, unknownCode: true };
  }
  const name = text.trim();
  if (isCode(name)) return { code: name };
  const code =
    (isCode(name.toLowerCase()) ? name.toLowerCase() : undefined) ?? languageByName(name) ?? byName(name);
  return code ? { code } : { code: slug(name), unknownName: true };
}

/** How a column of this language is headed. A code that nobody knows stands alone. */
export function languageHeader(code: string): string {
  if (!isCode(code)) return code;
  const own = isLanguage(code) ? words[code].name : (nameIn(code, code) ?? nameIn('fr', code) ?? code);
  return `${own.charAt(0).toLocaleUpperCase(code)}${own.slice(1)} (${code})`;
}

/** In French, for findings: « anglais ». */
export const languageInFrench = (code: string): string =>
  (code === 'fr-facile' ? 'français facile' : nameIn('fr', code)) ?? code;

const slug = (name: string): string =>
  normalise(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'inconnue';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
let known: Map<string, string> | undefined;

/** By every name that English, French and the language itself have for a language of two letters. */
function byName(name: string): string | undefined {
  if (!known) {
    known = new Map();
    for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second)))
      if (nameIn('en', code))
        for (const each of [nameIn('en', code), nameIn('fr', code), nameIn(code, code)])
          if (each && !known.has(normalise(each))) known.set(normalise(each), code);
  }
  return known.get(normalise(name));
}
