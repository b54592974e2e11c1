/** What `npm run translate` may be given, and the catalogues it names. */
import path from 'node:path';
import { isLanguage } from '../../conversations/phrase.ts';
import { filledBy } from '../../conversations/translate/filled.ts';
import { type Language, languages } from '../../locales/index.ts';
import { Refused } from '../command/refused.ts';
import { localWorld } from '../local/city.ts';

export const USAGE = [
  'usage: npm run translate -- export [--survey CLÉ] [--language LANGUE] [--format po|csv] [--out DOSSIER]',
  '       npm run translate -- import FICHIER…',
  '       npm run translate -- status',
].join('\n');

/** Every command can work on a copy of `locales/`. */
export const common = { locales: { type: 'string' } } as const;

export const localesFolder = (given: string | undefined): string =>
  given ?? path.join(import.meta.dirname, '../../locales');

/** Throws `Refused` where it is none of ours. */
export function languageOf(given: string): Language {
  if (isLanguage(given)) return given;
  throw new Refused(`langue inconnue: « ${given} ». Langues: ${languages.join(', ')}`);
}

/** The longest that our phrases' places hold in the example city, whose surveys are those that come with the app. */
export function exampleFilled() {
  const { city, surveys } = localWorld();
  const [first] = surveys.all();
  const survey = surveys.latest('square') ?? first;
  const plain = surveys.latest('repas') ?? first;
  if (!survey || !plain) throw new Error('no survey comes with the app');
  return { city, filled: filledBy(city, survey, plain) };
}
