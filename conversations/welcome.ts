/**
 * The first conversation (J01): quartier, consent, language, age. Nobody is on a list before they said OUI to
 * a text whose exact words are kept; nobody under 15 is kept at all.
 */
import type { Language, PhraseKey } from '../locales/index.ts';
import { menuName, places, quartierMenu } from './city.ts';
import { forget } from './erase.ts';
import { infoText } from './help.ts';
import { DAY, inParis } from './hours.ts';
import { languageAsked, readLanguage, speak } from './language.ts';
import type { Moment } from './moment.ts';
import { type Asked, type Lead, led, proofOf, type Tap, withPrefix } from './offer.ts';
import { EXPIRY_DAYS, MAX_TRIES, type Session } from './session.ts';
import { readAge } from './understand/age.ts';
import { readOne } from './understand/choice.ts';
import { languageOf } from './understand/detect.ts';
import { lexicon } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';

type Join = NonNullable<Session['join']>;

/** The place of an offer; its quartier follows. */
export const OFFER = 'join.consent.';
/** What "En savoir plus" says instead of a yes or a no. */
export const MORE = 'info';

const quartierOf = (moment: Moment, id: string | undefined) =>
  moment.city.quartiers.find((each) => each.id === id);
export const quartierName = (moment: Moment, id: string | undefined): string =>
  (quartierOf(moment, id) ?? moment.world.lists?.find((each) => each.id === id))?.name ?? moment.city.name;

function step(moment: Moment, join: Omit<Join, 'last'>): void {
  moment.set({ join: { ...join, last: moment.at } });
}

/**
 * A first message without a keyword: the city says who it is and asks the quartier by number, in the language of
 * the message where that shows, with the menu of languages one word away.
 */
export function greet(moment: Moment, text: string): void {
  const spoken = moment.session.language ? undefined : languageOf(text);
  const written = moment.city.languages.find((language) => language === spoken && language !== 'fr');
  const guessed = written !== undefined;
  if (guessed) moment.set({ language: written });
  step(moment, { step: 'quartier', ...(guessed && { guessed }) });
  moment.say(joinQuestion(moment) as Asked);
}

/** A keyword of a quartier: an offer to those who are not on its list, in the poster's language. */
export function offer(
  moment: Moment,
  quartier: string,
  extra: { source?: string; language?: Language } = {},
): void {
  const { source, language } = extra;
  if (language && moment.city.languages.includes(language)) moment.set({ language });
  if (moment.session.lists.includes(quartier)) {
    moment.set({ join: undefined });
    moment.say(moment.phrase('join.already', { quartier: quartierName(moment, quartier) }));
    return;
  }
  step(moment, { step: 'consent', quartier, source });
  sayOffer(moment);
}

/** What is proved later is what was said here, word for word. */
export function sayOffer(moment: Moment, ...leads: Lead[]): void {
  const said = moment.say(...withPrefix(leads, joinQuestion(moment) as Asked));
  moment.set({ join: { ...(moment.session.join as Join), text: proofOf(said) } });
}

/** "En savoir plus" beside an offer: what the service is, and the offer again. */
export const tellMore = (moment: Moment): void => sayOffer(moment, infoText(moment));

/** What the join is waiting for, as it was asked. */
export function joinQuestion(moment: Moment): Asked | undefined {
  const join = moment.session.join;
  const { city } = moment;
  switch (join?.step) {
    case undefined:
      return undefined;
    case 'quartier':
      return quartierAsked(moment, join, join.guessed ? 'join.quartierGuessed' : 'join.quartier');
    case 'consent':
      return consentAsked(moment, join, city.standardRate ? 'join.offer' : 'join.offerPlain');
    case 'language':
      return languageAsked(moment, 'join.language', { more: join.more ?? false, key: 'join.language' });
    case 'age':
      return ageAsked(moment, 'join.age');
  }
}

const quartierAsked = (moment: Moment, join: Join, key: PhraseKey): Asked =>
  moment.asked(
    moment.phrase(key, { city: moment.city.name, menu: quartierMenu(moment.city, moment.language) }),
    () => ({
      place: 'join.quartier',
      text: moment.phrase(join.guessed ? 'tap.quartierGuessed' : 'tap.quartier', { city: moment.city.name }),
      choices: places(moment.city).map((quartier, index) => ({
        token: String(index + 1),
        label: menuName(quartier, moment.language),
      })),
    }),
  );

/** An offer of another quartier is another question: yes to one is no yes to the other. */
const consentAsked = (moment: Moment, join: Join, key: PhraseKey): Asked => {
  const { name, messagesPerMonth } = moment.city;
  const words = { city: name, quartier: quartierName(moment, join.quartier), max: messagesPerMonth };
  return moment.asked(moment.phrase(key, words), () => ({
    place: `${OFFER}${join.quartier}`,
    text: moment.phrase('tap.offer', words),
    choices: [
      { token: '1', label: moment.phrase('tap.join') },
      { token: MORE, label: moment.phrase('tap.more') },
      { token: '2', label: moment.phrase('tap.decline') },
    ],
  }));
};

const ageAsked = (
  moment: Moment,
  key: PhraseKey,
  ask: 'tap.age' | 'tap.ageOtherLanguage' = 'tap.age',
): Asked =>
  moment.asked(moment.phrase(key), () => ({
    place: 'join.age',
    text: moment.phrase(ask),
    choices: [
      ...['11-14', '15-17', '18-24', '25-59'].map(
        (age, index): Tap => ({ token: String(index + 1), label: moment.phrase('data.age', { age }) }),
      ),
      { token: '5', label: moment.phrase('tap.oldest') },
      { token: '0', label: moment.phrase('tap.unsaid') },
    ],
  }));

/** Asked again, with the buttons again. */
const unclear = (moment: Moment, asked: Asked): Asked =>
  asked.offer ? { ...led(moment.phrase('tap.again'), asked), text: asked.text } : asked;

/** A reply while joining. Returns false where the join has grown old and the text is something new. */
export function hearJoin(moment: Moment, text: string): boolean {
  const join = moment.session.join as Join;
  if (moment.now.getTime() - Date.parse(join.last) > EXPIRY_DAYS * DAY) {
    moment.set({ join: undefined });
    return false;
  }
  const hear = { quartier: hearQuartier, consent: hearConsent, language: hearLanguageStep, age: hearAge }[
    join.step
  ];
  hear(moment, join, text);
  return true;
}

function hearQuartier(moment: Moment, join: Join, text: string): void {
  const names = places(moment.city).map((each) => [
    each.name,
    menuName(each, moment.language),
    ...each.keywords,
  ]);
  const reading = readOne(text, names, moment.language);
  if (reading.kind === 'value') {
    offer(moment, places(moment.city)[reading.value - 1]?.id as string, { source: join.source });
    return;
  }
  again(moment, join, text, quartierAsked(moment, join, 'join.quartierAgain'));
}

function hearConsent(moment: Moment, join: Join, text: string): void {
  const reading = readYesNo(text, moment.language);
  const quartier = join.quartier as string;
  const { negations } = lexicon(moment.language);
  // "ok mais je ne veux pas de sms" is no consent, whatever it begins with.
  const doubtful = normalise(text)
    .split(' ')
    .some((word) => negations.has(word) || word === 'stop');
  if (reading.kind === 'value' && reading.value && !doubtful) {
    const { source } = join;
    moment.do({
      type: 'consent',
      kind: 'given',
      text: join.text ?? proofOf(joinQuestion(moment) as Asked),
      version: moment.city.consentVersion,
      list: quartier,
      ...(source && { source }),
    });
    moment.do({ type: 'unsuppress' });
    if (moment.session.consent === 'given') {
      moment.set({ join: undefined });
      subscribe(moment, quartier);
      moment.say(moment.phrase('join.moved', { quartier: quartierName(moment, quartier) }));
      return;
    }
    moment.set({ consent: 'given', quartier, ...(source && { source }) });
    if (moment.plain) {
      welcome(moment, quartier);
      return;
    }
    step(moment, { step: moment.session.language ? 'age' : 'language', quartier, source });
    moment.say(joinQuestion(moment) as Asked);
  } else if ((reading.kind === 'value' && !reading.value) || reading.kind === 'skip') {
    const keyword = quartierOf(moment, quartier)?.keywords[0] as string;
    const declined = moment.phrase('join.declined', { keyword });
    moment.set({ join: undefined });
    moment.say(declined);
  } else again(moment, join, text, consentAsked(moment, join, 'join.offerAgain'));
}

function hearLanguageStep(moment: Moment, join: Join, text: string): void {
  const choice = readLanguage(moment, text, join.more);
  const passed = normalise(text) === '0';
  if (!choice && !passed && (join.tries ?? 0) + 1 < MAX_TRIES) {
    const more = join.more ?? false;
    again(moment, join, text, languageAsked(moment, 'join.language', { more, key: 'join.languageAgain' }));
    return;
  }
  if (choice?.kind === 'more') {
    step(moment, { ...join, more: true, tries: undefined });
    moment.say(joinQuestion(moment) as Asked);
    return;
  }
  step(moment, { ...join, step: 'age', more: undefined, tries: undefined, text: undefined });
  if (choice?.kind === 'spoken' || choice?.kind === 'other' || (!choice && join.more)) {
    if (choice?.kind === 'spoken') speak(moment, choice.voice.code);
    else speak(moment, choice?.kind === 'other' ? choice.named : undefined);
    moment.say(ageAsked(moment, 'join.ageOtherLanguage', 'tap.ageOtherLanguage'));
    return;
  }
  moment.set({ language: choice?.language ?? 'fr' });
  moment.say(joinQuestion(moment) as Asked);
}

function hearAge(moment: Moment, join: Join, text: string): void {
  const age = readAge(text, moment.language, inParis(moment.now).date);
  if (age === 'child') {
    const goodbye = moment.phrase('join.minor');
    forget(moment, { keepAnswers: false });
    moment.say(goodbye);
    return;
  }
  if (age === undefined && (join.tries ?? 0) + 1 < MAX_TRIES) {
    again(moment, join, text, ageAsked(moment, 'join.ageAgain'));
    return;
  }
  if (age && age !== 'unsaid') moment.set({ age });
  welcome(moment, join.quartier);
}

/** The last word of joining. */
function welcome(moment: Moment, quartier: string | undefined): void {
  finishJoin(moment);
  const { city } = moment;
  moment.say(
    moment.phrase('join.done', {
      quartier: quartierName(moment, quartier),
      max: city.messagesPerMonth,
      site: city.site,
    }),
  );
}

/** Also when the resident said OUI and then no more: OUI is what counts. */
export function finishJoin(moment: Moment): void {
  const { quartier, more } = moment.session.join ?? {};
  // "9 autre (on vous rappelle)" was a promise, whether or not the language was named.
  if (more) moment.do({ type: 'call', language: 'other', why: 'language' });
  moment.set({ join: undefined });
  if (quartier) subscribe(moment, quartier);
}

function subscribe(moment: Moment, list: string): void {
  moment.set({ lists: [...new Set([...moment.session.lists, list])] });
  moment.do({ type: 'subscribe', list });
}

/** Asks again, up to three times; then the message is kept for a person and the join rests. */
function again(moment: Moment, join: Join, text: string, question: Asked): void {
  const tries = (join.tries ?? 0) + 1;
  if (tries < MAX_TRIES) {
    step(moment, { ...join, tries });
    moment.say(unclear(moment, question));
    return;
  }
  moment.set({ join: undefined });
  moment.do({ type: 'keep', text, why: 'first-message' });
  moment.say(moment.phrase('help.kept'));
}
