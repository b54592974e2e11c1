/**
 * The first conversation (J01): quartier, consent, language, age. Nobody is on a list before they said OUI to
 * a text whose exact words are kept; nobody under 15 is kept at all.
 */
import type { Language } from '../locales/index.ts';
import { forget } from './erase.ts';
import type { AgeBand } from './events.ts';
import { DAY } from './hours.ts';
import { languageMenu, readLanguage } from './language.ts';
import type { Moment } from './moment.ts';
import { EXPIRY_DAYS, MAX_TRIES, type Session } from './session.ts';
import { lexicon } from './understand/lexicon.ts';
import { latinDigits, normalise } from './understand/normalise.ts';
import { numbersIn, readOne, readYesNo } from './understand/reading.ts';

type Join = NonNullable<Session['join']>;

const quartierOf = (moment: Moment, id: string | undefined) =>
  moment.city.quartiers.find((each) => each.id === id);
export const quartierName = (moment: Moment, id: string | undefined): string =>
  quartierOf(moment, id)?.name ?? moment.city.name;

const quartierMenu = (moment: Moment): string =>
  moment.city.quartiers.map((quartier, index) => `${index + 1} ${quartier.menu ?? quartier.name}`).join(' ');

function step(moment: Moment, join: Omit<Join, 'last'>): void {
  moment.set({ join: { ...join, last: moment.at } });
}

/** A first message without a keyword: the city says who it is and asks the quartier by number. */
export function greet(moment: Moment): void {
  step(moment, { step: 'quartier' });
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
      return moment.phrase('join.quartier', { city: city.name, menu: quartierMenu(moment) });
    case 'consent':
      return moment.phrase(city.standardRate ? 'join.offer' : 'join.offerPlain', {
        city: city.name,
        quartier: quartierName(moment, join.quartier),
        max: city.messagesPerMonth,
      });
    case 'language':
      return moment.phrase('join.language', { menu: languageMenu(moment) });
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
  const names = moment.city.quartiers.map((each) => [each.name, each.menu ?? each.name, ...each.keywords]);
  const reading = readOne(text, names, moment.language);
  if (reading.kind === 'value') {
    offer(moment, moment.city.quartiers[reading.value - 1]?.id as string, { source: join.source });
    return;
  }
  again(moment, join, text, moment.phrase('join.quartierAgain', { menu: quartierMenu(moment) }));
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
    step(moment, { step: moment.session.language ? 'age' : 'language', quartier, source });
    moment.say(joinQuestion(moment) as string);
  } else if ((reading.kind === 'value' && !reading.value) || reading.kind === 'skip') {
    moment.set({ join: undefined });
    const keyword = quartierOf(moment, quartier)?.keywords[0] as string;
    moment.say(moment.phrase('join.declined', { keyword }));
  } else
    again(moment, join, text, moment.phrase('join.offerAgain', { quartier: quartierName(moment, quartier) }));
}

function hearLanguageStep(moment: Moment, join: Join, text: string): void {
  const language = readLanguage(moment, text);
  const passed = normalise(text) === '0';
  if (!language && !passed && (join.tries ?? 0) + 1 < MAX_TRIES) {
    again(moment, join, text, moment.phrase('join.languageAgain', { menu: languageMenu(moment) }));
    return;
  }
  step(moment, { ...join, step: 'age', tries: undefined, text: undefined });
  if (language === 'other') {
    moment.do({ type: 'call', language: 'other', why: 'language' });
    moment.say(moment.phrase('join.ageOtherLanguage'));
    return;
  }
  moment.set({ language: language ?? 'fr' });
  moment.say(joinQuestion(moment) as string);
}

/** The bands in the order of J01's menu; the first is too young for a profile. */
const BANDS: [lowest: number, band: AgeBand | 'child'][] = [
  [60, '60+'],
  [25, '25-59'],
  [18, '18-24'],
  [15, '15-17'],
  [0, 'child'],
];

const YEARS = /(?:\b(?:ans?|years?|yaş\p{L}*)\b|سن|عام)/u;
const LESS_THAN = /(?:moins de|under|less than|küçük|أقل من)/u;

/** 1 to 5 is the menu; with "ans", or from 11 on, an age in years; two numbers are a band; 0 is "I do not say". */
function readAge(text: string, language: string): AgeBand | 'child' | 'unsaid' | undefined {
  const said = latinDigits(text).toLowerCase();
  const figures = (said.match(/\d{1,3}/g) ?? []).map(Number);
  const inYears = (years: number) => BANDS.find(([lowest]) => years >= lowest)?.[1];
  // A child is not to be taken for older: "11-14", "entre 11 et 14 ans", "moins de 15 ans", "10 ans".
  if (figures.length === 2 && figures.every((figure) => figure >= 6)) return inYears(Math.min(...figures));
  if (figures.length === 1 && LESS_THAN.test(said)) return inYears((figures[0] as number) - 1);
  if (figures.length === 1 && YEARS.test(said) && figures[0] !== 0) return inYears(figures[0] as number);
  const numbers = numbersIn(text, language);
  if (!Array.isArray(numbers) || numbers.length !== 1) return undefined;
  const [number] = numbers as [number];
  if (number === 0) return 'unsaid';
  if (number <= 5) return BANDS.toReversed()[number - 1]?.[1];
  return number >= 11 && number <= 120 ? BANDS.find(([lowest]) => number >= lowest)?.[1] : undefined;
}

function hearAge(moment: Moment, join: Join, text: string): void {
  const age = readAge(text, moment.language);
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
  finishJoin(moment);
  const { city } = moment;
  moment.say(
    moment.phrase('join.done', {
      quartier: quartierName(moment, join.quartier),
      max: city.messagesPerMonth,
      site: city.site,
    }),
  );
}

/** Also when the resident said OUI and then no more: OUI is what counts. */
export function finishJoin(moment: Moment): void {
  const quartier = moment.session.join?.quartier;
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
