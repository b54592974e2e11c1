/**
 * Reads the words that work in every state: STOP, REPRENDRE, AIDE, LANGUE, RAPPEL, EFFACER, CONTACT, MODIF n;
 * and the keywords of posters. Owns when a text is one of them; the engine decides what follows.
 */
import type { CommandWord, Language } from '../../locales/index.ts';
import type { City } from '../city.ts';
import type { SurveyShelf } from '../survey.ts';
import { within } from './distance.ts';
import { commandWords, languageNamed, lexicon, politeness } from './lexicon.ts';
import { normalise, normaliseName } from './normalise.ts';

export type Command =
  | { command: Exclude<CommandWord, 'language' | 'modify'> }
  | { command: 'language'; to?: Language }
  | { command: 'modify'; number?: number }
  /** Begins with STOP and goes on: stop the messages, or an answer? */
  | { command: 'stop?' };

/** Words of another language than the resident's are commands only where they can hardly be anything else. */
const countsFor = (word: string, owner: Language, language: string): boolean =>
  owner === language || owner === 'fr' || owner === 'en' || [...word].length >= 4 || !/^[a-z ]+$/.test(word);

function exact(text: string, language: string): CommandWord | undefined {
  return commandWords.get(text)?.find((entry) => countsFor(text, entry.language, language))?.command;
}

/**
 * The command a whole message is, or undefined. Reserved words count alone, in any case and accent; STOP also
 * when only politeness follows it (rule of `optout-keywords.json`).
 */
export function readCommand(text: string, language: string): Command | undefined {
  const said = normalise(text);
  if (!said) return text.trim() === '?' ? { command: 'help' } : undefined;
  const command = exact(said, language);
  if (command === 'language') return { command };
  if (command === 'modify') return { command };
  if (command) return { command };
  const words = said.split(' ');
  const [first = '', ...rest] = words;
  if (exact(first, language) === 'stop') {
    if (onlyPoliteness(rest)) return { command: 'stop' };
    if (first === 'stop') return { command: 'stop?' };
    return undefined;
  }
  if (exact(first, language) === 'language') {
    const to = languageNamed(rest.join(' '));
    return to && { command: 'language', to };
  }
  const modify = /^(\p{L}+) ?(\d{1,2})$/u.exec(said);
  if (modify && exact(modify[1] as string, language) === 'modify')
    return { command: 'modify', number: Number(modify[2]) };
  // A near miss of a destructive word is safe here: EFFACER always asks before it erases.
  if (words.length === 1 && said.length >= 5 && within('effacer', said, 1)) return { command: 'erase' };
  return undefined;
}

function onlyPoliteness(rest: string[]): boolean {
  const text = rest.join(' ');
  return politeness.has(text) || rest.every((word) => politeness.has(word));
}

/** Begins with an ordinary word that is also a stop word ("arrêt de bus…"): an answer, but say how to stop. */
export function startsLikeStop(text: string, language: string): boolean {
  const [first = '', ...rest] = normalise(text).split(' ');
  return rest.length > 0 && first !== 'stop' && exact(first, language) === 'stop';
}

export type Keyword = ({ kind: 'quartier'; quartier: string } | { kind: 'survey'; survey: string }) & {
  source?: string;
  language?: Language;
};

const POSTER_CODE = /^[a-z]{1,2}\d{1,4}$/;

/**
 * "CHENE A12", "chêne tr", "SQUARE", "Chêne Pointu": a keyword or a quartier's name, with nothing else in the
 * message but a poster's code, a language and greetings.
 */
export function readKeyword(
  text: string,
  city: City,
  surveys: SurveyShelf,
  language = 'fr',
): Keyword | undefined {
  const { filler } = lexicon(language);
  const words = normalise(text).split(' ');
  const start = words.findIndex((word) => !filler.has(word) && !politeness.has(word));
  const said = words.slice(Math.max(0, start)).join(' ');
  for (const [names, found] of keywordsOf(city, surveys)) {
    for (const name of names) {
      if (said !== name && !said.startsWith(`${name} `)) continue;
      const rest = said.slice(name.length).split(' ').filter(Boolean);
      const extra: { source?: string; language?: Language } = {};
      const understood = rest.every((word) => {
        const spoken = languageNamed(word);
        if (POSTER_CODE.test(word)) extra.source = word.toUpperCase();
        else if (spoken) extra.language = spoken;
        else return filler.has(word) || politeness.has(word);
        return true;
      });
      if (understood) return { ...found, ...extra };
    }
  }
  return undefined;
}

function* keywordsOf(
  city: City,
  surveys: SurveyShelf,
): Generator<[string[], { kind: 'quartier'; quartier: string } | { kind: 'survey'; survey: string }]> {
  for (const survey of surveys.all())
    yield [survey.keywords.map(normaliseName), { kind: 'survey', survey: survey.key }];
  for (const quartier of city.quartiers)
    yield [
      [normaliseName(quartier.name), ...quartier.keywords.map(normaliseName)],
      { kind: 'quartier', quartier: quartier.id },
    ];
}
