/**
 * Reads the words that work in every state: STOP, REPRENDRE, AIDE, LANGUE, RAPPEL, EFFACER, MODIF n and the rest.
 * Owns when a text is one of them; the engine decides what follows. The rule is docs/reading.md, for STOP that of
 * `tests/vectors/optout-keywords.json`.
 */
import { type CommandWord, type Language, languages, words } from '../../locales/index.ts';
import { within } from './distance.ts';
import { commandWords, languageNamed, languageNames, lexicon, politeness } from './lexicon.ts';
import { fold, normalise, wordsOf } from './normalise.ts';
import { phraseFinder } from './phrase-finder.ts';

/** `near`: the word was misspelt; `bare`: a language's name alone. Either may be an answer after all. */
export type Command =
  | { command: Exclude<CommandWord, 'language' | 'modify' | 'plain' | 'track' | 'vote'>; near?: true }
  | { command: 'plain'; off?: true; near?: true }
  | { command: 'language'; to?: Language; bare?: true; near?: true }
  | { command: 'modify'; number?: number; near?: true }
  | { command: 'track'; reference: string }
  | { command: 'vote'; code: string }
  /** Begins with STOP and goes on, or nearly says it: stop the messages, or an answer? */
  | { command: 'stop?'; near?: true }
  /** A near miss of EFFACER. */
  | { command: 'erase?'; near?: true };

const CHANNELS = new Set(['whatsapp', 'messenger', 'sms']);

/** A near miss, or the name of a language or a channel, that is an option's label is heard as the option. */
export const yieldsToAnswer = (command: Command): boolean =>
  'near' in command || 'bare' in command || CHANNELS.has(command.command);

/** Words of another language than the resident's are commands only where they can hardly be anything else. */
const countsFor = (word: string, owner: Language, language: string): boolean =>
  owner === language || owner === 'fr' || owner === 'en' || [...word].length >= 4 || !/^[a-z ]+$/.test(word);

function exact(text: string, language: string): CommandWord | undefined {
  return commandWords.get(text)?.find((entry) => countsFor(text, entry.language, language))?.command;
}

/** The words of politeness one by one: "s'il vous plaît" is four of them. */
const polite = new Set([...politeness].flatMap((phrase) => phrase.split(' ')));
const shared = (['fr', 'en'] as const).flatMap((language) => words[language].filler.map(normalise));
/** Told without the lexicons, which are made one by one as languages are written in: all of them take 30 ms. */
const greetings = new Set(
  languages.flatMap((language) => {
    const filler = new Set([...shared, ...words[language].filler.map(normalise)]);
    return words[language].marks.map(normalise).filter((mark) => filler.has(mark));
  }),
);

/** "STOPPP" is STOP; no word of any list has a letter three times in a row. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;

/** The message without what is said around it out of courtesy. */
function core(said: string): readonly string[] {
  const all = wordsOf(said);
  const start = all.findIndex((word) => !polite.has(word) && !greetings.has(word));
  if (start < 0) return all;
  const end = all.findLastIndex((word) => !polite.has(word));
  return all.slice(start, end + 1);
}

/** Words that some command, request to stop or name of a language begins with. */
const openings = new Set<string>();
const opens = (phrase: string): void => void openings.add(wordsOf(phrase)[0] as string);

const THREE_IN_A_ROW = /(\p{L})\1{2}/u;
const FIGURES = /^\d+$/;

/** The command a whole message is, or undefined. Reserved words count alone, in any case, accent, punctuation. */
export function readCommand(text: string, language: string): Command | undefined {
  const plain = normalise(text);
  if (FIGURES.test(plain) && !openings.has(plain)) return undefined;
  const drawnOut = THREE_IN_A_ROW.test(plain);
  const said = drawnOut ? plain.replace(DRAWN_OUT, '$1') : plain;
  if (!said) return /^\s*[?؟？]+\s*$/u.test(text) ? { command: 'help' } : undefined;
  // No command is longer; an answer that begins like one is looked at for STOP alone.
  const whole = said.length <= 60 ? core(said) : said.split(' ', 12);
  if (!drawnOut && !mayBe(said, whole)) return stopRequested(said);
  const meant = whole.join(' ');
  return (
    named(exact(said, language) ?? exact(meant, language)) ??
    withArgument(text, whole, language) ??
    stopping(said, meant, whole) ??
    languageAlone(meant) ??
    (whole.length === 1 ? nearMiss(meant, language) : undefined)
  );
}

/** Most answers are sentences that begin like no command: they are looked through for a request to stop, no more. */
function mayBe(said: string, whole: readonly string[]): boolean {
  const all = wordsOf(said);
  return whole.length > 1
    ? openings.has(whole[0] as string) || openings.has(all[0] as string)
    : all.length === 1 || all.some((word) => openings.has(word));
}

function named(command: CommandWord | undefined): Command | undefined {
  if (!command || command === 'track' || command === 'vote') return undefined;
  return { command };
}

const OFF = new Set(['non', 'off', 'no', 'stop', 'fini']);
const REFERENCE = /\b([a-z]{1,2})[\s.-]*(\d{2,6})\s*$/u;
/** The alphabet of the cards: no 0, O, 1, I, which look alike. A code with a figure is one whatever its letters. */
const CARD = /^(?:[a-hj-np-z2-9]{8}|(?=[a-z]*\d)[a-z0-9]{8})$/u;

/** LANGUE TR, MODIF 2, SUIVI D-0532, VOTE K7XM 4RQ9, SIMPLE NON. */
function withArgument(
  text: string,
  [first = '', ...rest]: readonly string[],
  language: string,
): Command | undefined {
  const glued = /^(\p{L}+)(\d{1,2})$/u.exec(first);
  const word = exact(glued?.[1] ?? first, language);
  if (glued) {
    return word === 'modify' && rest.length === 0
      ? { command: 'modify', number: Number(glued[2]) }
      : undefined;
  }
  if (!word || rest.length === 0) return undefined;
  const { filler } = lexicon(language);
  const about = rest.filter((each) => !filler.has(each) && !polite.has(each));
  const argument = about.join(' ');
  switch (word) {
    case 'language': {
      const to = languageNamed(argument) ?? languageNamed(rest.join(' '));
      return to && { command: 'language', to };
    }
    case 'modify':
      return about.length === 1 && /^\d{1,2}$/.test(argument)
        ? { command: 'modify', number: Number(argument) }
        : undefined;
    case 'plain':
      return about.length === 1 && OFF.has(argument) ? { command: 'plain', off: true } : undefined;
    case 'track': {
      const [, letters = '', figures] = REFERENCE.exec(fold(text)) ?? [];
      return figures && rest.length <= 3
        ? { command: 'track', reference: `${letters.toUpperCase()}-${figures}` }
        : undefined;
    }
    case 'vote': {
      const code = about.join('');
      return CARD.test(code) ? { command: 'vote', code: code.toUpperCase() } : undefined;
    }
    default:
      return undefined;
  }
}

/** Begins with STOP and goes on; spells it out; or asks in a sentence for the messages to end. */
function stopping(said: string, meant: string, whole: readonly string[]): Command | undefined {
  if (whole[0] === 'stop' && whole.length > 1) return { command: 'stop?' };
  return meant === 's t o p' ? { command: 'stop?' } : stopRequested(said);
}

const stopRequested = (said: string): Command | undefined =>
  findStopRequest(said) ? { command: 'stop?' } : undefined;

const findStopRequest = phraseFinder(
  languages.flatMap((language) =>
    words[language].stopRequests.map((request) => [normalise(request), true] as const),
  ),
);

for (const phrase of ['stop', 's', ...commandWords.keys(), ...languageNames.keys()]) opens(phrase);
for (const language of languages)
  for (const request of words[language].stopRequests) opens(normalise(request));

/** A language by its own name, alone. A code of two letters is a word of some language, and counts only after LANGUE. */
function languageAlone(meant: string): Command | undefined {
  if (/^[a-z]{1,3}$/.test(meant)) return undefined;
  const to = languageNamed(meant);
  return to && { command: 'language', to, bare: true };
}

/** From so many letters on a slip is forgiven; in a shorter word it would often be another word. */
const ONE_SLIP = 5;
const TWO_SLIPS = 9;

interface Spelled {
  word: string;
  command: CommandWord;
  language: Language;
  slips: number;
}

/** A slip keeps the first letter: words are looked up by it. */
const spelled = new Map<string, Spelled[]>();
for (const [word, entries] of commandWords)
  if ([...word].length >= ONE_SLIP && !word.includes(' ')) {
    const first = word[0] as string;
    const made = entries.map((entry) => ({ word, ...entry, slips: word.length >= TWO_SLIPS ? 2 : 1 }));
    spelled.set(first, [...(spelled.get(first) ?? []), ...made]);
  }

/** Words that say something themselves, whatever command they are near to: "pasar" is no "parar". */
const meaningful = new Set(
  languages.flatMap((language) => {
    const { yes, no, skip, later, dontKnow, none } = words[language];
    return [yes, no, skip, later, dontKnow, none].flat().map(normalise);
  }),
);

/** One word that is nearly a command, and no other. */
function nearMiss(said: string, language: string): Command | undefined {
  if (said.length < ONE_SLIP || /\d/.test(said) || meaningful.has(said)) return undefined;
  const near = (spelled.get(said[0] as string) ?? []).filter(
    ({ word, command, language: owner, slips }) =>
      (owner === language || owner === 'fr') &&
      // EFFACER is asked about in any case.
      (command === 'erase' || slipped(word, said)) &&
      within(word, said, slips),
  );
  const commands = new Set(near.map(({ command }) => command));
  const [command] = commands;
  if (!command || commands.size > 1 || command === 'track' || command === 'vote') return undefined;
  if (command === 'stop') return { command: 'stop?', near: true };
  if (command === 'erase') return { command: 'erase?', near: true };
  return { command, near: true };
}

/** A slip keeps the first letter, and the last unless it fell off: "cancer" is not "cancel", "arrêts" not "arrêt". */
const slipped = (word: string, said: string): boolean =>
  word.at(-1) === said.at(-1) || (word.length >= 8 && word.length > said.length);

/** Begins with an ordinary word that is also a stop word ("arrêt de bus…"): an answer, but say how to stop. */
export function startsLikeStop(text: string, language: string): boolean {
  const words = wordsOf(normalise(text));
  const [first = ''] = words;
  return words.length > 1 && first !== 'stop' && exact(first, language) === 'stop';
}
