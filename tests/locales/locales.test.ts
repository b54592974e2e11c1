/** The languages beside each other: the same phrases with the same places, every plural, and French in one SMS part. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { phrase } from '../../conversations/phrase.ts';
import { sms } from '../../conversations/shape.ts';
import { SHORTER } from '../../conversations/translate/filled.ts';
import { localWorld } from '../../infra/local/city.ts';
import { type Language, languages, type PhraseKey, phrases, type Words, words } from '../../locales/index.ts';
import { BY_KEY, FILLED } from './filled.ts';

const others = languages.filter((language) => language !== 'fr');
const PLURAL = /_(zero|one|two|few|many|other)$/;
const stem = (key: string): string => key.replace(PLURAL, '');
const placesIn = (text: string): string[] => [...new Set(text.match(/\{\{\s*\w+\s*\}\}/g) ?? [])].sort();

const keysOf = (language: Language): PhraseKey[] =>
  [...new Set(Object.keys(phrases[language]).map(stem))] as PhraseKey[];

/** The keys of a language that are forms of one phrase, by that phrase. */
function plurals(language: Language): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of Object.keys(phrases[language]))
    if (PLURAL.test(key))
      found.set(stem(key), [...(found.get(stem(key)) ?? []), key.slice(stem(key).length + 1)]);
  return found;
}

describe('phrases', () => {
  it.each(others)('%s has every phrase of the French file and no other', (language) => {
    const stems = (each: Language): string[] => [...new Set(Object.keys(phrases[each]).map(stem))].sort();
    expect(stems(language)).toEqual(stems('fr'));
    expect([...plurals(language).keys()].sort()).toEqual([...plurals('fr').keys()].sort());
  });

  it.each(languages)('%s has exactly the plural forms that the language distinguishes', (language) => {
    const categories = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    expect(plurals(language).size).toBeGreaterThan(0);
    for (const [each, forms] of plurals(language)) expect([...forms].sort(), each).toEqual(categories);
  });

  it.each(others)('%s fills the same places as the French phrase', (language) => {
    for (const [key, text] of Object.entries(phrases[language])) {
      const french = phrases.fr[key] ?? phrases.fr[`${stem(key)}_other`];
      // One, two and none may be said in a word instead of a figure.
      const places = placesIn(french as string);
      const wordless = /_(zero|one|two)$/.test(key)
        ? places.filter((place) => place !== '{{count}}')
        : places;
      expect([places, wordless], key).toContainEqual(placesIn(text as string));
    }
  });

  it.each(languages)('%s has no empty text, no stray space and no broken place', (language) => {
    for (const [key, text] of Object.entries(phrases[language])) {
      expect(text, key).toMatch(/\S/);
      expect(text, key).toBe(text?.trim());
      expect(text?.replace(/\{\{\w+\}\}/g, ''), key).not.toMatch(/[{}]/);
    }
  });

  it.each(languages)('%s says every number of questions without a gap', (language) => {
    for (const [each] of plurals(language))
      for (let count = 0; count <= 120; count += 1) {
        const text = phrase(language, each as PhraseKey, { count, topic: 'X' });
        expect(text, `${each} ${count}`).not.toBe(each);
        expect(text, `${each} ${count}`).not.toContain('{{');
      }
  });

  it.each(languages.filter((language) => words[language].direction === 'rtl'))(
    '%s begins every message with a letter of its own: a phone takes the direction from the first one',
    (language) => {
      const parts = ['stop.hint', 'data.number', 'data.age', 'data.lists', 'data.surveys', 'question.'];
      const { city } = localWorld();
      for (const key of keysOf(language)) {
        if (parts.some((part) => key.replace(/^plain\./, '').startsWith(part))) continue;
        const places = {
          ...FILLED,
          townHall: city.townHall[language] ?? '',
          intro: 'Chêne',
          topic: city.townHall[language] ?? '',
        };
        const [first] = phrase(language, key, places).match(/\p{L}/u) ?? [];
        expect(first, key).toMatch(/\p{Script=Arabic}/u);
      }
    },
  );

  it('a phrase that does not exist does not compile', () => {
    // @ts-expect-error: "join.ofer" is not a phrase
    expect(phrase('fr', 'join.ofer')).toBe('join.ofer');
    // @ts-expect-error: nor is one form of a plural, which only the count may choose
    const form: PhraseKey = 'survey.remaining_one';
    const whole: PhraseKey = 'survey.remaining';
    expect(form.startsWith(whole)).toBe(true);
  });

  it('the languages that have other files have the same texts in them', () => {
    const folder = new URL('../../locales/', import.meta.url);
    const read = (language: Language, file: string): Record<string, unknown> =>
      JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8'));
    const files = new Set(others.flatMap((language) => readdirSync(new URL(language, folder))));
    expect([...files]).toEqual(expect.arrayContaining(['phrases.json', 'words.json']));
    for (const file of files)
      if (file !== 'phrases.json' && file !== 'words.json')
        for (const language of others) {
          const french = read('fr', file);
          const own = read(language, file);
          expect(Object.keys(own).sort(), `${language}/${file}`).toEqual(Object.keys(french).sort());
          for (const [key, text] of Object.entries(french))
            if (typeof text === 'string')
              expect(placesIn(String(own[key])), `${language}/${file} ${key}`).toEqual(placesIn(text));
        }
  });
});

describe('French', () => {
  const { city } = localWorld();
  const keys = keysOf('fr');

  it.each(keys)('%s is one SMS part with the longest words it may hold', (key) => {
    const place = placesIn(phrases.fr[key] ?? (phrases.fr[`${key}_other`] as string));
    for (const each of place)
      expect(FILLED, 'say how long it may be').toHaveProperty(each.replace(/[{}]/g, ''));
    const text = phrase('fr', SHORTER[key] ?? key, { ...FILLED, ...BY_KEY[SHORTER[key] ?? key] });
    expect(text).not.toContain('{{');
    expect(sms(text).parts, `${sms(text).units}: ${text}`).toBe(1);
  });

  it('the examples are the longest there are', () => {
    expect(FILLED.quartier).toBe('Bois du Temple');
    for (const { name } of city.quartiers)
      expect(name.length).toBeLessThanOrEqual(String(FILLED.quartier).length);
  });

  it('uses no typography that would only cost', () => {
    for (const [key, text] of Object.entries(phrases.fr))
      expect(text, key).not.toMatch(/[’‘“”«»…–—\u00a0\u202f]/);
  });
});

describe('words', () => {
  const shapeOf = (value: unknown): unknown =>
    Array.isArray(value) ? 'list' : value && typeof value === 'object' ? 'table' : typeof value;

  it.each(others)('%s has the same kinds of words as French', (language) => {
    const kinds = (each: Language): Record<string, unknown> =>
      Object.fromEntries(Object.entries(words[each]).map(([key, value]) => [key, shapeOf(value)]));
    expect(kinds(language)).toEqual(kinds('fr'));
    expect(Object.keys(words[language].commands).sort()).toEqual(Object.keys(words.fr.commands).sort());
  });

  // In plain French French words are understood: it has none of its own.
  const spoken = languages.filter((language) => language !== 'fr-facile');
  it.each(spoken)('%s has words for all that must be understood', (language) => {
    const { yes, no, dontKnow, skip, later, more, numbers, ordinals, commands } = words[language];
    for (const [name, list] of Object.entries({ yes, no, dontKnow, skip, later, more, ...commands }))
      expect(list.length, name).toBeGreaterThan(0);
    for (const value of [...Object.values(numbers), ...Object.values(ordinals)])
      expect(Number.isInteger(value) && value >= 0).toBe(true);
    expect(yes.filter((word) => no.includes(word))).toEqual([]);
  });

  it.each(languages)('%s repeats no word in a list', (language) => {
    const own = words[language];
    for (const key of [
      'yes',
      'no',
      'dontKnow',
      'skip',
      'later',
      'filler',
      'units',
      'politeness',
    ] as (keyof Words)[]) {
      const list = own[key] as string[];
      expect(list, key).toHaveLength(new Set(list).size);
    }
  });

  it('no number of the language menu stands twice, and 9 is for every other language', () => {
    const numbers = languages.map((language) => words[language].menuNumber).filter(Boolean);
    const more = languages.map((language) => words[language].moreNumber).filter(Boolean);
    expect(new Set(more).size).toBe(more.length);
    for (const language of languages)
      expect([words[language].menuNumber, words[language].moreNumber].filter(Boolean), language).toHaveLength(
        1,
      );
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(number);
  });

  it('the numbers are those of the posters (participation.md J01)', () => {
    const inMenu = languages.filter((each) => words[each].menuNumber > 0);
    expect(Object.fromEntries(inMenu.map((each) => [each, words[each].menuNumber]))).toEqual({
      fr: 1,
      en: 2,
      tr: 3,
      ar: 4,
      pt: 5,
      ro: 6,
      es: 7,
      ta: 8,
    });
  });

  it('no two languages share a name', () => {
    const names = languages.flatMap((each) => [
      ...new Set([words[each].name, ...words[each].names].map((name) => name.toLowerCase())),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});
