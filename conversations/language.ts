/** Choosing a language: the menu with its fixed numbers, names in any spelling, and LANGUE in every state. */
import { type Language, languages, words } from '../locales/index.ts';
import { dayName, nextWorkingDay } from './hours.ts';
import { type Moment, withPrefix } from './moment.ts';
import { MAX_TRIES } from './session.ts';
import { shortest } from './shape.ts';
import { languageNamed } from './understand/lexicon.ts';
import { numbersIn } from './understand/reading.ts';

/** What the resident was last asked, as it reads in the language of the moment. */
type OpenQuestion = (moment: Moment) => string | undefined;

/** In the menu: 9 is a language we do not write; a person calls back. */
const OTHER = 9;

const offered = (moment: Moment): Language[] =>
  languages
    .filter((language) => moment.city.languages.includes(language))
    .sort((a, b) => words[a].menuNumber - words[b].menuNumber);

/** "1 Français 2 English 3 Türkçe 4 Arabi": the numbers never change, only what works is shown. */
export const languageMenu = (moment: Moment): string =>
  offered(moment)
    .map((language) => `${words[language].menuNumber} ${words[language].menuName}`)
    .join(' ');

/** A language by its number in the menu, its name in any language, or its code; `other` for 9. */
export function readLanguage(moment: Moment, text: string): Language | 'other' | undefined {
  const named = languageNamed(text);
  if (named && offered(moment).includes(named)) return named;
  const numbers = numbersIn(text, moment.language);
  if (!Array.isArray(numbers) || numbers.length !== 1) return undefined;
  if (numbers[0] === OTHER) return 'other';
  return offered(moment).find((language) => words[language].menuNumber === numbers[0]);
}

export function askLanguage(moment: Moment): void {
  moment.set({ aside: { kind: 'language' } });
  moment.say(moment.phrase('language.ask', { menu: languageMenu(moment) }));
}

/**
 * The answer to LANGUE. Returns false where the text is neither a language nor a number: it may belong to what
 * lies below. A number answers the menu that was asked last: 0 changes nothing, another is asked again.
 */
export function hearLanguage(
  moment: Moment,
  text: string,
  openQuestion: OpenQuestion,
  tries: number,
): boolean {
  const language = readLanguage(moment, text);
  if (!language) {
    const numbers = numbersIn(text, moment.language);
    if (!Array.isArray(numbers) || numbers.length !== 1) return false;
    if (numbers[0] === 0 || tries + 1 >= MAX_TRIES)
      switchLanguage(moment, moment.language as Language, openQuestion);
    else {
      moment.set({ aside: { kind: 'language', tries: tries + 1 } });
      moment.say(moment.phrase('language.again', { menu: languageMenu(moment) }));
    }
    return true;
  }
  moment.set({ aside: undefined });
  if (language === 'other') {
    moment.do({ type: 'call', language: 'other', why: 'language' });
    moment.say(moment.phrase('language.other', callTime(moment)));
  } else switchLanguage(moment, language, openQuestion);
  return true;
}

/** The open question, if any, is asked again in the new language; the answers already given stay. */
export function switchLanguage(moment: Moment, language: Language, openQuestion: OpenQuestion): void {
  moment.set({ language, aside: undefined });
  const open = openQuestion(moment);
  const { join } = moment.session;
  const changed = moment.phrase('language.changed');
  if (open === undefined) {
    moment.say(changed);
    return;
  }
  const text = shortest(withPrefix([changed, moment.phrase('language.changedShort')], open));
  // The consent that is proved is the text that was sent, in the language it was sent in.
  if (join?.text !== undefined) moment.set({ join: { ...join, text } });
  moment.say(text);
}

/** When a person of the town hall calls: the next working day, in its hours. */
export const callTime = (moment: Moment) => ({
  day: dayName(nextWorkingDay(moment.now), moment.language),
  ...moment.city.callHours,
});
