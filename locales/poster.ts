/** The texts of a printed poster. Its places are those of the notice: `{{text}}`, see `noticeParts`. */
import ar from './ar/poster.json';
import bn from './bn/poster.json';
import en from './en/poster.json';
import es from './es/poster.json';
import fr from './fr/poster.json';
import frFacile from './fr-facile/poster.json';
import type { Language } from './index.ts';
import pt from './pt/poster.json';
import ro from './ro/poster.json';
import ta from './ta/poster.json';
import tr from './tr/poster.json';
import ur from './ur/poster.json';
import zh from './zh/poster.json';

export type PosterKey = keyof typeof fr;
export const posterTexts: Record<Language, Record<PosterKey, string>> = {
  fr,
  'fr-facile': frFacile,
  en,
  tr,
  ar,
  pt,
  ro,
  es,
  ta,
  ur,
  bn,
  zh,
};
