/** Choosing a language: the menu with its fixed numbers, names in any spelling, and LANGUE in every state. */
import { type Language, languages, type PhraseKey, words } from '../locales/index.ts';
import type { City } from './city.ts';
import { dayName, nextWorkingDay } from './hours.ts';
import { languageByName } from './language-names.ts';
import type { Moment } from './moment.ts';
import { type Asked, proofOf, type Tap, withPrefix } from './offer.ts';
import { MAX_TRIES } from './session.ts';
import { commandWords, languageNamed, lexicon } from './understand/lexicon.ts';
import { normalise, normaliseName, wordsOf } from './understand/normalise.ts';
import { numbersIn } from './understand/tokens.ts';

/** What the resident was last asked, as it reads in the language of the moment. */
type OpenQuestion = (moment: Moment) => Asked | undefined;

/** In the first menu 9 leads to the second; in the second it is a language we neither write nor have a relay for. */
const OTHER = 9;
/** In the second menu the spoken languages come after the written ones. */
const FIRST_VOICE = 5;

type Spoken = City['voices'][number];
/** What a reply to a language menu means. `more`: the menu behind 9; `other`: a person calls, in `named` if it was. */
export type Choice =
  | { kind: 'written'; language: Language }
  | { kind: 'spoken'; voice: Spoken }
  | { kind: 'more' }
  | { kind: 'other'; named?: string };

const offered = (moment: Moment): Language[] =>
  languages.filter((language) => moment.city.languages.includes(language));

/** The languages of a menu in the order of its numbers. */
const numbered = (moment: Moment, by: 'menuNumber' | 'moreNumber'): Language[] =>
  offered(moment)
    .filter((language) => words[language][by] > 0)
    .sort((a, b) => words[a][by] - words[b][by]);

/** "1 Français 2 English 3 Türkçe 4 Arabi": the numbers never change, only what works is shown. */
const languageMenu = (moment: Moment): string =>
  numbered(moment, 'menuNumber')
    .map((language) => `${words[language].menuNumber} ${words[language].menuName}`)
    .join(' ');

/** What stands behind 9: "1 Français facile 2 Urdu … 5 Soninké"; empty where the city has neither. */
export function moreMenu(moment: Moment): string {
  const written = numbered(moment, 'moreNumber').map(
    (language) => `${words[language].moreNumber} ${words[language].menuName}`,
  );
  const spoken = moment.city.voices.map(({ name }, index) => `${FIRST_VOICE + index} ${name}`);
  return [...written, ...spoken].join(' ');
}

/** On buttons a language is named as its speakers write it: letters cost nothing there. */
function languageTaps(moment: Moment, more: boolean): Tap[] {
  const by = more ? 'moreNumber' : 'menuNumber';
  const spoken = more ? moment.city.voices : [];
  return [
    ...numbered(moment, by).map((language) => ({
      token: String(words[language][by]),
      label: words[language].name,
    })),
    ...spoken.map(({ name }, index) => ({ token: String(FIRST_VOICE + index), label: name })),
    { token: String(OTHER), label: moment.phrase('tap.otherLanguage') },
  ];
}

/** A menu of languages, the first or the one behind 9; `key` is how it is asked in words. */
export function languageAsked(
  moment: Moment,
  place: 'aside.language' | 'join.language',
  { more = false, key }: { more?: boolean; key: PhraseKey },
): Asked {
  const menu = more ? moreMenu(moment) : languageMenu(moment);
  return moment.asked(moment.phrase(more ? 'language.more' : key, { menu }), () => ({
    place: more ? `${place}.more` : place,
    text: moment.phrase('tap.language'),
    choices: languageTaps(moment, more),
  }));
}

/** A language by its name in any language, its code, or its number in the menu that was shown. */
export function readLanguage(moment: Moment, text: string, more = false): Choice | undefined {
  const named = choiceNamed(moment, text);
  if (named) return named;
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

/** "inglés" is written, "soninké" a relay of the city speaks, for "polonais" the city finds someone who calls. */
export function choiceNamed(moment: Moment, text: string): Choice | undefined {
  const named = languageNamed(normalise(text));
  if (named && offered(moment).includes(named)) return { kind: 'written', language: named };
  const said = normalise(text);
  const voice = moment.city.voices.find(({ code, name, names }) =>
    [code, name, ...names].some((each) => normaliseName(each) === said),
  );
  if (voice) return { kind: 'spoken', voice };
  const code = named ?? languageByName(text);
  const language = offered(moment).find((each) => each === code);
  if (language) return { kind: 'written', language };
  return code ? { kind: 'other', named: code } : undefined;
}

/** LANGUE SONINKE, LANGUE POLONAIS. */
export function choiceAsked(moment: Moment, text: string): Choice | undefined {
  const [first = '', ...rest] = wordsOf(normalise(text));
  if (rest.length === 0 || !commandWords.get(first)?.some(({ command }) => command === 'language'))
    return undefined;
  const { filler } = lexicon(moment.language);
  return choiceNamed(moment, rest.filter((word) => !filler.has(word)).join(' '));
}

export function askLanguage(moment: Moment): void {
  moment.set({ aside: { kind: 'language' } });
  moment.say(languageAsked(moment, 'aside.language', { key: 'language.ask' }));
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
      moment.say(languageAsked(moment, 'aside.language', { more, key: 'language.again' }));
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
      moment.say(languageAsked(moment, 'aside.language', { more: true, key: 'language.more' }));
      return;
    case 'spoken':
      speak(moment, choice.voice.code);
      moment.say(moment.phrase('language.voice', { name: choice.voice.name, ...callTime(moment) }));
      return;
    case 'other':
      speak(moment, choice.named);
      moment.say(moment.phrase('language.other', callTime(moment)));
  }
}

/** Someone who speaks the language calls back, now and, where it is known, whenever the resident asks for a call. */
export function speak(moment: Moment, code: string | undefined): void {
  if (code) moment.set({ voice: code });
  moment.do({ type: 'call', language: code ?? 'other', why: 'language' });
}

/** The open question, if any, is asked again in the new language; the answers already given stay. */
export function switchLanguage(moment: Moment, language: Language, openQuestion: OpenQuestion): void {
  const { join } = moment.session;
  // A language that was chosen is not guessed any more.
  moment.set({
    language,
    voice: undefined,
    aside: undefined,
    ...(join && { join: { ...join, guessed: undefined } }),
  });
  const open = openQuestion(moment);
  const changed = moment.phrase('language.changed');
  if (open === undefined) {
    moment.say(changed);
    return;
  }
  const said = moment.say(...withPrefix([changed, moment.phrase('language.changedShort')], open));
  // The consent that is proved is the text that was sent, in the language it was sent in.
  if (join?.text !== undefined) moment.set({ join: { ...join, guessed: undefined, text: proofOf(said) } });
}

/** When a person of the town hall calls: the next working day, in its hours. */
export const callTime = (moment: Moment) => ({
  day: dayName(nextWorkingDay(moment.now), moment.language),
  ...moment.city.callHours,
});
