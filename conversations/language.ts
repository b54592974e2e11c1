/** Choosing a language: the menu with its fixed numbers, names in any spelling, and LANGUE in every state. */
import { type Language, languages, words } from '../locales/index.ts';
import type { City } from './city.ts';
import { dayName, nextWorkingDay } from './hours.ts';
import { type Moment, withPrefix } from './moment.ts';
import { MAX_TRIES } from './session.ts';
import { shortest } from './shape.ts';
import { languageNamed } from './understand/lexicon.ts';
import { normalise, normaliseName } from './understand/normalise.ts';
import { numbersIn } from './understand/tokens.ts';

/** What the resident was last asked, as it reads in the language of the moment. */
type OpenQuestion = (moment: Moment) => string | undefined;

/** In the first menu 9 leads to the second; in the second it is a language we neither write nor have a relay for. */
const OTHER = 9;
/** In the second menu the spoken languages come after the written ones. */
const FIRST_VOICE = 5;

type Spoken = City['voices'][number];
/** What a reply to a language menu means. `more`: the menu behind 9; `other`: a person calls. */
export type Choice =
  | { kind: 'written'; language: Language }
  | { kind: 'spoken'; voice: Spoken }
  | { kind: 'more' }
  | { kind: 'other' };

const offered = (moment: Moment): Language[] =>
  languages.filter((language) => moment.city.languages.includes(language));

/** "1 Français 2 English 3 Türkçe 4 Arabi": the numbers never change, only what works is shown. */
export const languageMenu = (moment: Moment): string =>
  offered(moment)
    .filter((language) => words[language].menuNumber > 0)
    .sort((a, b) => words[a].menuNumber - words[b].menuNumber)
    .map((language) => `${words[language].menuNumber} ${words[language].menuName}`)
    .join(' ');

/** What stands behind 9: "1 Français facile 2 Urdu … 5 Soninké"; empty where the city has neither. */
export function moreMenu(moment: Moment): string {
  const written = offered(moment)
    .filter((language) => words[language].moreNumber > 0)
    .sort((a, b) => words[a].moreNumber - words[b].moreNumber)
    .map((language) => `${words[language].moreNumber} ${words[language].menuName}`);
  const spoken = moment.city.voices.map(({ name }, index) => `${FIRST_VOICE + index} ${name}`);
  return [...written, ...spoken].join(' ');
}

/** A language by its name in any language, its code, or its number in the menu that was shown. */
export function readLanguage(moment: Moment, text: string, more = false): Choice | undefined {
  const named = languageNamed(text);
  if (named && offered(moment).includes(named)) return { kind: 'written', language: named };
  const voice = spokenNamed(moment.city, text);
  if (voice) return { kind: 'spoken', voice };
  const numbers = numbersIn(text, moment.language);
  if (!Array.isArray(numbers) || numbers.length !== 1) return undefined;
  const [number] = numbers as [number];
  if (number === OTHER) return { kind: !more && moreMenu(moment) ? 'more' : 'other' };
  const language = offered(moment).find(
    (each) => number > 0 && words[each][more ? 'moreNumber' : 'menuNumber'] === number,
  );
  if (language) return { kind: 'written', language };
  const byNumber = more ? moment.city.voices[number - FIRST_VOICE] : undefined;
  return byNumber && { kind: 'spoken', voice: byNumber };
}

/** "soninké", "peul": a language that a relay of the city speaks. */
export function spokenNamed(city: City, text: string): Spoken | undefined {
  const said = normalise(text);
  return city.voices.find(({ code, name, names }) =>
    [code, name, ...names].some((each) => normaliseName(each) === said),
  );
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
  { more = false, tries = 0 }: { more?: boolean; tries?: number },
): boolean {
  const choice = readLanguage(moment, text, more);
  if (!choice) {
    const numbers = numbersIn(text, moment.language);
    if (!Array.isArray(numbers) || numbers.length !== 1) return false;
    if (numbers[0] === 0 || tries + 1 >= MAX_TRIES)
      switchLanguage(moment, moment.language as Language, openQuestion);
    else {
      moment.set({ aside: { kind: 'language', tries: tries + 1, ...(more && { more }) } });
      const menu = more ? moreMenu(moment) : languageMenu(moment);
      moment.say(moment.phrase(more ? 'language.more' : 'language.again', { menu }));
    }
    return true;
  }
  moment.set({ aside: undefined });
  chooseLanguage(moment, choice, openQuestion);
  return true;
}

/** Outside a menu too: a language that was named is spoken from now on, or a relay calls. */
export function chooseLanguage(moment: Moment, choice: Choice, openQuestion: OpenQuestion): void {
  switch (choice.kind) {
    case 'written':
      switchLanguage(moment, choice.language, openQuestion);
      return;
    case 'more':
      moment.set({ aside: { kind: 'language', more: true } });
      moment.say(moment.phrase('language.more', { menu: moreMenu(moment) }));
      return;
    case 'spoken':
      speak(moment, choice.voice);
      moment.say(moment.phrase('language.voice', { name: choice.voice.name, ...callTime(moment) }));
      return;
    case 'other':
      moment.do({ type: 'call', language: 'other', why: 'language' });
      moment.say(moment.phrase('language.other', callTime(moment)));
  }
}

/** A relay who speaks the language calls back, now and whenever the resident asks for a call. */
export function speak(moment: Moment, { code }: Spoken): void {
  moment.set({ voice: code });
  moment.do({ type: 'call', language: code, why: 'language' });
}

/** The open question, if any, is asked again in the new language; the answers already given stay. */
export function switchLanguage(moment: Moment, language: Language, openQuestion: OpenQuestion): void {
  moment.set({ language, voice: undefined, aside: undefined });
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
