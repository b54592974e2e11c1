/** The texts of the page that shows a resident what is held about them (MES DONNEES). */
import ar from './ar/copy.json';
import en from './en/copy.json';
import es from './es/copy.json';
import fr from './fr/copy.json';
import frFacile from './fr-facile/copy.json';
import type { Language } from './index.ts';
import pt from './pt/copy.json';
import tr from './tr/copy.json';

export type CopyKey = keyof typeof fr;
export const copyTexts: Record<Language, Record<CopyKey, string>> = {
  fr,
  'fr-facile': frFacile,
  en,
  ar,
  tr,
  pt,
  es,
};
