/** Our own texts as a catalogue: `phrases.json`, `notice.json` and `copy.json` of a language beside the French ones. */
import type { PhraseKey } from '../../locales/index.ts';
import { REVIEWED } from '../../locales/notice.ts';
import type { Catalogue, Entry, Rules } from './entry.ts';
import { type Filled, SHORTER } from './filled.ts';
import { lengthNote, mostParts } from './length.ts';
import { explained } from './places.ts';
import { isTouched, type Seen } from './review.ts';
import { isButton, isTapped, whereOf } from './where.ts';

export const OURS = 'phrases';
export const FILES = ['phrases', 'notice', 'copy'] as const;
export type FileName = (typeof FILES)[number];
export type Texts = Record<string, string>;
/** The files of one language, as they stand. */
export type Ours = Record<FileName, Texts>;

/** Two things are read by a native speaker: the messages, whose status is in `words.json`, and the page of rights. */
export type Group = 'messages' | 'page';
export const groupOf = (key: string): Group => (key.startsWith('notice/') ? 'page' : 'messages');

/** `notice.json` carries its own status among its texts. */
export const STATUS = 'status';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const BUTTON = 20;
const COUNT = '{{count}}';

export interface Given {
  language: string;
  french: Ours;
  own: Ours;
  status: Record<Group, string>;
  filled: Filled;
  /** What was there when a native speaker last read the language. */
  seen?: Seen;
}

/** Every text the language needs, in the order of the French files; plurals in the forms that the language has. */
export function ourCatalogue(given: Given): Catalogue {
  return { name: OURS, language: given.language, entries: FILES.flatMap((file) => entriesOf(file, given)) };
}

function entriesOf(file: FileName, given: Given): Entry[] {
  const french = given.french[file];
  const done = new Set<string>();
  return Object.keys(french).flatMap((key) => {
    if (file === 'notice' && key === STATUS) return [];
    const stem = file === 'phrases' ? key.replace(PLURAL, '') : key;
    if (done.has(stem)) return [];
    done.add(stem);
    return stem === key ? [entryOf(file, key, stem, given)] : formsOf(stem, given);
  });
}

const categoriesOf = (language: string): string[] =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories;

const formsOf = (stem: string, given: Given): Entry[] =>
  categoriesOf(given.language).map((category) => entryOf('phrases', `${stem}_${category}`, stem, given));

function entryOf(file: FileName, key: string, stem: string, given: Given): Entry {
  const french = given.french[file];
  const source = french[key] ?? french[`${stem}_other`] ?? '';
  const text = given.own[file][key] ?? '';
  const place = `${file}/${key}`;
  const rules = rulesOf(file, key, stem, given);
  const unread = given.status[groupOf(place)] !== REVIEWED || isTouched(given.seen, place, source, text);
  const example = (name: string): string | undefined => {
    const value = file === 'phrases' ? heldIn(name, stem, given.filled) : undefined;
    return value === undefined ? undefined : String(value);
  };
  return {
    key: place,
    source,
    text,
    unread,
    rules,
    notes: [
      ...whereOf(place),
      ...(isButton(place) ? [`Un bouton: ${BUTTON} caractères au plus, au-delà il est abrégé.`] : []),
      ...(stem === key ? [] : [pluralNote(key.slice(stem.length + 1), given.language)]),
      ...(stem in SHORTER ? ["S'il ne tient pas en un SMS, une version plus courte part à sa place."] : []),
      ...lengthNote(text, rules),
      ...explained(source, example),
    ],
  };
}

function rulesOf(file: FileName, key: string, stem: string, { language, filled }: Given): Rules {
  const place = `${file}/${key}`;
  const optional = /_(zero|one|two)$/.test(key) && stem !== key ? { optional: [COUNT] } : {};
  const width = isButton(place) ? { width: BUTTON } : {};
  const plainLetters = file === 'phrases' && language === 'fr' ? { plainLetters: true as const } : {};
  const rules = { places: 'phrase' as const, ...optional, ...width, ...plainLetters };
  if (file !== 'phrases' || isTapped(place)) return rules;
  const shortens = stem in SHORTER;
  return {
    ...rules,
    filled: (text) =>
      text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => String(heldIn(name, stem, filled) ?? all)),
    most: mostParts(language) + (shortens ? 1 : 0),
    ...(language === 'fr' && !shortens && { strict: true as const }),
  };
}

const heldIn = (name: string, stem: string, { places, byKey }: Filled): string | number | undefined =>
  byKey[stem as PhraseKey]?.[name] ?? places[name];

const HIGHEST = 120;
const EXAMPLES = 6;

/** "Une forme du pluriel, pour les nombres comme 2, 3, 4, 22. …" */
function pluralNote(category: string, language: string): string {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({ length: HIGHEST + 1 }, (_, number) => number);
  const chosen = numbers.filter((number) => rules.select(number) === category).slice(0, EXAMPLES);
  // French and Spanish have a form for whole millions, which no message of ours says.
  const which =
    chosen.length > 0 ? `pour les nombres comme ${chosen.join(', ')}` : 'pour de très grands nombres';
  const figure = /^(?:zero|one|two)$/.test(category) ? ` ${COUNT} peut y être écrit en toutes lettres.` : '';
  return `Une forme du pluriel (« ${category} »), ${which}: chaque forme est une entrée à part.${figure}`;
}
