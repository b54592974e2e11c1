/** The texts of the residents' notice page, one `notice.json` a language, and how a text's places are told apart. */
import ar from './ar/notice.json';
import bn from './bn/notice.json';
import en from './en/notice.json';
import es from './es/notice.json';
import fr from './fr/notice.json';
import frFacile from './fr-facile/notice.json';
import type { Language } from './index.ts';
import pt from './pt/notice.json';
import ro from './ro/notice.json';
import ta from './ta/notice.json';
import tr from './tr/notice.json';
import ur from './ur/notice.json';
import zh from './zh/notice.json';

/** Every text there is, by the French file: a language that lacks one does not compile. */
export type NoticeKey = keyof typeof fr;

export const notices: Record<Language, Record<NoticeKey, string>> = {
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

/** `notices[language].status` where a native speaker has read the texts. */
export const REVIEWED = 'reviewed';

/** "Call {{phone}}." → `['Call ', 'phone', '.']`: texts at even places, the names of what goes between at odd ones. */
export const noticeParts = (text: string): string[] => text.split(/\{\{(\w+)\}\}/);
