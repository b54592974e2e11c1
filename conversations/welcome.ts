/**
 * The first conversation (J01): quartier, consent, language, age. Nobody is on a list before they said OUI to
 * a text whose exact words are kept; nobody under 15 is kept at all.
 */
import type { Language } from '../locales/index.ts';
import { menuName, places, quartierMenu } from './city.ts';
import { forget } from './erase.ts';
import { DAY, inParis } from './hours.ts';
import { languageMenu, moreMenu, readLanguage, speak } from './language.ts';
import type { Moment } from './moment.ts';
import { EXPIRY_DAYS, MAX_TRIES, type Session } from './session.ts';
import { readAge } from './understand/age.ts';
import { readOne } from './understand/choice.ts';
import { languageOf } from './understand/detect.ts';
import { lexicon } from './understand/lexicon.ts';
import { normalise } from './understand/normalise.ts';
import { readYesNo } from './understand/yes-no.ts';

type Join = NonNullable<Session['join']>;

const quartierOf = (moment: Moment, id: string | undefined) =>
  moment.city.quartiers.find((each) => each.id === id);
export const quartierName = (moment: Moment, id: string | undefined): string =>
  quartierOf(moment, id)?.name ?? moment.city.name;

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
  moment.say(joinQuestion(moment) as string);
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
  const text = joinQuestion(moment) as string;
  moment.set({ join: { ...(moment.session.join as Join), text } });
  moment.say(text);
}

/** What the join is waiting for, as it was asked. */
export function joinQuestion(moment: Moment): string | undefined {
  const join = moment.session.join;
  const { city } = moment;
  switch (join?.step) {
    case undefined:
      return undefined;
    case 'quartier':
      return moment.phrase(join.guessed ? 'join.quartierGuessed' : 'join.quartier', {
        city: city.name,
        menu: quartierMenu(city, moment.language),
      });
    case 'consent':
      return moment.phrase(city.standardRate ? 'join.offer' : 'join.offerPlain', {
        city: city.name,
        quartier: quartierName(moment, join.quartier),
        max: city.messagesPerMonth,
      });
    case 'language':
      return join.more
        ? moment.phrase('language.more', { menu: moreMenu(moment) })
        : moment.phrase('join.language', { menu: languageMenu(moment) });
    case 'age':
      return moment.phrase('join.age');
  }
}

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
  again(
    moment,
    join,
    text,
    moment.phrase('join.quartierAgain', { menu: quartierMenu(moment.city, moment.language) }),
  );
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
      text: join.text ?? (joinQuestion(moment) as string),
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
    moment.say(joinQuestion(moment) as string);
  } else if ((reading.kind === 'value' && !reading.value) || reading.kind === 'skip') {
    const keyword = quartierOf(moment, quartier)?.keywords[0] as string;
    const declined = moment.phrase('join.declined', { keyword });
    moment.set({ join: undefined });
    moment.say(declined);
  } else
    again(moment, join, text, moment.phrase('join.offerAgain', { quartier: quartierName(moment, quartier) }));
}

function hearLanguageStep(moment: Moment, join: Join, text: string): void {
  const choice = readLanguage(moment, text, join.more);
  const passed = normalise(text) === '0';
  if (!choice && !passed && (join.tries ?? 0) + 1 < MAX_TRIES) {
    const menu = join.more
      ? moment.phrase('language.more', { menu: moreMenu(moment) })
      : moment.phrase('join.languageAgain', { menu: languageMenu(moment) });
    again(moment, join, text, menu);
    return;
  }
  if (choice?.kind === 'more') {
    step(moment, { ...join, more: true, tries: undefined });
    moment.say(joinQuestion(moment) as string);
    return;
  }
  step(moment, { ...join, step: 'age', more: undefined, tries: undefined, text: undefined });
  if (choice?.kind === 'spoken' || choice?.kind === 'other' || (!choice && join.more)) {
    if (choice?.kind === 'spoken') speak(moment, choice.voice.code);
    else speak(moment, choice?.kind === 'other' ? choice.named : undefined);
    moment.say(moment.phrase('join.ageOtherLanguage'));
    return;
  }
  moment.set({ language: choice?.language ?? 'fr' });
  moment.say(joinQuestion(moment) as string);
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
    again(moment, join, text, moment.phrase('join.ageAgain'));
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
function again(moment: Moment, join: Join, text: string, question: string): void {
  const tries = (join.tries ?? 0) + 1;
  if (tries < MAX_TRIES) {
    step(moment, { ...join, tries });
    moment.say(question);
    return;
  }
  moment.set({ join: undefined });
  moment.do({ type: 'keep', text, why: 'first-message' });
  moment.say(moment.phrase('help.kept'));
}
