/** The texts of the page that shows a resident what is held about them (MES DONNEES). */
import ar from './ar/copy.json';
import bn from './bn/copy.json';
import en from './en/copy.json';
import es from './es/copy.json';
import fr from './fr/copy.json';
import frFacile from './fr-facile/copy.json';
import type { Language } from './index.ts';
import pt from './pt/copy.json';
import ro from './ro/copy.json';
import ta from './ta/copy.json';
import tr from './tr/copy.json';
import ur from './ur/copy.json';
import zh from './zh/copy.json';

export type CopyKey = keyof typeof fr;
export const copyTexts: Record<Language, Record<CopyKey, string>> = {
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
