/**
 * In which language (ISO 639) a first message is written, by its script or by everyday words of the language;
 * undefined where that cannot be told. French is what is spoken here: it needs no guess.
 */
import { type Language, languages, words } from '../../locales/index.ts';
import { normalise } from './normalise.ts';

const TAMIL = /[\u0b80-\u0bff]/u;
const BENGALI = /[\u0980-\u09ff]/u;
const HAN = /[\u3400-\u9fff]/u;
const ARABIC = /[\u0600-\u06ff]/u;
/** Letters that Urdu writes and Arabic does not. */
const URDU = /[ٹڈڑںےہھگچپژ]/u;

const marks = new Map<Language, Set<string>>(
  languages.map((language) => [language, new Set(words[language].marks.map(normalise).filter(Boolean))]),
);

export function languageOf(text: string): string | undefined {
  if (TAMIL.test(text)) return 'ta';
  if (BENGALI.test(text)) return 'bn';
  if (HAN.test(text)) return 'zh';
  if (ARABIC.test(text)) return URDU.test(text) ? 'ur' : 'ar';
  return byWords(text);
}

/** How many everyday words of each language stand in the text; a tie cannot be told. */
function byWords(text: string): Language | undefined {
  const said = normalise(text).split(' ');
  const counts = languages
    .filter((language) => language !== 'fr-facile')
    .map((language) => ({ language, count: countOf(said, language) }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first && first.count > 0 && first.count > (second?.count ?? 0) ? first.language : undefined;
}

const countOf = (said: string[], language: Language): number =>
  said.filter((word) => marks.get(language)?.has(word)).length;
